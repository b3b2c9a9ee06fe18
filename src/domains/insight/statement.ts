import { renderPred, type AttributeType } from "../../access/index.ts";
import { ident, join, sql, stage, type Fragment, type Leaf, type Stage } from "../../sql/index.ts";
import { maskSql } from "../../vocabulary/index.ts";
import type { Usable } from "./columns.ts";
import type { Plan, PlannedGroup, PlannedMeasure } from "./plan.ts";

/** A year's worth of months, three times: longer spans are grouped by year. */
const mostMonths = 36;

/**
 * One statement for a whole answer: every group, the sums over each grouping column, and the sum of all, told apart by
 * `t1` and `t2` (1 where a column is summed over). `n` is the base count that decides whether a figure may be shown:
 * the records that have what is measured. `hits` are those that meet a share's condition. A group without a value is
 * the empty text.
 */
export function answerStatement(plan: Plan, relation: Leaf, columns: readonly Usable[], asAt: string): Fragment {
  const types = new Map(columns.map((column): [string, AttributeType] => [`c${column.number}`, column.storage]));
  const chosen = stage("chosen", sql`SELECT * FROM ${relation} WHERE ${renderPred(plan.where, types)}`);
  const [first, second] = plan.groups;
  const { x, y, base, hit } = inputs(plan.measure, types);
  const keyed = stage(
    "keyed",
    sql`SELECT ${keyOf(first, chosen, asAt)} AS g1, ${keyOf(second, chosen, asAt)} AS g2,
      ${x} AS x, ${y} AS y, ${base} AS base, ${hit} AS hit FROM ${chosen}`,
  );
  const figures = sql`count(*) FILTER (WHERE base) AS n, ${valueSql(plan.measure)} AS value, count(*) FILTER (WHERE hit) AS hits`;
  if (!first) return sql`SELECT 1 AS t1, 1 AS t2, NULL AS g1, NULL AS g2, ${figures} FROM ${keyed}`;
  const sets = second ? sql`(g1, g2), (g1), (g2), ()` : sql`(g1), ()`;
  const other = second ? sql`grouping(g2) AS t2, g1, g2` : sql`1 AS t2, g1, NULL AS g2`;
  return sql`SELECT grouping(g1) AS t1, ${other}, ${figures} FROM ${keyed} GROUP BY GROUPING SETS (${sets})`;
}

function keyOf(group: PlannedGroup | undefined, chosen: Stage, asAt: string): Fragment {
  if (!group) return sql`''`;
  const column = ident(`c${group.column.number}`);
  return sql`coalesce(${keyText(group, column, chosen, asAt)}, '')`;
}

function keyText({ form, column: { storage } }: PlannedGroup, column: Fragment, chosen: Stage, asAt: string): Fragment {
  switch (form) {
    case "plain":
    case "band":
      return sql`CAST(${column} AS VARCHAR)`;
    case "number":
      return sql`CASE WHEN ${column} = floor(${column}) THEN coalesce(CAST(try_cast(${column} AS BIGINT) AS VARCHAR), CAST(${column} AS VARCHAR)) ELSE CAST(${column} AS VARCHAR) END`;
    case "period": {
      const day = storage === "DATE" ? column : sql`try_cast(left(${column}, 10) AS DATE)`;
      return sql`CASE WHEN (SELECT date_diff('month', min(${day}), max(${day})) FROM ${chosen}) < ${mostMonths} THEN strftime(${day}, '%Y-%m') ELSE strftime(${day}, '%Y') END`;
    }
    case "year":
      return sql`left(CAST(${column} AS VARCHAR), 4)`;
    case "month":
      return sql`left(CAST(${column} AS VARCHAR), 7)`;
    case "hour": // as the stamp is written, in whatever zone that is
      return sql`substr(CAST(${column} AS VARCHAR), 12, 2)`;
    case "weekday":
      return sql`CAST(isodow(try_cast(left(CAST(${column} AS VARCHAR), 10) AS DATE)) AS VARCHAR)`;
    case "ageBand":
    case "outcode":
      return maskSql(form, column, storage, "", asAt);
  }
}

function inputs(
  measure: PlannedMeasure,
  types: ReadonlyMap<string, AttributeType>,
): { x: Fragment; y: Fragment; base: Fragment; hit: Fragment } {
  const none = { x: sql`NULL::DOUBLE`, y: sql`NULL::DOUBLE`, base: sql`true`, hit: sql`false` };
  switch (measure.kind) {
    case "count":
      return none;
    case "share":
      return { ...none, hit: renderPred(measure.of, types) };
    case "ratio": {
      const [x, y] = [ident(`c${measure.column.number}`), ident(`c${measure.per.number}`)];
      return { ...none, x, y, base: join([sql`(${x} IS NOT NULL)`, sql`(${y} IS NOT NULL)`], " AND ") };
    }
    default: {
      const x = ident(`c${measure.column.number}`);
      return { ...none, x, base: sql`(${x} IS NOT NULL)` };
    }
  }
}

function valueSql(measure: PlannedMeasure): Fragment {
  switch (measure.kind) {
    case "count":
      return sql`count(*)`;
    case "sum":
      return sql`sum(x)`;
    case "avg":
      return sql`avg(x)`;
    case "min":
      return sql`min(x)`;
    case "max":
      return sql`max(x)`;
    case "share":
      return sql`100.0 * count(*) FILTER (WHERE hit) / nullif(count(*), 0)`;
    case "ratio":
      return sql`sum(x) FILTER (WHERE base) / nullif(sum(y) FILTER (WHERE base), 0)`;
  }
}
