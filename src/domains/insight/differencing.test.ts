import { expect, test } from "vitest";
import { findDifference, mayHold, type Constraint, type CountedSet } from "./differencing.ts";

const known = new Map([[1, ["Fatal", "Serious", "Slight"]]]);

function set(n: number, ...constraints: readonly Constraint[]): CountedSet {
  return { key: JSON.stringify(constraints), constraints, n };
}

function is(column: number, ...values: readonly string[]): Constraint {
  return { column, op: "is", values };
}

const notFatal: Constraint = { column: 1, op: "is not", values: ["Fatal"] };
const outOfShare: Constraint = { column: 1, op: "does not meet", values: ["is", "Fatal"] };
const from18: Constraint = { column: 2, op: "at least", values: ["18"] };
const from100: Constraint = { column: 2, op: "at least", values: ["100"] };
const in2021: Constraint = { column: 3, op: "in group", values: ["2021"] };
const inMay: Constraint = { column: 3, op: "in group", values: ["2021-05"] };

test.each([
  ["everyone holds anyone", set(1), set(1, is(1, "Fatal")), true],
  ["a group holds a part of it", set(1, is(1, "Fatal")), set(1, is(1, "Fatal"), is(2, "F")), true],
  ["other groups hold nothing of it", set(1, is(1, "Slight")), set(1, is(1, "Fatal")), false],
  ["all but one hold each of the others", set(1, notFatal), set(1, is(1, "Slight")), true],
  ["all but one do not hold the one", set(1, notFatal), set(1, is(1, "Fatal")), false],
  ["one does not hold all but another, where there is a third", set(1, is(1, "Serious")), set(1, outOfShare, in2021), false],
  ["two may hold all but the third", set(1, is(1, "Serious", "Slight")), set(1, notFatal), true],
  ["a month is in its year", set(1, in2021), set(1, inMay), true],
  ["a year is in no month", set(1, inMay), set(1, in2021), false],
  ["an hour may hold a month", set(1, { column: 3, op: "in group", values: ["hour 08"] }), set(1, inMay), true],
  [
    "one hour holds no other",
    set(1, { column: 3, op: "in group", values: ["hour 08"] }),
    set(1, { column: 3, op: "in group", values: ["hour 09"] }),
    false,
  ],
  [
    "one value does not hold all with a value, where there are others",
    set(1, is(1, "Slight")),
    set(1, { column: 1, op: "is not empty", values: [] }),
    false,
  ],
  [
    "one value may hold all with a value, where no other is known",
    set(1, is(9, "A")),
    set(1, { column: 9, op: "is not empty", values: [] }),
    true,
  ],
  ["from 18 holds from 100", set(1, from18), set(1, from100), true],
  ["from 100 does not hold from 18", set(1, from100), set(1, from18), false],
  [
    "those with a value may hold a group that does not ask for one",
    set(1, { column: 2, op: "is not empty", values: [] }),
    set(1, is(1, "Fatal")),
    true,
  ],
  [
    "a column nobody knows the values of may hold anything",
    set(1, is(9, "x")),
    set(1, { column: 9, op: "is not", values: ["y"] }),
    true,
  ],
])("%s", (_, outer, inner, holds) => {
  expect(mayHold(outer, inner, known)).toBe(holds);
});

test("a difference below the smallest count is found, a larger one and chance likenesses are let be", () => {
  const find = (earlier: CountedSet, next: CountedSet) =>
    findDifference([earlier], [next], { dataset: "d", minCell: 10, known }) !== undefined;
  expect(find(set(100), set(91, notFatal))).toBe(true);
  expect(find(set(91, notFatal), set(100))).toBe(true);
  expect(find(set(100), set(90, notFatal))).toBe(false);
  expect(find(set(100), set(100, notFatal))).toBe(false);
  expect(find(set(100, is(1, "Slight")), set(99, is(1, "Serious")))).toBe(false);
});
