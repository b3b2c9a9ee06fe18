import type { DuckDBConnection } from "@duckdb/node-api";
import { literal, readRows } from "../duckdb.ts";
import type { ProfileInput, ProfileOutput, Progress } from "../protocol.ts";

/** Describes each column by its distinct values, the most frequent first (ties by value, so that it is repeatable). */
export async function profileText(
  connection: DuckDBConnection,
  input: ProfileInput,
  tell: (progress: Progress) => void,
): Promise<ProfileOutput> {
  const file = literal(input.textPath);
  const columns: ProfileOutput["columns"][number][] = [];
  let rows = 0;
  for (const [at, { number }] of input.columns.entries()) {
    tell({ step: "Describing the columns", done: at, total: input.columns.length, unit: "steps" });
    const column = `c${number}`;
    const totals = await readRows(
      connection,
      `SELECT count(*), count(*) FILTER (${column} = ''), count(DISTINCT ${column}) FILTER (${column} <> '') FROM read_parquet(${file})`,
      [],
      1,
    );
    const [count, nulls, distinctTotal] = (totals.rows[0] ?? []).map(Number);
    const top = await readRows(
      connection,
      `SELECT ${column}, count(*) AS n FROM read_parquet(${file}) WHERE ${column} <> '' AND length(${column}) <= 500
       GROUP BY ALL ORDER BY n DESC, 1 LIMIT $1`,
      [input.distinctLimit],
      input.distinctLimit,
    );
    rows = count ?? 0;
    columns.push({
      number,
      nulls: nulls ?? 0,
      distinctTotal: distinctTotal ?? 0,
      distinct: top.rows.map(([value, n]) => ({ value: String(value), count: Number(n) })),
    });
  }
  return { rows, columns };
}
