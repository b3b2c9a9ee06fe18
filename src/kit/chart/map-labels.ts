import { centreOf, contains, type Point } from "./geo.ts";
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

/** The point nearest the centre where a box of words lies wholly inside. */
function placeIn(shape: MapShape, [x, y]: Point, width: number, lines: number): Point | undefined {
  const halfWidth = width / 2 + 2;
  const halfHeight = (lines * lineHeight) / 2 + 1;
  const points = shape.rings.flat();
  const [left, right] = [Math.min(...points.map(([at]) => at)), Math.max(...points.map(([at]) => at))];
  const [top, bottom] = [Math.min(...points.map(([, at]) => at)), Math.max(...points.map(([, at]) => at))];
  if (right - left < 2 * halfWidth || bottom - top < 2 * halfHeight) return undefined;
  const places: { at: Point; far: number }[] = [];
  for (let atX = left + halfWidth; atX <= right - halfWidth; atX += step) {
    for (let atY = top + halfHeight; atY <= bottom - halfHeight; atY += step) {
      places.push({ at: [Math.round(atX), Math.round(atY)], far: (atX - x) ** 2 + (atY - y) ** 2 });
    }
  }
  places.sort((one, two) => one.far - two.far);
  return places.find(({ at }) => boxEdge(at, halfWidth, halfHeight).every((point) => contains(shape.rings, point)))?.at;
}

const step = 4;

/** Points along a box's outline, close enough that no border slips between them. */
function boxEdge([x, y]: Point, halfWidth: number, halfHeight: number): Point[] {
  const across = [-1, -0.6, -0.2, 0.2, 0.6, 1];
  return [
    ...across.flatMap((share): Point[] => [
      [x + share * halfWidth, y - halfHeight],
      [x + share * halfWidth, y + halfHeight],
    ]),
    [x - halfWidth, y],
    [x + halfWidth, y],
  ];
}
