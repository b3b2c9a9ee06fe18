import * as fc from "fast-check";
import { expect, test } from "vitest";
import { readAddress, writeAddress } from "./address.ts";
import { dateParts, type Question } from "./model.ts";

test("an address that says nothing sensible names the fields", () => {
  const fields = (address: Record<string, string>) => {
    try {
      readAddress(address);
      return {};
    } catch (error) {
      return Object.keys((error as { fields: object }).fields);
    }
  };
  expect(fields({ dataset: "d", measure: "value" })).toEqual(["of"]);
  expect(fields({ dataset: "d", by: "x", c1: "y" })).toEqual(["by", "c1"]);
  expect(fields({ dataset: "d", measure: "share" })).toEqual(["sc"]);
  expect(fields({ dataset: "d", measure: "nonsense" })).toEqual(["measure"]);
  expect(fields({ dataset: "d", c1: "1", o1: "like", v1: "x" })).toEqual(["o1"]);
  expect(fields({})).toEqual(["dataset"]);
});

test("a question is the same after a way through an address", () => {
  const of = fc.record({
    column: fc.integer({ min: 1, max: 99_999 }),
    op: fc.constantFrom("is", "is not", "at least"),
    values: fc.array(
      fc.stringMatching(/^[a-zA-Z0-9&=%+?# é]{0,9}[a-z]$/).map((text) => text.trim()),
      { minLength: 1, maxLength: 3 },
    ),
  });
  const measure = fc.oneof(
    fc.constant({ kind: "count" }),
    fc.record({ kind: fc.constantFrom("sum", "avg", "min", "max"), column: fc.integer({ min: 1, max: 99_999 }) }),
    fc.record({ kind: fc.constant("share"), of }),
    fc.record({ kind: fc.constant("ratio"), column: fc.integer({ min: 1, max: 9 }), per: fc.integer({ min: 1, max: 9 }) }),
  );
  const any = fc.record({
    dataset: fc.stringMatching(/^[a-z_&=]{1,20}$/),
    under: fc.constantFrom("own", "agr_1"),
    groupBy: fc.uniqueArray(fc.integer({ min: 1, max: 99_999 }), { maxLength: 2 }),
    measure,
    filters: fc.array(of, { maxLength: 10 }),
  });
  fc.assert(
    fc.property(any, fc.array(fc.constantFrom(null, ...dateParts), { minLength: 2, maxLength: 2 }), (question, parts) => {
      const own = parts.slice(0, question.groupBy.length);
      const asked = own.some((part) => part !== null) ? { ...question, parts: own } : question;
      expect(readAddress(Object.fromEntries(new URLSearchParams(writeAddress(asked as Question))))).toEqual(asked);
    }),
  );
});
