import { createReadStream, existsSync } from "node:fs";
import { open, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import type { DuckDBConnection } from "@duckdb/node-api";
import { execute, literal } from "../duckdb.ts";
import { engineError } from "../errors.ts";
import type { FileFacts, LoadedColumn, LoadInput, LoadOutput, Progress } from "../protocol.ts";
import { fieldTexts } from "../read/csv-fields.ts";
import { readCsvRecords, readLineRecords, recordLimits, type FileRecord } from "../read/csv-records.ts";
import { detectDialect, type Dialect } from "../read/dialect.ts";
import { hashFile, readChunks, readsPlainly } from "../read/file-scan.ts";
import { nameColumns } from "../read/header.ts";
import { ndjsonCells } from "../read/ndjson-records.ts";
import { QuarantineFile } from "./quarantine-file.ts";
import { RecordFile } from "./record-file.ts";

/** What the careful reader passes may be long, and has one kind of line end; the fast path leaves records past 2 MB to it. */
const longRecords = String.raw`new_line = '\n', max_line_size = ${recordLimits.bytes + 1024}, buffer_size = ${4 * recordLimits.bytes}, `;

type Tell = (progress: Progress) => void;

/**
 * Reads a landing file into a text layer: each cell as received, with its record number. DuckDB reads a clean CSV
 * file directly; if it refuses anything, the byte reader goes over the file once, decides record by record, and
 * DuckDB reads what is good. Both give the same rows for a file that both accept (property test).
 */
export async function loadFile(connection: DuckDBConnection, input: LoadInput, tell: Tell): Promise<LoadOutput> {
  const file = await stat(input.path).catch(() => undefined);
  if (!file?.isFile()) throw engineError("unreadable", { problem: "The file is not there any more, or it is no file." });
  if (file.size === 0) throw engineError("unreadable", { problem: "The file is empty." });
  if (input.format === "csv") return loadCsv(connection, input, tell);
  if (input.format === "ndjson") return loadNdjson(connection, input, tell);
  throw engineError("unreadable", { problem: `Guildhall does not read ${input.format} files yet.` });
}

async function loadCsv(connection: DuckDBConnection, input: LoadInput, tell: Tell): Promise<LoadOutput> {
  const head = await readHead(input.path);
  const dialect = detectDialect(head);
  const header = await readHeader(input.path, dialect);
  const { names, notes } = nameColumns([...header.fields, ...input.added.map((column) => column.header)]);
  const columns = numberColumns(names, input);
  const width = header.fields.length;
  // A blank line of a file of one column is a row to DuckDB and nothing to the byte reader, so that it takes those.
  if (header.lines === 1 && width > 1 && (await readsPlainly(input.path, dialect.delimiter, header.end))) {
    tell({ step: "Reading the file", done: 0, total: 0, unit: "rows" });
    const rows = await copyToText(
      connection,
      { path: input.path, skip: 1, delimiter: dialect.delimiter, numbered: false },
      columns,
      input,
    );
    if (rows !== undefined) return finish(input, { columns, notes, rows, quarantined: 0, path: "fast" });
  }
  const chunks = readChunks(input.path, { start: header.end, tell, step: "Reading record by record" });
  const records = readCsvRecords(chunks, {
    delimiter: dialect.delimiter,
    fields: width,
    firstLine: header.lines + 1,
    offset: header.end,
  });
  const good = new RecordFile(join(input.scratch, "good.csv"), dialect.delimiter);
  const counted = await separate(records, input, connection, (record) => good.add(record, width));
  await good.close();
  const rows = await copyToText(
    connection,
    { path: good.path, skip: 0, delimiter: dialect.delimiter, numbered: true },
    columns,
    input,
  );
  await rm(good.path);
  if (rows !== counted.good)
    throw new Error(`The careful reader passed ${counted.good} records and ${rows ?? "none"} were stored.`);
  return finish(input, { columns, notes, rows, quarantined: counted.bad, path: "careful" });
}

async function loadNdjson(connection: DuckDBConnection, input: LoadInput, tell: Tell): Promise<LoadOutput> {
  const { skip } = detectDialect(await readHead(input.path));
  const lines = () => readLineRecords(readChunks(input.path, { start: skip, tell, step: "Reading record by record" }), skip);
  const keys = new Map<string, number>();
  for await (const record of decided(lines())) {
    if (record.reasons.length > 0) continue;
    for (const key of ndjsonCells(record.bytes.toString("utf8"))?.keys() ?? []) if (!keys.has(key)) keys.set(key, keys.size);
  }
  if (keys.size === 0)
    throw engineError("unreadable", { problem: "No line of the file is a JSON object with at least one key." });
  const { names, notes } = nameColumns([...keys.keys(), ...input.added.map((column) => column.header)]);
  const columns = numberColumns(names, input);
  const good = new RecordFile(join(input.scratch, "good.csv"), ",");
  const order = [...keys.keys()];
  const counted = await separate(decided(lines()), input, connection, (record) => {
    const cells = ndjsonCells(record.bytes.toString("utf8"));
    return good.addFields(
      record.number,
      order.map((key) => cells?.get(key) ?? ""),
    );
  });
  await good.close();
  const rows = await copyToText(connection, { path: good.path, skip: 0, delimiter: ",", numbered: true }, columns, input);
  await rm(good.path);
  if (rows !== counted.good) throw new Error(`The reader passed ${counted.good} records and ${rows ?? "none"} were stored.`);
  return finish(input, { columns, notes, rows, quarantined: counted.bad, path: "careful" });
}

async function* decided(records: AsyncIterable<FileRecord>): AsyncGenerator<FileRecord> {
  for await (const record of records) {
    const cells = record.reasons.length > 0 ? undefined : ndjsonCells(record.bytes.toString("utf8"));
    if (record.reasons.length > 0) yield record;
    else if (!cells) yield { ...record, reasons: ["It is not one JSON object."] };
    else if ([...cells].some((cell) => cell.join("").includes("\0"))) yield { ...record, reasons: ["It holds a NUL character."] };
    else yield record;
  }
}

async function separate(
  records: AsyncIterable<FileRecord>,
  input: Pick<LoadInput, "quarantinePath" | "scratch" | "firstRecord">,
  connection: DuckDBConnection,
  keep: (record: FileRecord) => Promise<void>,
): Promise<{ good: number; bad: number }> {
  const quarantine = new QuarantineFile(input.quarantinePath, input.scratch);
  let good = 0;
  for await (const found of records) {
    const record = { ...found, number: found.number + input.firstRecord - 1 };
    if (record.reasons.length > 0) await quarantine.add(record);
    else {
      good += 1;
      await keep(record);
    }
  }
  const bad = await quarantine.close(connection);
  return { good, bad };
}

/** Gives the rows written, or nothing when DuckDB refuses any part of the file. Other failures pass through. */
async function copyToText(
  connection: DuckDBConnection,
  file: { path: string; skip: number; delimiter: string; numbered: boolean },
  columns: readonly LoadedColumn[],
  input: Pick<LoadInput, "textPath" | "firstRecord" | "added">,
): Promise<number | undefined> {
  const target = input.textPath;
  const own = columns.slice(0, columns.length - input.added.length);
  const cells = own.map(({ number }) => `c${number}`);
  const added = columns.slice(own.length).map(({ number }, at) => `${literal(input.added[at]?.value ?? "")} AS c${number}`);
  const all = file.numbered ? ["record_no", ...cells] : cells;
  // Line ends are worked out from the first one met, in a quoted field too.
  const reader = `read_csv(${literal(file.path)}, delim = ${literal(file.delimiter)}, quote = '"', escape = '"', header = false,
    skip = ${file.skip}, ${file.numbered ? longRecords : ""}auto_detect = false, strict_mode = true, null_padding = false,
    columns = {${all.map((name) => `${name}: 'VARCHAR'`).join(", ")}}, force_not_null = [${all.join(", ")}])`;
  const number = file.numbered ? "record_no::BIGINT" : `row_number() OVER () + ${input.firstRecord - 1}`;
  const ids = columns.map((column) => `c${column.number}: ${column.number}`).join(", ");
  try {
    return await execute(
      connection,
      `COPY (SELECT ${number} AS record_no, ${[...cells, ...added].join(", ")} FROM ${reader})
       TO ${literal(target)} (FORMAT parquet, COMPRESSION zstd, COMPRESSION_LEVEL 1, ROW_GROUP_SIZE 122880, FIELD_IDS {${ids}})`,
    );
  } catch (error) {
    await rm(target, { force: true });
    const message = error instanceof Error ? error.message : "";
    if (/CSV Error|CSV Parser|Maximum line size|not utf-8/i.test(message) && !file.numbered) return undefined;
    throw error;
  }
}

function numberColumns(names: readonly string[], input: LoadInput): readonly LoadedColumn[] {
  const known = new Map(input.known.map((column) => [column.header, column.number]));
  let next = input.nextColumn;
  return names.map((header) => {
    const number = known.get(header);
    if (number !== undefined) return { header, number };
    next += 1;
    return { header, number: next - 1 };
  });
}

async function finish(
  input: LoadInput,
  facts: {
    columns: readonly LoadedColumn[];
    notes: readonly string[];
    rows: number;
    quarantined: number;
    path: "fast" | "careful";
  },
): Promise<LoadOutput> {
  await sync(input.textPath);
  let quarantine: FileFacts | null = null;
  if (existsSync(input.quarantinePath)) {
    await sync(input.quarantinePath);
    quarantine = await hashFile(input.quarantinePath);
  }
  return {
    columns: facts.columns,
    rowsInFile: facts.rows + facts.quarantined,
    rowsLoaded: facts.rows,
    rowsQuarantined: facts.quarantined,
    notes: facts.notes,
    path: facts.path,
    text: await hashFile(input.textPath),
    quarantine,
  };
}

/** Flushes a finished file to the disk. */
export async function sync(path: string): Promise<void> {
  const handle = await open(path, "r+");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function readHead(path: string): Promise<Buffer> {
  const handle = await open(path, "r");
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(1 << 18), 0, 1 << 18, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await handle.close();
  }
}

/** The header record: its fields, where the data starts (byte), and how many lines it takes. */
async function readHeader(path: string, dialect: Dialect): Promise<{ fields: string[]; end: number; lines: number }> {
  const delimiter = dialect.delimiter.charCodeAt(0);
  const chunks = createReadStream(path, { start: dialect.skip, highWaterMark: 1 << 16 }) as AsyncIterable<Buffer>;
  for await (const record of readCsvRecords(chunks, {
    delimiter: dialect.delimiter,
    fields: Infinity,
    firstLine: 1,
    offset: dialect.skip,
  })) {
    const reasons = record.reasons.filter((reason) => !reason.includes("where the header has"));
    if (reasons.length > 0)
      throw engineError("unreadable", { problem: `The header, line ${record.firstLine}, cannot be read. ${reasons.join(" ")}` });
    return { fields: fieldTexts(record.bytes, delimiter), end: record.endOffset, lines: record.lastLine };
  }
  throw engineError("unreadable", { problem: "The file has no header: every line is blank." });
}
