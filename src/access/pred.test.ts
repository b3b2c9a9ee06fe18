import * as fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openDuckDB, type TestDatabase } from "../../test/support/duckdb.ts";
import { chanceFrom, policyRow, pred as generate } from "../../test/support/policy-cases.ts";
import { compile, ident, sql } from "../sql/index.ts";
import { always, never, predLimits, predProblems, row, rowAttributes, type Pred } from "./pred.ts";
import { evaluatePred, settleKnown, type Bindings } from "./pred-evaluate.ts";
import { renderPred, type AttributeType } from "./pred-sql.ts";

const a = row("a");
const isX: Pred = { op: "eq", a, b: "x" };
const hasA: Pred = { op: "has", a };
const not = (arg: Pred): Pred => ({ op: "not", arg });
const and = (...args: Pred[]): Pred => ({ op: "and", args });
const or = (...args: Pred[]): Pred => ({ op: "or", args });

describe("guards", () => {
  const needs = "“a” may be missing, so the condition needs a “has” for it.";
  test.each<[string, Pred, boolean, readonly string[]]>([
    ["a permit closes on what is missing", isX, false, []],
    ["a forbid opens on what is missing", isX, true, [needs]],
    ["not turns a permit round", not(isX), false, [needs]],
    ["twice not stays unsafe", not(not(isX)), false, [needs]],
    ["has beside it, in a forbid", and(hasA, isX), true, []],
    ["has beside it, under not", and(hasA, not(isX)), false, []],
    ["has after it", and(not(isX), hasA), false, []],
    ["has further out", and(hasA, or(and(not(isX)))), false, []],
    ["has in an or guards nothing", or(hasA, not(isX)), false, [needs]],
    ["has further in guards nothing outside", and(and(hasA), not(isX)), false, [needs]],
    ["has of another column", and({ op: "has", a: row("b") }, not(isX)), false, [needs]],
    ["has of another holder", and({ op: "has", a: { of: "who", name: "a" } }, not(isX)), false, [needs]],
    ["an attribute of the person is settled before", not({ op: "eq", a: { of: "who", name: "a" }, b: "x" }), false, []],
    ["on the other side", not({ op: "eq", a: { of: "who", name: "organisation" }, b: a }), false, [needs]],
    ["lt", not({ op: "lt", a, b: 1n }), false, [needs]],
    ["le", not({ op: "le", a, b: 1n }), false, [needs]],
    ["in", not({ op: "in", a, set: ["x"] }), false, [needs]],
    ["has itself, and true", not(and(hasA, always)), true, []],
    ["said once", not(and(isX, isX)), false, [needs]],
  ])("%s", (_what, pred, forbid, problems) => {
    expect(predProblems(pred, { optional: new Set(["a"]), forbid })).toEqual(problems);
    expect(predProblems(pred, { optional: new Set(), forbid })).toEqual([]);
  });
});

describe("limits", () => {
  const problems = (pred: Pred) => predProblems(pred, { optional: new Set(), forbid: false });
  const nested = (depth: number): Pred => (depth === 1 ? isX : not(nested(depth - 1)));

  test("depth", () => {
    expect(problems(nested(predLimits.depth))).toEqual([]);
    expect(problems(nested(predLimits.depth + 1))).toEqual(["It is nested deeper than 16."]);
    expect(problems(nested(5000))).toEqual(["It is nested deeper than 16."]);
    const deepOr = Array.from({ length: 17 }).reduce<Pred>((inner) => or(inner), isX);
    expect(problems(deepOr)).toEqual(["It is nested deeper than 16."]);
  });

  test("parts", () => {
    const wide = (parts: number) => or(...Array.from({ length: parts - 1 }, () => isX));
    expect(problems(wide(predLimits.nodes))).toEqual([]);
    expect(problems(wide(predLimits.nodes + 1))).toEqual(["It has more than 512 parts."]);
  });

  test("lists", () => {
    const list = (length: number): Pred => ({ op: "in", a, set: Array.from({ length }, (_, at) => BigInt(at)) });
    expect(problems(list(predLimits.set))).toEqual([]);
    expect(problems(list(predLimits.set + 1))).toEqual(["A list in it is longer than 10000."]);
  });

  test("numbers of 64 bits", () => {
    const wide = "A number in it does not fit 64 bits.";
    const le = (b: bigint): Pred => ({ op: "le", a, b });
    expect([predLimits.least, predLimits.most].flatMap((number) => problems(le(number)))).toEqual([]);
    expect(problems(le(predLimits.least - 1n))).toEqual([wide]);
    expect(problems(le(predLimits.most + 1n))).toEqual([wide]);
    expect(problems(not({ op: "in", a, set: [1n, predLimits.most + 1n] }))).toEqual([wide]);
  });

  test("text without NUL, at which DuckDB stops comparing", () => {
    expect(problems({ op: "in", a, set: ["x", "x\0y"] })).toEqual(["Text in it holds a NUL character."]);
    expect(problems({ op: "eq", a, b: "\0" })).toEqual(["Text in it holds a NUL character."]);
  });

  test("a condition's columns, once each", () => {
    const pred = and(
      isX,
      not(isX),
      { op: "lt", a: row("b"), b: row("c") },
      { op: "eq", a: { of: "who", name: "d" }, b: row("e") },
    );
    expect(rowAttributes(pred)).toEqual(["a", "b", "c", "e"]);
    expect(rowAttributes(and(hasA, { op: "in", a: row("z"), set: [] }))).toEqual(["a", "z"]);
    expect(rowAttributes({ op: "has", a: { of: "why", name: "purpose" } })).toEqual([]);
    expect(rowAttributes({ op: "eq", a, b: { of: "who", name: "organisation" } })).toEqual(["a"]);
  });
});

