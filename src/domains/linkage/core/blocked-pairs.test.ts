import * as fc from "fast-check";
import { afterAll, describe, expect, test } from "vitest";
import { openDuckDB } from "../../../../test/support/duckdb.ts";
import { personRecord, recordsSql } from "../../../../test/support/person-records.ts";
import { compile } from "../../../sql/compile.ts";
import { Leaf, sql } from "../../../sql/fragment.ts";
import { blockedPairsStage, cutGroupsStage } from "./blocked-pairs.ts";
import type { PersonRecord } from "./person-record.ts";

const db = await openDuckDB();
afterAll(() => db.close());

async function pairsOf(records: readonly PersonRecord[], maxGroup: number) {
  const pairs = blockedPairsStage(new Leaf("people"), maxGroup);
  const rows = await db.rows(
    compile(sql`SELECT left_id, right_id, rule FROM ${pairs} ORDER BY left_id, right_id`, () => ({
      body: recordsSql(records),
      materialized: true,
    })),
  );
  return rows.map(({ left_id, right_id, rule }) => [left_id, right_id, rule]);
}

async function cutOf(records: readonly PersonRecord[], maxGroup: number) {
  return db.rows(
    compile(sql`SELECT * FROM ${cutGroupsStage(new Leaf("people"), maxGroup)} ORDER BY rule`, () => ({
      body: recordsSql(records),
      materialized: true,
    })),
  );
}

const sample = [
  personRecord("a", { nhsNumber: "9990000018", dob: "1980-01-02", postcode: "ZX1 2AB", surname: "KHAN" }),
  personRecord("b", { nhsNumber: "9990000018", dob: "1980-01-02" }),
  personRecord("c", { dob: "1980-01-02", postcode: "ZX1 2AB", surname: "KAHN" }),
  personRecord("d", { postcode: "ZX1 2AB", surname: "KING" }),
  personRecord("e", { postcode: "ZX1 2AB", surname: "SMITH" }),
  personRecord("f"),
];

describe("blocked pairs", () => {
  test("each pair once, by its first rule, lower id first", async () => {
    expect(await pairsOf(sample, 10)).toEqual([
      ["a", "b", 1],
      ["a", "c", 2],
      ["a", "d", 3],
      ["b", "c", 2],
      ["c", "d", 3],
    ]);
    expect((await cutOf(sample, 10)).map(({ keys }) => keys)).toEqual(["0", "0", "0"]);
  });

  test("a key too common is left out and reported, and a later rule still finds its pairs", async () => {
    expect(await pairsOf(sample, 2)).toEqual([["a", "b", 1]]);
    const crowd = [...sample.slice(0, 3), personRecord("g", { dob: "1980-01-02" })];
    expect(await pairsOf(crowd, 3)).toEqual([
      ["a", "b", 1],
      ["a", "c", 3],
    ]);
    expect(await cutOf(crowd, 3)).toEqual([
      { rule: 1, label: "NHS number", keys: "0", records: "0", pairs: "0" },
      { rule: 2, label: "date of birth", keys: "1", records: "4", pairs: "6" },
      { rule: 3, label: "postcode and first letter of surname", keys: "0", records: "0", pairs: "0" },
    ]);
  });

  test("agree with comparing every pair", async () => {
    const maybe = (...values: string[]) => fc.option(fc.constantFrom(...values), { freq: 4 });
    const person = fc.record({
      nhsNumber: maybe("1", "2", "3"),
      dob: maybe("1980-01-02", "1980-01-03"),
      postcode: maybe("A", "B"),
      surname: maybe("KHAN", "KING", "SMITH"),
    });
    const records = fc
      .sample(person, { seed: 7, numRuns: 60 })
      .map((values, at) => personRecord(String(at).padStart(3, "0"), values));
    const expected = records.flatMap((left, at) =>
      records.slice(at + 1).flatMap((right) => {
        const rule = firstRule(left, right);
        return rule === 0 ? [] : [[left.recordId, right.recordId, rule]];
      }),
    );
    expect(expected.length).toBeGreaterThan(500);
    expect(await pairsOf(records, 1_000)).toEqual(expected);
  });
});

function firstRule(left: PersonRecord, right: PersonRecord): number {
  if (left.nhsNumber !== null && left.nhsNumber === right.nhsNumber) return 1;
  if (left.dob !== null && left.dob === right.dob) return 2;
  const [one, other] = [left, right].map(({ postcode, surname }) =>
    postcode === null || surname === null ? null : postcode + surname[0],
  );
  return one !== null && one === other ? 3 : 0;
}
