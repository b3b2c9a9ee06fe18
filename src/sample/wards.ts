/**
 * The eight wards of Wexcombe, an invented council. Codes are well formed and invented: no real ward has E05099001 to
 * E05099008. Boundaries are drawn by hand in a square of ten by ten and put on the map in the Severn valley, where no
 * such council is. Neighbours share their boundary point by point.
 */
export interface Ward {
  readonly code: string;
  readonly name: string;
  readonly kind: "town" | "suburb" | "rural";
  /** Homes in the ward, as a share of the town's. */
  readonly homes: number;
  /** Longitude and latitude, WGS84; the first point again at the end; clockwise, as d3-geo reads an outer ring. */
  readonly ring: readonly Position[];
}

export type Position = readonly [number, number];

export const councilCode = "E07099001";
export const councilName = "Wexcombe";

const corners: Readonly<Record<string, Position>> = {
  west: [0, 4.5],
  northWest: [0.6, 7.8],
  northNorthWest: [3, 9.6],
  north: [5.8, 9.9],
  northEast: [8.6, 9],
  east: [10, 6.2],
  eastSouthEast: [9.6, 3.2],
  southEast: [7.6, 0.8],
  south: [4.6, 0],
  southWest: [1.6, 1.2],
  a: [2.6, 6.6],
  b: [4.2, 7.2],
  c: [5.9, 6.8],
  d: [6.9, 5.2],
  e: [6, 3.6],
  f: [4.3, 3.3],
  g: [2.9, 4.4],
  cross: [4.6, 5.2],
};

interface Outline extends Omit<Ward, "ring"> {
  readonly around: readonly string[];
}

const outlines: readonly Outline[] = [
  { code: "E05099001", name: "Market", kind: "town", homes: 0.2, around: ["cross", "b", "c", "d", "e", "f"] },
  { code: "E05099002", name: "Castle", kind: "suburb", homes: 0.15, around: ["g", "a", "b", "cross", "f"] },
  {
    code: "E05099003",
    name: "Abbey Hill",
    kind: "suburb",
    homes: 0.14,
    around: ["g", "west", "northWest", "northNorthWest", "north", "b", "a"],
  },
  { code: "E05099004", name: "Northgate", kind: "suburb", homes: 0.13, around: ["b", "north", "northEast", "c"] },
  { code: "E05099005", name: "Eastfield", kind: "suburb", homes: 0.13, around: ["c", "northEast", "east", "d"] },
  {
    code: "E05099006",
    name: "Long Marsh",
    kind: "rural",
    homes: 0.04,
    around: ["d", "east", "eastSouthEast", "southEast", "e"],
  },
  { code: "E05099007", name: "Millbrook", kind: "suburb", homes: 0.12, around: ["e", "southEast", "south", "f"] },
  { code: "E05099008", name: "Westlea", kind: "suburb", homes: 0.09, around: ["f", "south", "southWest", "west", "g"] },
];

const piecesPerSide = 5;
const sway = 0.09;

export const wards: readonly Ward[] = outlines.map(({ around, ...ward }) => ({ ...ward, ring: ringOf(around) }));

function ringOf(around: readonly string[]): readonly Position[] {
  const points = around.flatMap((from, at) => sidePoints(from, around[(at + 1) % around.length] ?? from));
  const [first] = points;
  return (first ? [...points, first] : points).map(onMap);
}

/** The points of one side, without its end. Both wards at a side compute the same points, whichever way they go round. */
function sidePoints(from: string, to: string): readonly Position[] {
  const forward = from < to;
  const side = crookedLine(forward ? from : to, forward ? to : from);
  return forward ? side.slice(0, -1) : side.toReversed().slice(0, -1);
}

function crookedLine(from: string, to: string): readonly Position[] {
  const [x0, y0] = corners[from] ?? [0, 0];
  const [x1, y1] = corners[to] ?? [0, 0];
  return Array.from({ length: piecesPerSide + 1 }, (_, at) => {
    const along = at / piecesPerSide;
    const bend = at === 0 || at === piecesPerSide ? 0 : sway * Math.sin((x0 + y1) * 7 + at * 2.4);
    return [x0 + (x1 - x0) * along - (y1 - y0) * bend, y0 + (y1 - y0) * along + (x1 - x0) * bend];
  });
}

function onMap([x, y]: Position): Position {
  return [round(-2.27 + x * 0.0145), round(52.04 + y * 0.009)];
}

function round(degrees: number): number {
  return Math.round(degrees * 1e6) / 1e6;
}

/** Whether a point lies inside a ring, by counting crossings of a line to the east. */
export function isInside([x, y]: Position, ring: readonly Position[]): boolean {
  let inside = false;
  ring.slice(1).forEach(([x1, y1], at) => {
    const [x0, y0] = ring[at] ?? [x1, y1];
    if (y0 > y !== y1 > y && x < x0 + ((y - y0) / (y1 - y0)) * (x1 - x0)) inside = !inside;
  });
  return inside;
}
