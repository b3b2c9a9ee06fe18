import { renderPred, type AttributeType } from "../../access/index.ts";
import type { Relation } from "../../engine/index.ts";
import { ident, join, sql, type Fragment } from "../../sql/index.ts";
import { getType } from "../../vocabulary/index.ts";
import type { Measured, RuleTest } from "./model.ts";

/** What a statement over a dataset's rows needs: its columns' types, and the rows of the datasets it refers to. */
export interface Measuring {
  readonly rows: Relation;
  readonly types: ReadonlyMap<number, string>;
  readonly others: ReadonlyMap<string, Relation>;
  /** The civil date that ages are counted at. */
  readonly asAt: string;
}

/** Rules that rows alone can settle; the others need what is known of versions. */
export type CountedTest = Exclude<RuleTest, { kind: "rows" } | { kind: "fresh"; column: null }>;

export function isCounted(test: RuleTest): test is CountedTest {
  return test.kind !== "rows" && !(test.kind === "fresh" && test.column === null);
}

/** One statement that counts all tests: for each, in order, how many were asked and how many passed; for `fresh`, the days. */
export function measureStatement(tests: readonly CountedTest[], on: Measuring): Fragment {
  const names = tests.map((_, at) => [ident(`n${at}`), ident(`p${at}`)] as const);
  const inOneGo = tests.flatMap((test, at) => {
    const condition = conditionOf(test, on);
    const [n, passed] = names[at] ?? [];
    if (!condition || !n || !passed) return [];
    const { of, holds } = condition;
    return [sql`count_if(${of}) AS ${n}`, sql`count_if(${of} AND ${holds}) AS ${passed}`];
  });
  const figures = tests.flatMap((test, at) => {
    const pair = names[at] ?? [];
    if (conditionOf(test, on)) return pair;
    const found = test.kind === "unique" ? uniqueFigures(test.columns, on) : freshFigures(test, on);
    return pair.map((name, which) => sql`${found[which] ?? sql`NULL`} AS ${name}`);
  });
  return sql`SELECT ${join(figures, ", ")} FROM (SELECT ${join([sql`count(*) AS n`, ...inOneGo], ", ")} FROM ${on.rows}) AS counted`;
}

/** Reads what the statement gave. */
export function readMeasured(tests: readonly CountedTest[], figures: readonly unknown[]): readonly Measured[] {
  return tests.map((test, at) => {
    const [n, passed] = [Number(figures[at * 2] ?? 0), figures[at * 2 + 1]];
    if (test.kind !== "fresh") return { n, passed: Number(passed ?? 0), days: null };
    const days = passed === null || passed === undefined ? null : Number(passed);
    return ageOf(days, test.days);
  });
}

/** An age against what was promised: one thing is asked, and it passes or not. */
export function ageOf(days: number | null, promised: number): Measured {
  return { n: days === null ? 0 : 1, passed: days !== null && days <= promised ? 1 : 0, days };
}

/** The numbers of the records that fail, the first of them by number. */
export function failingStatement(test: CountedTest, on: Measuring, limit: number): Fragment | undefined {
  const condition = conditionOf(test, on);
  if (condition)
    return sql`SELECT record_no FROM ${on.rows} WHERE ${condition.of} AND NOT (${condition.holds}) ORDER BY record_no LIMIT ${limit}`;
  if (test.kind !== "unique") return undefined;
  const cells = join(test.columns.map(cell), ", ");
  return sql`SELECT record_no FROM (SELECT record_no, count(*) OVER (PARTITION BY ${cells}) AS n FROM ${on.rows} WHERE ${known(test.columns)}) AS keyed
    WHERE n > 1 ORDER BY record_no LIMIT ${limit}`;
}

const cell = (number: number) => ident(`c${number}`);

function known(columns: readonly number[]): Fragment {
  return join(
    columns.map((number) => sql`${cell(number)} IS NOT NULL`),
    " AND ",
  );
}

/** Which rows a test asks, and which of them pass; nothing where it is not a matter of single rows. */
function conditionOf(test: CountedTest, { types, others }: Measuring): { of: Fragment; holds: Fragment } | undefined {
  switch (test.kind) {
    case "row":
      return { of: renderPred(test.of, storagesOf(types)), holds: renderPred(test.holds, storagesOf(types)) };
    case "genuine":
    case "whole": {
      const { testValues = "", mended = "" } = getType(types.get(test.column) ?? "text");
      const [text, pattern] = test.kind === "genuine" ? [cell(test.column), testValues] : [ident(`t${test.column}`), mended];
      return {
        of: sql`${cell(test.column)} IS NOT NULL`,
        holds: sql`NOT regexp_full_match(CAST(${text} AS VARCHAR), ${pattern})`,
      };
    }
    case "references": {
      const other = others.get(test.dataset);
      if (!other) return { of: sql`false`, holds: sql`true` };
      const listed = sql`SELECT CAST(${cell(test.to)} AS VARCHAR) FROM ${other} WHERE ${known([test.to])}`;
      return { of: known([test.column]), holds: sql`CAST(${cell(test.column)} AS VARCHAR) IN (${listed})` };
    }
    default:
      return undefined;
  }
}

/** Cells as Pred sees them: as they are read, and as they were received. */
function storagesOf(types: ReadonlyMap<number, string>): ReadonlyMap<string, AttributeType> {
  return new Map(
    [...types].flatMap(([number, type]): readonly [string, AttributeType][] => [
      [`c${number}`, getType(type).storage],
      [`t${number}`, "VARCHAR"],
    ]),
  );
}

/** Rows that have a key, and those whose key no other row has. */
function uniqueFigures(columns: readonly number[], { rows }: Measuring): readonly Fragment[] {
  const cells = join(columns.map(cell), ", ");
  const groups = sql`SELECT count(*) AS n FROM ${rows} WHERE ${known(columns)} GROUP BY ${cells}`;
  return [
    sql`(SELECT coalesce(sum(n), 0)::BIGINT FROM (${groups}) AS keys)`,
    sql`(SELECT count(*) FROM (${groups}) AS keys WHERE n = 1)`,
  ];
}

/** The age of the newest date that is not ahead. */
function freshFigures(test: CountedTest, { rows, asAt }: Measuring): readonly Fragment[] {
  if (test.kind !== "fresh" || test.column === null) throw new Error(`A test of kind ${test.kind} has no age.`);
  const date = cell(test.column);
  const today = sql`CAST(${asAt} AS DATE)`;
  const newest = sql`SELECT max(${date}) FROM ${rows} WHERE ${date} <= ${today}`;
  return [sql`1`, sql`date_diff('day', (${newest}), ${today})`];
}
