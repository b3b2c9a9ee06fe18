import { mkdtemp, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import type { DuckDBConnection } from "@duckdb/node-api";
import { engineError } from "../errors.ts";
import type { LoadedColumn, LoadInput, LoadOutput, Progress } from "../protocol.ts";
import { fieldTexts, type FieldMarks } from "../read/csv-fields.ts";
import { readCsvRecords, type FileRecord } from "../read/csv-records.ts";
import { detectDialect, type Dialect } from "../read/dialect.ts";
import { readChunks, readHead, readsPlainly } from "../read/file-scan.ts";
import { findHeader, type FoundHeader } from "../read/find-header.ts";
import { nameColumns } from "../read/header.ts";
import { readLimits } from "../read/limits.ts";
import type { LinePlace } from "../read/lines.ts";
import { readSpreadRecords } from "../read/spread-records.ts";
import { openPart, type OpenedPart } from "./open-part.ts";
import { RecordFile } from "./record-file.ts";
import { separate } from "./separate.ts";
import { readyText } from "./ready-text.ts";
import { finishLoad, numberColumns, writeText } from "./write-text.ts";

/**
 * Reads a delimited file. DuckDB reads a clean one directly; if it refuses anything, the byte reader goes over the file
 * once, decides record by record, and DuckDB reads what is good. Both give the same rows for a file that both accept
 * (property test).
 */
export async function loadCsv(
  connection: DuckDBConnection,
  input: LoadInput,
  tell: (progress: Progress) => void,
): Promise<LoadOutput> {
  const { text, dialect, marks, header } = await layOut(input, tell);
  const { names, notes } = nameColumns(header.names, input.added);
  const columns = numberColumns(names, input);
  const width = header.names.length;
  const { delimiter, quote, lineEnd } = dialect;
  const layout = { delimiter, quote, lineEnd, fields: width };
  const allNotes = [...text.notes, ...dialectNotes(dialect), ...header.notes, ...notes];
  if (input.toDescribe) {
    const sample = await loadSample(connection, input, { path: text.path, dialect, marks, header, columns });
    if (sample) return finishLoad(input, { ...sample, columns, notes: [...allNotes, ...sample.notes] });
  }
  // A blank line of a file of one column is a row to DuckDB and nothing to the byte reader, so that it takes those.
  if (header.plain && width > 1 && dialect.lineEnd === "\n" && (await readsPlainly(text.path, marks, header.end.offset))) {
    tell({ step: "Reading the file", done: 0, total: 0, unit: "rows" });
    const file = { path: text.path, skip: header.end.number - 1, ...dialect, numbered: false, bytes: 0, width };
    const rows = await writeText(connection, [file], columns, input);
    if (rows !== undefined) return finishLoad(input, { columns, notes: allNotes, rows, quarantined: 0, path: "fast", layout });
  }
  const chunks = readChunks(text.path, { start: header.end.offset, tell, step: "Reading record by record" });
  const records = readCsvRecords(chunks, { ...marks, fields: width, from: header.end, lineEnd: lineEndOf(dialect) });
  const good = new RecordFile(join(input.scratch, "good.csv"), dialect.delimiter);
  const counted = await separate(records, input, connection, (record) => good.add(record, width, marks));
  await good.close();
  const file = { path: good.path, skip: 0, delimiter: dialect.delimiter, quote: '"', numbered: true, bytes: good.bytes, width };
  const rows = await writeText(connection, [file], columns, input);
  await rm(good.path);
  if (rows !== counted.good)
    throw new Error(`The careful reader passed ${counted.good} records and ${rows ?? "none"} were stored.`);
  return finishLoad(input, { columns, notes: allNotes, rows, quarantined: counted.bad, path: "careful", layout });
}

interface LaidOut {
  readonly path: string;
  readonly dialect: Dialect;
  readonly marks: FieldMarks;
  readonly header: HeaderPlace;
  readonly columns: readonly LoadedColumn[];
}

const unreadShare = 0.05;

/** A sample of a long file; nothing of a file that is read whole: one that is not long, or of which too much is not read in pieces. */
async function loadSample(connection: DuckDBConnection, input: LoadInput, { path, dialect, marks, header, columns }: LaidOut) {
  const { size } = await stat(path);
  if (size <= readLimits.wholeBytes) return undefined;
  const width = header.names.length;
  const good = new RecordFile(join(input.scratch, "sample.csv"), dialect.delimiter);
  let [read, unread] = [0, 0];
  const expected = { ...marks, fields: width, lineEnd: lineEndOf(dialect) };
  for await (const record of readSpreadRecords(path, { from: header.end, size }, expected)) {
    if (record.reasons.length === 0) await good.add(record, width, marks);
    if (record.reasons.length === 0) read += 1;
    else unread += 1;
  }
  await good.close();
  if (read === 0 || unread > (read + unread) * unreadShare) return undefined;
  const file = { path: good.path, skip: 0, delimiter: dialect.delimiter, quote: '"', numbered: true, bytes: good.bytes, width };
  const rows = (await writeText(connection, [file], columns, input)) ?? 0;
  const megabytes = Math.round(size / 1024 / 1024).toLocaleString("en-GB");
  const note = `The file has ${megabytes} MiB. This was told from ${rows.toLocaleString("en-GB")} of its rows, from ${readLimits.samplePlaces} places all over it.`;
  return { rows, quarantined: 0, path: "careful" as const, notes: [note] };
}

/** The names of the columns of a delimited file, as a load would give them. */
export async function readColumnNames(file: OpenedPart, scratch: string): Promise<readonly string[]> {
  const own = await mkdtemp(join(scratch, "header-"));
  try {
    const { header } = await layOut({ ...(await openPart(file, own)), scratch: own }, () => {});
    return nameColumns(header.names, []).names;
  } finally {
    await rm(own, { recursive: true, force: true });
  }
}

/** How a delimited file is written, and where its header and its data are. */
async function layOut(input: Pick<LoadInput, "path" | "scratch">, tell: (progress: Progress) => void) {
  const text = await readyText(input, tell);
  const dialect = detectDialect(await readHead(text.path));
  const marks = { delimiter: dialect.delimiter.charCodeAt(0), quote: dialect.quote.charCodeAt(0) };
  const start = dialect.saysSo ? await secondLine(text.path, text.skip, dialect, marks) : { offset: text.skip, number: 1 };
  return { text, dialect, marks, header: await readHeader(text.path, start, dialect, marks) };
}

function lineEndOf(dialect: Dialect): number {
  return dialect.lineEnd.charCodeAt(0);
}

function dialectNotes({ delimiter, quote, lineEnd }: Dialect): string[] {
  const notes: string[] = [];
  if (!",;\t|".includes(delimiter)) notes.push(`Fields are parted by “${delimiter}”.`);
  if (quote !== '"') notes.push("Fields stand between single quotes.");
  if (lineEnd === "\r") notes.push("Lines end in carriage returns alone.");
  return notes;
}

/** What a sample of the file says of its header, and where the data starts. */
interface HeaderPlace extends FoundHeader {
  readonly end: LinePlace;
  /** DuckDB can skip it by counting lines. */
  readonly plain: boolean;
}

async function readHeader(path: string, start: LinePlace, dialect: Dialect, marks: FieldMarks): Promise<HeaderPlace> {
  const sample = await readSample(path, start, dialect, marks);
  const [first] = sample;
  if (!first) throw engineError("unreadable", { problem: "The file has no header: every line is blank." });
  const rows = sample.map((record) => (isSound(record) ? fieldTexts(record.bytes, marks) : []));
  const found = findHeader(rows);
  const before = sample.slice(0, found.above + found.rows);
  const broken = before.find((record) => !isSound(record));
  if (broken) {
    const reasons = faultsBesideCount(broken).join(" ");
    throw engineError("unreadable", { problem: `The header, line ${broken.firstLine}, cannot be read. ${reasons}` });
  }
  const last = before.at(-1);
  return {
    ...found,
    end: last ? { offset: last.endOffset, number: last.lastLine + 1 } : start,
    plain: before.every((record) => record.firstLine === record.lastLine),
  };
}

/** The first records, read without knowing how many fields they should have. */
async function readSample(path: string, start: LinePlace, dialect: Dialect, marks: FieldMarks): Promise<FileRecord[]> {
  const sample: FileRecord[] = [];
  const chunks = readChunks(path, { start: start.offset });
  for await (const record of readCsvRecords(chunks, { ...marks, fields: Infinity, from: start, lineEnd: lineEndOf(dialect) })) {
    sample.push(record);
    if (sample.length >= readLimits.headRecords || record.endOffset > readLimits.headBytes) break;
  }
  return sample;
}

function faultsBesideCount(record: FileRecord): string[] {
  return record.reasons.filter((reason) => !reason.includes("where the header has"));
}

function isSound(record: FileRecord): boolean {
  return faultsBesideCount(record).length === 0;
}

async function secondLine(path: string, offset: number, dialect: Dialect, marks: FieldMarks): Promise<LinePlace> {
  const [first] = await readSample(path, { offset, number: 1 }, dialect, marks);
  return first ? { offset: first.endOffset, number: first.lastLine + 1 } : { offset, number: 1 };
}
