import { rm } from "node:fs/promises";
import type { DuckDBConnection } from "@duckdb/node-api";
import { compile, join, sql, type SqlValue } from "../../sql/index.ts";
import { execute, literal, readRows } from "../duckdb.ts";
import type { TypeInput, TypeOutput } from "../protocol.ts";
import { hashFile } from "../read/file-scan.ts";
import { textLayer } from "../text-layer.ts";
import { filledCell, typedCells } from "../typed-cells.ts";
import { workOutAreas, type WorkedOut } from "./area-columns.ts";
import { sync } from "./write-text.ts";

/** Small, so that the fifty records of a page are found again without unpacking much around them. */
const rowGroup = 20_480;
const topLimit = 50;

/** Builds a typed layer: each cell normalised by its column's semantic type and reading, or null where it is not valid. Rows keep their order. */
export async function buildTyped(connection: DuckDBConnection, input: TypeInput): Promise<TypeOutput> {
  const layer = textLayer(
    input.textPaths,
    input.columns.map(({ number }) => number),
  );
  const statement = compile(sql`SELECT ${typedCells(input.columns)} FROM text_layer`);
  const cells = { text: `WITH text_layer AS (SELECT * FROM ${layer}) ${statement.text}`, params: statement.params };
  const { placed, areas } = await writeTyped(connection, input, cells);
  await sync(input.typedPath);
  const given = input.columns.map((column) => {
    const cell = filledCell(column);
    return sql`count_if(${cell} <> ''), approx_count_distinct(nullif(${cell}, ''))`;
  });
  const counted = compile(sql`SELECT ${join(given, ", ")} FROM text_layer`);
  const counts = await readRows(connection, `WITH text_layer AS (SELECT * FROM ${layer}) ${counted.text}`, counted.params, 1);
  const figures = (counts.rows[0] ?? []).map(Number);
  const filled = await countFilled(connection, input.typedPath, input.columns.length + input.areas.length);
  return {
    file: await hashFile(input.typedPath),
    areas,
    columns: [
      ...placed,
      ...input.columns.map(({ number }, at) => {
        const valid = filled.get(`c${number}`) ?? 0;
        return { number, filled: valid, invalid: (figures[at * 2] ?? 0) - valid, distinct: figures[at * 2 + 1] ?? 0 };
      }),
    ],
  };
}

/** Writes the typed cells, with the areas of each row beside them where any are asked for; gives what those came to. */
async function writeTyped(
  connection: DuckDBConnection,
  { typedPath, columns, areas }: TypeInput,
  cells: { readonly text: string; readonly params: readonly SqlValue[] },
): Promise<{ readonly placed: TypeOutput["columns"]; readonly areas: TypeOutput["areas"] }> {
  const copy = (select: string, target: string, numbers: readonly number[], params: readonly SqlValue[]) =>
    execute(
      connection,
      `COPY (${select}) TO ${literal(target)} (FORMAT parquet, COMPRESSION zstd, COMPRESSION_LEVEL 1, ROW_GROUP_SIZE ${rowGroup},
         FIELD_IDS {${numbers.map((number) => `c${number}: ${number}`).join(", ")}})`,
      params,
    );
  const own = columns.map(({ number }) => number);
  if (areas.length === 0) {
    await copy(cells.text, typedPath, own, cells.params);
    return { placed: [], areas: [] };
  }
  const path = `${typedPath}.base`;
  try {
    await copy(cells.text, path, own, cells.params);
    const base = `read_parquet(${literal(path)})`;
    const worked: WorkedOut[] = [];
    for (const [at, area] of areas.entries()) worked.push(await workOutAreas(connection, base, area, `areas_${at}`));
    const joins = worked.map(({ table, on }) => `LEFT JOIN ${table} ON ${on}`).join(" ");
    const codes = areas.map(({ number }, at) => `areas_${at}.code AS c${number}`);
    const all = [...own, ...areas.map(({ number }) => number)];
    await copy(`SELECT base.*, ${codes.join(", ")} FROM ${base} AS base ${joins} ORDER BY record_no`, typedPath, all, []);
    const counts = worked.map(
      ({ table, given }) => `count(${table}.code), count_if(${given}) - count(${table}.code), count(DISTINCT ${table}.code)`,
    );
    const counted = await readRows(connection, `SELECT ${counts.join(", ")} FROM ${base} AS base ${joins}`, [], 1);
    const figures = (counted.rows[0] ?? []).map(Number);
    const tops: TypeOutput["areas"][number][] = [];
    for (const [at, { table, on }] of worked.entries()) {
      const { rows } = await readRows(
        connection,
        `SELECT ${table}.code, count(*) AS n FROM ${base} AS base JOIN ${table} ON ${on} WHERE ${table}.code IS NOT NULL
         GROUP BY ALL ORDER BY n DESC, 1 LIMIT ${topLimit}`,
        [],
        topLimit,
      );
      tops.push({ number: areas[at]?.number ?? 0, top: rows.map(([value, n]) => ({ value: String(value), count: Number(n) })) });
      await execute(connection, `DROP TABLE ${table}`);
    }
    const placed = areas.map(({ number }, at) => {
      const [filled = 0, invalid = 0, distinct = 0] = figures.slice(3 * at, 3 * at + 3);
      return { number, filled, invalid, distinct };
    });
    return { placed, areas: tops };
  } finally {
    await rm(path, { force: true });
  }
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
