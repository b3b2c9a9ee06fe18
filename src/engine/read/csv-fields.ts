const carriageReturn = 0x0d;

/** How a delimited record is written, as bytes: delimiter and quote character. */
export interface FieldMarks {
  readonly delimiter: number;
  readonly quote: number;
}

/** How far the reading of a record came at the end of a line; `open` means that a quoted field goes on in the next. */
export type FieldState = "whole" | "open" | "broken";

/**
 * Counts the fields of one CSV record line by line, without copying any (RFC 4180; a quote inside an unquoted field is an
 * ordinary character). Empty fields past `wanted` are not counted, since a line that only ends in delimiters says no more
 * than the header asks for.
 */
export class FieldScan {
  /** A quote character stands inside an unquoted field. */
  strayQuote = false;
  readonly #marks: FieldMarks;
  readonly #wanted: number;
  #count = 0;
  #filled = 0;
  #state: FieldState = "whole";

  constructor(marks: FieldMarks, wanted: number) {
    this.#marks = marks;
    this.#wanted = wanted;
  }

  /** The fields met so far; where the record is broken, the number of the field at fault. */
  get count(): number {
    return this.#state === "broken" ? this.#count : Math.min(this.#count, Math.max(this.#filled, this.#wanted));
  }

  get state(): FieldState {
    return this.#state;
  }

  /** Reads the next line of the record, without its line end. */
  read(bytes: Buffer, start: number, end: number): FieldState {
    const { delimiter, quote } = this.#marks;
    let at = start;
    let inside = this.#state === "open";
    if (inside) this.#filled = this.#count; // the line end before is something in the field
    for (;;) {
      if (!inside) this.#count += 1;
      if (inside || (at < end && bytes[at] === quote)) {
        const from = inside ? at : at + 1;
        at = closingQuote(bytes, from, end, quote);
        if (at > from) this.#filled = this.#count;
        if (at === end) return (this.#state = "open");
        at += 1;
        inside = false;
        if (at < end && bytes[at] !== delimiter) return (this.#state = "broken");
      } else {
        const from = at;
        while (at < end && bytes[at] !== delimiter) {
          if (bytes[at] === quote) this.strayQuote = true;
          at += 1;
        }
        if (at > from) this.#filled = this.#count;
      }
      if (at >= end) return (this.#state = "whole");
      at += 1; // the delimiter; a field follows, if only an empty one
    }
  }
}

/** Where the quote stands that closes a field, or `end`. A doubled quote is a quote in the field. */
function closingQuote(bytes: Buffer, from: number, end: number, quote: number): number {
  const line = bytes.subarray(from, end); // the next quote may be far behind the line
  let at = 0;
  for (;;) {
    const close = line.indexOf(quote, at);
    if (close === -1) return end;
    if (line[close + 1] !== quote) return from + close;
    at = close + 2;
  }
}

/** The fields of one record that `FieldScan` found whole, as text. */
export function fieldTexts(bytes: Buffer, { delimiter, quote }: FieldMarks): string[] {
  const fields: string[] = [];
  const mark = String.fromCharCode(quote);
  let at = 0;
  for (;;) {
    const from = at;
    if (bytes[at] === quote) {
      at = closingQuote(bytes, at + 1, bytes.length, quote);
      fields.push(bytes.toString("utf8", from + 1, at).replaceAll(mark + mark, mark));
      at += 1;
    } else {
      while (at < bytes.length && bytes[at] !== delimiter) at += 1;
      fields.push(bytes.toString("utf8", from, at));
    }
    if (at >= bytes.length) return fields;
    at += 1;
  }
}

/** The end of a line without its carriage return. */
export function trimLineEnd(bytes: Buffer, start: number, end: number): number {
  return end > start && bytes[end - 1] === carriageReturn ? end - 1 : end;
}
