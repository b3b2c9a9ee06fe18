import { expect, test } from "vitest";
import { proposeTypes } from "./propose-types.ts";

const propose = (type: string, values: number, valid: number, found: string | null = null, confidence = 0.99) => {
  const { types, notes } = proposeTypes([{ header: "A", type, values, valid }], new Map([["A", { type: found, confidence }]]));
  return [types.get("A") ?? null, notes.length];
};

test.each([
  ["four in five are enough", propose("time.date", 10, 8), ["time.date", 0]],
  ["fewer are not, and it is said", propose("time.date", 10, 7), [null, 1]],
  ["an empty column is what the kit says", propose("time.date", 0, 0), ["time.date", 0]],
  ["no value refutes a type that the name decides", propose("case_ref", 10, 0), ["case_ref", 0]],
  ["a plain word of the kit hides nothing that the values show", propose("category", 10, 10, "nhs_number"), [null, 1]],
  ["unless that is a guess", propose("category", 10, 10, "nhs_number", 0.6), ["category", 0]],
  ["values that can tell may correct a find", propose("time.date", 10, 10, "person.date_of_birth"), ["time.date", 0]],
])("%s", (_, found, wanted) => {
  expect(found).toEqual(wanted);
});
