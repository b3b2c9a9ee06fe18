import { geoMercator } from "d3-geo";
import { windForD3, type AreaShape, type Point } from "./geo.ts";

export interface MapShape {
  code: string;
  name: string;
  /** On the page, snapped to half pixels. */
  rings: readonly (readonly Point[])[];
  path: string;
}

/**
 * Outlines on the page. Every point is snapped to a grid of half a pixel and repeats are dropped: neighbours snap
 * alike, so no gaps open between them, and 139 areas of full detail stay small.
 */
export function mapShapes(shapes: readonly AreaShape[], width: number, margin: number): { shapes: MapShape[]; height: number } {
  const wound = shapes.map((shape) => ({ shape, polygons: windForD3(shape.geometry) }));
  const all = {
    type: "MultiPolygon" as const,
    coordinates: wound.flatMap(({ polygons }) => polygons.map((rings) => rings.map((ring) => ring.map((point) => [...point])))),
  };
  const projection = geoMercator().fitWidth(width - 2 * margin, all);
  const project = (point: readonly number[]): Point => {
    const [x = 0, y = 0] = projection([point[0] ?? 0, point[1] ?? 0]) ?? [];
    return [snap(x + margin), snap(y + margin)];
  };
  let height = 0;
  const drawn = wound.map(({ shape, polygons }) => {
    const rings = polygons.flat().map((ring) => withoutRepeats(ring.map(project)));
    for (const ring of rings) for (const [, y] of ring) height = Math.max(height, y);
    return { code: shape.code, name: shape.name, rings, path: rings.map(pathOf).join("") };
  });
  return { shapes: drawn, height: Math.ceil(height + margin) };
}

function snap(value: number): number {
  return Math.round(value * 2) / 2;
}

function withoutRepeats(ring: readonly Point[]): Point[] {
  const kept: Point[] = [];
  for (const point of ring) {
    const last = kept.at(-1);
    if (!last || last[0] !== point[0] || last[1] !== point[1]) kept.push(point);
  }
  const [first, last] = [kept[0], kept.at(-1)];
  if (kept.length > 1 && first && last && first[0] === last[0] && first[1] === last[1]) kept.pop();
  return kept;
}

function pathOf(ring: readonly Point[]): string {
  const [first, ...rest] = ring;
  if (!first) return "";
  let path = `M${first[0]} ${first[1]}l`;
  let [x, y] = first;
  for (const point of rest) {
    const dx = short(point[0] - x);
    const dy = short(point[1] - y);
    path += `${path.endsWith("l") || dx.startsWith("-") ? "" : " "}${dx}${dy.startsWith("-") ? "" : " "}${dy}`;
    [x, y] = point;
  }
  return `${path}z`;
}

function short(value: number): string {
  return String(value).replace(/^(-?)0\./, "$1.");
}
