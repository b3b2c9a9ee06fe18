import type { ComponentChildren } from "preact";
import { edge } from "./palette.ts";

interface MapLegendProps {
  title: string;
  breaks: readonly [number, number, number, number];
  colours: readonly string[];
  counts: Readonly<Record<0 | 1 | 2 | 3 | 4 | "hidden" | "missing", number>>;
  format: (value: number) => string;
  hatch: string;
  hiddenText: string | undefined;
}

/** What each shade means, in words, with how many areas wear it: the highest first, as one reads a map. */
export function MapLegend({ title, breaks, colours, counts, format, hatch, hiddenText }: MapLegendProps) {
  const [one, two, three, four] = breaks.map(format);
  const words = [
    `Under ${one}`,
    `${one} to under ${two}`,
    `${two} to under ${three}`,
    `${three} to under ${four}`,
    `${four} and over`,
  ];
  const classes = [4, 3, 2, 1, 0] as const;
  return (
    <div class="gh-legend">
      <p class="gh-legend__title">{title}</p>
      <ul class="gh-legend__list">
        {classes.map((of) => (
          <Entry count={counts[of]} fill={colours[of] ?? "none"}>
            {words[of]}
          </Entry>
        ))}
        {counts.hidden > 0 ? (
          <Entry count={counts.hidden} fill={`url(#${hatch})`}>
            [c] Hidden{hiddenText ? `: ${hiddenText}` : ""}
          </Entry>
        ) : null}
        {counts.missing > 0 ? (
          <Entry count={counts.missing} fill="none" dashed>
            [x] Not available
          </Entry>
        ) : null}
      </ul>
    </div>
  );
}

interface EntryProps {
  fill: string;
  count: number;
  dashed?: boolean;
  children: ComponentChildren;
}

function Entry({ fill, count, dashed, children }: EntryProps) {
  return (
    <li class="gh-legend__entry">
      <svg width="28" height="18" viewBox="0 0 28 18" aria-hidden="true" focusable="false">
        <rect x="0.5" y="0.5" width="27" height="17" fill={fill} stroke={edge} stroke-dasharray={dashed ? "3 2" : undefined} />
      </svg>
      <span class="gh-legend__words">{children}</span>
      <span class="gh-legend__count">
        {count}
        <span class="govuk-visually-hidden">{count === 1 ? " area" : " areas"}</span>
      </span>
    </li>
  );
}
