import { afterAll, expect, test } from "vitest";
import { openDuckDB } from "../../test/support/duckdb.ts";
import { compile } from "../sql/compile.ts";
import { sql, type Fragment } from "../sql/fragment.ts";
import {
  classOrder,
  highestClass,
  maskedStorage,
  maskOrder,
  maskSql,
  shapeSql,
  strictestMask,
  type Mask,
  type Storage,
} from "./index.ts";

const db = await openDuckDB();
afterAll(() => db.close());

const samples: Readonly<Record<Storage, Fragment>> = {
  VARCHAR: sql`'9990000018'::VARCHAR`,
  DATE: sql`DATE '1985-03-02'`,
  BIGINT: sql`36251::BIGINT`,
  DOUBLE: sql`36251.75::DOUBLE`,
};

async function masked(mask: Mask, column: Fragment, storage: Storage, key = "key", asAt = "2026-03-01"): Promise<unknown> {
  return (await db.rows(compile(sql`SELECT ${maskSql(mask, column, storage, key, asAt)} AS v`)))[0]?.["v"];
}

test.each<[Mask, Storage, unknown]>([
  ["clear", "VARCHAR", "9990000018"],
  ["null", "VARCHAR", null],
  ["first4", "VARCHAR", "9990"],
  ["last4", "VARCHAR", "0018"],
  ["year", "DATE", "1985"],
  ["year", "BIGINT", null],
  ["ageBand", "DATE", "40–49"],
  ["bucket", "DOUBLE", "36000"],
  ["bucket", "BIGINT", "36000"],
  ["bucket", "VARCHAR", null],
  ["outcode", "DATE", null],
])("%s of a %s", async (mask, storage, value) => expect(await masked(mask, samples[storage], storage)).toBe(value));

test("ages turn on the birthday, and the unborn have none", async () => {
  expect(await masked("ageBand", sql`DATE '1986-03-01'`, "DATE")).toBe("40–49");
  expect(await masked("ageBand", sql`DATE '1986-03-02'`, "DATE")).toBe("30–39");
  expect(await masked("ageBand", sql`DATE '2026-03-02'`, "DATE")).toBeNull();
  expect(await masked("ageBand", sql`DATE '1930-01-01'`, "DATE")).toBe("90+");
  expect(await masked("ageBand", sql`8::BIGINT`, "BIGINT")).toBe("0–9");
});

test.each([
  ["ZX1 2AB", "ZX1"],
  ["12 HIGH ROAD, WEXCOMBE ZX1 2AB", "ZX1"],
  ["zx12 3ab", "ZX12"],
  ["ZX1", "ZX1"],
  ["12 HIGH ROAD", null],
])("the outward code of %j is %j", async (text, outcode) =>
  expect(await masked("outcode", sql`${text}::VARCHAR`, "VARCHAR")).toBe(outcode),
);

test("a short value shows none of itself", async () => {
  expect(await masked("first4", sql`'1234567'`, "VARCHAR")).toBeNull();
  expect(await masked("last4", sql`'1234567'`, "VARCHAR")).toBeNull();
});

test.each([
  ["M33 7ZQ", "A99 9AA"],
  ["E0800009", "A9999999"],
  ["0161 496-0123", "9999 999-9999"],
  ["Zoë O'Neill", "A A'A"],
  ["Yes", "A"],
  ["No", "A"],
  ["a_b@example.org", "A·A@A.A"],
  ["٣ €5 🙂", "9 ·9 ·"],
  ["x1".repeat(45), "A9".repeat(20)],
])("of %s only the shape is told: %s", async (text, shape) => {
  expect((await db.rows(compile(sql`SELECT ${shapeSql(sql`${text}::VARCHAR`)} AS v`)))[0]?.["v"]).toBe(shape);
});

test("pseudonyms repeat under one key and never join across two", async () => {
  const one = await masked("pseudonym", samples.VARCHAR, "VARCHAR", "agreement one");
  expect(one).toMatch(/^[0-9a-f]{16}$/);
  expect(await masked("pseudonym", samples.VARCHAR, "VARCHAR", "agreement one")).toBe(one);
  expect(await masked("pseudonym", samples.VARCHAR, "VARCHAR", "agreement two")).not.toBe(one);
});

test.each(maskOrder)("%s keeps NULL and says its storage truly", async (mask) => {
  for (const storage of Object.keys(samples) as Storage[]) {
    const nothing = sql`CASE WHEN false THEN ${samples[storage]} END`;
    const value = maskSql(mask, nothing, storage, "k", "2026-01-01");
    const rows = await db.rows(compile(sql`SELECT ${value} AS v, typeof(${value}) AS kind`));
    expect(rows).toEqual([{ v: null, kind: maskedStorage(mask, storage) }]);
  }
});

test("the stricter mask and the higher class win, whichever comes first", () => {
  expect(strictestMask("year", "null")).toBe("null");
  expect(strictestMask("null", "year")).toBe("null");
  expect(strictestMask("clear", "last4")).toBe("last4");
  expect(highestClass(["open", "special", "personal"])).toBe("special");
  expect(highestClass([])).toBe("open");
  expect(classOrder.at(-1)).toBe("protected");
});
