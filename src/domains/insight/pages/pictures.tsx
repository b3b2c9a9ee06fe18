import {
  BarChart,
  Choropleth,
  formatNumber,
  TimeLine,
  type AreaValue,
  type BarChartProps,
  type TimePoint,
} from "../../../kit/index.ts";
import type { Answer } from "../ask.ts";
import { breaksOf } from "../breaks.ts";
import { orderedRows, partsOf, type ViewRow } from "../view.ts";
import { chartSubtitle, formatValue, groupTitle, measureTitle, plainQuestion, sourceLine } from "../words.ts";

const mostBars = 30;
const barsOfMany = 15;
/** Fewer points of time are bars. */
const fewestOnALine = 6;

/** A line to compare with, such as a limit in law. */
export type Limit = NonNullable<BarChartProps["references"]>[number];

export interface PictureProps {
  readonly answer: Answer;
  /** Told apart from others on its page. */
  readonly id: string;
  /** The title of the chart; the plain question, where none is given. */
  readonly title?: string | undefined;
  /** What is measured, of what; in brief, where none is given. */
  readonly subtitle?: string | undefined;
  readonly limits?: readonly Limit[] | undefined;
}

/** The pictures of an answer by one column: bars, or a line over time, and a map where its values are areas. */
export function Pictures(props: PictureProps) {
  const rows = orderedRows(props.answer);
  const map = props.answer.areas ? <AreaMap {...props} /> : null;
  const chart = rows.length > 1 ? <Chart {...props} /> : null;
  return rows.length > mostBars && !isOverTime(props.answer, rows) ? (
    <>
      {map}
      {chart}
    </>
  ) : (
    <>
      {chart}
      {map}
    </>
  );
}

/** Bars, or a line over months and years. */
export function Chart(props: PictureProps) {
  const rows = orderedRows(props.answer);
  return isOverTime(props.answer, rows) ? <OverTime {...props} rows={rows} /> : <Bars {...props} rows={rows} />;
}

function isOverTime({ plan: { groups } }: Answer, rows: readonly ViewRow[]): boolean {
  const [group] = groups;
  if (!group || datedRows(rows).length < fewestOnALine) return false;
  const dated = rows.filter(({ figure }) => figure.keys[0] !== "");
  const isPeriod = group.column.type === "time.period" && datedRows(rows).length === dated.length;
  return isPeriod || ["period", "year", "month"].includes(group.form);
}

function datedRows(rows: readonly ViewRow[]): readonly ViewRow[] {
  return rows.filter(({ figure }) => /^\d{4}(-\d{2})?$/.test(figure.keys[0] ?? ""));
}

function OverTime({ answer, id, title, subtitle, limits = [], rows }: PictureProps & { rows: readonly ViewRow[] }) {
  const { plan } = answer;
  const points = datedRows(rows).map(({ figure, text }): TimePoint => {
    const [year, month = "01"] = (figure.keys[0] ?? "").split("-");
    return { at: `${year}-${month}-01`, value: figure.value, shown: figure.shown, text };
  });
  const level = ({ text, value }: Limit) => ({
    name: text,
    points: [points[0], points.at(-1)].flatMap((point) =>
      point ? [{ at: point.at, value, shown: true, text: String(value) }] : [],
    ),
  });
  const labels = new Map(rows.map((row) => [row.figure.keys[0] ?? "", row.labels[0] ?? ""]));
  const [group] = plan.groups;
  return (
    <TimeLine
      id={`${id}-line`}
      title={title ?? plainQuestion(plan)}
      subtitle={subtitle ?? chartSubtitle(answer)}
      source={sourceLine(answer)}
      counted={measureTitle(plan.measure)}
      series={[{ name: measureTitle(plan.measure), points }, ...limits.map(level)]}
      format={(value) => formatValue(value, plan.measure, answer.people)}
      formatDate={(date) => labels.get(date.slice(0, 7)) ?? labels.get(date.slice(0, 4)) ?? date}
      dateTitle={group ? groupTitle(group) : undefined}
    />
  );
}

