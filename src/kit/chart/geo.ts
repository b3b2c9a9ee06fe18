import { geoArea } from "d3-geo";

export type Ring = readonly (readonly number[])[];
export type AreaGeometry =
  | { readonly type: "Polygon"; readonly coordinates: readonly Ring[] }
  | { readonly type: "MultiPolygon"; readonly coordinates: readonly (readonly Ring[])[] };

/** One area's outline, in degrees of longitude and latitude. */
export interface AreaShape {
  code: string;
  name: string;
  geometry: AreaGeometry;
}

/**
 * An outline as d3-geo reads it: outer rings clockwise, holes the other way. RFC 7946 winds them against that, and d3
 * then takes each area for the rest of the globe, so that a town shrinks to a dot.
 */
export function windForD3(geometry: AreaGeometry): Ring[][] {
  const polygons = geometry.type === "Polygon" ? [geometry.coordinates] : geometry.coordinates;
  return polygons.map((rings) => rings.map((ring, at) => ((at === 0) === isClockwise(ring) ? ring : ring.toReversed())));
}

/** The smaller side of the globe is the inside: area under half the sphere. */
function isClockwise(ring: Ring): boolean {
  return geoArea({ type: "Polygon", coordinates: [ring.map((point) => [...point])] }) < 2 * Math.PI;
}

export type Point = readonly [number, number];

/** The stretches of a line from left to right that lie in an area of projected rings (even-odd, so holes are outside). */
export function stretchesAt(rings: readonly (readonly Point[])[], y: number): (readonly [number, number])[] {
  const crossings: number[] = [];
  for (const ring of rings) {
    for (const [at, [x1, y1]] of ring.entries()) {
      const [x2, y2] = ring[(at + 1) % ring.length] ?? [x1, y1];
      if (y1 > y !== y2 > y) crossings.push(((x2 - x1) * (y - y1)) / (y2 - y1) + x1);
    }
  }
  crossings.sort((one, other) => one - other);
  return crossings.flatMap((from, at) => (at % 2 === 0 ? [[from, crossings[at + 1] ?? from] as const] : []));
}

/** The area of one projected ring, and the middle of its mass. */
export function centreOf(ring: readonly Point[]): { area: number; centre: Point } {
  let doubled = 0;
  let x = 0;
  let y = 0;
  for (const [at, [x1, y1]] of ring.entries()) {
    const [x2, y2] = ring[(at + 1) % ring.length] ?? [x1, y1];
    const cross = x1 * y2 - x2 * y1;
    doubled += cross;
    x += (x1 + x2) * cross;
    y += (y1 + y2) * cross;
  }
  if (doubled === 0) return { area: 0, centre: ring[0] ?? [0, 0] };
  return { area: Math.abs(doubled) / 2, centre: [x / (3 * doubled), y / (3 * doubled)] };
}
