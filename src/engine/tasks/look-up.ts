import type { DuckDBConnection } from "@duckdb/node-api";
import { compile, ident, sql } from "../../sql/index.ts";
import { execute, literal, readRows } from "../duckdb.ts";
import type { LookUpInput, LookUpOutput } from "../protocol.ts";
import { textLayer } from "../text-layer.ts";
import { typedCells } from "../typed-cells.ts";

/** Best fit: each value stands for the code that most of its rows have, the first in order where two have as many. */
export async function writeLookUp(connection: DuckDBConnection, input: LookUpInput): Promise<LookUpOutput> {
  const layer = textLayer(
    input.textPaths,
    input.columns.map(({ number }) => number),
  );
  const [key, value] = [ident(`c${input.key}`), ident(`c${input.value}`)];
  const ranked = compile(sql`
    SELECT CAST(${key} AS VARCHAR) AS value, CAST(${value} AS VARCHAR) AS code, count(*) AS n,
      sum(count(*)) OVER (PARTITION BY CAST(${key} AS VARCHAR)) AS total,
      row_number() OVER (PARTITION BY CAST(${key} AS VARCHAR) ORDER BY count(*) DESC, CAST(${value} AS VARCHAR)) AS place
    FROM (SELECT ${typedCells(input.columns)} FROM text_layer) WHERE ${key} IS NOT NULL AND ${value} IS NOT NULL GROUP BY 1, 2`);
  await execute(
    connection,
    `COPY (WITH text_layer AS (SELECT * FROM ${layer}) SELECT value, code, n, total FROM (${ranked.text}) WHERE place = 1 ORDER BY value)
     TO ${literal(input.target)} (FORMAT parquet, COMPRESSION zstd)`,
    ranked.params,
  );
  const { rows } = await readRows(
    connection,
    `SELECT count(*), count_if(n = total), coalesce(sum(n) FILTER (WHERE n < total) / sum(total) FILTER (WHERE n < total), 1)
     FROM read_parquet(${literal(input.target)})`,
    [],
    1,
  );
  const [values = 0, whole = 0, share = 1] = (rows[0] ?? []).map(Number);
  return { values, whole, share };
}