function valueOf({ figure, labels, text }: ViewRow): AreaValue {
  return { code: figure.keys[0] ?? "", name: labels[0] ?? "", value: figure.value, shown: figure.shown, text };
}

function Bars({
  answer,
  id,
  title,
  subtitle = chartSubtitle(answer),
  limits,
  rows,
}: PictureProps & { rows: readonly ViewRow[] }) {
  const many = rows.length > mostBars;
  const shown = rows.filter(({ figure }) => figure.shown && figure.value !== null);
  const highest = shown.toSorted((one, other) => (other.figure.value ?? 0) - (one.figure.value ?? 0)).slice(0, barsOfMany);
  const [group] = answer.plan.groups;
  if (!group || (many && highest.length === 0)) return null;
  const question = title ?? plainQuestion(answer.plan);
  return (
    <BarChart
      id={`${id}-bars`}
      title={many && title === undefined ? `The ${highest.length} highest: ${question}` : question}
      subtitle={
        many ? `${subtitle.replace(/[.]$/, "")}; the ${highest.length} highest of ${formatNumber(rows.length)} groups` : subtitle
      }
      source={sourceLine(answer)}
      values={(many ? highest : rows).map(valueOf)}
      nameTitle={groupTitle(group)}
      valueTitle={measureTitle(answer.plan.measure)}
      references={limits}
    />
  );
}

/** A map shades shares and rates: counts and sums become each area's part of all, and are called so. */
export function AreaMap({ answer, id, title, subtitle }: PictureProps) {
  const { areas, plan } = answer;
  const rows = orderedRows(answer);
  const additive = plan.measure.kind === "count" || plan.measure.kind === "sum";
  const part = partsOf(answer);
  if (!areas || (additive && !part)) return null;
  const percent = percentOf(answer, part);
  const values = rows
    .filter(({ figure }) => figure.keys[0] !== "")
    .map((row): AreaValue => {
      const exact = part ? part(row.figure) : row.figure.value;
      const value = part && answer.people && exact !== null ? Math.round(exact) : exact; // the legend says whole per cent
      const text = part && value !== null ? `${percent(value)} (${row.text})` : row.text;
      return { ...valueOf(row), value, text };
    });
  const breaks = breaksOf(values.flatMap(({ shown, value }) => (shown && value !== null ? [value] : [])));
  if (!breaks) return null;
  const what =
    plan.measure.kind === "count"
      ? "all records"
      : plan.measure.kind === "sum"
        ? `the ${measureTitle(plan.measure).toLowerCase()}`
        : "";
  const legend = part ? `Share of ${what}` : measureTitle(plan.measure);
  return (
    <Choropleth
      id={`${id}-map`}
      title={title ?? (part ? `Each area’s share of ${what}` : `${measureTitle(plan.measure)}, by area`)}
      subtitle={subtitle ?? chartSubtitle(answer)}
      source={`${sourceLine(answer)}${areas.set.attribution ? ` ${areas.set.attribution}` : ""}`}
      boundaries={areas.set.title}
      values={values}
      shapes={areas.shapes}
      breaks={breaks}
      format={part ? percent : (value) => formatValue(value, plan.measure, answer.people)}
      legend={legend}
      nameTitle="Area"
      valueTitle={legend}
    />
  );
}

/** Shares of one table in whole per cent where they are of people, else with as many decimals as tell them apart: one, or two where all are small. */
export function percentOf({ figures, people }: Answer, part: ReturnType<typeof partsOf>): (value: number) => string {
  if (people) return (value) => `${value.toFixed(0)} %`;
  const largest = Math.max(0, ...figures.cells.map((figure) => part?.(figure) ?? 0));
  return (value) => `${value.toFixed(largest < 5 ? 2 : 1)} %`;
}
