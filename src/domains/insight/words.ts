import { describeHidden, roundingBase } from "../../disclosure/index.ts";
import { civilDate, formatDate, formatInstant } from "../../kernel/clock.ts";
import { formatNumber, plural } from "../../kit/index.ts";
import type { Answer } from "./ask.ts";
import { inSentence, valueWords, type Usable } from "./columns.ts";
import type { Figure } from "./figures.ts";
import type { Plan, PlannedGroup, PlannedMeasure } from "./plan.ts";

/** `2026-11` is November 2026; anything else stays. */
function monthWords(key: string): string {
  return /^\d{4}-\d{2}$/.test(key) ? formatDate(`${key}-01`).replace(/^1 /, "") : key;
}

const weekdays = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

/** What a group is called: an area by its name, a month in words, an empty cell as what it is. */
export function groupLabel(group: PlannedGroup, key: string, areaNames: ReadonlyMap<string, string>): string {
  if (key === "") return "Not recorded";
  switch (group.form) {
    case "weekday":
      return weekdays[Number(key) - 1] ?? key;
    case "hour":
      return `${key}:00 to ${String((Number(key) + 1) % 24).padStart(2, "0")}:00`;
    case "period":
    case "month":
      return monthWords(key);
    case "band":
      return `${formatNumber(Number(key))} to under ${formatNumber(Number(key) + 1000)}`;
    case "plain":
      if (group.column.type === "geo.gss_code") return areaNames.get(key) ?? key;
      if (group.column.type === "time.period") return monthWords(key);
      return valueWords(key, group.column);
    default:
      return key;
  }
}

export function areaNamesOf({ areas }: Answer): ReadonlyMap<string, string> {
  return new Map(areas?.shapes.map(({ code, name }) => [code, name]));
}

/** What a group column is called: a date of birth is grouped as an age band, and says so. */
export function groupTitle({ column, form }: PlannedGroup): string {
  if (form === "ageBand") return "Age band";
  if (form === "hour") return `Hour of ${inSentence(column.label)}`;
  if (form === "weekday") return `Day of the week of ${inSentence(column.label)}`;
  if (form === "year" || form === "month") return `${column.label}, by ${form}`;
  if (column.type === "geo.gss_code") return column.label.replace(/ ?(code|cd)$/i, "") || column.label; // areas show their names
  return form === "outcode" ? `${column.label} district` : column.label;
}

const measureWords = { sum: "Total of", avg: "Average of", min: "Lowest", max: "Highest" } as const;

/** The measure, as the head of a column. */
export function measureTitle(measure: PlannedMeasure): string {
  switch (measure.kind) {
    case "count":
      return "Records";
    case "share":
      return `Share where ${measure.words}`;
    case "ratio":
      return `${measure.column.label} per ${inSentence(measure.per.label)}`;
    default:
      return `${measureWords[measure.kind]} ${inSentence(measure.column.label)}`;
  }
}

/** The plain question: what stands where no finding may or can be stated. */
export function plainQuestion({ measure, groups }: Pick<Plan, "measure" | "groups">): string {
  const by = groups.length === 0 ? "" : ` by ${groups.map((group) => inSentence(groupTitle(group))).join(" and ")}`;
  return measure.kind === "count" ? `How many records${by}?` : `${measureTitle(measure)}${by}`;
}

export function formatValue(value: number, measure: PlannedMeasure, people = false): string {
  switch (measure.kind) {
    case "count":
      return formatNumber(value);
    case "share":
      return `${value.toFixed(people ? 0 : 1)} %`;
    case "ratio":
      return decimal(value);
    case "avg":
      return unit(decimal(value), measure.column);
    default:
      return unit(value.toLocaleString("en-GB", { maximumFractionDigits: Math.abs(value) >= 1000 ? 0 : 2 }), measure.column);
  }
}

function decimal(value: number): string {
  const size = Math.abs(value);
  return value.toLocaleString("en-GB", { maximumFractionDigits: size >= 1000 ? 0 : size >= 10 ? 1 : 2 });
}

function unit(text: string, { type }: Usable): string {
  return type === "money.gbp" ? text.replace(/^(-?)/, "$1£") : text;
}

