import { mkdtemp, rm, stat } from "node:fs/promises";
import { basename, extname, join } from "node:path";
import { engineError } from "../errors.ts";
import type { FileTable, TablesInput, TablesOutput } from "../protocol.ts";
import { kindOf } from "../read/file-kind.ts";
import { gunzip } from "../read/gzip.ts";
import { OdsBook } from "../read/ods.ts";
import { SheetFacts, type Sheet } from "../read/sheet.ts";
import { UnpackBudget } from "../read/unpack-budget.ts";
import { findXmlTables } from "../read/xml-shape.ts";
import { XlsxBook } from "../read/xlsx.ts";
import { ZipArchive } from "../read/zip.ts";
import { readChunks } from "../read/file-scan.ts";
import { findJsonTables } from "../read/json-shape.ts";
import { xmlEncoding } from "./load-xml.ts";
import { refuseDeep } from "./open-part.ts";
import { readyText } from "./ready-text.ts";

/** Says what tables a landing file holds. Fails with `engine.unreadable` where a file is none that can be looked into. */
export async function listTables(input: TablesInput): Promise<TablesOutput> {
  const file = await stat(input.path).catch(() => undefined);
  if (!file?.isFile()) throw engineError("unreadable", { problem: "The file is not there any more, or it is no file." });
  if (file.size === 0) throw engineError("unreadable", { problem: "The file is empty." });
  const scratch = await mkdtemp(join(input.scratch, "tables-"));
  try {
    return await tablesOf({ path: input.path, name: input.name, depth: 0 }, { scratch, budget: new UnpackBudget(file.size) });
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

interface InnerFile {
  readonly path: string;
  readonly name: string;
  /** In how many wrappings it stands. */
  readonly depth: number;
}

interface Unpacking {
  readonly scratch: string;
  readonly budget: UnpackBudget;
}

async function tablesOf(file: InnerFile, unpacking: Unpacking): Promise<TablesOutput> {
  const kind = await kindOf(file.path, file.name, unpacking.budget);
  switch (kind) {
    case "csv":
    case "ndjson":
    case "parquet":
      return { kind: "tables", tables: [{ part: "", format: kind, title: titleOf(file.name) }], notes: [] };
    case "json":
      return tablesOfJson(file, unpacking);
    case "xml":
      return tablesOfXml(file);
    case "xlsx":
    case "ods":
      return tablesOfBook(file, kind, unpacking);
    case "gzip":
      return tablesOfGzip(file, unpacking);
    case "zip":
      return tablesOfZip(file, unpacking);
    case "old-office":
      if (!/\.(xls|xlsx|xlsm|xlsb)$/i.test(file.name)) return { kind: "document", tables: [], notes: [] };
      throw engineError("unreadable", {
        problem: `“${file.name}” is protected with a password, or of a kind from before 2007. Save it as an .xlsx workbook without a password.`,
      });
    case "metadata":
      return { kind, tables: [], notes: [] };
    default:
      if (namedAsData.test(file.name))
        throw engineError("unreadable", {
          problem: `“${file.name}” is not what its name says: its content is of another kind, or damaged. Export it again.`,
        });
      return { kind: "document", tables: [], notes: [] };
  }
}

const namedAsData = /\.(?:xlsx|xlsm|ods|parquet|zip|gz)$/i;

async function tablesOfJson(file: InnerFile, unpacking: Unpacking): Promise<TablesOutput> {
  const text = await readyText({ path: file.path, scratch: unpacking.scratch }, () => {});
  const { kind, paths } = await findJsonTables(readChunks(text.path, { start: text.skip }));
  if (kind === "description") return { kind: "metadata", tables: [], notes: [] };
  const title = titleOf(file.name);
  const tables = paths.map((part) => ({ part, format: kind, title: part === "" ? title : lastKey(part) }));
  return { kind: "tables", tables, notes: [] };
}

async function tablesOfXml(file: InnerFile): Promise<TablesOutput> {
  const { tables } = await findXmlTables(readChunks(file.path), await xmlEncoding(file.path));
  const found = tables.map((part) => ({ part, format: "xml" as const, title: part.split("/").at(-1) ?? part }));
  return { kind: "tables", tables: found, notes: [] };
}

async function tablesOfBook(file: InnerFile, format: "xlsx" | "ods", unpacking: Unpacking): Promise<TablesOutput> {
  const archive = await ZipArchive.open(file.path, file.name, unpacking.budget);
  try {
    const sheets = await (format === "xlsx" ? filledXlsxSheets(archive) : new OdsBook(archive).filledSheets());
    return {
      kind: sheets.length > 0 ? "tables" : "document",
      tables: sheets.map(({ name }) => ({ part: name, format, title: name })),
      notes: sheets.filter(({ hidden }) => hidden).map(({ name }) => `The sheet “${name}” is hidden in the workbook.`),
    };
  } finally {
    archive.close();
  }
}

async function filledXlsxSheets(archive: ZipArchive): Promise<readonly Sheet[]> {
  const book = await XlsxBook.open(archive);
  const filled: Sheet[] = [];
  for (const sheet of book.sheets) {
    for await (const _ of book.rows(sheet, new SheetFacts())) {
      filled.push(sheet);
      break;
    }
  }
  return filled;
}

function lastKey(path: string): string {
  return (path.split("/").at(-1) ?? path).replaceAll("~1", "/").replaceAll("~0", "~");
}

function titleOf(name: string): string {
  return basename(name, extname(name));
}

async function tablesOfGzip(file: InnerFile, unpacking: Unpacking): Promise<TablesOutput> {
  refuseDeep(file.depth, file.name);
  const path = join(unpacking.scratch, `${file.depth}`);
  await gunzip(file.path, file.name, path, unpacking.budget);
  const output = await tablesOf({ path, name: file.name.replace(/\.gz(ip)?$/i, ""), depth: file.depth + 1 }, unpacking);
  await rm(path);
  return output;
}

async function tablesOfZip(file: InnerFile, unpacking: Unpacking): Promise<TablesOutput> {
  refuseDeep(file.depth, file.name);
  const tables: FileTable[] = [];
  const aside: string[] = [];
  const notes: string[] = [];
  const kinds = new Set<string>();
  const archive = await ZipArchive.open(file.path, file.name, unpacking.budget);
  try {
    for (const entry of archive.members) {
      const name = entry.fileName;
      const path = join(unpacking.scratch, `${file.depth}`);
      await archive.unpack(entry, path);
      const inner = entry.uncompressedSize === 0 ? undefined : await tablesOf({ path, name, depth: file.depth + 1 }, unpacking);
      await rm(path);
      if (inner?.kind !== "tables") aside.push(name);
      if (inner) kinds.add(inner.kind);
      for (const table of inner?.tables ?? [])
        tables.push({ ...table, part: table.part === "" ? name : `${name}#${table.part}` });
      notes.push(...(inner?.notes ?? []).map((note) => `${name}: ${note}`));
    }
  } finally {
    archive.close();
  }
  const more = aside.length > 20 ? ` and ${aside.length - 20} more` : "";
  if (aside.length > 0) notes.push(`These members are no tables: ${aside.slice(0, 20).join(", ")}${more}.`);
  const kind = tables.length > 0 ? "tables" : kinds.size === 1 && kinds.has("metadata") ? "metadata" : "document";
  return { kind, tables, notes };
}
