import { centreOf, stretchesAt, type Point } from "./geo.ts";
import type { MapShape } from "./map-shapes.ts";
import { textWidth, wrapText } from "./text-width.ts";

export interface MapLabel {
  code: string;
  lines: readonly string[];
  x: number;
  y: number;
}

const lineHeight = 15;

/** Names that fit inside their own areas, on one line or more; an area without room stays without a name. */
export function mapLabels(shapes: readonly MapShape[], size: number): MapLabel[] {
  return shapes.flatMap((shape) => {
    const largest = shape.rings.map((ring) => ({ ring, ...centreOf(ring) })).sort((one, two) => two.area - one.area)[0];
    if (!largest) return [];
    const whole = textWidth(shape.name, size, 700);
    const longest = Math.max(0, ...shape.name.split(/\s+/).map((word) => textWidth(word, size, 700)));
    for (const width of [whole, Math.max(whole * 0.6, longest), longest]) {
      const lines = wrapText(shape.name, size, width + 0.5, 3, 700);
      if (lines.some((line) => line.endsWith("…"))) continue;
      const place = placeIn(shape, largest.centre, Math.max(...lines.map((line) => textWidth(line, size, 700))), lines.length);
      if (place) return [{ code: shape.code, lines, x: place[0], y: place[1] }];
    }
    return [];
  });
}

/** The middle nearest the centre of a box of words that lies wholly inside: a line of the outline at a time, each looked at once. */
function placeIn({ rings }: MapShape, [x, y]: Point, width: number, lines: number): Point | undefined {
  const halfWidth = width / 2 + 2;
  const inBox = Math.ceil(((lines * lineHeight) / 2 + 1) / step); // steps from the middle of a box to its edge
  const [top, bottom] = heightOf(rings);
  const looked = new Map<number, readonly (readonly [number, number])[]>();
  const at = (line: number) => {
    const known = looked.get(line) ?? stretchesAt(rings, line * step).filter(([from, to]) => to - from >= 2 * halfWidth);
    looked.set(line, known);
    return known;
  };
  let best: Point | undefined;
  let nearest = Number.POSITIVE_INFINITY;
  for (let middle = Math.ceil(top / step) + inBox; middle <= Math.floor(bottom / step) - inBox; middle += 1) {
    const box = Array.from({ length: 2 * inBox + 1 }, (_, line) => middle - inBox + line);
    const free = box.reduce<readonly (readonly [number, number])[]>(
      (before, line) => (before.length === 0 ? before : meet(before, at(line))),
      at(middle),
    );
    for (const [from, to] of free) {
      if (to - from < 2 * halfWidth) continue;
      const place = Math.min(Math.max(x, from + halfWidth), to - halfWidth);
      const far = (place - x) ** 2 + (middle * step - y) ** 2;
      if (far < nearest) [best, nearest] = [[Math.round(place), middle * step], far];
    }
  }
  return best;
}

const step = 3;

function heightOf(rings: MapShape["rings"]): readonly [number, number] {
  let [top, bottom] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const ring of rings) for (const [, y] of ring) [top, bottom] = [Math.min(top, y), Math.max(bottom, y)];
  return [top, bottom];
}

function meet(
  ones: readonly (readonly [number, number])[],
  others: readonly (readonly [number, number])[],
): readonly (readonly [number, number])[] {
  return ones.flatMap(([from, to]) =>
    others.flatMap(([start, end]) => (start < to && end > from ? [[Math.max(from, start), Math.min(to, end)] as const] : [])),
  );
}
