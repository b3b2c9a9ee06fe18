import * as fc from "fast-check";
import { afterAll, describe, expect, test } from "vitest";
import { openDuckDB } from "../../../../test/support/duckdb.ts";
import { personRecord, recordsSql } from "../../../../test/support/person-records.ts";
import { compile } from "../../../sql/compile.ts";
import { Leaf, sql, stage } from "../../../sql/fragment.ts";
import { comparisonStage } from "./comparison-stage.ts";
import { explainPair } from "./explain-pair.ts";
import { fieldNames, levelsOf, priorBits, thresholds, weightOf } from "./parameters.ts";
import type { PersonRecord } from "./person-record.ts";
import { scorePair, scoreStage } from "./score.ts";

const db = await openDuckDB();
afterAll(() => db.close());

/** Scores of records 0 and 1, 2 and 3, and so on, by the SQL stages. */
async function scoreBySql(records: readonly PersonRecord[]) {
  const leaf = new Leaf("people");
  const lefts = records.filter((_, at) => at % 2 === 0).map(({ recordId }) => recordId);
  const rights = records.filter((_, at) => at % 2 === 1).map(({ recordId }) => recordId);
  const pairs = stage("pairs", sql`SELECT unnest(${lefts}) AS left_id, unnest(${rights}) AS right_id, 1 AS rule`);
  const scored = scoreStage(comparisonStage(leaf, pairs));
  const columns = sql`name_level, dob_level, place_level, nhs_level, sex_level, weight, band`;
  return db.rows(
    compile(sql`SELECT ${columns} FROM ${scored} ORDER BY left_id`, () => ({ body: recordsSql(records), materialized: true })),
  );
}

function scoreByScript(records: readonly PersonRecord[]) {
  return records.flatMap((left, at) => {
    const right = records[at + 1];
    if (at % 2 === 1 || !right) return [];
    const { levels, weight, band } = scorePair(left, right);
    return [
      {
        name_level: levels.name,
        dob_level: levels.dob,
        place_level: levels.place,
        nhs_level: levels.nhs,
        sex_level: levels.sex,
        weight,
        band,
      },
    ];
  });
}

const someName = fc.constantFrom(
  "ANN",
  "ANNE",
  "ANNA",
  "MARTHA",
  "MARHTA",
  "JON",
  "JONES",
  "SMITH-JONES",
  "SMITH",
  "SMYTH",
  "KHAN",
  "O'NEILL",
  "ONEILL",
  "KATE",
  "KATHERINE",
  "LI",
  "МАРИЯ",
  "МАРИНА",
);
const anyName = fc.oneof({ weight: 4, arbitrary: someName }, fc.stringMatching(/^[A-Z]{2,9}$/));
const someDate = fc.constantFrom(
  "1980-03-04",
  "1980-04-03",
  "1980-03-14",
  "1980-03-05",
  "1980-12-21",
  "1981-03-04",
  "1908-03-04",
  "1990-03-04",
  "2000-02-29",
  "1980-04-30",
);
const somePostcode = fc.constantFrom("ZX1 2AB", "ZX1 2AD", "ZX1 2BA", "ZX1 3AB", "ZX2 2AB", "ZX12 2AB", "M1 1AA", "ZX3 4QQ");
const maybe = (value: fc.Arbitrary<string>) => fc.option(value, { freq: 6 });
const person = fc.record({
  forename: maybe(anyName),
  surname: maybe(anyName),
  dob: maybe(someDate),
  postcode: maybe(somePostcode),
  nhsNumber: maybe(fc.constantFrom("9990000018", "9990000026")),
  uprn: maybe(fc.constantFrom("1", "2")),
  sex: maybe(fc.constantFrom("F", "M")),
});

test("SQL and TypeScript give the same levels, weight and band", async () => {
  const people = fc
    .sample(person, { seed: 7, numRuns: 12_000 })
    .map((values, at) => personRecord(String(at).padStart(6, "0"), values));
  const script = scoreByScript(people);
  expect(await scoreBySql(people)).toEqual(script);
  for (const field of fieldNames) {
    const seen = new Set(script.map((row) => row[`${field}_level`]));
    expect([field, seen.size]).toEqual([field, levelsOf[field].length + 1]);
  }
});

test("names alike by chance agree to the last place", async () => {
  const names = fc.stringMatching(/^[A-D]{1,8}$/);
  const people = fc.sample(fc.record({ forename: names, surname: names }), { seed: 7, numRuns: 12_000 });
  const records = people.map((values, at) => personRecord(String(at).padStart(6, "0"), values));
  expect(await scoreBySql(records)).toEqual(scoreByScript(records));
});

