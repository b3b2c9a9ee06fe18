import { scaleLinear } from "d3-scale";
import { round } from "./drawing.tsx";
import { verdigris } from "./palette.ts";

export interface SparklineProps {
  /** In order of time; null where hidden or missing, which leaves a gap. */
  points: readonly (number | null)[];
  /** The trend in words: "Rising since March". */
  label: string;
}

const width = 132;
const height = 32;

/** A trend at the size of a word: the line, and a dot on its latest point. */
export function Sparkline({ points, label }: SparklineProps) {
  const known = points.filter((point) => point !== null);
  const low = Math.min(...known);
  const high = Math.max(...known);
  const up = scaleLinear()
    .domain(low === high ? [low - 1, high + 1] : [low, high])
    .range([height - 5, 5]);
  const across = scaleLinear()
    .domain([0, Math.max(1, points.length - 1)])
    .range([2, width - 6]);
  let path = "";
  let pen = false;
  for (const [at, point] of points.entries()) {
    if (point !== null) path += `${pen ? "L" : "M"}${round(across(at))} ${round(up(point))}`;
    pen = point !== null;
  }
  const latest = points.at(-1);
  return (
    <svg class="gh-spark" viewBox={`0 0 ${width} ${height}`} width={width} height={height} role="img" aria-label={label}>
      <path
        class="gh-mark-line"
        d={path}
        fill="none"
        stroke={verdigris}
        stroke-width="2"
        stroke-linejoin="round"
        stroke-linecap="round"
      />
      {latest === null || latest === undefined ? null : (
        <circle class="gh-mark-fill" cx={round(across(points.length - 1))} cy={round(up(latest))} r="4" fill={verdigris} />
      )}
    </svg>
  );
}
