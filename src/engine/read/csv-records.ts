import { isUtf8 } from "node:buffer";
import { readFields, trimLineEnd } from "./csv-fields.ts";

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

export const recordLimits = { bytes: 8 * 1024 * 1024, lines: 10_000 } as const;

// A record of more lines than this is not looked for behind a stray quote: the search must stay short.
const aheadLines = 200;

/**
 * Reads a CSV file record by record from bytes, deciding each by itself, so that a fault in one never costs another.
 *
 * A quoted field that is still open at the end of a line goes on in the next. When such a record turns out broken (text
 * after its closing quote, the wrong number of fields, or no closing quote up to the limits or the end of the file),
 * there are two stories: a stray quote swallowed good lines, or a record of several lines is itself at fault. The line
 * with the closing quote tells them apart: if, read without the first line, it belongs to a record that is whole, with the right
 * number of fields and no stray quote, lines were swallowed, and only the first is set aside; else the whole run is. The
 * same is asked of a run that reads well but for a stray quote in it. A quote that
 * nothing closes costs its own line only. Blank lines are no records.
 */
export async function* readCsvRecords(
  chunks: AsyncIterable<Buffer>,
  options: { delimiter: string; fields: number; firstLine: number; offset: number },
): AsyncGenerator<FileRecord> {
  const delimiter = options.delimiter.charCodeAt(0);
  const lines = new Lines(chunks, options.offset, options.firstLine);
  let number = 0;
  for (let line = await lines.take(); line; line = await lines.take()) {
    if (line.end === line.start) continue;
    number += 1;
    yield await readRecord(lines, line, { delimiter, fields: options.fields, number });
  }
}

interface Expected {
  readonly delimiter: number;
  readonly fields: number;
  readonly number: number;
}

async function readRecord(lines: Lines, first: Line, expected: Expected): Promise<FileRecord> {
  const single = readFields(first.bytes, first.start, first.end, expected.delimiter, expected.fields);
  if (single.kind !== "open") return recordOf([first], expected, faultOf(single, expected.fields));
  const run: Line[] = [first];
  let size = first.end - first.start;
  for (;;) {
    const next = await lines.take();
    if (next) {
      run.push(next);
      size += next.end - next.start + 1;
    }
    const tooLong = size > recordLimits.bytes || run.length > recordLimits.lines;
    const whole = next && !tooLong && next.bytes.includes(0x22) ? readRun(run, expected) : undefined;
    if (next && !tooLong && (whole === undefined || whole.kind === "open")) continue;
    const fault = whole ? faultOf(whole, expected.fields) : ["A quoted field is opened and never closed."];
    if (next && !tooLong) {
      const doubtful = fault.length > 0 || (whole?.kind === "fields" && whole.strayQuote);
      if (!doubtful || !(await readsWithoutFirst(lines, run, expected))) return recordOf(run, expected, fault);
    }
    lines.giveBack(run.slice(1));
    return recordOf([first], expected, ["A quoted field is opened and never closed."]);
  }
}

/** Whether the last line of a run, read without the first, belongs to a good record. It may go on in lines not read yet. */
async function readsWithoutFirst(lines: Lines, run: readonly Line[], expected: Expected): Promise<boolean> {
  const ahead: Line[] = [];
  const rest = run.slice(1);
  let good = false;
  let at = 0;
  while (at < rest.length) {
    const record: Line[] = [];
    for (let size = 0; ;) {
      const line = rest[at] ?? (await lines.take());
      good = false;
      if (!line) break;
      if (at >= rest.length) ahead.push(line);
      at += 1;
      if (record.length === 0 && line.end === line.start) break;
      record.push(line);
      size += line.end - line.start + 1;
      const reading = readRun(record, expected);
      if (reading.kind === "open" && record.length <= aheadLines && size <= recordLimits.bytes) continue;
      good = reading.kind === "fields" && reading.count === expected.fields && !reading.strayQuote;
      break;
    }
  }
  lines.giveBack(ahead);
  return good;
}

function readRun(run: readonly Line[], expected: Expected): ReturnType<typeof readFields> {
  const bytes = bytesOf(run);
  return readFields(bytes, 0, bytes.length, expected.delimiter, expected.fields);
}

