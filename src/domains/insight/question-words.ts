import { insightError } from "./errors.ts";
import type { DatePart, Filter, Measure, Question } from "./model.ts";

/** A question as somebody writes it, at a terminal or in a place file: columns by their names. */
export interface QuestionWords {
  /** `COLUMN`, or `COLUMN:hour` for a part of a date or a time; two at most. */
  readonly by?: readonly string[] | undefined;
  readonly where?: readonly string[] | undefined;
  readonly sum?: string | undefined;
  readonly avg?: string | undefined;
  readonly min?: string | undefined;
  readonly max?: string | undefined;
  readonly share?: string | undefined;
  /** `COLUMN / COLUMN`: one added up, divided by the other added up. */
  readonly ratio?: string | undefined;
}

export interface NamedColumn {
  readonly number: number;
  readonly name: string;
  readonly label: string;
}

/** What is asked, with the columns by number. Fails with `insight.no-column` or `insight.unreadable`. */
export function readWords(
  words: QuestionWords,
  columns: readonly NamedColumn[],
): Pick<Question, "groupBy" | "parts" | "measure" | "filters"> {
  const groups = (words.by ?? []).slice(0, 2).map((text) => {
    const [, name = text, part = null] = /^(.*):(year|month|weekday|hour)$/s.exec(text) ?? [];
    return { column: findColumn(columns, name), part: part as DatePart | null };
  });
  return {
    groupBy: groups.map(({ column }) => column.number),
    ...(groups.some(({ part }) => part !== null) ? { parts: groups.map(({ part }) => part) } : {}),
    measure: measureOf(words, columns),
    filters: (words.where ?? []).map((text) => filterOf(text, columns)),
  };
}

function measureOf(words: QuestionWords, columns: readonly NamedColumn[]): Measure {
  if (words.share !== undefined) return { kind: "share", of: filterOf(words.share, columns) };
  if (words.ratio !== undefined) {
    const [over = "", per = ""] = words.ratio.split(" / ");
    return { kind: "ratio", column: findColumn(columns, over).number, per: findColumn(columns, per).number };
  }
  for (const kind of ["sum", "avg", "min", "max"] as const) {
    const column = words[kind];
    if (column !== undefined) return { kind, column: findColumn(columns, column).number };
  }
  return { kind: "count" };
}

function findColumn(columns: readonly NamedColumn[], text: string): NamedColumn {
  const wanted = text.trim().toLowerCase();
  const found = columns.find(({ name, label }) => name.toLowerCase() === wanted || label.toLowerCase() === wanted);
  if (!found) throw insightError("no-column", { column: `“${text.trim()}”` });
  return found;
}

const signs = { "!=": "is not", ">=": "at least", "<=": "at most", "=": "is" } as const;

/** `sex=F|M`, `sex!=F`, `age>=18`, `closed=` (empty), `closed!=` (not empty). */
function filterOf(text: string, columns: readonly NamedColumn[]): Filter {
  const match = /^(.+?)(!=|>=|<=|=)(.*)$/s.exec(text);
  if (!match) throw insightError("unreadable", { problems: `“${text}” is not a condition such as COLUMN=VALUE.` });
  const [, name = "", sign = "=", rest = ""] = match;
  const op = signs[sign as keyof typeof signs];
  const values = rest
    .split("|")
    .map((value) => value.trim())
    .filter((value) => value !== "");
  const empty = values.length === 0 && (op === "is" || op === "is not");
  return {
    column: findColumn(columns, name).number,
    op: empty ? (op === "is" ? "is empty" : "is not empty") : op,
    values,
  };
}
