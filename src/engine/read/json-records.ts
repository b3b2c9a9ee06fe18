import { JsonWalk, pathIn, type JsonFrame, type JsonVisitor } from "./json-walk.ts";
import { readLimits } from "./limits.ts";

/** One record of a JSON table: its bytes as they stand in the text. */
export interface JsonRecord {
  readonly number: number;
  /** The key it stands under, in an object of objects. */
  readonly key: string | undefined;
  readonly offset: number;
  readonly line: number;
  readonly endLine: number;
  readonly bytes: Buffer;
  /** It is longer than a record may be, and `bytes` is its beginning. */
  readonly cut: boolean;
}

/** Reads the values of the list or object at `path` one by one. `beside` is told each word or number that stands elsewhere. */
export async function* readJsonRecords(
  chunks: AsyncIterable<Buffer>,
  options: { readonly path: string; readonly offset: number; readonly beside: (path: string, value: unknown) => void },
): AsyncGenerator<JsonRecord> {
  const cutter = new RecordCutter(options.offset);
  const isTable = (frame: JsonFrame | undefined) => frame !== undefined && frame.path === options.path;
  const visitor: JsonVisitor = {
    open: (frame, parent, offset) => {
      cutter.endScalar(offset);
      if (isTable(parent)) cutter.start(offset, keyOf(parent));
    },
    close: (frame, parent, end) => {
      cutter.endScalar(end - 1);
      if (isTable(parent)) cutter.end(end);
    },
    scalar: (value, parent, offset) => {
      cutter.endScalar(offset);
      if (isTable(parent)) cutter.start(offset, keyOf(parent), true);
      else {
        const path = parent && !cutter.inside ? pathIn(parent) : undefined;
        if (path !== undefined) options.beside(path, value);
      }
    },
  };
  const walk = new JsonWalk(visitor);
  for await (const chunk of chunks) {
    cutter.add(chunk);
    walk.push(chunk);
    yield* cutter.take();
  }
  walk.end();
}

function keyOf(parent: JsonFrame | undefined): string | undefined {
  return parent && !parent.list ? parent.key : undefined;
}

/** Cuts records out of a stream of bytes by where they start and end, keeping only what belongs to one that is open. */
class RecordCutter {
  #buffer: Buffer = Buffer.alloc(0);
  /** Where the buffer starts, as the walk counts. */
  #base = 0;
  readonly #fileOffset: number;
  #open:
    { readonly start: number; readonly line: number; readonly key: string | undefined; readonly scalar: boolean } | undefined;
  #ready: JsonRecord[] = [];
  #number = 0;
  #lineFrom = 0;
  #line = 1;
  /** The beginning of a record that became too long to be kept. */
  #long: Buffer | undefined;

  constructor(fileOffset: number) {
    this.#fileOffset = fileOffset;
  }

  get inside(): boolean {
    return this.#open !== undefined;
  }

  add(chunk: Buffer): void {
    const start = this.#open?.start ?? this.#base + this.#buffer.length;
    let rest = this.#buffer.subarray(Math.max(0, start - this.#base));
    this.#countLines(start);
    let base = Math.max(start, this.#base);
    if (rest.length > readLimits.recordBytes) {
      this.#long ??= Buffer.from(rest.subarray(0, readLimits.recordBytes));
      this.#countLines(this.#base + this.#buffer.length);
      base += rest.length;
      rest = Buffer.alloc(0);
    }
    this.#base = base;
    this.#buffer = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
  }

  start(offset: number, key: string | undefined, scalar = false): void {
    this.#open = { start: offset, line: this.#countLines(offset), key, scalar };
  }

  /** A word or number that is a record ends where the next token starts. */
  endScalar(offset: number): void {
    if (this.#open?.scalar === true) this.end(offset);
  }

  end(offset: number): void {
    const open = this.#open;
    if (!open) return;
    const whole = this.#buffer.subarray(Math.max(0, open.start - this.#base), offset - this.#base);
    const bytes = this.#long ?? (open.scalar ? Buffer.from(whole.toString().trim()) : whole);
    const cut = this.#long !== undefined || bytes.length > readLimits.recordBytes;
    this.#number += 1;
    this.#ready.push({
      number: this.#number,
      key: open.key,
      offset: this.#fileOffset + open.start,
      line: open.line,
      endLine: this.#countLines(offset),
      bytes: bytes.subarray(0, readLimits.recordBytes),
      cut,
    });
    this.#open = undefined;
    this.#long = undefined;
  }

  take(): readonly JsonRecord[] {
    const ready = this.#ready;
    this.#ready = [];
    return ready;
  }

  /** The number of the line that a place stands in; places are asked for in order. */
  #countLines(offset: number): number {
    let at = this.#buffer.indexOf(0x0a, Math.max(0, this.#lineFrom - this.#base));
    while (at !== -1 && at + this.#base < offset) {
      this.#line += 1;
      at = this.#buffer.indexOf(0x0a, at + 1);
    }
    this.#lineFrom = Math.max(this.#lineFrom, offset);
    return this.#line;
  }
}