describe("settling", () => {
  test("settle, then evaluate: the same as evaluate", () => {
    fc.assert(
      fc.property(fc.nat(), (seed) => {
        const chance = chanceFrom(seed);
        const pred = generate(chance);
        const known: Omit<Bindings, "row"> = {
          who: new Map<string, string | bigint | readonly string[]>([
            ["organisation", chance() < 0.5 ? "org_1" : "café"],
            ["roles", ["analyst"]],
            ...(chance() < 0.5 ? [["grade", chance() < 0.5 ? 1n : 19_000n] as const] : []),
          ]),
          why: new Map(chance() < 0.5 ? [] : [["purpose", "care"]]),
          agreement: new Map(chance() < 0.5 ? [] : [["id", "org_1"]]),
        };
        const settled = settleKnown(pred, known);
        expect(JSON.stringify(settled, (_key, value: unknown) => (typeof value === "bigint" ? `${value}` : value))).not.toMatch(
          /"of":"(who|why|agreement)"/,
        );
        for (let at = 0; at < 8; at += 1) {
          const bindings: Bindings = { ...known, row: policyRow(chance) };
          expect(evaluatePred(settled, bindings)).toBe(evaluatePred(pred, bindings));
        }
      }),
      { seed: 16, numRuns: 10_000 },
    );
  });

  test("a list of the person's is no value to compare", () => {
    const bindings: Bindings = { who: new Map([["roles", ["x"]]]), why: new Map(), agreement: new Map(), row: new Map() };
    const roles = { of: "who", name: "roles" } as const;
    expect(evaluatePred({ op: "eq", a: roles, b: "x" }, bindings)).toBe(false);
    expect(evaluatePred({ op: "has", a: roles }, bindings)).toBe(false);
  });

  test.each<[bigint, "lt" | "le", bigint, boolean]>([
    [1n, "lt", 1n, false],
    [1n, "le", 1n, true],
    [1n, "lt", 2n, true],
    [2n, "le", 1n, false],
  ])("the person's %s %s the row's %s: %s", (grade, op, value, holds) => {
    const known = { who: new Map([["grade", grade]]), why: new Map(), agreement: new Map() };
    const settled = settleKnown({ op, a: { of: "who", name: "grade" }, b: a }, known);
    expect(evaluatePred(settled, { ...known, row: new Map([["a", value]]) })).toBe(holds);
    expect(evaluatePred(settled, { ...known, row: new Map() })).toBe(false);
    expect(evaluatePred(settled, { ...known, row: new Map([["a", "text"]]) })).toBe(false);
  });
});

