import type { DuckDBConnection } from "@duckdb/node-api";
import { execute, literal, readRows } from "../duckdb.ts";
import type { ProfileInput, ProfileOutput, Progress } from "../protocol.ts";

/**
 * Describes each column by its distinct values, the most frequent first (ties by value, so that it is repeatable). With
 * `sampleRows`, values come from that many rows, the same ones each time, and the number of distinct values is an estimate.
 */
export async function profileText(
  connection: DuckDBConnection,
  input: ProfileInput,
  tell: (progress: Progress) => void,
): Promise<ProfileOutput> {
  const file = literal(input.textPath);
  const names = input.columns.map(({ number }) => `c${number}`);
  const sampled = input.sampleRows === null ? "" : ` USING SAMPLE reservoir(${input.sampleRows} ROWS) REPEATABLE (7)`;
  const measures = names.map((name) => `count(*) FILTER (${name} = ''), approx_count_distinct(${name}) FILTER (${name} <> '')`);
  const totals = await readRows(connection, `SELECT count(*), ${measures.join(", ")} FROM read_parquet(${file})`, [], 1);
  const [rows = 0, ...figures] = (totals.rows[0] ?? []).map(Number);
  await execute(
    connection,
    `CREATE OR REPLACE TEMP TABLE profiled AS SELECT ${names.join(", ")} FROM read_parquet(${file})${sampled}`,
  );
  const seen = Math.min(rows, input.sampleRows ?? rows);
  const columns: ProfileOutput["columns"][number][] = [];
  for (const [at, { number }] of input.columns.entries()) {
    tell({ step: "Describing the columns", done: at, total: input.columns.length, unit: "steps" });
    const column = `c${number}`;
    const top = await readRows(
      connection,
      `SELECT ${column}, count(*) AS n FROM profiled WHERE ${column} <> '' AND length(${column}) <= 500
       GROUP BY ALL ORDER BY n DESC, 1 LIMIT $1`,
      [input.distinctLimit],
      input.distinctLimit,
    );
    const own = await readRows(
      connection,
      `SELECT count(*) FILTER (${column} = ''), count(DISTINCT ${column}) FILTER (${column} <> '') FROM profiled`,
      [],
      1,
    );
    const [seenNulls = 0, seenDistinct = 0] = (own.rows[0] ?? []).map(Number);
    columns.push({
      number,
      nulls: figures[at * 2] ?? 0,
      distinctTotal: sampled === "" ? seenDistinct : (figures[at * 2 + 1] ?? 0),
      seenNulls,
      seenDistinct,
      distinct: top.rows.map(([value, n]) => ({ value: String(value), count: Number(n) })),
    });
  }
  await execute(connection, "DROP TABLE profiled");
  return { rows, seen, columns };
}
