import * as fc from "fast-check";
import { afterAll, describe, expect, test } from "vitest";
import { openDuckDB } from "../../test/support/duckdb.ts";
import { compile } from "../sql/compile.ts";
import { ident, sql } from "../sql/fragment.ts";
import type { DateReading } from "./dates.ts";
import { detect, getType, madeBy } from "./index.ts";

const db = await openDuckDB();
afterAll(() => db.close());

function read(name: string, cells: readonly string[], year: number | null = 2026) {
  const counts = new Map<string, number>();
  for (const cell of cells) counts.set(cell, (counts.get(cell) ?? 0) + 1);
  const distinct = [...counts].map(([value, count]) => ({ value, count }));
  return detect({
    name,
    rows: cells.length,
    nulls: 0,
    distinct,
    distinctTotal: distinct.length,
    ...(year === null ? {} : { year }),
  });
}

describe("dates by the evidence of the column", () => {
  test.each([
    ["day first", ["03/04/2021", "17/04/2021", "05/06/2021"], "1 of 3 dates can only be read day first"],
    ["month first", ["03/04/2021", "04/17/2021", "05/06/2021"], "1 of 3 dates can only be read month first"],
    ["year first", ["99-03-31", "98-12-01", "97-10-11"], "3 of 3 dates can only be read year first"],
  ])("%s", (order, cells, line) => {
    const { reading, evidence } = read("date", cells);
    expect(reading.dates?.order).toBe(order);
    expect(evidence).toContain(line);
  });

  test("where every date could be either, day first is taken and said to be a custom", () => {
    const { reading, evidence } = read("date", ["03/04/2021", "05/06/2021", "01/02/2020"]);
    expect(reading).toEqual({ dates: { order: "day first" } });
    expect(evidence.at(-1)).toBe(
      "3 of 3 dates could be read day first or month first; day first is taken, because dates in the United Kingdom are written so",
    );
  });

  test("what the order of most cannot read is counted", () => {
    const { reading, evidence } = read("date", ["13/04/2021", "17/04/2021", "04/18/2021"]);
    expect(reading.dates?.order).toBe("day first");
    expect(evidence).toContain("1 of 3 dates cannot be read day first, and are not read");
  });

  test.each([
    ["dob", 1927],
    ["start date", 1947],
  ])("years of two figures in %s mean the hundred from %i, births never ahead", (name, from) => {
    expect(read(name, ["13/04/26", "17/04/27", "1/2/85"]).reading.dates).toEqual({ order: "day first", centuryFrom: from });
  });

  test("without a year to read in, they are not read; nor ever are day numbers", () => {
    expect(read("dob", ["13/04/26", "17/04/27"], null).reading.dates).toEqual({ order: "day first" });
    const { reading, evidence } = read("date", ["45012", "45013", "44001", "13/04/2021", "14/04/2021", "15/04/2021"]);
    expect(reading).toEqual({ dates: { order: "day first" } });
    expect(evidence.join()).not.toContain("read as 45");
  });
});

const readings: readonly (readonly [DateReading, string, string | undefined])[] = [
  [{ order: "month first" }, "03/04/2021", "2021-03-04"],
  [{ order: "month first" }, "17/04/2021", undefined],
  [{ order: "day first" }, "03/04/2021", "2021-04-03"],
  [{ order: "day first" }, "03/04/21", undefined],
  [{ order: "day first", centuryFrom: 1927 }, "03/04/26", "2026-04-03"],
  [{ order: "day first", centuryFrom: 1927 }, "03/04/27", "1927-04-03"],
  [{ order: "month first", centuryFrom: 1927 }, "4/17/99", "1999-04-17"],
  [{ order: "year first", centuryFrom: 1927 }, "99-03-31", "1999-03-31"],
  [{ order: "day first", centuryFrom: 1927 }, "3-Mar-85", "1985-03-03"],
  [{ order: "month first" }, "2021-04-03", "2021-04-03"],
  [{ order: "day first", centuryFrom: 2000 }, "1/2/99", "2099-02-01"],
];

test.each(readings)("under %j, %s is %s, in both engines", async (reading, text, date) => {
  for (const id of ["time.date", "person.date_of_birth", "person.date_of_death"]) {
    expect(getType(id).parse(text, reading)).toBe(date);
    const cell = getType(id).sql(ident("v"), reading);
    const [row] = await db.rows(compile(sql`SELECT CAST(${cell} AS VARCHAR) AS parsed FROM (SELECT ${text} AS v)`));
    expect(row?.["parsed"]).toBe(date ?? null);
  }
});

