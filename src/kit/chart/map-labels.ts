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

/** The centre, or the nearest point about it, where a box of words lies wholly inside. */
function placeIn(shape: MapShape, [x, y]: Point, width: number, lines: number): Point | undefined {
  const halfWidth = width / 2 + 3;
  const halfHeight = (lines * lineHeight) / 2 + 1;
  const steps = [0, 8, -8, 16, -16, 24, -24, 32, -32, 40, -40];
  const offsets = steps
    .flatMap((dx) => steps.map((dy): Point => [dx, dy]))
    .sort(([x1, y1], [x2, y2]) => x1 * x1 + y1 * y1 - x2 * x2 - y2 * y2);
  for (const [dx, dy] of offsets) {
    const centre: Point = [Math.round(x + dx), Math.round(y + dy)];
    const edges = [-1, -0.5, 0, 0.5, 1].flatMap((across): Point[] => [
      [centre[0] + across * halfWidth, centre[1] - halfHeight],
      [centre[0] + across * halfWidth, centre[1]],
      [centre[0] + across * halfWidth, centre[1] + halfHeight],
    ]);
    if (edges.every((point) => contains(shape.rings, point))) return centre;
  }
  return undefined;
}
