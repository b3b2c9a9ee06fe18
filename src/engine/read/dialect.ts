import { engineError } from "../errors.ts";

export interface Dialect {
  readonly delimiter: "," | ";" | "\t" | "|";
  /** Bytes before the header: a byte order mark. */
  readonly skip: number;
}

/** Works out how a delimited file is written, from its first bytes. Refuses what is no UTF-8 text at all. */
export function detectDialect(head: Buffer): Dialect {
  if (head.length >= 2 && ((head[0] === 0xff && head[1] === 0xfe) || (head[0] === 0xfe && head[1] === 0xff))) {
    throw engineError("unreadable", {
      problem: "The file is written as UTF-16, which Guildhall does not read yet. Save it as CSV UTF-8.",
    });
  }
  if (head.includes(0x0d) && !head.includes(0x0a)) {
    throw engineError("unreadable", {
      problem: "The lines of the file end in carriage returns alone, as on very old machines. Save it as CSV UTF-8.",
    });
  }
  const skip = head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf ? 3 : 0;
  const lines = head
    .subarray(skip)
    .toString("latin1")
    .split(/\r?\n/)
    .slice(0, 50)
    .filter((line) => line !== "");
  const scored = ([",", ";", "\t", "|"] as const).map((delimiter) => {
    const counts = lines.slice(0, lines.length > 1 ? -1 : undefined).map((line) => countOutsideQuotes(line, delimiter));
    const header = counts[0] ?? 0;
    const alike = counts.filter((count) => count === header).length / Math.max(1, counts.length);
    return { delimiter, score: header === 0 ? 0 : alike * 100 + Math.min(header, 50) / 100 };
  });
  const best = scored.reduce((left, right) => (right.score > left.score ? right : left));
  return { delimiter: best.score === 0 ? "," : best.delimiter, skip };
}

function countOutsideQuotes(line: string, delimiter: string): number {
  let quoted = false;
  let count = 0;
  for (const character of line) {
    if (character === '"') quoted = !quoted;
    else if (character === delimiter && !quoted) count += 1;
  }
  return count;
}
