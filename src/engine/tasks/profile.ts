import type { DuckDBConnection } from "@duckdb/node-api";
import { detect } from "../../vocabulary/index.ts";
import { execute, readRows } from "../duckdb.ts";
import type { ProfileInput, ProfileOutput, Progress } from "../protocol.ts";
import { textLayer } from "../text-layer.ts";

const topLimit = 50;

/** Record numbers, thrown about so that no period of a file meets them: a number below `scatter` for each row. */
const scatter = 1_000_003;
const scattered = `(record_no * 514229) % ${scatter}`;

/**
 * Describes each column by its distinct values, the most frequent first (ties by value, so that it is repeatable). Of more
 * than twice `sampleRows` rows, values come from about that many, the same ones each time; nulls are counted in all.
 */
export async function profileText(
  connection: DuckDBConnection,
  input: ProfileInput,
  tell: (progress: Progress) => void,
): Promise<ProfileOutput> {
  const layer = textLayer(
    input.textPaths,
    input.columns.map(({ number }) => number),
  );
  const names = input.columns.map(({ number }) => `c${number}`);
  const empties = names.map((name) => `count_if(${name} = '')`);
  const totals = await readRows(connection, `SELECT count(*), ${empties.join(", ")} FROM ${layer}`, [], 1);
  const [rows = 0, ...nulls] = (totals.rows[0] ?? []).map(Number);
  const sampled = rows > 2 * input.sampleRows;
  await execute(
    connection,
    `CREATE OR REPLACE TEMP TABLE profiled AS SELECT ${names.join(", ")} FROM ${layer}
     ${sampled ? `WHERE ${scattered} < ${Math.round((scatter * input.sampleRows) / rows)}` : ""}`,
  );
  const seen = sampled ? await countRows(connection, "profiled") : rows;
  const columns: ProfileOutput["columns"][number][] = [];
  for (const [at, { number, header }] of input.columns.entries()) {
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
    const distinct = top.rows.map(([value, n]) => ({ value: String(value), count: Number(n) }));
    const detection = detect({
      name: header,
      rows: seen,
      nulls: seenNulls,
      distinct,
      distinctTotal: seenDistinct,
      year: new Date().getUTCFullYear(),
    });
    const sample = sampled ? [`seen in a sample of ${seen.toLocaleString("en-GB")} rows`] : [];
    columns.push({
      number,
      header,
      nulls: nulls[at] ?? 0,
      distinct: seenDistinct,
      top: distinct.slice(0, topLimit),
      detection: { ...detection, evidence: [...detection.evidence, ...sample] },
    });
  }
  await execute(connection, "DROP TABLE profiled");
  return { rows, seen, columns };
}

async function countRows(connection: DuckDBConnection, table: string): Promise<number> {
  const { rows } = await readRows(connection, `SELECT count(*) FROM ${table}`, [], 1);
  return Number(rows[0]?.[0] ?? 0);
}
