import {
  array,
  assert,
  asyncProperty,
  constantFrom,
  integer,
  letrec,
  oneof,
  option,
  record,
  subarray,
  tuple,
  type Arbitrary,
} from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openDuckDB, type TestDatabase } from "../../../test/support/duckdb.ts";
import { evaluatePred } from "../../access/pred-evaluate.ts";
import { row, type Literal, type Pred } from "../../access/index.ts";
import type { Relation } from "../../engine/index.ts";
import { compile, ident, Leaf, sql, type Fragment } from "../../sql/index.ts";
import { failingStatement, measureStatement, readMeasured, type CountedTest } from "./measure.ts";

/*
 * Rules counted by SQL over random tables, against counts made in JavaScript that share no code with it: conditions by the
 * evaluator of conditions, uniqueness and references by maps and sets.
 */
let database: TestDatabase;
beforeAll(async () => {
  database = await openDuckDB();
});
afterAll(() => database.close());

interface Row {
  readonly c1: string | null;
  readonly t1: string | null;
  readonly c2: bigint | null;
  readonly c3: bigint | null;
}

const words = option(constantFrom("a", "b", "é", "e\u0301", "A", "x y", "o'k"), { nil: null });
const numbers = option(
  integer({ min: -2, max: 3 }).map((value) => BigInt(value)),
  { nil: null },
);
const table = array(record({ c1: words, t1: words, c2: numbers, c3: numbers }), { maxLength: 12 });
const atom: Arbitrary<Pred> = oneof(
  constantFrom("c1", "t1", "c2", "c3").map((name): Pred => ({ op: "has", a: row(name) })),
  tuple(constantFrom("c1", "t1"), constantFrom("a", "é", "A")).map(([name, b]): Pred => ({ op: "eq", a: row(name), b })),
  tuple(constantFrom("lt" as const, "le" as const, "eq" as const), integer({ min: -1, max: 2 })).map(([op, b]): Pred => ({
    op,
    a: row("c2"),
    b: BigInt(b),
  })),
  constantFrom("lt" as const, "le" as const).map((op): Pred => ({ op, a: row("c2"), b: row("c3") })),
  subarray(["a", "b", "é"]).map((set): Pred => ({ op: "in", a: row("t1"), set })),
);
const { condition } = letrec<{ condition: Pred }>((tie) => ({
  condition: oneof(
    { maxDepth: 3 },
    atom,
    tie("condition").map((arg): Pred => ({ op: "not", arg })),
    tuple(constantFrom("and" as const, "or" as const), array(tie("condition"), { maxLength: 3 })).map(([op, args]): Pred => ({
      op,
      args,
    })),
  ),
}));

/** A leaf that stands for a table of the test: what only a decision may make elsewhere. */
const leaf = (label: string) => new Leaf(label) as unknown as Relation;
const [rowsLeaf, otherLeaf] = [leaf("rows"), leaf("other")];
const cast = (value: string | bigint | null, type: string) => sql`CAST(${value} AS ${ident(type)})`;

function body(rows: readonly Row[]): Fragment {
  const selects = rows.map(
    ({ c1, t1, c2, c3 }, at) =>
      sql`SELECT ${at + 1}::BIGINT AS record_no, ${cast(c1, "VARCHAR")} AS c1, ${cast(t1, "VARCHAR")} AS t1, ${cast(c2, "BIGINT")} AS c2, ${cast(c3, "BIGINT")} AS c3`,
  );
  const none = sql`SELECT 0::BIGINT AS record_no, ''::VARCHAR AS c1, ''::VARCHAR AS t1, 0::BIGINT AS c2, 0::BIGINT AS c3 WHERE false`;
  return selects.reduce((all, one) => sql`${all} UNION ALL ${one}`, none);
}

async function count(tests: readonly CountedTest[], rows: readonly Row[], others: readonly Row[]) {
  const on = {
    rows: rowsLeaf,
    types: new Map([
      [1, "text"],
      [2, "person.age"],
      [3, "person.age"],
    ]),
    others: new Map([["other", otherLeaf]]),
    asAt: "2026-01-01",
  };
  const run = async (statement: Fragment) => {
    const resolved = compile(statement, (each) => ({ body: body(each === rowsLeaf ? rows : others), materialized: true }));
    return (await database.rows(resolved)).map((found) => Object.values(found));
  };
  const [figures = []] = await run(measureStatement(tests, on));
  const failing: number[][] = [];
  for (const test of tests) failing.push((await run(failingStatement(test, on, 50) ?? sql`SELECT 1`)).map(([no]) => Number(no)));
  return readMeasured(tests, figures).map((measured, at) => ({ ...measured, failing: failing[at] }));
}

test("rules counted by SQL equal rules counted row by row", async () => {
  await assert(
    asyncProperty(table, table, condition, condition, async (rows, others, of, holds) => {
      const tests: readonly CountedTest[] = [
        { kind: "row", name: "valid", of, holds },
        { kind: "unique", columns: [1] },
        { kind: "unique", columns: [1, 2] },
        { kind: "references", column: 2, dataset: "other", to: 3 },
      ];
      expect(await count(tests, rows, others)).toEqual([
        byCondition(rows, of, holds),
        byKey(rows, ({ c1 }) => (c1 === null ? null : c1)),
        byKey(rows, ({ c1, c2 }) => (c1 === null || c2 === null ? null : JSON.stringify([c1, String(c2)]))),
        byList(rows, new Set(others.flatMap(({ c3 }) => (c3 === null ? [] : [c3])))),
      ]);
    }),
    { seed: 7, numRuns: 60 },
  );
}, 120_000);

function byCondition(rows: readonly Row[], of: Pred, holds: Pred) {
  const passes = (each: Row, pred: Pred) => {
    const cells = Object.entries(each).filter((cell): cell is [string, Literal] => cell[1] !== null);
    return evaluatePred(pred, { who: new Map(), why: new Map(), agreement: new Map(), row: new Map(cells) });
  };
  return summed(rows.map((each) => (passes(each, of) ? passes(each, holds) : null)));
}

function byKey(rows: readonly Row[], keyOf: (each: Row) => string | null) {
  const seen = Map.groupBy(rows, keyOf);
  return summed(rows.map((each) => (keyOf(each) === null ? null : seen.get(keyOf(each))?.length === 1)));
}

function byList(rows: readonly Row[], list: ReadonlySet<bigint>) {
  return summed(rows.map(({ c2 }) => (c2 === null ? null : list.has(c2))));
}

function summed(passes: readonly (boolean | null)[]) {
  return {
    n: passes.filter((each) => each !== null).length,
    passed: passes.filter((each) => each === true).length,
    days: null,
    failing: passes.flatMap((each, at) => (each === false ? [at + 1] : [])),
  };
}