test("under every reading SQL and TypeScript agree on texts that are nearly dates", async () => {
  const part = fc.oneof(
    fc.nat(40).map(String),
    fc.nat(99).map((number) => String(number).padStart(2, "0")),
    fc.integer({ min: 1790, max: 2210 }).map(String),
    fc.constantFrom("Mar", "february", "Sept", "1st", "31", "29", "02", "", "é"),
  );
  const mark = fc.constantFrom("/", "-", ".", " ", "", ", ", "\u00a0");
  const near = fc
    .tuple(part, mark, part, mark, part, fc.constantFrom("", " ", " 00:00", "T00:00:00Z", " 09:30"))
    .map((parts) => parts.join(""));
  const small = fc.integer({ min: 1, max: 31 }).map(String);
  const formed = fc
    .tuple(small, fc.constantFrom("/", "-", "."), small, fc.integer({ min: 0, max: 99 }))
    .map(
      ([one, sign, other, year]) => `${one}${sign}${other}${sign}${year % 2 === 0 ? 1950 + year : String(year).padStart(2, "0")}`,
    );
  const texts = [...new Set(fc.sample(fc.oneof(near, formed), { seed: 7, numRuns: 3000 }))];
  for (const reading of new Map(readings.map(([own]) => [JSON.stringify(own), own])).values()) {
    const cell = getType("time.date").sql(ident("v"), reading);
    const rows = await db.rows(
      compile(
        sql`SELECT CAST(${cell} AS VARCHAR) AS parsed FROM (SELECT unnest(${texts}) AS v, generate_subscripts(${texts}, 1) AS place) ORDER BY place`,
      ),
    );
    expect(rows.map(({ parsed }, at) => [texts[at], parsed])).toEqual(
      texts.map((text) => [text, getType("time.date").parse(text, reading) ?? null]),
    );
    expect(rows.filter(({ parsed }) => parsed !== null).length).toBeGreaterThan(50);
  }
});

describe("what stands for nothing", () => {
  const many = (text: string, times: number) => Array.from({ length: times }, () => text);

  test("a figure below nought in a column of measures, if there is no other", () => {
    const counts = ["3", "5", "8", "13"];
    expect(read("visits", [...counts, ...many("-1", 4)]).reading).toEqual({ missing: ["-1"] });
    expect(read("visits", [...counts, "-4", ...many("-1", 4)]).reading).toEqual({});
    expect(read("visits", [...counts, "-1"]).reading).toEqual({});
  });

  test("nines that stand apart, and are said in the evidence", () => {
    const { reading, evidence } = read("visits", ["3", "5", "8", ...many("9999", 3)]);
    expect(reading).toEqual({ missing: ["9999"] });
    expect(evidence).toContain("3 of 6 rows say “9999”, which is read as no value");
    expect(read("visits", ["3", "8000", "9000", ...many("9999", 3)]).reading).toEqual({});
  });

  test("words for nothing, but not where they may be an answer or a name", () => {
    expect(read("date", ["2026-01-01", "2026-01-02", "2026-01-03", "N/A", "No data"]).reading.missing).toEqual([
      "n/a",
      "no data",
    ]);
    expect(read("grade", [...many("None", 9), ...many("High", 9)]).reading).toEqual({});
    const surnames = ["Jones", "Khan", "Smith", "Patel", "Evans"];
    expect(read("surname", [...surnames, "Null"]).reading).toEqual({});
    expect(read("surname", [...surnames, ...many("NULL", 9)]).reading).toEqual({ missing: ["null"] });
  });
});

test("readings that change no cell leave what a column was made by as it is", () => {
  expect(madeBy({ type: "time.date" })).toBe("time.date");
  expect(madeBy({ type: "time.date", reading: { dates: { order: "day first" } } })).toBe("time.date");
  const all = [
    {},
    { dates: { order: "month first" } as const },
    { dates: { order: "day first", centuryFrom: 1927 } as const },
    { missing: ["-1"] },
  ].map((reading) => madeBy({ type: "time.date", reading }));
  expect(new Set(all).size).toBe(4);
});
