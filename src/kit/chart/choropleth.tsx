import { ChartFigure, type ChartWords } from "./chart-figure.tsx";
import { Drawing } from "./drawing.tsx";
import type { AreaShape } from "./geo.ts";
import { Hatch } from "./hatch.tsx";
import { mapLabels } from "./map-labels.ts";
import { mapShapes } from "./map-shapes.ts";
import { MapLegend } from "./map-legend.tsx";
import { edge, ink, paper, sequence, twoSided } from "./palette.ts";
import { markedText, standingOf, type AreaValue } from "./values.ts";

export interface ChoroplethProps extends ChartWords {
  values: readonly AreaValue[];
  shapes: readonly AreaShape[];
  /** The four inner breaks of five classes, ascending, computed once with the figures. A value on a break is above it. */
  breaks: readonly [number, number, number, number];
  /** How a break is written in the legend. */
  format?: ((value: number) => string) | undefined;
  /** What the shades measure: "Casualties per 1,000 residents". */
  legend: string;
  /** Whose outlines these are, and of what year: "Wards, May 2023". */
  boundaries: string;
  /** Two-sided, about a meaningful middle class. */
  twoSided?: boolean | undefined;
  /** The one area in question, outlined in ink. */
  highlight?: string | undefined;
  nameTitle?: string | undefined;
  valueTitle?: string | undefined;
}

const width = 560;
const labelSize = 12.5;
const ground = { hidden: "hidden", missing: "missing" } as const;

/** Areas shaded in five classes. Hidden areas are hatched, areas without a figure only outlined; both are in the legend. */
export function Choropleth(props: ChoroplethProps) {
  const byCode = new Map(props.values.map((value) => [value.code, value]));
  const { shapes, height } = mapShapes(props.shapes, width, 4);
  const colours = props.twoSided ? twoSided : sequence;
  const hatch = `${props.id}-hatch`;
  const classOf = (code: string): 0 | 1 | 2 | 3 | 4 | "hidden" | "missing" => {
    const value = byCode.get(code);
    if (!value) return ground.missing;
    const standing = standingOf(value);
    if (standing !== "shown" || value.value === null) return standing === "hidden" ? "hidden" : "missing";
    const [one, two, three, four] = props.breaks;
    const number = value.value;
    return number < one ? 0 : number < two ? 1 : number < three ? 2 : number < four ? 3 : 4;
  };
  const counts = { 0: 0, 1: 0, 2: 0, 3: 0, 4: 0, hidden: 0, missing: 0 };
  for (const shape of shapes) counts[classOf(shape.code)] += 1;
  const deepest = props.twoSided ? ink : sequence[4]; // edges pale names, which alone are 4:1 on the fourth shade
  const isDark = (of: ReturnType<typeof classOf>) => (props.twoSided ? of === 0 || of === 4 : of === 3 || of === 4);

  return (
    <ChartFigure
      words={{ ...props, source: `${props.source} Boundaries: ${props.boundaries}.` }}
      table={{
        columns: [{ title: props.nameTitle ?? "Area" }, { title: props.valueTitle ?? props.legend, number: true }],
        rows: props.values.map((value) => [value.name, markedText(value)]),
      }}
    >
      <div class="gh-map">
        <Drawing width={width} height={height} label={`Map. ${props.title}. ${props.subtitle}`} classes="gh-map__svg">
          <Hatch id={hatch} />
          <g class="gh-map__areas" stroke={paper} stroke-width="1" stroke-linejoin="round" fill-rule="evenodd">
            {shapes.map((shape) => {
              const of = classOf(shape.code);
              const value = byCode.get(shape.code);
              return (
                <path
                  d={shape.path}
                  class={of === "missing" ? "gh-map__missing" : undefined}
                  fill={of === "hidden" ? `url(#${hatch})` : of === "missing" ? "none" : colours[of]}
                >
                  <title>{`${shape.name}: ${value ? markedText(value) : "[x] not available"}`}</title>
                </path>
              );
            })}
          </g>
          <g class="gh-map__edges" fill="none" stroke={edge} stroke-width="1" stroke-linejoin="round">
            {shapes
              .filter((shape) => typeof classOf(shape.code) === "string")
              .map((shape) => (
                <path d={shape.path} stroke-dasharray={classOf(shape.code) === "missing" ? "3 2" : undefined} />
              ))}
          </g>
          {shapes
            .filter((shape) => shape.code === props.highlight)
            .map((shape) => (
              <path class="gh-map__lit" d={shape.path} fill="none" stroke={ink} stroke-width="3" stroke-linejoin="round" />
            ))}
          <g
            class="gh-map__names"
            text-anchor="middle"
            paint-order="stroke"
            stroke-linejoin="round"
            font-size={labelSize}
            font-weight="600"
          >
            {mapLabels(shapes, labelSize).map((label) => {
              const of = classOf(label.code);
              return label.lines.map((line, at) => (
                <text
                  x={label.x}
                  y={label.y + (at - (label.lines.length - 1) / 2) * 15 + 4.5}
                  fill={isDark(of) ? paper : ink}
                  class={typeof of === "string" ? "gh-map__halo" : undefined}
                  stroke={isDark(of) ? deepest : paper}
                  stroke-width={isDark(of) || typeof of === "string" ? 3 : 0}
                >
                  {line}
                </text>
              ));
            })}
          </g>
        </Drawing>
        <MapLegend
          title={props.legend}
          breaks={props.breaks}
          colours={colours}
          counts={counts}
          format={props.format ?? String}
          hatch={hatch}
          hiddenText={props.values.find((value) => !value.shown)?.text}
        />
      </div>
    </ChartFigure>
  );
}
