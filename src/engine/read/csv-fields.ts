const quote = 0x22;
const carriageReturn = 0x0d;

/**
 * How one run of bytes reads as one CSV record (RFC 4180; a quote inside an unquoted field is an ordinary character).
 * `open` means that a quoted field is still open at the end, so that the record may go on in the next line.
 */
export type FieldReading =
  | { readonly kind: "fields"; readonly count: number; readonly strayQuote: boolean }
  | { readonly kind: "open" }
  | { readonly kind: "broken"; readonly field: number };

/**
 * Counts the fields of `bytes` from `start` to `end` (no line end at the end), without copying any. Empty fields past
 * `wanted` are not counted, since a line that only ends in delimiters says no more than the header asks for.
 */
export function readFields(bytes: Buffer, start: number, end: number, delimiter: number, wanted: number): FieldReading {
  let count = 0;
  let filled = 0;
  let strayQuote = false;
  let at = start;
  for (;;) {
    count += 1;
    const from = at;
    if (at < end && bytes[at] === quote) {
      at += 1;
      for (;;) {
        const close = bytes.indexOf(quote, at);
        if (close === -1 || close >= end) return { kind: "open" };
        if (close + 1 < end && bytes[close + 1] === quote) at = close + 2;
        else {
          at = close + 1;
          break;
        }
      }
      if (at < end && bytes[at] !== delimiter) return { kind: "broken", field: count };
      if (at - from > 2) filled = count;
    } else {
      while (at < end && bytes[at] !== delimiter) {
        if (bytes[at] === quote) strayQuote = true;
        at += 1;
      }
      if (at > from) filled = count;
    }
    if (at >= end) return { kind: "fields", count: Math.min(count, Math.max(filled, wanted)), strayQuote };
    at += 1; // the delimiter; a field follows, if only an empty one
  }
}

/** The fields of one record that `readFields` accepted, as text. */
export function fieldTexts(bytes: Buffer, delimiter: number): string[] {
  const fields: string[] = [];
  let at = 0;
  for (;;) {
    let from = at;
    if (bytes[at] === quote) {
      from = at + 1;
      at = from;
      for (;;) {
        const close = bytes.indexOf(quote, at);
        if (bytes[close + 1] !== quote) {
          fields.push(bytes.toString("utf8", from, close).replaceAll('""', '"'));
          at = close + 1;
          break;
        }
        at = close + 2;
      }
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
