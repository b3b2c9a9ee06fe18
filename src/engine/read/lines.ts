import { trimLineEnd } from "./csv-fields.ts";
import { readLimits } from "./limits.ts";

/** One physical line. Its bytes stand in a larger block; of one longer than a record may be only the beginning is kept. */
export interface Line {
  readonly bytes: Buffer;
  readonly start: number;
  /** Without its line end. */
  readonly end: number;
  readonly number: number;
  readonly offset: number;
  /** Where the next line starts in the file. */
  readonly nextOffset: number;
  readonly cut: boolean;
}

/** A place between two lines that reading can go back to. */
export interface LinePlace {
  readonly offset: number;
  readonly number: number;
}

/**
 * The physical lines of a stream of chunks. Reading can return to a place that is held; what lies after it stays in memory
 * for that, which is why nobody holds one for longer than `readLimits.aheadBytes`.
 */
export class Lines {
  readonly #chunks: AsyncIterator<Buffer>;
  readonly #lineEnd: number;
  #buffer: Buffer = Buffer.alloc(0);
  /** Where the buffer starts in the file. */
  #base: number;
  #at: LinePlace;
  #held: number | undefined;
  #ended = false;

  constructor(chunks: AsyncIterable<Buffer>, from: LinePlace, lineEnd: number) {
    this.#chunks = chunks[Symbol.asyncIterator]();
    this.#base = from.offset;
    this.#at = from;
    this.#lineEnd = lineEnd;
  }

  /** Where the next line starts. */
  get place(): LinePlace {
    return this.#at;
  }

  hold(place: LinePlace): void {
    this.#held = place.offset;
  }

  release(): void {
    this.#held = undefined;
  }

  returnTo(place: LinePlace): void {
    this.#at = place;
  }

  /** The bytes from one place of the file to another; both lie after the held place. */
  between(from: number, to: number): Buffer {
    return this.#buffer.subarray(from - this.#base, to - this.#base);
  }

  /** The next line; none at the end of the file, and none that reaches too far past the held place. */
  async take(): Promise<Line | undefined> {
    let searched = this.#at.offset - this.#base;
    for (;;) {
      const start = this.#at.offset - this.#base;
      const found = this.#buffer.indexOf(this.#lineEnd, searched);
      if (found !== -1) return this.#lineTo(start, found, found + 1);
      if (this.#ended)
        return start < this.#buffer.length ? this.#lineTo(start, this.#buffer.length, this.#buffer.length) : undefined;
      if (this.#base + this.#buffer.length - (this.#held ?? this.#at.offset) > readLimits.aheadBytes)
        return this.#held === undefined ? this.#takeCut(start) : undefined;
      searched = await this.#fill();
    }
  }

  /** Reads one more chunk and gives the place in the buffer where it starts. What lies before the held place goes. */
  async #fill(): Promise<number> {
    const { value, done } = await this.#chunks.next();
    const keep = Math.min(this.#held ?? this.#at.offset, this.#at.offset);
    const rest = this.#buffer.subarray(keep - this.#base);
    if (done === true) this.#ended = true;
    this.#buffer = done === true ? rest : rest.length === 0 ? value : Buffer.concat([rest, value]);
    this.#base = keep;
    return rest.length;
  }

  #lineTo(start: number, end: number, next: number): Line {
    const { offset, number } = this.#at;
    const trimmed = this.#lineEnd === 0x0a ? trimLineEnd(this.#buffer, start, end) : end;
    const nextOffset = this.#base + next;
    this.#at = { offset: nextOffset, number: number + 1 };
    return { bytes: this.#buffer, start, end: trimmed, number, offset, nextOffset, cut: false };
  }

  /** A line too long to be kept: its beginning, and where it ends. */
  async #takeCut(start: number): Promise<Line> {
    const bytes = Buffer.from(this.#buffer.subarray(start, start + readLimits.recordBytes));
    const { offset, number } = this.#at;
    for (;;) {
      this.#base += this.#buffer.length;
      const { value, done } = await this.#chunks.next();
      this.#ended = done === true;
      this.#buffer = done === true ? Buffer.alloc(0) : value;
      const found = this.#buffer.indexOf(this.#lineEnd);
      if (found === -1 && !this.#ended) continue;
      const nextOffset = this.#base + found + 1;
      this.#at = { offset: nextOffset, number: number + 1 };
      return { bytes, start: 0, end: bytes.length, number, offset, nextOffset, cut: true };
    }
  }
}
