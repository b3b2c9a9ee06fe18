import { engineError } from "../errors.ts";
import { readLimits } from "./limits.ts";

/** The shared strings of a workbook, as bytes outside the heap: a million of them are no million objects. */
export class SharedStrings {
  #bytes = Buffer.alloc(1 << 16);
  #ends = new Uint32Array(1 << 12);
  #count = 0;

  add(text: string): void {
    const start = this.#count === 0 ? 0 : (this.#ends[this.#count - 1] ?? 0);
    const end = start + Buffer.byteLength(text);
    if (end > readLimits.sharedBytes)
      throw engineError("unreadable", {
        problem: "The workbook has more than 512 MiB of text, which is the limit. Save its sheets as CSV.",
      });
    while (end > this.#bytes.length) this.#bytes = Buffer.concat([this.#bytes, Buffer.alloc(this.#bytes.length)]);
    if (this.#count === this.#ends.length) {
      const wider = new Uint32Array(2 * this.#ends.length);
      wider.set(this.#ends);
      this.#ends = wider;
    }
    this.#bytes.write(text, start);
    this.#ends[this.#count] = end;
    this.#count += 1;
  }

  get(index: number): string {
    if (!(index >= 0 && index < this.#count)) return "";
    return this.#bytes.toString("utf8", index === 0 ? 0 : this.#ends[index - 1], this.#ends[index]);
  }
}
