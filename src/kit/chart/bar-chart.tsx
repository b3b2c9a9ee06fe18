import { scaleLinear } from "d3-scale";
import { ChartFigure, type ChartWords } from "./chart-figure.tsx";
import { Drawing, Responsive, round } from "./drawing.tsx";
import { Hatch } from "./hatch.tsx";
import { context, edge, ink, paper, sequence, slate, verdigris } from "./palette.ts";
import { balanceText, cutText, textWidth } from "./text-width.ts";
import { markedText, standingOf, type AreaValue } from "./values.ts";

export interface BarValue extends AreaValue {
  /** Where there is one: the 95 % interval. */
  interval?: { low: number; high: number } | undefined;
}

export interface BarChartProps extends ChartWords {
  /** In the order they are to stand. */
  values: readonly BarValue[];
  /** Codes of the things in question; the others go grey. Without it all bars are verdigris. */
  highlight?: readonly string[] | undefined;
  /** Lines to compare with: the borough's own rate, a limit in law. */
  references?: readonly { value: number; text: string }[] | undefined;
  /** Heads of the table's columns. */
  nameTitle?: string | undefined;
  valueTitle?: string | undefined;
}

/** Horizontal bars from a zero line, named and valued directly. What is hidden has hatching and words, and no length. */
export function BarChart(props: BarChartProps) {
  return (
    <ChartFigure
      words={props}
      table={{
        columns: [{ title: props.nameTitle ?? "Name" }, { title: props.valueTitle ?? "Value", number: true }],
        rows: props.values.map((value) => [value.name, markedText(value)]),
      }}
    >
      <Responsive draw={(width, size) => <Bars chart={props} width={width} narrow={size === "narrow"} />} />
    </ChartFigure>
  );
}

const textSize = 15;
const lineHeight = 18;
const barHeight = 18;
const gap = 8;

interface BarsProps {
  chart: BarChartProps;
  width: number;
  narrow: boolean;
}

function Bars({ chart, width, narrow }: BarsProps) {
  const { values, references = [] } = chart;
  const hatch = `${chart.id}-hatch-${narrow ? "narrow" : "wide"}`;
  const widest = Math.max(0, ...values.map((value) => textWidth(value.name, textSize, 700)));
  const nameWidth = narrow ? width : Math.min(Math.ceil(widest), Math.round(width * 0.36));
  const left = narrow ? 1 : nameWidth + 12;
  const top = references.length === 0 ? 4 : 8 + lineHeight * references.length;
  const shown = values.filter((value) => standingOf(value) === "shown");
  const ends = shown.flatMap((value) => [value.value ?? 0, value.interval?.low ?? 0, value.interval?.high ?? 0]);
  const levels = references.map(({ value }) => value);
  const low = Math.min(0, ...levels, ...ends);
  const high = Math.max(0, ...levels, ...ends);
  const roomFor = (side: 1 | -1) =>
    Math.max(
      0,
      ...shown.filter((value) => Math.sign(value.value ?? 0) !== -side).map((value) => textWidth(value.text, textSize) + 10),
    );
  const scale = scaleLinear()
    .domain([low, high === low ? low + 1 : high])
    .range([left + (low < 0 ? roomFor(-1) : 0), width - (shown.length > 0 ? roomFor(1) : 0) - 1]);

  const rows: Row[] = [];
  let y = top;
  for (const value of values) {
    const names = balanceText(value.name, textSize, nameWidth, narrow ? 2 : 3, 700);
    const height = narrow ? names.length * lineHeight + barHeight + 4 : Math.max(barHeight, names.length * lineHeight);
    rows.push({ value, names, y, height });
    y += height + (narrow ? 12 : gap);
  }
  const bottom = y - (narrow ? 12 : gap) + 4;
  const zero = round(scale(0));

  return (
    <Drawing width={width} height={bottom} label={`${chart.title}. ${chart.subtitle}`}>
      <Hatch id={hatch} />
      {rows.map((row) => (
        <Bar
          row={row}
          narrow={narrow}
          width={width}
          left={left}
          scale={scale}
          hatch={hatch}
          lit={!chart.highlight || chart.highlight.includes(row.value.code)}
          bold={chart.highlight?.includes(row.value.code) ?? false}
        />
      ))}
      <path
        class="gh-axis"
        d={
          narrow // names stand above the bars there, and a line through them would strike them out
            ? rows.map((row) => `M${zero} ${row.y + row.names.length * lineHeight + 2}v${barHeight + 4}`).join("")
            : `M${zero} ${top - 4}V${bottom}`
        }
        stroke={ink}
        stroke-width="1.5"
      />
      {references.map(({ value, text }, at) => (
        <Reference x={round(scale(value))} text={text} width={width} top={at * lineHeight} bottom={bottom} />
      ))}
      {rows.map((row) =>
        row.value.interval && standingOf(row.value) === "shown" ? (
          <Whisker
            from={scale(row.value.interval.low)}
            to={scale(row.value.interval.high)}
            y={barTopOf(row, narrow) + barHeight / 2}
          />
        ) : null,
      )}
    </Drawing>
  );
}

