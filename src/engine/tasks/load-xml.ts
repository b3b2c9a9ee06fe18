import type { DuckDBConnection } from "@duckdb/node-api";
import { engineError } from "../errors.ts";
import type { LoadInput, LoadOutput, Progress } from "../protocol.ts";
import { Beside } from "../read/beside.ts";
import { detectEncoding, headText } from "../read/encoding.ts";
import { readChunks, readHead } from "../read/file-scan.ts";
import { KeyedCells } from "../read/json-cells.ts";
import { readXmlRecords } from "../read/xml-records.ts";
import { findXmlTables, type XmlShape } from "../read/xml-shape.ts";
import { loadRecords, type TableRecord } from "./load-records.ts";

/** Reads the elements at one path of an XML file. */
export async function loadXml(
  connection: DuckDBConnection,
  input: LoadInput,
  tell: (progress: Progress) => void,
): Promise<LoadOutput> {
  const encoding = await xmlEncoding(input.path);
  const shape = await findXmlTables(readChunks(input.path, { tell, step: "Looking for records" }), encoding);
  const cells = new KeyedCells();
  const beside = new Beside();
  const chunks = readChunks(input.path, { tell, step: "Reading record by record" });
  return loadRecords(connection, input, {
    records: toRecords(chunks, { path: input.part, encoding, shape, beside }, cells),
    header: () => {
      if (cells.headers.length === 0) throw engineError("unreadable", { problem: `The XML has nothing in “${input.part}”.` });
      return cells.headers;
    },
    notes: () => [
      ...(encoding === "utf-8" ? [] : [`The file is written as ${encoding}.`]),
      ...beside.notes(),
      ...nestedNotes(input.part, shape),
    ],
  });
}

/** How the text of an XML file is written: as its first bytes show, as it says, or as all of it shows. */
export async function xmlEncoding(path: string): Promise<string> {
  const head = await readHead(path);
  const said = /^\s*<\?xml[^>]*?encoding\s*=\s*["']([\w.-]+)["']/.exec(headText(head))?.[1];
  const found = await detectEncoding(path, head);
  if (found.encoding.startsWith("utf-16") || said === undefined) return found.encoding;
  try {
    return new TextDecoder(said).encoding;
  } catch {
    throw engineError("unreadable", {
      problem: `The XML says that it is written as “${said}”, which is not known here. Save it as UTF-8.`,
    });
  }
}

async function* toRecords(
  chunks: AsyncIterable<Buffer>,
  options: { readonly path: string; readonly encoding: string; readonly shape: XmlShape; readonly beside: Beside },
  cells: KeyedCells,
): AsyncGenerator<TableRecord> {
  for await (const { number, line, endLine, cells: found, cut } of readXmlRecords(chunks, options)) {
    const placed = { number, offset: 0, firstLine: line, lastLine: endLine };
    if (cut) {
      const bytes = Buffer.from(JSON.stringify(Object.fromEntries(found.map(({ header, text }) => [header, text]))));
      yield { ...placed, bytes, fields: [], reasons: ["It is longer than 8 MiB. What its first 8 MiB say is kept."] };
    } else yield { ...placed, bytes: Buffer.alloc(0), fields: cells.fieldsOf(found), reasons: [] };
  }
}

function nestedNotes(part: string, shape: XmlShape): string[] {
  const inner = shape.tables.filter((path) => path.startsWith(`${part}/`));
  return inner.length > 0 ? [`Groups that repeat in a record are lists here, and tables of their own: ${inner.join(", ")}.`] : [];
}
