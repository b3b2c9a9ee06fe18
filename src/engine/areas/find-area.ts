import Flatbush from "flatbush";
import pointInPolygon from "point-in-polygon-hao";

/** An area by its code, as rings of longitude and latitude: the outer ring of each part first, then its holes. */
export interface AreaOutline {
  readonly code: string;
  readonly polygons: readonly (readonly (readonly (readonly [number, number])[])[])[];
}

/**
 * Which area a position lies in; nothing where it lies in none. A position on a border that two areas share belongs to
 * the one that stands first, and so does one where outlines overlap.
 */
export function areaFinder(outlines: readonly AreaOutline[]): (longitude: number, latitude: number) => string | undefined {
  const parts = outlines.flatMap(({ code, polygons }) => polygons.map((rings) => ({ code, rings: rings.map(mutable) })));
  if (parts.length === 0) return () => undefined;
  const index = new Flatbush(parts.length);
  for (const { rings } of parts) index.add(...boxOf(rings[0] ?? []));
  index.finish();
  return (longitude, latitude) =>
    index
      .search(longitude, latitude, longitude, latitude)
      .toSorted((one, other) => one - other)
      .map((at) => parts[at])
      .find((part) => part && pointInPolygon([longitude, latitude], part.rings) !== false)?.code;
}

function mutable(ring: AreaOutline["polygons"][number][number]): [number, number][] {
  return ring.map(([x, y]) => [x, y]);
}

function boxOf(ring: readonly (readonly [number, number])[]): [number, number, number, number] {
  const box: [number, number, number, number] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const [x, y] of ring) {
    box[0] = Math.min(box[0], x);
    box[1] = Math.min(box[1], y);
    box[2] = Math.max(box[2], x);
    box[3] = Math.max(box[3], y);
  }
  return box;
}
