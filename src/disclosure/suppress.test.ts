import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { possibleValues } from "../../test/support/attacker.ts";
import { suppressTable, type CellInput, type SafeFigure } from "./index.ts";

const profile = { minCell: 10 };

function list(...counts: readonly number[]): readonly CellInput[] {
  return counts.map((count, at) => ({ keys: [`k${at}`], count }));
}
function grid(...rows: readonly (readonly number[])[]): readonly CellInput[] {
  return rows.flatMap((row, r) => row.map((count, c) => ({ keys: [`r${r}`, `c${c}`], count })));
}
/** A figure in short: its count, `s` for small, `c` for complement. */
function short({ count, reason }: SafeFigure): number | string {
  return count ?? (reason === "small" ? "s" : "c");
}

describe("a list with its total", () => {
  test.each([
    ["nothing small", [20, 30], [20, 30], 50],
    ["zero stays", [0, 30], [0, 30], 30],
    ["at the limit", [10, 9, 40], ["c", "s", 40], 59],
    ["one small takes the next smallest", [3, 40, 20], ["s", 40, "c"], 63],
    ["two small that reach the limit", [5, 6, 40], ["s", "s", 40], 51],
    ["two small that do not", [2, 3, 40, 20], ["s", "s", 40, "c"], 65],
    ["two ones would be told by their sum", [1, 1, 40], ["s", "s", "c"], 42],
    ["two nines would be told by their sum", [9, 9, 40], ["s", "s", "c"], 58],
    ["a one beside a ten is told by the rule", [1, 10, 30, 40], ["s", "c", "c", 40], 81],
    ["a small total", [3, 4], ["s", "s"], "s"],
    ["no complement among zeros, so the total goes", [3, 0, 12], ["s", 0, "c"], 15],
    ["one small alone, and nobody can tell which", [3, 0], ["s", "s"], "s"],
    ["nine ones are nine ones, unless zeros hide among them", [1, 1, 1, 1, 1, 1, 1, 1, 1], Array(9).fill("s"), "s"],
    ["nothing", [], [], 0],
  ])("%s", (_, counts, cells, total) => {
    const table = suppressTable({ rows: list(...counts), dims: 1 }, profile);
    expect(table.cells.map(short)).toEqual(cells);
    expect(table.totals.map(short)).toEqual([total]);
  });

  test("of equals the earlier goes", () => {
    expect(suppressTable({ rows: list(20, 3, 20), dims: 1 }, profile).cells.map(short)).toEqual(["c", "s", 20]);
  });
});

describe("rows and columns with totals", () => {
  test("one small cell takes its row, its column and the corner", () => {
    const table = suppressTable({ rows: grid([3, 20, 30], [40, 50, 60], [41, 51, 61]), dims: 2 }, profile);
    expect(table.cells.map(short)).toEqual(["s", "c", 30, "c", "c", 60, 41, 51, 61]);
    expect(table.totals.map(({ keys, count }) => [...keys, count])).toEqual([
      ["r0", null, 53],
      ["r1", null, 150],
      ["r2", null, 153],
      [null, "c0", 84],
      [null, "c1", 121],
      [null, "c2", 151],
      [null, null, 356],
    ]);
  });

  test.each([
    ["a sum that just reaches the limit may be shown", [[3], [7]], ["s", "s"], ["s", "s", 10, 10]],
    [
      "what is told by all sums together is covered near by, not anywhere",
      [
        [24, 8],
        [9, 9],
      ],
      ["c", "s", "s", "s"],
      ["c", "c", 33, 17, 50],
    ],
    [
      "where nothing near is left, the smallest anywhere goes",
      [
        [0, 0, 1],
        [0, 23, 0],
      ],
      ["s", "s", "s", 0, "c", "s"],
      ["s", "c", 0, "c", "s", 24],
    ],
  ])("%s", (_, rows, cells, totals) => {
    const table = suppressTable({ rows: grid(...rows), dims: 2 }, profile);
    expect(table.cells.map(short)).toEqual(cells);
    expect(table.totals.map(short)).toEqual(totals);
  });

  test("a small row total is hidden, and another total with it", () => {
    const table = suppressTable({ rows: grid([2, 3], [40, 50]), dims: 2 }, profile);
    expect(table.totals.map(short)).toEqual(["s", expect.anything(), expect.anything(), expect.anything(), expect.anything()]);
    expect(table.cells.map(short).slice(0, 2)).toEqual(["s", "s"]);
    expect(table.totals.filter(({ shown }) => !shown).length).toBeGreaterThan(1);
  });

  test("in a row with a small total every cell is hidden, zeros too; elsewhere zero stays", () => {
    const table = suppressTable({ rows: grid([2, 0, 3], [40, 0, 60], [50, 70, 80]), dims: 2 }, profile);
    expect(table.cells.map(short).slice(0, 3)).toEqual(["s", "s", "s"]);
    expect(table.cells[4]).toMatchObject({ count: 0, shown: true });
    expect(table.totals[0]).toMatchObject({ keys: ["r0", null], reason: "small" });
  });

  test("cells that are not given count as nothing", () => {
    const rows = [
      { keys: ["r0", "c0"], count: 20 },
      { keys: ["r1", "c1"], count: 30 },
    ];
    expect(suppressTable({ rows, dims: 2 }, profile).totals.map(short)).toEqual([20, 30, 20, 30, 50]);
  });
});