interface Row {
  value: BarValue;
  names: string[];
  y: number;
  height: number;
}

/** Beside its name on a desk, under it on a phone. */
function barTopOf({ names, y, height }: Row, narrow: boolean): number {
  return narrow ? y + names.length * lineHeight + 4 : y + (height - barHeight) / 2;
}

interface BarProps {
  row: Row;
  narrow: boolean;
  width: number;
  left: number;
  scale: (value: number) => number;
  hatch: string;
  lit: boolean;
  bold: boolean;
}

function Bar({ row, narrow, width, left, scale, hatch, lit, bold }: BarProps) {
  const { value, names, y, height } = row;
  const standing = standingOf(value);
  const barTop = barTopOf(row, narrow);
  const namesTop = narrow ? y : y + (height - names.length * lineHeight) / 2;
  const middle = barTop + barHeight / 2;
  const from = scale(0);
  const to = scale(value.value ?? 0);
  const whiskers = value.interval ? [scale(value.interval.low), scale(value.interval.high)] : [];
  const negative = (value.value ?? 0) < 0;
  return (
    <g>
      <title>{`${value.name}: ${markedText(value)}`}</title>
      {names.map((line, at) => (
        <text
          x={narrow ? 0 : left - 12}
          y={round(namesTop + at * lineHeight + 13.5)}
          text-anchor={narrow ? undefined : "end"}
          font-size={textSize}
          font-weight={bold ? "700" : undefined}
        >
          {line}
        </text>
      ))}
      {standing === "shown" ? (
        <>
          <rect
            class={!lit ? "gh-context-fill" : value.interval ? "gh-pale-fill" : "gh-mark-fill"}
            x={round(Math.min(from, to))}
            y={round(barTop)}
            width={Math.max(round(Math.abs(to - from)), value.value === 0 ? 0 : 1)}
            height={barHeight}
            fill={!lit ? context : value.interval ? sequence[2] : verdigris}
          />
          <text
            x={round(negative ? Math.min(from, to, ...whiskers) - 6 : Math.max(from, to, ...whiskers) + 6)}
            y={round(middle + 5)}
            text-anchor={negative ? "end" : undefined}
            font-size={textSize}
            font-weight={bold ? "700" : undefined}
          >
            {value.text}
          </text>
        </>
      ) : (
        <NoBar value={value} zero={round(from)} y={round(barTop)} width={width} hatch={hatch} />
      )}
    </g>
  );
}

/** The interval, on a bar pale enough to read it. */
function Whisker({ from, to, y }: { from: number; to: number; y: number }) {
  return (
    <path
      class="gh-whisker"
      d={`M${round(from)} ${y - 4}v8m0-4H${round(to)}m0-4v8`}
      stroke={ink}
      stroke-width="1.5"
      fill="none"
    />
  );
}

/** What is hidden or missing: words beside the zero line, hatching of one fixed size, no length. */
function NoBar({ value, zero, y, width, hatch }: { value: BarValue; zero: number; y: number; width: number; hatch: string }) {
  const hidden = standingOf(value) === "hidden";
  const aside = hidden ? barHeight + 12 : 6;
  const room = { right: width - zero - aside, left: zero - aside };
  const leftward = textWidth(markedText(value), textSize) > room.right && room.left > room.right;
  const words = cutText(markedText(value), textSize, leftward ? room.left : room.right);
  return (
    <>
      {hidden ? (
        <rect
          x={leftward ? zero - 6 - barHeight : zero + 6}
          y={y}
          width={barHeight}
          height={barHeight}
          fill={`url(#${hatch})`}
          stroke={edge}
        />
      ) : null}
      <text
        class="gh-soft-text"
        x={leftward ? zero - aside : zero + aside}
        y={y + barHeight / 2 + 5}
        text-anchor={leftward ? "end" : undefined}
        font-size={textSize}
        fill={slate}
      >
        {words}
      </text>
    </>
  );
}

interface ReferenceProps {
  x: number;
  text: string;
  width: number;
  /** Where its words stand: each line has a row of its own. */
  top: number;
  bottom: number;
}

function Reference({ x, text, width, top, bottom }: ReferenceProps) {
  const half = textWidth(text, 14) / 2;
  const at = Math.min(Math.max(x, half + 1), width - half - 1);
  return (
    <g class="gh-soft-text" fill={slate}>
      <line class="gh-paper-line" x1={x} x2={x} y1={top + 20} y2={bottom} stroke={paper} stroke-width="4" />
      <line
        class="gh-soft-line"
        x1={x}
        x2={x}
        y1={top + 20}
        y2={bottom}
        stroke={slate}
        stroke-width="1.5"
        stroke-dasharray="4 3"
      />
      <text x={round(at)} y={top + 13} text-anchor="middle">
        {text}
      </text>
    </g>
  );
}
