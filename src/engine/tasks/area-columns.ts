import { readFile } from "node:fs/promises";
import type { DuckDBConnection } from "@duckdb/node-api";
import { areaFinder, type AreaOutline } from "../areas/find-area.ts";
import { fromNationalGrid } from "../areas/national-grid.ts";
import { execute, literal, readRows } from "../duckdb.ts";
import type { AreaColumn, AreaFrom } from "../protocol.ts";

/** So many positions are in JavaScript at once, however many a table has. */
const positionsAtOnce = 50_000;

/** Degrees in the kingdom stay far below this, and metres of the grid far above. */
const leastMetres = 1000;

/** What an area column is joined by: its table of distinct positions or values, and the condition on a row of the table `base`. */
export interface WorkedOut {
  readonly table: string;
  readonly on: string;
  /** Whether a row has anything to go by. */
  readonly given: string;
}

/**
 * Works out an area column for the distinct positions or values of `base`, in a temporary table of the name given with a
 * column `code`.
 */
export async function workOutAreas(
  connection: DuckDBConnection,
  base: string,
  area: Pick<AreaColumn, "from" | "path">,
  table: string,
): Promise<WorkedOut> {
  if (area.from.kind === "value") {
    const column = `CAST(base.c${area.from.column} AS VARCHAR)`;
    await execute(
      connection,
      `CREATE OR REPLACE TEMP TABLE ${table} AS SELECT value, code FROM read_parquet(${literal(area.path)})`,
    );
    return { table, on: `${column} = ${table}.value`, given: `${column} IS NOT NULL` };
  }
  const { x, y } = positionOf(area.from);
  const positions = `${table}_positions`;
  await execute(
    connection,
    `CREATE OR REPLACE TEMP TABLE ${positions} AS
     SELECT DISTINCT ${x} AS x, ${y} AS y FROM ${base} AS base WHERE ${x} IS NOT NULL AND ${y} IS NOT NULL`,
  );
  await execute(connection, `CREATE OR REPLACE TEMP TABLE ${table} (x DOUBLE, y DOUBLE, code VARCHAR)`);
  const find = areaFinder(JSON.parse(await readFile(area.path, "utf8")) as readonly AreaOutline[]);
  const count = await readRows(connection, `SELECT count(*) FROM ${positions}`, [], 1);
  for (let from = 0; from < Number(count.rows[0]?.[0] ?? 0); from += positionsAtOnce) {
    const some = `SELECT x, y FROM ${positions} WHERE rowid >= ${from} AND rowid < ${from + positionsAtOnce}`;
    const { rows } = await readRows(connection, some, [], positionsAtOnce);
    const appender = await connection.createAppender(table);
    for (const [east, north] of rows) {
      const [px, py] = [Number(east), Number(north)];
      const code = find(...(px >= leastMetres ? fromNationalGrid(px, py) : ([px, py] as const)));
      appender.appendDouble(px);
      appender.appendDouble(py);
      if (code === undefined) appender.appendNull();
      else appender.appendVarchar(code);
      appender.endRow();
    }
    appender.closeSync();
  }
  await execute(connection, `DROP TABLE ${positions}`);
  return { table, on: `${x} = ${table}.x AND ${y} = ${table}.y`, given: `${x} IS NOT NULL AND ${y} IS NOT NULL` };
}

/** East and north of a row, in degrees or in metres. A pair in one cell has its latitude first, or its easting. */
function positionOf(from: Exclude<AreaFrom, { kind: "value" }>): { readonly x: string; readonly y: string } {
  if (from.kind === "pair") return { x: `base.c${from.east}`, y: `base.c${from.north}` };
  const [first, second] = [1, 2].map((part) => `try_cast(split_part(base.c${from.column}, ',', ${part}) AS DOUBLE)`);
  return {
    x: `CASE WHEN ${first} >= ${leastMetres} THEN ${first} ELSE ${second} END`,
    y: `CASE WHEN ${first} >= ${leastMetres} THEN ${second} ELSE ${first} END`,
  };
}
