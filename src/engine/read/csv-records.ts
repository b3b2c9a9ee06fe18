import { isUtf8 } from "node:buffer";
import { FieldScan, type FieldMarks } from "./csv-fields.ts";
import { readLimits } from "./limits.ts";
import { Lines, type Line, type LinePlace } from "./lines.ts";

/** One record of a file: its number among the records (from 1), where it is, and its bytes without the last line end. */
export interface FileRecord {
  readonly number: number;
  readonly offset: number;
  readonly firstLine: number;
  readonly lastLine: number;
  /** Where the next record may start. */
  readonly endOffset: number;
  readonly bytes: Buffer;
  /** Why it cannot be read; empty when it can. */
  readonly reasons: readonly string[];
}

export interface RecordsFrom extends FieldMarks {
  /** How many fields a good record has. */
  readonly fields: number;
  readonly lineEnd: number;
  /** Where the chunks start in the file. */
  readonly from: LinePlace;
}

// What follows a stray quote is read ahead in small pieces: a record of more lines than this is not looked for there.
const aheadLines = 200;
const neverClosed = "A quoted field is opened and never closed.";

/**
 * Reads a CSV file record by record from bytes, deciding each by itself, so that a fault in one never costs another.
 *
 * A quoted field that is still open at the end of a line goes on in the next. When such a record turns out broken (text
 * after its closing quote, the wrong number of fields, or no closing quote up to the limit or the end of the file),
 * there are two stories: a stray quote swallowed good lines, or a record of several lines is itself at fault. The line
 * with the closing quote tells them apart: if, read without the first line, it belongs to a record that is whole, with the right
 * number of fields and no stray quote, lines were swallowed, and only the first is set aside; else the whole run is. The
 * same is asked of a run that reads well but for a stray quote in it. A quote that
 * nothing closes costs its own line only. Blank lines are no records.
 */
export async function* readCsvRecords(chunks: AsyncIterable<Buffer>, expected: RecordsFrom): AsyncGenerator<FileRecord> {
  const lines = new Lines(chunks, expected.from, expected.lineEnd);
  let number = 0;
  for (let line = await lines.take(); line; line = await lines.take()) {
    if (line.end === line.start) continue;
    number += 1;
    yield await readRecord(lines, line, expected, number);
  }
}

async function readRecord(lines: Lines, first: Line, expected: RecordsFrom, number: number): Promise<FileRecord> {
  const scan = new FieldScan(expected, expected.fields);
  const single = { number, first, last: first, bytes: first.bytes.subarray(first.start, first.end) };
  if (first.cut) return recordOf({ ...single, faults: [] });
  if (scan.read(first.bytes, first.start, first.end) !== "open")
    return recordOf({ ...single, faults: faultsOf(scan, expected.fields) });
  const start = { offset: first.offset, number: first.number };
  const second = lines.place;
  lines.hold(start);
  try {
    for (;;) {
      const next = await lines.take();
      if (!next) break;
      if (scan.read(next.bytes, next.start, next.end) === "open") continue;
      const faults = faultsOf(scan, expected.fields);
      const doubtful = faults.length > 0 || scan.strayQuote;
      const end = lines.place;
      if (doubtful && (await readsWithoutFirst(lines, second, end, expected))) break;
      lines.returnTo(end);
      const bytes = Buffer.from(lines.between(first.offset, next.offset + next.end - next.start));
      return recordOf({ number, first, last: next, bytes, faults });
    }
    lines.returnTo(second);
    return recordOf({ ...single, faults: [neverClosed] });
  } finally {
    lines.release();
  }
}

/** Whether the last line of a run, read without the first, belongs to a good record. It may go on in lines not read yet. */
async function readsWithoutFirst(lines: Lines, second: LinePlace, end: LinePlace, expected: RecordsFrom): Promise<boolean> {
  let good = false;
  lines.returnTo(second);
  while (lines.place.offset < end.offset) {
    const scan = new FieldScan(expected, expected.fields);
    const { number, offset } = lines.place;
    good = false;
    for (;;) {
      const line = await lines.take();
      if (!line) return false;
      if (line.number === number && line.end === line.start) break;
      const near = line.number - number < aheadLines && line.nextOffset - offset <= readLimits.recordBytes;
      if (scan.read(line.bytes, line.start, line.end) === "open" && near) continue;
      good = scan.state === "whole" && scan.count === expected.fields && !scan.strayQuote;
      break;
    }
  }
  return good;
}

function faultsOf(scan: FieldScan, fields: number): string[] {
  const { state, count } = scan;
  if (state === "broken") return [`Text follows the closing quote of field ${count}.`];
  if (state === "open") return [neverClosed];
  if (count === fields) return [];
  return [`It has ${count} field${count === 1 ? "" : "s"} where the header has ${fields}.`];
}

function recordOf(found: {
  readonly number: number;
  readonly first: Line;
  readonly last: Line;
  readonly bytes: Buffer;
  readonly faults: readonly string[];
}): FileRecord {
  const { number, first, last, bytes } = found;
  const reasons = [...found.faults];
  const long = last.cut || bytes.length > readLimits.recordBytes;
  if (!last.cut && !isUtf8(bytes)) reasons.push("It holds bytes that are not UTF-8 text.");
  if (bytes.includes(0)) reasons.push("It holds a NUL byte.");
  if (long) {
    const limit = readLimits.recordBytes / 1024 / 1024;
    reasons.push(`It is longer than ${limit} MiB. Its first ${limit} MiB are kept.`);
  }
  return {
    number,
    offset: first.offset,
    firstLine: first.number,
    lastLine: last.number,
    endOffset: last.nextOffset,
    bytes: long ? bytes.subarray(0, readLimits.recordBytes) : bytes,
    reasons,
  };
}

/** Reads a file in which each line is a record and quotes mean nothing, such as NDJSON. Blank lines are no records. */
export async function* readLineRecords(chunks: AsyncIterable<Buffer>, offset: number): AsyncGenerator<FileRecord> {
  const lines = new Lines(chunks, { offset, number: 1 }, 0x0a);
  let number = 0;
  for (let line = await lines.take(); line; line = await lines.take()) {
    if (line.end === line.start) continue;
    number += 1;
    yield recordOf({ number, first: line, last: line, bytes: line.bytes.subarray(line.start, line.end), faults: [] });
  }
}