export type Mark = "" | "c" | "x";

/** A figure as it is read, and its mark where it is no number. */
export function figureText(figure: Figure, { plan, minCell, people }: Answer): { readonly text: string; readonly mark: Mark } {
  if (!figure.shown) return { text: hiddenText(figure, plan.measure, minCell), mark: "c" };
  return figure.value === null
    ? { text: "not available", mark: "x" }
    : { text: formatValue(figure.value, plan.measure, people), mark: "" };
}

/** “Fewer than 10” is said of counts alone: of a total or a mean it would be read as the value. */
function hiddenText({ reason }: Figure, measure: PlannedMeasure, minCell: number): string {
  if (measure.kind === "count" || reason === "complement") return describeHidden(reason ?? "small", { minCell });
  return `hidden: ${describeHidden("small", { minCell })} records`;
}

export function countText(figure: Figure, { minCell }: Answer): string {
  return figure.n === null ? `[c] ${describeHidden(figure.reason ?? "small", { minCell })}` : formatNumber(figure.n);
}

/** How many figures are hidden, totals too. */
export function hiddenCount({ figures: { cells, totals } }: Answer): number {
  const whole = cells.length === 1 && cells[0]?.keys.length === 0 ? cells : [...cells, ...totals];
  return whole.filter(({ shown }) => !shown).length;
}

/** How figures are protected, and how many are hidden; nothing where none can be. */
export function hiddenNote(answer: Answer): string | null {
  const { minCell, people, figures } = answer;
  const hidden = hiddenCount(answer);
  const values = plural(hidden, "value is", "values are");
  if (!people) return hidden === 0 ? null : `${values} hidden: counts from 1 to ${minCell - 1}, and what would give them away.`;
  const parts = [
    `Counts are to the nearest ${roundingBase}, and totals, averages and shares are made from them.`,
    hidden === 0
      ? `Counts below ${minCell} are not shown.`
      : `${values} hidden to protect people: counts below ${minCell}, zero too, and what would give them away.`,
    ...(figures.others ? [`Under conditions, groups of fewer than ${minCell} are not named.`] : []),
  ];
  return parts.join(" ");
}

/** What a count is to, after it. */
export function nearest({ people }: Pick<Answer, "people">): string {
  return people ? `, to the nearest ${roundingBase}` : "";
}

/** Measure, base and conditions, under the title. */
export function subtitleOf(answer: Answer): string {
  const { plan, figures } = answer;
  const all = figures.totals.at(-1);
  const n = all?.n === null || all?.n === undefined ? nearest(answer) : `, n = ${formatNumber(all.n)}${nearest(answer)}`;
  const base = plan.measure.kind === "count" || plan.measure.kind === "share" ? n : n && `${n} with a value`;
  const where = plan.conditions.length === 0 ? "all records" : plan.conditions.join("; ");
  return `${measureTitle(plan.measure)}${base}. ${answer.dataset.title}, ${where}, as loaded on ${formatDate(civilDate(answer.version.committedAt))}.`;
}

/** The same in brief, under a chart on a page whose head has it in full. */
export function chartSubtitle(answer: Answer): string {
  const { plan, figures, version } = answer;
  const n = figures.totals.at(-1)?.n ?? null;
  return `${measureTitle(plan.measure)}${n === null ? "" : `, n = ${formatNumber(n)}`}${nearest(answer)}, as loaded on ${formatDate(civilDate(version.committedAt))}`;
}

export function sourceLine(answer: Answer): string {
  const { dataset, version, agreement, minCell, people } = answer;
  const parts = [
    `Source: ${dataset.title}, version ${version.number}, loaded ${formatInstant(version.committedAt)}`,
    agreement ? `lent by ${agreement.lentBy} under “${agreement.title}”` : "own data",
    ...(people ? [`counts to the nearest ${roundingBase}`] : []),
    minCell > 0 ? `smallest count shown: ${minCell}` : "no people described, nothing hidden",
  ];
  const attribution = dataset.attribution === "" ? "" : ` ${dataset.attribution.replace(/\.?$/, ".")}`;
  return `${parts.join("; ")}.${attribution}`;
}
