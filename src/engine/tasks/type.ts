import type { DuckDBConnection } from "@duckdb/node-api";
import { compile, join, sql } from "../../sql/index.ts";
import { execute, literal, readRows } from "../duckdb.ts";
import type { TypeInput, TypeOutput } from "../protocol.ts";
import { hashFile } from "../read/file-scan.ts";
import { textLayer } from "../text-layer.ts";
import { filledCell, typedCells } from "../typed-cells.ts";
import { sync } from "./write-text.ts";

/** Small, so that the fifty records of a page are found again without unpacking much around them. */
const rowGroup = 20_480;

/** Builds a typed layer: each cell normalised by its column's semantic type and reading, or null where it is not valid. Rows keep their order. */
export async function buildTyped(connection: DuckDBConnection, input: TypeInput): Promise<TypeOutput> {
  const layer = textLayer(
    input.textPaths,
    input.columns.map(({ number }) => number),
  );
  const statement = compile(sql`SELECT ${typedCells(input.columns)} FROM text_layer`);
  const ids = input.columns.map(({ number }) => `c${number}: ${number}`).join(", ");
  await execute(
    connection,
    `COPY (WITH text_layer AS (SELECT * FROM ${layer}) ${statement.text})
     TO ${literal(input.typedPath)} (FORMAT parquet, COMPRESSION zstd, COMPRESSION_LEVEL 1, ROW_GROUP_SIZE ${rowGroup}, FIELD_IDS {${ids}})`,
    statement.params,
  );
  await sync(input.typedPath);
  const given = input.columns.map((column) => {
    const cell = filledCell(column);
    return sql`count_if(${cell} <> ''), approx_count_distinct(nullif(${cell}, ''))`;
  });
  const counted = compile(sql`SELECT ${join(given, ", ")} FROM text_layer`);
  const counts = await readRows(connection, `WITH text_layer AS (SELECT * FROM ${layer}) ${counted.text}`, counted.params, 1);
  const figures = (counts.rows[0] ?? []).map(Number);
  const filled = await countFilled(connection, input.typedPath, input.columns.length);
  return {
    file: await hashFile(input.typedPath),
    columns: input.columns.map(({ number }, at) => {
      const valid = filled.get(`c${number}`) ?? 0;
      return { number, filled: valid, invalid: (figures[at * 2] ?? 0) - valid, distinct: figures[at * 2 + 1] ?? 0 };
    }),
  };
}

/** How many cells of each column hold a value, from what the file says of itself. */
async function countFilled(connection: DuckDBConnection, path: string, columns: number): Promise<ReadonlyMap<string, number>> {
  const { rows } = await readRows(
    connection,
    `SELECT path_in_schema, sum(num_values - stats_null_count) FROM parquet_metadata(${literal(path)}) GROUP BY 1`,
    [],
    columns + 1,
  );
  return new Map(rows.map(([column, count]) => [String(column), Number(count)]));
}
