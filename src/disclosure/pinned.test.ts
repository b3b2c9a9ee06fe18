import { expect, test } from "vitest";
import type { HiddenReason } from "./describe.ts";
import { findPinned } from "./pinned.ts";
import type { Figure } from "./sums.ts";

function figure(count: number, hidden: HiddenReason | undefined, from = 0, to = 1): Figure {
  return { keys: [], count, value: null, from, to, hidden, mayBeZero: false };
}
const pinnedCounts = (...figures: readonly Figure[]) => findPinned(figures, 10).map(({ count }) => count);

test("in a list, where every figure is between the same two sums", () => {
  expect(pinnedCounts(figure(5, undefined), figure(20, undefined))).toEqual([]);
  expect(pinnedCounts(figure(5, "small"), figure(20, undefined))).toEqual([5]);
  expect(pinnedCounts(figure(5, "small"), figure(20, "complement"))).toEqual([]);
  expect(pinnedCounts(figure(1, "small"), figure(10, "complement"))).toEqual([1, 10]);
  expect(pinnedCounts(figure(1, "small"), figure(11, "complement"))).toEqual([]);
  expect(pinnedCounts(figure(9, "small"), figure(10, "complement"))).toEqual([]);
  expect(pinnedCounts(figure(1, "small"), figure(1, "small"))).toEqual([1, 1]);
  expect(pinnedCounts(figure(9, "small"), figure(9, "small"))).toEqual([9, 9]);
  expect(pinnedCounts(figure(1, "small"), figure(2, "small"))).toEqual([]);
  expect(pinnedCounts(figure(8, "small"), figure(9, "small"))).toEqual([]);
});

test("a part of a small whole may be zero", () => {
  const one = { ...figure(1, "small"), mayBeZero: true };
  expect(findPinned([one, figure(10, "complement")], 10)).toEqual([]);
  expect(findPinned([one, figure(8, "small")], 10)).toEqual([]);
  expect(findPinned([{ ...one, count: 0 }, figure(1, "small")], 10).map(({ count }) => count)).toEqual([1]);
  expect(findPinned([{ ...one, count: 0 }, figure(2, "small")], 10)).toEqual([]);
});

test("a whole that is hidden lets its parts move with it", () => {
  expect(pinnedCounts(figure(5, "small"), figure(25, "complement", 1, 0))).toEqual([]);
  expect(pinnedCounts(figure(9, "small"), figure(10, "complement", 1, 0))).toEqual([9, 10]);
  expect(pinnedCounts(figure(1, "small"), figure(10, "complement", 1, 0))).toEqual([]);
});

test("in a grid, a figure is free only on a cycle of others that have room", () => {
  const square = [figure(5, "small", 2, 4), figure(20, "complement", 2, 5), figure(30, "complement", 3, 4)];
  expect(pinnedCounts(...square)).toEqual([5, 20, 30]);
  expect(pinnedCounts(...square, figure(40, "complement", 3, 5))).toEqual([]);
  expect(pinnedCounts(...square, figure(9, "small", 3, 5))).toEqual([]);
});

test.each([
  ["neither way has room: one is at its most, one at its least", [9, 20, 10, 1], true],
  ["one way has room", [8, 20, 11, 1], false],
  ["the other way has room", [9, 20, 10, 2], false],
  ["a complement at the limit cannot give", [8, 10, 20, 2], false],
  ["nor can two at once", [1, 10, 20, 2], true],
])("%s", (_, [a = 0, b = 0, c = 0, d = 0], all) => {
  const counts = pinnedCounts(
    figure(a, "small", 2, 4),
    figure(b, "complement", 2, 5),
    figure(c, "complement", 3, 4),
    figure(d, "small", 3, 5),
  );
  expect(counts).toEqual(all ? [a, b, c, d] : []);
});
