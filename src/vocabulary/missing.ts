/** How exports write that there is nothing, in place of an empty cell: in words, in signs, and in figures that no measure gives. */
import type { SemanticType } from "./semantic-type.ts";

type Values = readonly { readonly value: string; readonly count: number }[];

/** These say nothing else, whatever the column. */
const signs: ReadonlySet<string> = new Set([
  "n/a",
  "na",
  "#n/a",
  "null",
  "(null)",
  "no data",
  "no data!",
  "invalid!",
  "not available",
  "blank",
  "-",
  "--",
  "---",
  ".",
  "..",
  "?",
  "redacted",
  "tbc",
]);
/** These may be an answer where answers are listed. */
const words: ReadonlySet<string> = new Set(["none", "nil", "not known", "unknown", "not recorded", "not applicable"]);
const figures = /^(?:-1|-9|-99|-999|9{3,}|-9999)$/;
/** Columns in which a word for nothing is as likely an answer, or somebody's name. */
const answers: ReadonlySet<string> = new Set(["category", "text", "text.note", "yes_no", "person.sex"]);
const names: ReadonlySet<string> = new Set(["person.surname", "person.forename", "person.full_name"]);
const measures: ReadonlySet<string> = new Set(["number", "money.gbp", "person.age", "percentage"]);
const enoughRows = 3;

/** Whether a text says in words or signs that there is no value. Figures such as −1 and 9999 say it only in some columns. */
export function isMissing(text: string): boolean {
  const folded = fold(text);
  return folded === "" || signs.has(folded) || words.has(folded);
}

/** What stands for nothing in a column of a type, in small letters, and why. */
export function missingIn(
  type: SemanticType | undefined,
  values: Values,
): { readonly missing: readonly string[]; readonly evidence: readonly string[] } {
  const rows = new Map<string, number>();
  for (const { value, count } of values) {
    const folded = fold(value);
    if (folded !== "" && (isMissing(folded) || figures.test(folded))) rows.set(folded, (rows.get(folded) ?? 0) + count);
  }
  const found = [...rows].filter(([folded, count]) =>
    figures.test(folded)
      ? measures.has(type?.id ?? "") && count >= enoughRows && isFarOff(Number(folded), values)
      : saysNothing(folded, count, type, values),
  );
  return {
    missing: found.map(([folded]) => folded).sort(),
    evidence: found.map(
      ([folded, count]) =>
        `${count.toLocaleString("en-GB")} of ${rowsOf(values).toLocaleString("en-GB")} rows say “${folded}”, which is read as no value`,
    ),
  };
}

function saysNothing(folded: string, count: number, type: SemanticType | undefined, values: Values): boolean {
  if (type === undefined || type.parse(folded) === undefined) return true;
  if (names.has(type.id)) return count >= enoughRows && count > 3 * median(values); // Null and Na are names, too
  return signs.has(folded) || !answers.has(type.id);
}

/** A figure that stands apart from all others: the only one below nought, or more than twice the largest. */
function isFarOff(figure: number, values: Values): boolean {
  const others = values
    .map(({ value }) => Number(value.replaceAll(/[£,%\s]/g, "")))
    .filter((other) => !Number.isNaN(other) && other !== figure);
  if (others.length === 0) return false;
  const least = others.reduce((one, other) => Math.min(one, other));
  const most = others.reduce((one, other) => Math.max(one, other));
  return figure < 0 ? least >= 0 : figure > 2 * most;
}

function median(values: Values): number {
  return values.map(({ count }) => count).sort((one, other) => one - other)[Math.floor(values.length / 2)] ?? 0;
}

function rowsOf(values: Values): number {
  return values.reduce((sum, { count }) => sum + count, 0);
}

function fold(text: string): string {
  return text.replaceAll(/^[ \t\r\n\u00a0\ufeff]+|[ \t\r\n\u00a0\ufeff]+$/g, "").toLowerCase();
}
