import { readFile } from "node:fs/promises";
import type { DuckDBConnection } from "@duckdb/node-api";
import { areaFinder, type AreaOutline } from "../areas/find-area.ts";
import { fromNationalGrid } from "../areas/national-grid.ts";
import { execute, literal } from "../duckdb.ts";
import { engineError } from "../errors.ts";
import type { AreaColumn, AreaFrom } from "../protocol.ts";

/** Positions of a table that are told apart; a table with more is refused in words. */
const mostPositions = 5_000_000;

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
  await execute(connection, `CREATE OR REPLACE TEMP TABLE ${table} (x DOUBLE, y DOUBLE, code VARCHAR)`);
  const find = areaFinder(JSON.parse(await readFile(area.path, "utf8")) as readonly AreaOutline[]);
  const positions = await connection.stream(
    `SELECT DISTINCT ${x}, ${y} FROM ${base} AS base WHERE ${x} IS NOT NULL AND ${y} IS NOT NULL`,
  );
  const found: { x: number; y: number; code: string | undefined }[] = [];
  for await (const batch of positions.yieldRowsJs()) {
    for (const [first, second] of batch) {
      const [px, py] = [Number(first), Number(second)];
      found.push({ x: px, y: py, code: find(...(px >= leastMetres ? fromNationalGrid(px, py) : ([px, py] as const))) });
    }
    if (found.length > mostPositions) throw engineError("too-many-rows", { limit: mostPositions });
  }
  const appender = await connection.createAppender(table);
  for (const position of found) {
    appender.appendDouble(position.x);
    appender.appendDouble(position.y);
    if (position.code === undefined) appender.appendNull();
    else appender.appendVarchar(position.code);
    appender.endRow();
  }
  appender.closeSync();
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