describe("levels", () => {
  const ann = { forename: "ANN", surname: "SMITH" };
  test.each<[string, Partial<PersonRecord>, Partial<PersonRecord>, object]>([
    ["exact", ann, ann, { name: 9 }],
    ["swapped", ann, { forename: "SMITH", surname: "ANN" }, { name: 8 }],
    ["double-barrelled", ann, { forename: "ANN", surname: "SMITH-JONES" }, { name: 7 }],
    ["begins the other", { ...ann, forename: "KATE" }, { ...ann, forename: "KATERINA" }, { name: 6 }],
    ["very similar", { forename: "MARTHA", surname: "JOHNSON" }, { forename: "MARHTA", surname: "JOHNSTON" }, { name: 5 }],
    ["same surname", ann, { ...ann, forename: "ZOE" }, { name: 3 }],
    ["same forename", ann, { ...ann, surname: "KHAN" }, { name: 2 }],
    ["surname missing", ann, { forename: "ANN" }, { name: 2 }],
    ["nothing to compare", ann, {}, { name: null }],
    ["day and month", { dob: "1980-03-04" }, { dob: "1980-04-03" }, { dob: 4 }],
    ["one digit", { dob: "1980-03-04" }, { dob: "1990-03-04" }, { dob: 3 }],
    ["two digits swapped", { dob: "1980-03-12" }, { dob: "1980-03-21" }, { dob: 3 }],
    ["same month", { dob: "2017-09-14" }, { dob: "2017-09-23" }, { dob: 2 }],
    ["same year", { dob: "1980-03-04" }, { dob: "1980-11-27" }, { dob: 1 }],
    ["property beats postcode", { uprn: "1", postcode: "ZX1 2AB" }, { uprn: "1", postcode: "ZX3 4QQ" }, { place: 5 }],
    ["other property, same postcode", { uprn: "1", postcode: "ZX1 2AB" }, { uprn: "2", postcode: "ZX1 2AB" }, { place: 4 }],
    ["sector", { postcode: "ZX1 2AB" }, { postcode: "ZX1 2DE" }, { place: 2 }],
    ["district", { postcode: "ZX1 2AB" }, { postcode: "ZX1 9DE" }, { place: 1 }],
  ])("%s", (_, left, right, levels) => {
    expect(scorePair(personRecord("a", left), personRecord("b", right)).levels).toMatchObject(levels);
    expect(scorePair(personRecord("b", right), personRecord("a", left)).levels).toMatchObject(levels);
  });
});

describe("parameters", () => {
  test.each(fieldNames)("%s: m and u each add up to one", (field) => {
    const sum = (pick: "m" | "u") => levelsOf[field].reduce((total, level) => total + level[pick], 0);
    expect(sum("m")).toBeCloseTo(1, 2);
    expect(sum("u")).toBeCloseTo(1, 2);
  });

  test("sex never counts more than two bits, and thresholds leave room for people", () => {
    expect(levelsOf.sex.map(weightOf).filter((bits) => Math.abs(bits) > 2)).toEqual([]);
    expect(thresholds.lower).toBeLessThan(thresholds.upper);
  });
});

describe("explaining a pair", () => {
  const one = personRecord("a", { forename: "ANN", surname: "SMITH", nhsNumber: "9990000018", sex: "F", dob: "1980-03-04" });

  test("the lines add up, strongest first, and quote no value", () => {
    const { lines, weight, verdict } = explainPair(one, { ...one, recordId: "b", dob: null });
    expect(lines.map(({ text }) => text)).toEqual([
      "Two records picked at random: −11.6 bits",
      "Same NHS number: +23.3 bits",
      "Same forename and surname: +13.7 bits",
      "Same sex: +0.8 bits",
    ]);
    expect(lines.reduce((sum, { bits }) => sum + bits, 0)).toBeCloseTo(weight, 6);
    expect(verdict).toBe("At 5 bits or more the records are joined.");
  });

  test("nothing in common but the prior is a rejection", () => {
    expect(explainPair(personRecord("a"), personRecord("b"))).toMatchObject({
      weight: priorBits,
      band: "reject",
      verdict: "At 0 bits or fewer the records are kept apart.",
    });
  });

  test("in between, a person decides", () => {
    const before = { ...one, postcode: "ZX1 2AB" };
    const married = { ...before, recordId: "b", surname: "KHAN", nhsNumber: null, postcode: "M1 1AA" };
    expect(explainPair(before, married)).toMatchObject({ band: "review", verdict: "Between 0 and 5 bits a person decides." });
  });
});