test("with three keys or none only the total of all is given", () => {
  const rows = [
    { keys: ["a", "b", "c"], count: 4 },
    { keys: ["a", "b", "d"], count: 40 },
    { keys: ["a", "e", "d"], count: 50 },
  ];
  const table = suppressTable({ rows, dims: 3 }, profile);
  expect(table.cells.map(short)).toEqual(["s", "c", 50]);
  expect(table.totals).toEqual([{ keys: [null, null, null], count: 94, value: null, shown: true }]);
  expect(suppressTable({ rows: [{ keys: [], count: 4 }], dims: 0 }, profile).cells).toEqual([
    { keys: [], count: null, value: null, shown: false, reason: "small" },
  ]);
});

test("values obey their counts, and hidden figures leave as null", () => {
  const rows = [
    { keys: ["a"], count: 3, value: 1_200 },
    { keys: ["b"], count: 20, value: 900 },
    { keys: ["c"], count: 30, value: 800 },
    { keys: ["d"], count: 0, value: null },
  ];
  expect(suppressTable({ rows, dims: 1 }, profile).cells).toEqual([
    { keys: ["a"], count: null, value: null, shown: false, reason: "small" },
    { keys: ["b"], count: null, value: null, shown: false, reason: "complement" },
    { keys: ["c"], count: 30, value: 800, shown: true },
    { keys: ["d"], count: 0, value: null, shown: true },
  ]);
});

test("a lost setting is the strict one", () => {
  expect(suppressTable({ rows: list(9, 30, 40), dims: 1 }, {})).toMatchObject({ minCell: 10, cells: [{ shown: false }, {}, {}] });
  expect(suppressTable({ rows: list(4, 7, 40), dims: 1 }, { minCell: 1 }).cells.map(short)).toEqual(["s", "c", 40]);
});

test.each([
  [{ rows: [{ keys: ["a"], count: 1 }], dims: 2 }, "1 keys in a table of 2"],
  [{ rows: [{ keys: ["a"], count: 1.5 }], dims: 1 }, "whole number"],
  [{ rows: [{ keys: ["a"], count: -1 }], dims: 1 }, "whole number"],
  [{ rows: [...list(1), ...list(2)], dims: 1 }, "same keys"],
])("refuses a table that is none", (table, message) => expect(() => suppressTable(table, profile)).toThrow(message));

describe("an attacker who knows the rule, the sums and the reasons", () => {
  const small = { minCell: 5 };
  const count = fc.oneof(fc.nat(6), fc.integer({ min: 0, max: 30 }), fc.constantFrom(0, 0, 1, 4, 5));
  const lists = fc.array(count, { maxLength: 6 }).map((counts) => ({ rows: list(...counts), dims: 1 }));
  const grids = fc
    .tuple(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 4 }), fc.array(count, { minLength: 16, maxLength: 16 }))
    .map(([rows, columns, counts]) => {
      const cells = Array.from({ length: rows }, (_, r) => counts.slice(r * 4, r * 4 + columns));
      return { rows: grid(...cells), dims: 2 };
    });

  test("narrows no hidden figure to one value", () => {
    let hidden = 0;
    fc.assert(
      fc.property(fc.oneof(lists, grids), (table) => {
        const values = possibleValues(suppressTable(table, small));
        hidden += values.size;
        expect([...values.values()].filter((possible) => possible.length < 2 && possible[0] !== 0)).toEqual([]);
      }),
      { seed: 7, numRuns: 3_000 },
    );
    expect(hidden).toBeGreaterThan(2_000);
  });

  test("finds what a table without secondary suppression gives away", () => {
    const cells = [
      { keys: ["a"], count: null, value: null, shown: false, reason: "small" as const },
      { keys: ["b"], count: 20, value: null, shown: true },
    ];
    const totals = [{ keys: [null], count: 23, value: null, shown: true }];
    expect([...possibleValues({ cells, totals, minCell: 10 }).values()]).toEqual([[3]]);
  });

  test("no sum of hidden parts of a shown whole is small, zero is hidden only in a small whole, no small count is shown", () => {
    const faults = (table: { rows: readonly CellInput[]; dims: number }) => {
      const { cells, totals } = suppressTable(table, small);
      const hiddenSum = table.rows.reduce((sum, { count }, at) => sum + (cells[at]?.shown ? 0 : count), 0);
      const wrong = table.rows.filter(({ count }, at) => {
        const isSmall = (count > 0 && count < 5) || totals[0]?.reason === "small";
        return (count === 0 && !isSmall && !cells[at]?.shown) || isSmall !== (cells[at]?.reason === "small");
      });
      return wrong.length + (totals[0]?.shown && hiddenSum > 0 && hiddenSum < 5 ? 1 : 0);
    };
    expect(fc.sample(lists, { seed: 7, numRuns: 1_000 }).filter((table) => faults(table) > 0)).toEqual([]);
  });
});
