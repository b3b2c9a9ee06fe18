import { row, type Literal, type Pred } from "../../access/index.ts";
import { formatDate } from "../../kernel/clock.ts";
import { getType } from "../../vocabulary/index.ts";
import { inSentence, type Usable } from "./columns.ts";
import { insightError } from "./errors.ts";
import type { Filter } from "./model.ts";

/**
 * A filter as a condition over the columns of a Relation. A record whose cell is empty meets no condition but “is
 * empty”; “is not” asks for a value that is another. `field` is where a form shows what is wrong.
 */
export function filterPred(filter: Filter, column: Usable, field: { column: string; value: string }): Pred {
  if (column.filter === null) {
    const why = column.why || "its values could point at one person";
    throw insightError("not-a-filter", { column: column.label, why }, { [field.column]: "Choose another column." });
  }
  const a = row(`c${column.number}`);
  const has: Pred = { op: "has", a };
  switch (filter.op) {
    case "is empty":
      return { op: "not", arg: has };
    case "is not empty":
      return has;
    case "is":
      return { op: "in", a, set: literals(filter, column, field.value) };
    case "is not":
      return { op: "and", args: [has, { op: "not", arg: { op: "in", a, set: literals(filter, column, field.value) } }] };
    case "at least":
    case "at most": {
      if (column.filter === "text")
        throw insightError("wrong-operator", { column: column.label, op: filter.op }, { [field.value]: "Use “is” or “is not”." });
      const b = literals(filter, column, field.value)[0] ?? 0n;
      if (filter.op === "at most") return { op: "le", a, b };
      return { op: "and", args: [has, { op: "not", arg: { op: "lt", a, b } }] };
    }
  }
}

const joiners = { is: " or ", "is not": " or ", "at least": "", "at most": "", "is empty": "", "is not empty": "" } as const;

/** A filter as it reads in a sentence: “sex is Female or Male”. */
export function filterWords(filter: Filter, column: Usable): string {
  const values = filter.values.map((value) => (column.filter === "date" ? formatDate(isoDate(value) ?? value) : value));
  return `${inSentence(column.label)} ${filter.op}${values.length === 0 ? "" : ` ${values.join(joiners[filter.op])}`}`;
}

/** A filter with its values as the column keeps them, so that equal filters are equal however they were written. */
export function canonicalFilter(filter: Filter, column: Usable): Filter {
  const values = filter.values.map((value) => {
    if (column.filter === "date") return isoDate(value) ?? value;
    return column.filter === "text" ? (keptText(value, column) ?? value) : String(BigInt(value.replaceAll(/[£,\s]/g, "")));
  });
  const several = filter.op === "is" || filter.op === "is not";
  const one = filter.op === "at least" || filter.op === "at most";
  return { ...filter, values: several ? [...new Set(values)].toSorted() : one ? values.slice(0, 1) : [] };
}

/** Text as the column keeps it: “Male” is M. */
function keptText(value: string, column: Usable): string | undefined {
  return column.masked ? value : getType(column.type).parse(value);
}

function literals(filter: Filter, column: Usable, field: string): readonly Literal[] {
  const values = filter.op === "is" || filter.op === "is not" ? filter.values : filter.values.slice(0, 1);
  if (values.length === 0)
    throw insightError(
      "unreadable",
      { problems: `the condition on “${column.label}” has no value.` },
      { [field]: "Write a value, or choose “is empty”." },
    );
  return values.map((value) => literal(value, column, field));
}

function literal(value: string, column: Usable, field: string): Literal {
  if (column.filter === "text") {
    const kept = keptText(value, column);
    if (kept !== undefined) return kept;
    const parts = { column: column.label, value, type: getType(column.type).label.toLowerCase() };
    throw insightError("unknown-value", parts, { [field]: "Write another value." });
  }
  const wrong = (expected: string) =>
    insightError("wrong-value", { column: column.label, value, expected }, { [field]: `Write ${expected}.` });
  if (column.filter === "number") {
    const digits = value.replaceAll(/[£,\s]/g, "");
    if (!/^-?\d{1,15}$/.test(digits)) throw wrong("a whole number, such as 12");
    return BigInt(digits);
  }
  const iso = isoDate(value);
  if (iso === undefined) throw wrong("a date, such as 2026-11-30");
  return BigInt(Date.parse(iso) / 86_400_000);
}

/** `2026-11-30` or `30/11/2026`, if there is such a day. */
function isoDate(text: string): string | undefined {
  const british = /^(\d{1,2})\/(\d{1,2})\/(\d{4})$/.exec(text);
  const iso = british ? `${british[3]}-${british[2]?.padStart(2, "0")}-${british[1]?.padStart(2, "0")}` : text;
  if (!/^\d{4}-\d{2}-\d{2}$/.test(iso) || Number.isNaN(Date.parse(iso))) return undefined;
  return new Date(iso).toISOString().startsWith(iso) ? iso : undefined;
}
