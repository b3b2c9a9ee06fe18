import type { Pred } from "../../access/index.ts";
import type { GroupForm, Usable } from "./columns.ts";
import { insightError } from "./errors.ts";
import { canonicalFilter, filterPred, filterWords } from "./filter.ts";
import type { Filter, Measure, Question } from "./model.ts";

export interface PlannedGroup {
  readonly column: Usable;
  readonly form: GroupForm;
}

/** A question whose columns are known and suit what is asked of them. */
export interface Plan {
  readonly groups: readonly PlannedGroup[];
  readonly measure: PlannedMeasure;
  readonly where: Pred;
  readonly conditions: readonly string[];
  /** Every column it looks at, by number. */
  readonly columns: readonly number[];
}

export type PlannedMeasure =
  | { readonly kind: "count" }
  | { readonly kind: "sum" | "avg" | "min" | "max"; readonly column: Usable }
  | { readonly kind: "share"; readonly of: Pred; readonly words: string }
  | { readonly kind: "ratio"; readonly column: Usable; readonly per: Usable };

/** Checks a question against the columns the person may use. Fails with `insight.…` and the form field it is about. */
export function planQuestion(question: Question, columns: readonly Usable[]): Plan {
  const used = new Set<number>();
  const find = (number: number, field: string): Usable => {
    const column = columns.find((candidate) => candidate.number === number);
    if (!column) throw insightError("no-column", { column: String(number) }, { [field]: "Choose a column from the list." });
    used.add(number);
    return column;
  };
  const groups = question.groupBy.map((number, at): PlannedGroup => {
    const field = at === 0 ? "by" : "by2";
    const column = find(number, field);
    if (column.group === null)
      throw insightError("not-a-group", { column: column.label, why: column.why }, { [field]: "Choose another column." });
    const part = question.parts?.[at] ?? null;
    if (part === null) return { column, form: column.group };
    if (column.group !== "period" || (part === "hour" && column.type !== "time.instant"))
      throw insightError("not-a-part", { column: column.label, part }, { [field]: "Choose another way to split." });
    return { column, form: part };
  });
  if (new Set(question.groupBy).size !== question.groupBy.length)
    throw insightError("same-twice", {}, { by2: "Choose another column, or none." });
  const measure = planMeasure(question.measure, find);
  const filters = question.filters.map((filter, at) => {
    const column = find(filter.column, `c${at + 1}`);
    const pred = filterPred(filter, column, { column: `c${at + 1}`, value: `v${at + 1}` });
    return { pred, words: filterWords(filter, column) };
  });
  if (used.size === 0 && columns[0]) used.add(columns[0].number); // rows are counted through some column
  return {
    groups,
    measure,
    where: { op: "and", args: filters.map(({ pred }) => pred) },
    conditions: filters.map(({ words }) => words),
    columns: [...used],
  };
}

/** The same question with every filter as its column keeps its values; the question has been planned before. */
export function canonicalQuestion(question: Question, columns: readonly Usable[]): Question {
  const canonical = (filter: Filter): Filter => {
    const column = columns.find(({ number }) => number === filter.column);
    return column ? canonicalFilter(filter, column) : filter;
  };
  const { measure } = question;
  return {
    ...question,
    filters: question.filters.map(canonical),
    measure: measure.kind === "share" ? { ...measure, of: canonical(measure.of) } : measure,
  };
}

function planMeasure(measure: Measure, find: (number: number, field: string) => Usable): PlannedMeasure {
  const amount = (number: number, field: string): Usable => {
    const column = find(number, field);
    if (!column.amount) throw insightError("not-an-amount", { column: column.label }, { [field]: "Choose a column of numbers." });
    return column;
  };
  switch (measure.kind) {
    case "count":
      return measure;
    case "share": {
      const column = find(measure.of.column, "sc");
      return {
        kind: "share",
        of: filterPred(measure.of, column, { column: "sc", value: "sv" }),
        words: filterWords(measure.of, column),
      };
    }
    case "ratio":
      return { kind: "ratio", column: amount(measure.column, "over"), per: amount(measure.per, "per") };
    default:
      return { kind: measure.kind, column: amount(measure.column, "of") };
  }
}
