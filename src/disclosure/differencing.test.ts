import { expect, test } from "vitest";
import { describeCount, describeHidden, minCellOf, refuseIfDifferencing, type AskedSet } from "./index.ts";

const profile = { minCell: 10 };
const all: AskedSet = { datasetVersion: "v1", measureId: "referrals", filterKey: "", baseCount: 100 };

test.each<[string, Partial<AskedSet>, boolean]>([
  ["one fewer", { filterKey: "ward", baseCount: 99 }, true],
  ["nine fewer", { filterKey: "ward", baseCount: 91 }, true],
  ["ten fewer", { filterKey: "ward", baseCount: 90 }, false],
  ["nine more", { filterKey: "ward", baseCount: 109 }, true],
  ["as many", { filterKey: "ward", baseCount: 100 }, false],
  ["the same question again", { baseCount: 95 }, false],
  ["another version", { filterKey: "ward", baseCount: 95, datasetVersion: "v2" }, false],
  ["another measure", { filterKey: "ward", baseCount: 95, measureId: "visits" }, false],
])("%s: refused %s", (_, change, refused) => {
  expect(refuseIfDifferencing([all], { ...all, ...change }, profile).refused).toBe(refused);
});

test("says against what and why", () => {
  const other = { ...all, filterKey: "x", baseCount: 500 };
  expect(refuseIfDifferencing([other, all], { ...all, filterKey: "y", baseCount: 97 }, profile)).toEqual({
    refused: true,
    against: all,
    because:
      "An answer that you or a colleague already has covers almost the same people. The difference between the two is fewer than 10, so together they would describe a small group.",
  });
  expect(refuseIfDifferencing([], all, profile)).toEqual({ refused: false });
});

test("sets that cannot hold each other are let be; those that may are not", () => {
  const asked = (filters: NonNullable<AskedSet["filters"]>, baseCount: number): AskedSet => ({
    ...all,
    filterKey: JSON.stringify(filters),
    baseCount,
    filters,
  });
  const everyWard = asked({ ward: ["A", "B", "C"] }, 100);
  const butOne = asked({ ward: ["A", "B"] }, 96);
  const elsewhere = asked({ ward: ["D"] }, 96);
  const women = asked({ ward: ["A", "B"], sex: ["F"] }, 92);
  expect(refuseIfDifferencing([everyWard], butOne, profile).refused).toBe(true);
  expect(refuseIfDifferencing([butOne], everyWard, profile).refused).toBe(true);
  expect(refuseIfDifferencing([everyWard], elsewhere, profile).refused).toBe(false);
  expect(refuseIfDifferencing([butOne], women, profile).refused).toBe(true);
  expect(refuseIfDifferencing([elsewhere], women, profile).refused).toBe(false);
  expect(refuseIfDifferencing([women], butOne, profile).refused).toBe(true);
  expect(refuseIfDifferencing([asked({ ward: ["A", "D"] }, 95)], butOne, profile).refused).toBe(false);
  expect(refuseIfDifferencing([asked({ ward: ["A", "B"], sex: ["M"] }, 95)], women, profile).refused).toBe(false);
  expect(refuseIfDifferencing([all], elsewhere, profile).refused).toBe(true);
  expect(refuseIfDifferencing([elsewhere], all, profile).refused).toBe(true);
});

test.each([
  [0, "fewer than 10"],
  [1, "fewer than 10"],
  [9, "fewer than 10"],
  [10, "10"],
  [1204, "1,205"],
])("a count of %i reads %s", (count, text) => expect(describeCount(count, profile)).toBe(text));

test("a hidden figure says which kind it is", () => {
  expect(describeHidden("small", { minCell: 7 })).toBe("fewer than 7");
  expect(describeHidden("complement", profile)).toBe("hidden to protect a smaller figure");
});

test.each([
  [undefined, 10],
  [null, 10],
  [Number.NaN, 10],
  [Infinity, 10],
  [0, 10],
  [-3, 10],
  [7.5, 10],
  [1, 5],
  [4, 5],
  [5, 5],
  [8, 8],
  [20, 20],
])("a setting of %s means %i", (minCell, applied) => expect(minCellOf({ minCell })).toBe(applied));

test("no profile, or text from a file, means the strict default", () => {
  expect(minCellOf(undefined)).toBe(10);
  expect(minCellOf(null)).toBe(10);
  expect(minCellOf(JSON.parse('{"minCell":"3"}') as { minCell: number })).toBe(10);
});
