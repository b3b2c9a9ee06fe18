import { Drawing } from "./drawing.tsx";
import type { AreaShape } from "./geo.ts";
import { mapShapes } from "./map-shapes.ts";
import { edge, sequence } from "./palette.ts";

export interface OutlineMapProps {
  shapes: readonly AreaShape[];
  width: number;
  /** Read out in place of the picture. */
  label: string;
}

/** A small map of outlines alone, to recognise a set of areas by. */
export function OutlineMap({ shapes, width, label }: OutlineMapProps) {
  const map = mapShapes(shapes, width, 2);
  return (
    <Drawing width={width} height={map.height} label={label} classes="gh-outline-map">
      <g fill={sequence[0]} stroke={edge} stroke-width="0.75" stroke-linejoin="round" fill-rule="evenodd">
        {map.shapes.map((shape) => (
          <path d={shape.path}>
            <title>{shape.name}</title>
          </path>
        ))}
      </g>
    </Drawing>
  );
}
