import { scaleLinear } from "d3-scale";
import { ChartFigure, type ChartWords } from "./chart-figure.tsx";
import { Drawing, Responsive, round } from "./drawing.tsx";
import { Hatch } from "./hatch.tsx";
import { edge, ink, paper, rule, slate, verdigris } from "./palette.ts";
import { textWidth } from "./text-width.ts";
import { markedText, standingOf } from "./values.ts";

export interface Bin {
  from: number;
  to: number;
  value: number | null;
  shown: boolean;
  /** "412 people", "fewer than 10". */
  text: string;
}

export interface HistogramProps extends ChartWords {
  /** Touching, ascending, of one width. */
  bins: readonly Bin[];
  /** What is measured along the foot: "Age in years". */
  across: string;
  /** What is counted: "People". */
  counted: string;
  format?: ((value: number) => string) | undefined;
  formatCount?: ((value: number) => string) | undefined;
}

const plain = new Intl.NumberFormat("en-GB");

/** How a measure is spread. Hidden bins are hatched to one fixed height and marked [c]. */
export function Histogram(props: HistogramProps) {
  const format = props.format ?? ((value) => plain.format(value));
  return (
    <ChartFigure
      words={props}
      table={{
        columns: [{ title: props.across }, { title: props.counted, number: true }],
        rows: props.bins.map((bin) => [`${format(bin.from)} to under ${format(bin.to)}`, markedText(bin)]),
      }}
    >
      <Responsive draw={(width, size) => <Bins chart={props} width={width} narrow={size === "narrow"} format={format} />} />
    </ChartFigure>
  );
}

interface BinsProps {
  chart: HistogramProps;
  width: number;
  narrow: boolean;
  format: (value: number) => string;
}

function Bins({ chart, width, narrow, format }: BinsProps) {
  const { bins } = chart;
  const count = chart.formatCount ?? ((value: number) => plain.format(value));
  const hatch = `${chart.id}-hatch-${narrow ? "narrow" : "wide"}`;
  const height = narrow ? 220 : 260;
  const foot = height - 46;
  const highest = Math.max(1, ...bins.map((bin) => (standingOf(bin) === "shown" ? (bin.value ?? 0) : 0)));
  const up = scaleLinear().domain([0, highest]).nice(4).range([foot, 26]);
  const ticks = up.ticks(4);
  const left = Math.ceil(Math.max(...ticks.map((tick) => textWidth(count(tick), 14)))) + 10;
  const first = bins[0]?.from ?? 0;
  const last = bins.at(-1)?.to ?? 1;
  const lastHalf = textWidth(format(last), 14) / 2;
  const across = scaleLinear()
    .domain([first, last])
    .range([left, width - Math.max(8, lastHalf + 1)]);
  const edges = [...bins.map((bin) => bin.from), last];
  const widest = Math.max(...edges.map((at) => textWidth(format(at), 14))) + 14;
  const step = Math.max(1, Math.ceil(widest / ((across(last) - left) / Math.max(1, bins.length))));

  return (
    <Drawing width={width} height={height} label={`${chart.title}. ${chart.subtitle}`}>
      <Hatch id={hatch} />
      <text class="gh-soft-text" x="0" y="12" fill={slate}>
        {chart.counted}
      </text>
      {ticks.map((tick) => (
        <g>
          <line class="gh-grid" x1={left} x2={width} y1={round(up(tick))} y2={round(up(tick))} stroke={rule} />
          <text class="gh-soft-text" x={left - 8} y={round(up(tick)) + 5} text-anchor="end" fill={slate}>
            {count(tick)}
          </text>
        </g>
      ))}
      {bins.map((bin) => {
        const standing = standingOf(bin);
        const x = round(across(bin.from));
        const wide = round(across(bin.to)) - x;
        const top = standing === "shown" ? round(up(Math.max(0, bin.value ?? 0))) : foot - 18;
        if (standing === "missing") return null;
        return (
          <g>
            <title>{`${format(bin.from)} to under ${format(bin.to)}: ${markedText(bin)}`}</title>
            <rect
              class={standing === "shown" ? "gh-mark-fill" : "gh-hidden-mark"}
              x={x}
              y={top}
              width={wide}
              height={foot - top}
              fill={standing === "shown" ? verdigris : `url(#${hatch})`}
              stroke={standing === "shown" ? paper : edge}
            />
            {standing === "hidden" && wide >= textWidth("[c]", 13) ? (
              <text class="gh-soft-text" x={x + wide / 2} y={top - 5} text-anchor="middle" font-size="13" fill={slate}>
                [c]
              </text>
            ) : null}
          </g>
        );
      })}
      <line class="gh-axis" x1={left} x2={width} y1={foot} y2={foot} stroke={ink} stroke-width="1.5" />
      {edges.map((at, index) =>
        index % step === 0 ? (
          <text x={round(across(at))} y={foot + 19} text-anchor="middle">
            {format(at)}
          </text>
        ) : null,
      )}
      <text class="gh-soft-text" x={round((left + width) / 2)} y={height - 6} text-anchor="middle" fill={slate}>
        {chart.across}
      </text>
    </Drawing>
  );
}
