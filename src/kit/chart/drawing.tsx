import type { ComponentChildren, JSX } from "preact";
import { font, ink } from "./palette.ts";

interface DrawingProps {
  width: number;
  height: number;
  /** What the picture says, for those who do not see it: the finding. */
  label: string;
  classes?: string | undefined;
  children: ComponentChildren;
}

/** One SVG picture. Its inside is presentational; the table beside it is what is read. */
export function Drawing({ width, height, label, classes, children }: DrawingProps) {
  return (
    <svg
      class={`gh-svg${classes ? ` ${classes}` : ""}`}
      xmlns="http://www.w3.org/2000/svg"
      viewBox={`0 0 ${width} ${height}`}
      width={width}
      height={height}
      role="img"
      aria-label={label}
      font-family={font}
      font-size="14"
      text-rendering="geometricPrecision"
      fill={ink}
    >
      {children}
    </svg>
  );
}

/** Drawn for a phone and for a desk, each with words at reading size; the style sheet shows the one that fits. */
export function Responsive({ draw }: { draw: (width: number, size: "narrow" | "wide") => JSX.Element }) {
  return (
    <>
      <div class="gh-chart__wide">{draw(720, "wide")}</div>
      <div class="gh-chart__narrow">{draw(340, "narrow")}</div>
    </>
  );
}

/** Half a pixel is finer than any screen shows: shorter numbers, smaller pages. */
export function round(value: number): number {
  return Math.round(value * 2) / 2;
}
