import { scaleLinear } from "d3-scale";
import { ChartFigure, type ChartWords } from "./chart-figure.tsx";
import { Drawing, Responsive, round } from "./drawing.tsx";
import { Hatch } from "./hatch.tsx";
import { categories, edge, ink, paper, rule, slate, verdigris } from "./palette.ts";
import { textWidth } from "./text-width.ts";
import { keepApart, spread, timeTicks } from "./time-axis.ts";
import { markedText, standingOf } from "./values.ts";

export interface TimePoint {
  /** A civil date, `2026-11-12`; the first day of a month, quarter or year. */
  at: string;
  value: number | null;
  shown: boolean;
  text: string;
  /** The band about it, where there is one. */
  interval?: { low: number; high: number } | undefined;
}

export interface TimeSeries {
  name: string;
  points: readonly TimePoint[];
}

export interface TimeLineProps extends ChartWords {
  /** The first is the thing in question; six at most. */
  series: readonly TimeSeries[];
  /** What the height measures: "Casualties a month". */
  counted: string;
  format?: ((value: number) => string) | undefined;
  /** How a date is written in the table; as it stands unless given. */
  formatDate?: ((date: string) => string) | undefined;
  /** Head of the table's first column. */
  dateTitle?: string | undefined;
  /** False where zero means nothing (an index, a temperature). */
  fromZero?: boolean | undefined;
}

const plain = new Intl.NumberFormat("en-GB", { maximumFractionDigits: 2 });

/** Change over time, each line named at its end. Hidden points break the line and are hatched; missing ones break it. */
export function TimeLine(props: TimeLineProps) {
  const dates = [...new Set(props.series.flatMap((series) => series.points.map((point) => point.at)))].sort();
  const found = props.series.map((series) => new Map(series.points.map((point) => [point.at, point])));
  const absent = { value: null, shown: true, text: "" };
  return (
    <ChartFigure
      words={props}
      table={{
        columns: [{ title: props.dateTitle ?? "Date" }, ...props.series.map((series) => ({ title: series.name, number: true }))],
        rows: dates.map((date) => [
          props.formatDate ? props.formatDate(date) : date,
          ...found.map((points) => markedText(points.get(date) ?? absent)),
        ]),
      }}
    >
      <Responsive draw={(width, size) => <Lines chart={props} dates={dates} width={width} narrow={size === "narrow"} />} />
    </ChartFigure>
  );
}

interface LinesProps {
  chart: TimeLineProps;
  dates: readonly string[];
  width: number;
  narrow: boolean;
}

const nameSize = 14;