function faultOf(reading: ReturnType<typeof readFields>, fields: number): string[] {
  if (reading.kind === "broken") return [`Text follows the closing quote of field ${reading.field}.`];
  if (reading.kind === "open") return ["A quoted field is opened and never closed."];
  if (reading.count === fields) return [];
  return [`It has ${reading.count} field${reading.count === 1 ? "" : "s"} where the header has ${fields}.`];
}

function recordOf(run: readonly Line[], expected: Expected, faults: readonly string[]): FileRecord {
  const [first] = run;
  const last = run.at(-1);
  if (!first || !last) throw new Error("A record has at least one line.");
  const bytes = bytesOf(run);
  const reasons = [...faults];
  if (!isUtf8(bytes)) reasons.push("It holds bytes that are not UTF-8 text.");
  if (bytes.includes(0)) reasons.push("It holds a NUL byte.");
  if (bytes.length > recordLimits.bytes) reasons.push(`It is longer than ${recordLimits.bytes / 1024 / 1024} MiB.`);
  return {
    number: expected.number,
    offset: first.offset,
    firstLine: first.number,
    lastLine: last.number,
    endOffset: last.offset + last.rawEnd - last.start,
    bytes,
    reasons,
  };
}

function bytesOf(run: readonly Line[]): Buffer {
  const [first] = run;
  if (run.length === 1 && first) return first.bytes.subarray(first.start, first.end);
  return Buffer.concat(
    run.flatMap((line, at) => {
      const end = at === run.length - 1 ? line.end : line.rawEnd;
      return [line.bytes.subarray(line.start, end)];
    }),
  );
}

interface Line {
  readonly bytes: Buffer;
  readonly start: number;
  /** Without its line end. */
  readonly end: number;
  /** With its line end. */
  readonly rawEnd: number;
  readonly offset: number;
  readonly number: number;
}

/** The physical lines of a stream of chunks, with a way to give lines back. */
class Lines {
  readonly #chunks: AsyncIterator<Buffer>;
  readonly #returned: Line[] = [];
  #buffer: Buffer = Buffer.alloc(0);
  #at = 0;
  #offset: number;
  #number: number;
  #ended = false;

  constructor(chunks: AsyncIterable<Buffer>, offset: number, firstLine: number) {
    this.#chunks = chunks[Symbol.asyncIterator]();
    this.#offset = offset;
    this.#number = firstLine;
  }

  giveBack(lines: readonly Line[]): void {
    this.#returned.push(...lines.toReversed());
  }

  async take(): Promise<Line | undefined> {
    const returned = this.#returned.pop();
    if (returned) return returned;
    for (;;) {
      const newline = this.#buffer.indexOf(0x0a, this.#at);
      if (newline !== -1) return this.#lineTo(newline, newline + 1);
      if (this.#ended) return this.#at < this.#buffer.length ? this.#lineTo(this.#buffer.length, this.#buffer.length) : undefined;
      const { value, done } = await this.#chunks.next();
      if (done) this.#ended = true;
      else {
        this.#buffer = this.#at === this.#buffer.length ? value : Buffer.concat([this.#buffer.subarray(this.#at), value]);
        this.#at = 0;
      }
    }
  }

  #lineTo(newline: number, rawEnd: number): Line {
    const start = this.#at;
    const line: Line = {
      bytes: this.#buffer,
      start,
      end: trimLineEnd(this.#buffer, start, newline),
      rawEnd,
      offset: this.#offset,
      number: this.#number,
    };
    this.#at = rawEnd;
    this.#offset += rawEnd - start;
    this.#number += 1;
    return line;
  }
}

/** Reads a file in which each line is a record and quotes mean nothing, such as NDJSON. Blank lines are no records. */
export async function* readLineRecords(chunks: AsyncIterable<Buffer>, offset: number): AsyncGenerator<FileRecord> {
  const lines = new Lines(chunks, offset, 1);
  let number = 0;
  for (let line = await lines.take(); line; line = await lines.take()) {
    if (line.end === line.start) continue;
    number += 1;
    yield recordOf([line], { delimiter: 0, fields: 1, number }, []);
  }
}
