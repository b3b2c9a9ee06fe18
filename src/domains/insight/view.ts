import type { Answer } from "./ask.ts";
import type { GroupForm } from "./columns.ts";
import type { Figure } from "./figures.ts";
import { areaNamesOf, figureText, groupLabel, type Mark } from "./words.ts";

export interface ViewRow {
  readonly figure: Figure;
  /** One label for each group; empty for a sum of all. */
  readonly labels: readonly string[];
  readonly text: string;
  readonly mark: Mark;
}

/** The cells in the order they are read, each with its labels. Order, like every word, is made of shown figures alone. */
export function orderedRows(answer: Answer): readonly ViewRow[] {
  const rows = answer.figures.cells.map((figure) => rowOf(figure, answer));
  const [first, second] = answer.plan.groups.map((_, at) => orderedKeys(answer, at));
  const rank = (order: readonly string[] | undefined, key: string | null | undefined) => order?.indexOf(key ?? "") ?? 0;
  return rows.toSorted(
    (one, other) =>
      rank(first, one.figure.keys[0]) - rank(first, other.figure.keys[0]) ||
      rank(second, one.figure.keys[1]) - rank(second, other.figure.keys[1]),
  );
}

/** The cells in order and, after them, the groups that are too small to be named, as one row. */
export function listedRows(answer: Answer): readonly ViewRow[] {
  const rows = orderedRows(answer);
  if (!answer.figures.others) return rows;
  const keys = answer.plan.groups.map(() => null);
  const figure: Figure = { keys, n: null, value: null, shown: false, reason: "small" };
  const labels = keys.map((_, at) => (at === 0 ? otherGroups : ""));
  return [...rows, { figure, labels, text: `each fewer than ${answer.minCell}`, mark: "c" }];
}

export const otherGroups = "Other groups, if any";

/** The keys of one grouping column: in their own order where they have one, else by what is shown; hidden ones last but one. */
export function orderedKeys(answer: Answer, at: number): readonly string[] {
  const { plan, figures } = answer;
  const group = plan.groups[at];
  if (!group) return [];
  const names = areaNamesOf(answer);
  const label = (key: string) => groupLabel(group, key, names);
  const keys = [...new Set(figures.cells.map((figure) => figure.keys[at] ?? ""))];
  const byLabel = (one: string, other: string) => label(one).localeCompare(label(other), "en-GB", { numeric: true });
  const hasOrder = group.form !== "plain" || keys.every((key) => key === "" || /^\d/.test(label(key)));
  const whole = plan.groups.length === 2 ? figures.totals : figures.cells;
  const values = new Map(
    whole
      .filter(
        (figure) => figure.shown && figure.value !== null && figure.keys.every((key, place) => place === at || key === null),
      )
      .map((figure) => [figure.keys[at] ?? "", figure.value ?? 0]),
  );
  const valueOf = (key: string) => values.get(key) ?? Number.NEGATIVE_INFINITY;
  return keys.toSorted((one, other) => {
    if ((one === "") !== (other === "")) return one === "" ? 1 : -1;
    if (inTime.has(group.form) || group.column.type === "time.period") return one < other ? -1 : 1;
    if (hasOrder) return byLabel(one, other);
    const [left, right] = [valueOf(one), valueOf(other)];
    return left === right ? byLabel(one, other) : left > right ? -1 : 1;
  });
}

/** Ways of grouping whose keys stand in the order of time. */
const inTime: ReadonlySet<GroupForm> = new Set(["period", "year", "month", "weekday", "hour"]);

export function rowOf(figure: Figure, answer: Answer): ViewRow {
  const names = areaNamesOf(answer);
  const labels = answer.plan.groups.map((group, at) => {
    const key = figure.keys[at];
    return key === null || key === undefined ? "" : groupLabel(group, key, names);
  });
  return { figure, labels, ...figureText(figure, answer) };
}

/** The figure of all records together. */
export function wholeOf({ figures }: Answer): Figure | undefined {
  return figures.totals.at(-1);
}

/** What part of all a figure is, in per cent: for counts, and for sums that are all of one sign. */
export function partsOf(answer: Answer): ((figure: Figure) => number | null) | null {
  const { measure } = answer.plan;
  if (measure.kind !== "count" && measure.kind !== "sum") return null;
  const whole = wholeOf(answer);
  const shown = answer.figures.cells.filter((figure) => figure.shown);
  if (!whole?.shown || whole.value === null || whole.value <= 0 || shown.some(({ value }) => (value ?? 0) < 0)) return null;
  const total = whole.value;
  return ({ shown: isShown, value }) => (isShown && value !== null ? (100 * value) / total : null);
}