describe("SQL", () => {
  const types = new Map<string, AttributeType>([
    ["t", "VARCHAR"],
    ["n", "BIGINT"],
    ["d", "DATE"],
    ["b", "BOOLEAN"],
  ]);
  const text = (pred: Pred) => compile(renderPred(pred, types));

  test.each(
    (
      [
        [always, "true"],
        [never, "false"],
        [and(), "true"],
        [not(never), "(NOT false)"],
        [{ op: "has", a: row("t") }, '("t" IS NOT NULL)'],
        [{ op: "has", a: row("gone") }, "false"],
        [{ op: "eq", a: row("t"), b: "x" }, 'coalesce(nfc_normalize("t") = $1, false)'],
        [{ op: "eq", a: row("gone"), b: "x" }, "false"],
        [{ op: "eq", a: row("t"), b: row("gone") }, "false"],
        [{ op: "eq", a: row("t"), b: 1n }, "false"],
        [{ op: "lt", a: row("t"), b: "x" }, "false"],
        [{ op: "le", a: row("b"), b: true }, "false"],
        [{ op: "lt", a: row("n"), b: 1n }, 'coalesce("n" < $1, false)'],
        [{ op: "le", a: row("d"), b: 1n }, "coalesce((\"d\" - DATE '1970-01-01') <= $1, false)"],
        [{ op: "in", a: row("n"), set: [] }, "false"],
        [{ op: "in", a: row("n"), set: ["x"] }, "false"],
        [{ op: "in", a: row("gone"), set: [1n] }, "false"],
        [{ op: "in", a: row("n"), set: ["x", 1n, true, 2n] }, 'coalesce("n" IN ($1, $2), false)'],
        [
          and({ op: "has", a: row("t") }, { op: "eq", a: row("b"), b: true }),
          '(("t" IS NOT NULL) AND coalesce("b" = $1, false))',
        ],
        [or({ op: "has", a: row("t") }, { op: "has", a: row("n") }), '(("t" IS NOT NULL) OR ("n" IS NOT NULL))'],
      ] satisfies [Pred, string][]
    ).map(([pred, wanted]) => [wanted, pred] as const),
  )("%s", (wanted, pred) => {
    expect(text(pred).text).toBe(wanted);
  });

  test("values are bound, in NFC", () => {
    expect(text({ op: "in", a: row("t"), set: ["cafe\u0301", "'; --"] }).params).toEqual(["caf\u00e9", "'; --"]);
  });

  test("what was not settled is a fault, not an answer", () => {
    expect(() => text({ op: "eq", a: { of: "who", name: "organisation" }, b: "x" })).toThrow("must be settled");
    expect(() => text({ op: "has", a: { of: "why", name: "purpose" } })).toThrow("must be settled");
  });
});

describe("text", () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await openDuckDB();
  });
  afterAll(() => database.close());

  test("compares the same in DuckDB and JavaScript, whatever it holds", async () => {
    const odd = fc.constantFrom(
      "\u0301",
      "\u0327",
      "e",
      "\u1100",
      "\u1161",
      "\u11a8",
      "\u212b",
      "\u2126",
      "\ufb01",
      "\u{1d15e}",
      "'",
      "ß",
    );
    const words = fc.sample(
      fc
        .array(fc.oneof(odd, fc.string({ unit: "binary", minLength: 1, maxLength: 1 })), { maxLength: 6 })
        .map((parts) => parts.join("").replaceAll("\0", "")),
      { seed: 3, numRuns: 3000 },
    );
    const pairs = words.flatMap((word) =>
      [word, word.normalize("NFD"), word.normalize("NFC"), word.normalize("NFKC")].map((other) => [word, other] as const),
    );
    const equal = renderPred(
      { op: "eq", a: row("l"), b: row("r") },
      new Map([
        ["l", "VARCHAR"],
        ["r", "VARCHAR"],
      ]),
    );
    const rows = await database.rows(
      compile(
        sql`SELECT ${equal} AS same FROM (SELECT unnest(${pairs.map(([left]) => left)}) AS ${ident("l")}, unnest(${pairs.map(([, right]) => right)}) AS ${ident("r")})`,
      ),
    );
    const wanted = pairs.map(([left, right]) =>
      evaluatePred(
        { op: "eq", a: row("l"), b: row("r") },
        {
          who: new Map(),
          why: new Map(),
          agreement: new Map(),
          row: new Map([
            ["l", left],
            ["r", right],
          ]),
        },
      ),
    );
    const differing = pairs.filter((_, at) => rows[at]?.["same"] !== wanted[at]);
    expect(differing.map((pair) => pair.map((word) => JSON.stringify(word)))).toEqual([]);
    expect(wanted.filter((same) => !same).length).toBeGreaterThan(100);
  });
});
