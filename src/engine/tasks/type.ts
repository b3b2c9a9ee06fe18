import type { DuckDBConnection } from "@duckdb/node-api";
import { compile, ident, join, sql } from "../../sql/index.ts";
import { getType } from "../../vocabulary/index.ts";
import { execute, literal, readRows } from "../duckdb.ts";
import type { TypeInput, TypeOutput } from "../protocol.ts";
import { hashFile } from "../read/file-scan.ts";
import { sync } from "./load.ts";

/** Builds a typed layer: each cell normalised by its column's semantic type, or null where it is not valid. Rows keep their order. */
export async function buildTyped(connection: DuckDBConnection, input: TypeInput): Promise<TypeOutput> {
  const typed = input.columns.map(({ number, type }) => sql`${getType(type).sql(ident(`c${number}`))} AS ${ident(`c${number}`)}`);
  const statement = compile(sql`SELECT ${join([ident("record_no"), ...typed], ", ")} FROM text_layer`);
  const ids = input.columns.map(({ number }) => `c${number}: ${number}`).join(", ");
  await execute(
    connection,
    `COPY (WITH text_layer AS (SELECT * FROM read_parquet(${literal(input.textPath)})) ${statement.text})
     TO ${literal(input.typedPath)} (FORMAT parquet, COMPRESSION zstd, COMPRESSION_LEVEL 1, ROW_GROUP_SIZE 122880, FIELD_IDS {${ids}})`,
    statement.params,
  );
  await sync(input.typedPath);
  const columns = input.columns.map(({ number }) => `c${number}`);
  const filled = await countOf(
    connection,
    input.typedPath,
    columns.map((column) => `count(${column})`),
  );
  const given = await countOf(
    connection,
    input.textPath,
    columns.map((column) => `count(*) FILTER (${column} <> '')`),
  );
  return {
    file: await hashFile(input.typedPath),
    columns: input.columns.map(({ number }, at) => ({
      number,
      filled: filled[at] ?? 0,
      invalid: (given[at] ?? 0) - (filled[at] ?? 0),
    })),
  };
}

async function countOf(connection: DuckDBConnection, path: string, counts: readonly string[]): Promise<readonly number[]> {
  const { rows } = await readRows(connection, `SELECT ${counts.join(", ")} FROM read_parquet(${literal(path)})`, [], 1);
  return (rows[0] ?? []).map(Number);
}
