import { headText } from "./encoding.ts";

/** How a delimited file is written. */
export interface Dialect {
  readonly delimiter: string;
  readonly quote: '"' | "'";
  readonly lineEnd: "\n" | "\r";
  /** The file says its delimiter itself, in a first line such as `sep=;`, which is no record. */
  readonly saysSo: boolean;
}

const usual = [",", ";", "\t", "|"] as const;
const odd = ["^", "~", ":"] as const;
const linesSeen = 100;

/** Works out how a delimited file is written, from its first bytes. */
export function detectDialect(head: Buffer): Dialect {
  const text = headText(head);
  const lineEnd = text.includes("\r") && !/\n/.test(withoutQuoted(text)) ? "\r" : "\n";
  const said = /^sep=(.)\r?(?:\n|$)/i.exec(lineEnd === "\r" ? text.replace("\r", "\n") : text)?.[1];
  const all = recordLines(text.split(lineEnd === "\r" ? "\r" : /\r?\n/));
  const lines = all
    .slice(said === undefined ? 0 : 1, all.length > 1 ? -1 : undefined)
    .filter((line) => line.trim() !== "")
    .slice(0, linesSeen);
  const delimiter = said ?? bestDelimiter(lines);
  return { delimiter, quote: quoteOf(lines, delimiter), lineEnd, saysSo: said !== undefined };
}

/** Lines with those joined that a quoted field goes on in, as far as quotes come in pairs. */
function recordLines(lines: readonly string[]): string[] {
  const joined: string[] = [];
  for (let at = 0; at < lines.length; at += 1) {
    let end = at;
    let open = false;
    do {
      for (const character of lines[end] ?? "") if (character === '"') open = !open;
      end += 1;
    } while (open && end < lines.length && end - at < linesSeen);
    joined.push(open ? (lines[at] ?? "") : lines.slice(at, end).join("\n"));
    if (!open) at = end - 1;
  }
  return joined;
}

/** How surely a delimiter parts lines as it parts the first, from 0 to 1. */
export function delimiterShare(lines: readonly string[], delimiter: string): number {
  const counts = lines.map((line) => countOutsideQuotes(line, delimiter));
  const [first = 0] = counts;
  return first === 0 ? 0 : counts.filter((count) => count === first).length / counts.length;
}

function bestDelimiter(lines: readonly string[]): string {
  const [first = ""] = lines;
  const [best] = usual
    .map((delimiter) => {
      const fields = countOutsideQuotes(first, delimiter);
      return { delimiter, share: delimiterShare(lines, delimiter), fields: Math.min(fields, 50) };
    })
    .sort((left, right) => right.share - left.share || right.fields - left.fields);
  if (best && best.share > 0.5) return best.delimiter;
  const strange = odd.find((delimiter) => lines.length >= 3 && delimiterShare(lines, delimiter) >= 0.95);
  const belowTitles = usual.find((delimiter) => partsBelowTitles(lines, delimiter));
  return strange ?? belowTitles ?? (best && best.share > 0 ? best.delimiter : ",");
}

/** Whether a delimiter parts most lines alike from some line on: those above it are titles. */
function partsBelowTitles(lines: readonly string[], delimiter: string): boolean {
  const counts = lines.map((line) => countOutsideQuotes(line, delimiter));
  const most = Math.max(...counts);
  const start = counts.indexOf(most);
  const alike = counts.filter((count) => count === most).length;
  return most > 0 && alike >= (most > 1 ? 2 : 5) && alike >= 0.7 * (counts.length - start);
}

/** Single quotes where nearly all fields stand between them and none between double ones. */
function quoteOf(lines: readonly string[], delimiter: string): '"' | "'" {
  const fields = lines.flatMap((line) => line.split(delimiter)).filter((field) => field.trim() !== "");
  const between = fields.filter((field) => /^'.*'$/.test(field)).length;
  const beside = fields.filter((field) => /^'|'$/.test(field)).length;
  return between >= 4 && beside > 0.8 * fields.length && !fields.some((field) => field.startsWith('"')) ? "'" : '"';
}

function withoutQuoted(text: string): string {
  return text.replaceAll(/"(?:[^"]|"")*"/g, "");
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