function Lines({ chart, dates, width, narrow }: LinesProps) {
  const { series } = chart;
  const format = chart.format ?? ((value: number) => plain.format(value));
  const hatch = `${chart.id}-hatch-${narrow ? "narrow" : "wide"}`;
  const height = narrow ? 240 : 300;
  const foot = height - 28;
  const ends = series.flatMap((one) =>
    one.points.flatMap((point) =>
      standingOf(point) === "shown"
        ? [point.value ?? 0, ...(point.interval ? [point.interval.low, point.interval.high] : [])]
        : [],
    ),
  );
  const floor = chart.fromZero === false ? Math.min(...ends) : Math.min(0, ...ends);
  const up = scaleLinear()
    .domain([floor, Math.max(floor + 1, ...ends)])
    .nice(4)
    .range([foot, 30]);
  const ticks = up.ticks(4);
  const named = series.length > 1;
  const left = Math.ceil(Math.max(...ticks.map((tick) => textWidth(format(tick), 14)))) + 10;
  const names = named ? Math.max(...series.map((one) => textWidth(one.name, nameSize, 700))) + 12 : 10;
  const right = width - Math.min(Math.ceil(names), Math.round(width * 0.4));
  const first = Date.parse(dates[0] ?? "2000-01-01");
  const last = Date.parse(dates.at(-1) ?? "2000-01-02");
  const across = scaleLinear()
    .domain([first, last === first ? first + 1 : last])
    .range([left + 6, right]);
  const at = (date: string) => round(across(Date.parse(date)));
  const slot = (right - left) / Math.max(1, dates.length - 1);

  const labels = spread(
    series.flatMap((one, index) => {
      const end = one.points.findLast((point) => standingOf(point) === "shown");
      return end && named ? [{ name: one.name, index, wanted: up(end.value ?? 0) }] : [];
    }),
    17,
    [30, foot],
  );

  return (
    <Drawing width={width} height={height} label={`${chart.title}. ${chart.subtitle}`}>
      <Hatch id={hatch} />
      <text class="gh-soft-text" x="0" y="12" fill={slate}>
        {chart.counted}
      </text>
      {ticks.map((tick) => (
        <g>
          <line
            class={tick === 0 ? "gh-axis" : "gh-grid"}
            x1={left}
            x2={right}
            y1={round(up(tick))}
            y2={round(up(tick))}
            stroke={tick === 0 ? ink : rule}
            stroke-width={tick === 0 ? "1.5" : undefined}
          />
          <text class="gh-soft-text" x={left - 8} y={round(up(tick)) + 5} text-anchor="end" fill={slate}>
            {format(tick)}
          </text>
        </g>
      ))}
      {keepApart(timeTicks(first, last, narrow ? 4 : 8), across, (text) => textWidth(text, 14)).map((tick) => (
        <g>
          <line class="gh-axis" x1={round(across(tick.at))} x2={round(across(tick.at))} y1={foot} y2={foot + 5} stroke={edge} />
          <text
            x={round(Math.min(Math.max(across(tick.at), textWidth(tick.text, 14) / 2), width - textWidth(tick.text, 14) / 2))}
            y={foot + 20}
            text-anchor="middle"
          >
            {tick.text}
          </text>
        </g>
      ))}
      {series.toReversed().map((one) => {
        const index = series.indexOf(one);
        const colour = series.length === 1 ? verdigris : (categories[index] ?? slate);
        return (
          <g>
            <path class="gh-band" d={bandOf(one, at, up)} fill={colour} fill-opacity="0.16" />
            {one.points
              .filter((point) => standingOf(point) === "hidden")
              .map((point) => (
                <rect
                  x={round(at(point.at) - Math.min(slot, 12) / 2)}
                  y={foot - 14}
                  width={Math.max(4, round(Math.min(slot, 12)))}
                  height="14"
                  fill={`url(#${hatch})`}
                  stroke={edge}
                >
                  <title>{`${one.name}, ${point.at}: ${markedText(point)}`}</title>
                </rect>
              ))}
            <path
              class={`gh-line gh-line--${index}`}
              d={lineOf(one, at, up)}
              fill="none"
              stroke={colour}
              stroke-width={index === 0 ? "3" : "2"}
              stroke-linejoin="round"
              stroke-linecap="round"
              stroke-dasharray={dashes[index]}
            />
            <LastDot index={index} series={one} at={at} up={up} colour={colour} />
          </g>
        );
      })}
      {labels.map((label) => (
        <text
          class={`gh-line-name gh-line-name--${label.index}`}
          x={right + 10}
          y={round(label.y + 5)}
          font-size={nameSize}
          font-weight={label.index === 0 ? "700" : "600"}
          fill={categories[label.index] ?? slate}
          stroke={paper}
          stroke-width="3"
          paint-order="stroke"
        >
          {label.name}
        </text>
      ))}
    </Drawing>
  );
}

/** So that lines differ in black and white too. */
const dashes = [undefined, "7 4", "2 4", "10 3 2 3", "1 5", "12 6"] as const;

function lineOf(series: TimeSeries, at: (date: string) => number, up: (value: number) => number): string {
  let path = "";
  let pen = false;
  for (const point of series.points) {
    const drawn = standingOf(point) === "shown";
    if (drawn) path += `${pen ? "L" : "M"}${at(point.at)} ${round(up(point.value ?? 0))}`;
    pen = drawn;
  }
  return path;
}

function bandOf(series: TimeSeries, at: (date: string) => number, up: (value: number) => number): string {
  const banded = series.points.flatMap((point) =>
    point.interval && standingOf(point) === "shown" ? [{ x: at(point.at), ...point.interval }] : [],
  );
  if (banded.length < 2) return "";
  const over = banded.map((point) => `${point.x} ${round(up(point.high))}`);
  const under = banded.toReversed().map((point) => `${point.x} ${round(up(point.low))}`);
  return `M${[...over, ...under].join("L")}z`;
}

interface LastDotProps {
  index: number;
  series: TimeSeries;
  at: (date: string) => number;
  up: (value: number) => number;
  colour: string;
}

function LastDot({ index, series, at, up, colour }: LastDotProps) {
  const last = series.points.findLast((point) => standingOf(point) === "shown");
  if (!last) return null;
  return (
    <circle
      class={`gh-dot gh-dot--${index}`}
      cx={at(last.at)}
      cy={round(up(last.value ?? 0))}
      r="4.5"
      fill={colour}
      stroke={paper}
      stroke-width="1.5"
    />
  );
}
