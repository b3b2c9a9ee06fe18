import * as fc from "fast-check";
import { afterAll, describe, expect, test } from "vitest";
import { openDuckDB } from "../../test/support/duckdb.ts";
import { compile } from "../sql/compile.ts";
import { ident, sql } from "../sql/fragment.ts";
import { classOf, getType, semanticTypes, textType, type SemanticType } from "./index.ts";

const db = await openDuckDB();
afterAll(() => db.close());

const types = [...semanticTypes.values()];
const nasty = [
  "",
  " ",
  "\t\r\n",
  "\u00a0",
  "\ufeff",
  "'",
  "';--",
  '"',
  "\\",
  "\\1",
  "$1",
  "%_",
  "é",
  "e\u0301",
  "ﬁ",
  "İ",
  "ı",
  "ſ",
  "K",
  "ß",
  "ẞ",
  "٣",
  "𝟗",
  "👩‍👧",
  "\u2028",
  "a\nb",
  "1".repeat(5_000),
  "A".repeat(5_000),
  "0000-01-01",
  "1800-01-01",
  "2199-12-31",
  "29/02/2100",
  "30 Feb 2001",
  "1e5",
  "Infinity",
  "NaN",
  "-0",
  "+1",
  "1.",
];

describe.each(types)("$id", (type) => {
  test.each(type.examples)("accepts %j", (text) => expect(type.parse(text)).toBeDefined());
  test.each(type.counterExamples)("refuses %j", (text) => expect(type.parse(text)).toBeUndefined());

  test("a value it has normalised is already normal", () => {
    const once = type.examples.map((text) => type.parse(text) ?? "");
    expect(once.map((text) => type.parse(text))).toEqual(once);
  });

  test("SQL and TypeScript agree on near misses", async () => {
    const texts = [...new Set([...nasty, ...type.examples, ...type.counterExamples, ...nearMisses(type)])];
    const value = ident("v");
    const source = sql`(SELECT unnest(${texts}) AS v, generate_subscripts(${texts}, 1) AS place)`;
    const rows = await db.rows(compile(sql`SELECT ${type.sql(value)} AS parsed FROM ${source} ORDER BY place`));
    expect(rows.map(({ parsed }, at) => [texts[at], parsed])).toEqual(texts.map((text) => [text, stored(type, text)]));
    expect(rows.length).toBeGreaterThan(400);
  });
});

const withNormal = types.flatMap((type) => (type.normal === undefined ? [] : [[type.id, type.normal] as const]));
test.each(withNormal)("%s: what it calls normal, its steps leave as it is", (id, normal) => {
  const values = fc.stringMatching(new RegExp(`^(?:${normal})$`, "u"));
  fc.assert(
    fc.property(values, (text) => {
      expect(getType(id).parse(text)).toBe(text);
    }),
    { seed: 7, numRuns: 1000 },
  );
});

test("NULL in, NULL out", async () => {
  const columns = types.map((type) => sql`${type.sql(sql`CAST(NULL AS VARCHAR)`)} IS NULL AS ${ident(type.id)}`);
  for (const column of columns) expect(Object.values((await db.rows(compile(sql`SELECT ${column}`)))[0] ?? {})).toEqual([true]);
});

test.each([
  ["nhs_number", " 999 000 0018 ", "9990000018"],
  ["uprn", "000010023456", "10023456"],
  ["postcode", "ec1a1bb", "EC1A 1BB"],
  ["person.forename", "Zoë", "ZOE"],
  ["person.forename", "Łukasz", "LUKASZ"],
  ["person.surname", "O’Brien", "O'BRIEN"],
  ["person.surname", "Strauß", "STRAUSS"],
  ["person.full_name", "Jones, Mair", "MAIR JONES"],
  ["person.full_name", "Mr. John  Smith", "JOHN SMITH"],
  ["person.date_of_birth", "1/2/2003", "2003-02-01"],
  ["person.date_of_birth", "29/02/2000", "2000-02-29"],
  ["time.date", "3 September 2026", "2026-09-03"],
  ["time.date", "13/12/2026", "2026-12-13"],
  ["time.date", "12/13/2026", undefined],
  ["person.sex", "2", "F"],
  ["phone", "0161 496 0123", "+441614960123"],
  ["phone", "+44 (0)7700 900123", "+447700900123"],
  ["phone", "1614960123", "+441614960123"],
  ["email", " A.B@Example.org", "a.b@example.org"],
  ["address", "12 high rd., Wexcombe", "12 HIGH ROAD, WEXCOMBE"],
  ["address", "3 Mill St", "3 MILL STREET"],
  ["geo.gss_code", "e08000009", "E08000009"],
  ["money.gbp", "(£1,234.50)", "-1234.50"],
  ["special.ethnicity", "Asian or Asian British - Pakistani", "J"],
  ["number", "1,204", "1204"],
])("%s reads %j as %j", (id, text, value) => expect(getType(id).parse(text)).toBe(value));

test("one mistyped digit and one adjacent swap of an NHS number are always caught", () => {
  const typed = fc.tuple(fc.integer({ min: 0, max: 999_999 }), fc.nat(9), fc.integer({ min: 1, max: 9 }));
  const nhs = getType("nhs_number");
  fc.assert(
    fc.property(typed, ([serial, at, shift]) => {
      const valid = Array.from({ length: 10 }, (_, check) => `999${String(serial).padStart(6, "0")}${check}`).find((text) =>
        nhs.parse(text),
      );
      fc.pre(valid !== undefined);
      const digits = Array.from(valid ?? "");
      digits[at] = String((Number(digits[at]) + shift) % 10);
      expect(nhs.parse(digits.join(""))).toBeUndefined();
    }),
    { seed: 7 },
  );
});

test("an unknown type is a fault; a type alone may be less sensitive than beside people", () => {
  expect(() => getType("nothing")).toThrow("nothing");
  expect(classOf(getType("postcode"), true)).toBe("personal");
  expect(classOf(getType("postcode"), false)).toBe("open");
  expect(classOf(getType("nhs_number"), false)).toBe("identifier");
  expect(textType).toMatchObject({ mask: "null", class: "restricted" });
});

/** What the engine should give for a text: the parsed value, as its storage shows in JSON. */
function stored(type: SemanticType, text: string): string | number | null {
  const value = type.parse(text);
  if (value === undefined) return null;
  return type.storage === "DOUBLE" ? Number(value) : value;
}

/** Texts that nearly are of the type: examples with one to three small damages. */
function nearMisses(type: SemanticType): string[] {
  const scraps = fc.constantFrom(
    " ",
    "-",
    "'",
    '"',
    ".",
    ",",
    "/",
    "0",
    "1",
    "9",
    "a",
    "Z",
    "é",
    "\u00a0",
    "\n",
    "£",
    "(",
    "ß",
    "+",
    "@",
    "ſ",
    "  ",
  );
  const damage = fc.tuple(fc.nat(40), fc.nat(2), fc.oneof(scraps, fc.string({ unit: "binary", maxLength: 2 })));
  const damaged = fc
    .tuple(fc.constantFrom(...type.examples, ...type.counterExamples), fc.array(damage, { minLength: 1, maxLength: 3 }))
    .map(([text, damages]) => damages.reduce((now, [at, cut, scrap]) => spliced(now, at, cut, scrap), text));
  return fc.sample(damaged, { seed: 7, numRuns: 500 }).filter((text) => !text.includes("\0"));
}

function spliced(text: string, at: number, cut: number, scrap: string): string {
  const characters = Array.from(text);
  characters.splice(at % (characters.length + 1), cut, scrap);
  return characters.join("");
}
