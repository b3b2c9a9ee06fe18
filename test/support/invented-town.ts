import type { AreaShape, Ring } from "../../src/kit/chart/geo.ts";

const names = [
  "Abbey",
  "Alder Vale",
  "Ashgate",
  "Barley Mow",
  "Beacon Hill",
  "Bridge End",
  "Castle",
  "Clough Side",
  "Copperfield",
  "Cross Keys",
  "Eastwater",
  "Fairmead",
  "Fenny Lane",
  "Friary",
  "Gorse Hill",
  "Harbour",
  "Hollins",
  "Kingsmoor",
  "Lower Quay",
  "Millbrook",
  "Northgate",
  "Old Town",
  "Orchard",
  "Priory",
  "Quarry Bank",
  "Riverside",
  "St Brannoc",
  "Saltmarsh",
  "Thornley",
  "Upper Quay",
  "Westcliff",
  "Withy Brook",
] as const;

/**
 * A town that is nowhere: a grid of areas whose shared borders wander alike for both neighbours. `detail` is the number
 * of points on each border; rings are wound as RFC 7946 says, against d3.
 */
export function inventedTown(across: number, down: number, detail: number, count = across * down): AreaShape[] {
  const size = 0.011;
  const corner = (column: number, row: number): [number, number] => {
    const [dx, dy] = [noise(column * 7.1 + row * 13.7), noise(column * 17.3 + row * 5.9)];
    return [-2.4 + (column + 0.55 * dx) * size * 1.6, 53.4 + (row + 0.55 * dy) * size];
  };
  const border = (from: readonly [number, number], to: readonly [number, number]): [number, number][] => {
    const turned = from[0] > to[0] || (from[0] === to[0] && from[1] > to[1]);
    const [start, end] = turned ? [to, from] : [from, to];
    const points = Array.from({ length: detail }, (_, at): [number, number] => {
      const share = at / detail;
      const bend = at === 0 ? 0 : 0.14 * size * noise(start[0] * 9100 + start[1] * 7300 + at * 3.3);
      return [start[0] + share * (end[0] - start[0]) + bend, start[1] + share * (end[1] - start[1]) + bend];
    });
    return turned ? points.slice(1).toReversed() : points;
  };
  const shapes: AreaShape[] = [];
  for (let row = 0; row < down; row += 1) {
    for (let column = 0; column < across && shapes.length < count; column += 1) {
      const corners = [corner(column, row), corner(column + 1, row), corner(column + 1, row + 1), corner(column, row + 1)];
      const ring: [number, number][] = corners.flatMap((from, at) => {
        const to = corners[(at + 1) % 4] ?? from;
        const between = border(from, to);
        return [from, ...between.filter((point) => point !== from && (point[0] !== from[0] || point[1] !== from[1]))];
      });
      const first = ring[0];
      const closed: Ring = first ? [...ring, first] : ring;
      const at = shapes.length;
      const name = across * down <= names.length ? (names[at] ?? `Area ${at + 1}`) : `Area ${String(at + 1).padStart(3, "0")}`;
      shapes.push({ code: `X${String(at + 1).padStart(3, "0")}`, name, geometry: { type: "Polygon", coordinates: [closed] } });
    }
  }
  return shapes;
}

/** The same number between −1 and 1 for the same seed, always. */
export function noise(seed: number): number {
  const wave = Math.sin(seed * 12.9898) * 43_758.5453;
  return 2 * (wave - Math.floor(wave)) - 1;
}
