import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  isSmall,
  releaseShare,
  releaseSum,
  releaseTable,
  roundCount,
  roundMean,
  suppressTable,
  type CellInput,
  type SafeFigure,
} from "./index.ts";

const profile = { minCell: 10 };

function release(rows: readonly CellInput[], dims: number) {
  return releaseTable(suppressTable({ rows, dims }, profile));
}

test.each([
  [10, 10],
  [12, 10],
  [13, 15],
  [1204, 1205],
])("%i is said as %i", (count, told) => expect(roundCount(count)).toBe(told));

test("zero and everything below the smallest count are hidden alike; the rest is rounded, each on its own", () => {
  const rows = [0, 3, 14, 13, 48].map((count, at) => ({ keys: [`k${at}`], count }));
  const { cells, totals } = release(rows, 1);
  expect(cells.slice(0, 2).map(({ count, reason }) => [count, reason])).toEqual([
    [null, "small"],
    [null, "small"],
  ]);
  expect(cells.slice(2).map(({ count }) => count)).toEqual([15, null, 50]);
  expect(totals).toEqual([{ keys: [null], count: 80, value: null, shown: true }]);
  expect([isSmall(0, profile), isSmall(9, profile), isSmall(10, profile)]).toEqual([true, true, false]);
});

test("means have three figures; shares are whole, of rounded counts; a sum goes with the rounded count", () => {
  expect(roundMean(1234.5)).toBe(1230);
  expect(roundMean(0.012345)).toBe(0.0123);
  expect(releaseShare(12, 103)).toBe(10);
  expect(releaseShare(0, 0)).toBeNull();
  expect(releaseSum(1234, 12)).toBe(1030);
  expect(releaseSum(0, 0)).toBeNull();
});

const counts = fc.oneof(fc.nat(15), fc.nat(60), fc.constantFrom(0, 1, 9, 10, 11));

test("whatever the table: nothing below the smallest count is shown, and what is shown is within 2 and a multiple of 5", () => {
  const faults = ([list, minCell]: readonly [readonly number[], number]) => {
    const rows = list.map((count, at) => ({ keys: [`k${at}`], count }));
    const { cells, totals } = releaseTable(suppressTable({ rows, dims: 1 }, { minCell }));
    const exact = [...list, list.reduce((sum, count) => sum + count, 0)];
    return [...cells, ...totals].filter(({ count, shown }, at) => {
      const real = exact[at] ?? 0;
      if (count === null) return shown;
      return real < minCell || count % 5 !== 0 || Math.abs(count - real) > 2;
    });
  };
  const tables = fc.tuple(fc.array(counts, { minLength: 1, maxLength: 8 }), fc.constantFrom(5, 10, 20));
  const found = fc.sample(tables, { seed: 7, numRuns: 2_000 });
  expect(found.flatMap(faults)).toEqual([]);
});

/** What a reader who subtracts knows of the rest: each figure is within 2 of what is said. */
function rest(whole: SafeFigure | undefined, parts: readonly (SafeFigure | undefined)[]): readonly [number, number] | undefined {
  if (!whole?.shown || parts.some((part) => !part?.shown)) return undefined;
  const left = parts.reduce((sum, part) => sum - (part?.count ?? 0), whole.count ?? 0);
  const slack = 2 * (parts.length + 1);
  return [left - slack, left + slack];
}

describe("an attacker who puts answers together", () => {
  test("a whole less two or more parts, each from a question of its own, leaves more than 5 either way", () => {
    let found = 0;
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 10, max: 200 }), { minLength: 2, maxLength: 5 }), fc.nat(9), (parts, small) => {
        const one = (count: number) => release([{ keys: [], count }], 0).totals[0];
        const range = rest(one(parts.reduce((sum, count) => sum + count, small)), parts.map(one));
        if (!range) return;
        found += 1;
        expect(range[1] - range[0]).toBeGreaterThanOrEqual(10);
        expect(range[0] <= small && small <= range[1]).toBe(true);
      }),
      { seed: 7, numRuns: 1_000 },
    );
    expect(found).toBeGreaterThan(500);
  });

  test("one-way margins against a two-way table leave as much", () => {
    let found = 0;
    const grids = fc.array(fc.array(counts, { minLength: 3, maxLength: 3 }), { minLength: 3, maxLength: 3 });
    fc.assert(
      fc.property(grids, (grid) => {
        const both = release(
          grid.flatMap((row, r) => row.map((count, c) => ({ keys: [`r${r}`, `c${c}`], count }))),
          2,
        );
        const margins = release(
          grid.map((row, r) => ({ keys: [`r${r}`], count: row.reduce((sum, count) => sum + count, 0) })),
          1,
        );
        grid.forEach((row, r) =>
          row.forEach((count, c) => {
            const others = [0, 1, 2].filter((at) => at !== c).map((at) => both.cells[3 * r + at]);
            const range = count < 10 ? rest(margins.cells[r], others) : undefined;
            if (!range) return;
            found += 1;
            expect(range[1] - range[0]).toBeGreaterThanOrEqual(10);
          }),
        );
      }),
      { seed: 7, numRuns: 2_000 },
    );
    expect(found).toBeGreaterThan(0); // suppression leaves few such, and rounding guards those
  });

  test("two sums tell no third to better than two people's worth", () => {
    const salaries = fc.array(fc.integer({ min: 15_000, max: 60_000 }), { minLength: 30, maxLength: 120 });
    fc.assert(
      fc.property(salaries, fc.integer({ min: 1, max: 9 }), (all, few) => {
        const add = (list: readonly number[]) => list.reduce((sum, one) => sum + one, 0);
        const told = (list: readonly number[]) => releaseSum(add(list), list.length) ?? 0;
        const others = all.slice(few);
        // the reader can only allow for what rounding may have moved: 2 people of each sum
        const slack = 2 * (add(all) / all.length + add(others) / others.length) * 1.005 + 0.005 * (told(all) + told(others));
        const difference = told(all) - told(others);
        expect(Math.abs(difference - add(all.slice(0, few)))).toBeLessThanOrEqual(slack);
        expect(slack).toBeGreaterThan((2 * add(all)) / all.length);
      }),
      { seed: 7, numRuns: 500 },
    );
  });

  test("who is not there reads as who is hardly there", () => {
    const ofNone = release([{ keys: [], count: 0 }], 0);
    expect(release([{ keys: [], count: 9 }], 0)).toEqual(ofNone);
    expect(ofNone.totals[0]).toMatchObject({ shown: false, reason: "small" });
  });
});
