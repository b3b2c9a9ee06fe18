import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { isOneSlip, slipKeys, wordsOf, wordsOfName } from "./search-words.ts";

describe("words", () => {
  test("are lower case, without accents and signs", () => {
    expect(wordsOf("Élodie’s 100 % of “Bus-Stops”")).toEqual(["elodie", "s", "100", "of", "bus", "stops"]);
    expect(wordsOfName("lsoaCode2021")).toEqual(["lsoacode2021", "lsoa", "code"]);
  });
});

/** Optimal string alignment, written from its recurrence. */
function distance(left: string, right: string): number {
  const d = Array.from({ length: left.length + 1 }, (_, i) =>
    Array.from({ length: right.length + 1 }, (_, j) => (i === 0 ? j : j === 0 ? i : 0)),
  );
  const at = (i: number, j: number) => d[i]?.[j] ?? 0;
  for (let i = 1; i <= left.length; i += 1)
    for (let j = 1; j <= right.length; j += 1) {
      const row = d[i] ?? [];
      row[j] = Math.min(at(i - 1, j) + 1, at(i, j - 1) + 1, at(i - 1, j - 1) + (left[i - 1] === right[j - 1] ? 0 : 1));
      if (i > 1 && j > 1 && left[i - 1] === right[j - 2] && left[i - 2] === right[j - 1])
        row[j] = Math.min(row[j] ?? 0, at(i - 2, j - 2) + 1);
    }
  return at(left.length, right.length);
}

const word = fc.string({ unit: fc.constantFrom("a", "b", "c"), minLength: 5, maxLength: 8 });

test("one slip is what the distance says it is, and slips share a key", () => {
  fc.assert(
    fc.property(word, word, (one, other) => {
      const near = distance(one, other) <= 1;
      const share = slipKeys(one).some((key) => slipKeys(other).includes(key));
      expect([isOneSlip(one, other), share || !near]).toEqual([near, true]);
    }),
    { numRuns: 3000, seed: 5 },
  );
});

test("short words are taken as they are written", () => {
  expect(slipKeys("ward")).toEqual([]);
});
