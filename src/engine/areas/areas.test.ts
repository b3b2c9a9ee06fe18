import { assert, integer, pre, property, tuple } from "fast-check";
import { geoContains } from "d3-geo";
import { describe, expect, test } from "vitest";
import { areaFinder, type AreaOutline } from "./find-area.ts";
import { fromNationalGrid } from "./national-grid.ts";

/** Squares of a tenth of a degree, side by side, each named by its south-western corner. */
const grid: readonly AreaOutline[] = [0, 1, 2].flatMap((x) =>
  [0, 1, 2].map((y) => ({ code: `${x}-${y}`, polygons: [[squareAt(x / 10 - 2, y / 10 + 53, 0.1)]] })),
);

function squareAt(x: number, y: number, side: number): readonly (readonly [number, number])[] {
  return [
    [x, y],
    [x, y + side],
    [x + side, y + side],
    [x + side, y],
    [x, y],
  ];
}

describe("the area that a position lies in", () => {
  test("is the square it falls into, and none beyond", () => {
    const find = areaFinder(grid);
    assert(
      property(integer({ min: -50, max: 349 }), integer({ min: -50, max: 349 }), (east, north) => {
        const [x, y] = [Math.floor(east / 100), Math.floor(north / 100)];
        const inside = x >= 0 && x < 3 && y >= 0 && y < 3;
        expect(find((east + 0.5) / 1000 - 2, (north + 0.5) / 1000 + 53)).toBe(inside ? `${x}-${y}` : undefined);
      }),
    );
  });

  test("on a border that two share is the first of them, whatever their order in the index", () => {
    expect(areaFinder(grid)(-1.9, 53.05)).toBe("0-0");
    expect(areaFinder(grid.toReversed())(-1.9, 53.05)).toBe("1-0");
  });

  test("is not one whose hole it falls into, and may be one of several parts", () => {
    const find = areaFinder([
      { code: "ring", polygons: [[squareAt(0, 53, 1), squareAt(0.4, 53.4, 0.2)], [squareAt(2, 53, 1)]] },
      { code: "island", polygons: [[squareAt(0.45, 53.45, 0.05)]] },
    ]);
    expect([find(0.1, 53.1), find(0.42, 53.42), find(0.47, 53.47), find(2.5, 53.5), find(1.5, 53.5)]).toEqual([
      "ring",
      undefined,
      "island",
      "ring",
      undefined,
    ]);
  });

  test("is what d3-geo finds on random triangles, away from their edges", () => {
    // on two grids beside each other: d3 goes wrong where a position and a corner are on one meridian
    const on = (beside: number) =>
      tuple(integer({ min: 0, max: 1000 }), integer({ min: 0, max: 1000 })).map(([east, north]): [number, number] => [
        (east + beside) / 1000 - 3,
        (north + beside) / 1000 + 53,
      ]);
    const corner = on(0);
    assert(
      property(corner, corner, corner, on(0.5), (one, two, three, [x, y]) => {
        const cross = (two[0] - one[0]) * (three[1] - one[1]) - (two[1] - one[1]) * (three[0] - one[0]);
        pre(Math.abs(cross) > 0.01); // no sliver, in which a great circle and a straight line differ
        const ring = cross < 0 ? [one, two, three, one] : [one, three, two, one]; // clockwise, as d3 wants it
        const edges = ring.slice(1).map((end, at) => [ring[at] ?? end, end] as const);
        pre(edges.every(([from, to]) => distance([x, y], from, to) > 0.01)); // a great circle is up to 0.005 of a degree beside the line here
        const found = areaFinder([{ code: "t", polygons: [[ring]] }])(x, y) === "t";
        expect(found).toBe(geoContains({ type: "Polygon", coordinates: [ring] }, [x, y]));
      }),
      { numRuns: 2000 },
    );
  });

  test("is none where there are no areas", () => {
    expect(areaFinder([])(-2, 53)).toBeUndefined();
  });
});

function distance(
  [x, y]: readonly [number, number],
  [x1, y1]: readonly [number, number],
  [x2, y2]: readonly [number, number],
): number {
  const along = Math.max(0, Math.min(1, ((x - x1) * (x2 - x1) + (y - y1) * (y2 - y1)) / ((x2 - x1) ** 2 + (y2 - y1) ** 2)));
  return Math.hypot(x - x1 - along * (x2 - x1), y - y1 - along * (y2 - y1));
}

describe("the National Grid", () => {
  // Ordnance Survey, “A guide to coordinate systems in Great Britain”, annexe C: 651409.903, 313177.270 on Airy 1830 is
  // 52°39′27.2531″ N 1°43′4.5177″ E there, which the shift moves by about 0.4″ north and 6.7″ west.
  test("becomes degrees within 10 metres of the guide's worked example", () => {
    const [longitude, latitude] = fromNationalGrid(651_409.903, 313_177.27);
    expect(Math.abs(latitude - (52 + 39 / 60 + 28.72 / 3600)) * 111_000).toBeLessThan(10);
    expect(Math.abs(longitude - (1 + 42 / 60 + 57.79 / 3600)) * 67_000).toBeLessThan(10);
  });
});
