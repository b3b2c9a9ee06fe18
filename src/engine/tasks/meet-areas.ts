import type { DuckDBConnection } from "@duckdb/node-api";
import { compile, ident, join, sql, type Fragment } from "../../sql/index.ts";
import { getType } from "../../vocabulary/index.ts";
import { execute, readRows } from "../duckdb.ts";
import type { AreaFrom, MetAreas, MeetAreasInput } from "../protocol.ts";
import { textLayer } from "../text-layer.ts";
import { filledCell, typedCells, type TypedColumn } from "../typed-cells.ts";
import { workOutAreas } from "./area-columns.ts";

/** How many rows of a table lie in areas of each set, before anything is made of it. */
export async function meetAreas(connection: DuckDBConnection, input: MeetAreasInput): Promise<readonly MetAreas[]> {
  const layer = textLayer(
    input.textPaths,
    input.columns.map(({ number }) => number),
  );
  const turned = input.areas.map(({ from }, at) => sql`${swapped(from, input.columns)} AS ${ident(`swapped_${at}`)}`);
  const cells = compile(sql`SELECT ${join([typedCells(input.columns), ...turned], ", ")} FROM text_layer`);
  await execute(
    connection,
    `CREATE OR REPLACE TEMP TABLE positions AS WITH text_layer AS (SELECT * FROM ${layer}) ${cells.text}`,
    cells.params,
  );
  const met: MetAreas[] = [];
  for (const [at, area] of input.areas.entries()) {
    const { table, on, given } = await workOutAreas(connection, "positions", area, "met_areas");
    const { rows } = await readRows(
      connection,
      `SELECT count(*), count_if(${given}), count(${table}.code), count(DISTINCT ${table}.code), count_if(swapped_${at}),
         (SELECT count(*) FROM ${table}) FROM positions AS base LEFT JOIN ${table} ON ${on}`,
      [],
      1,
    );
    const [all = 0, withPosition = 0, inside = 0, areas = 0, wrongWay = 0, distinct = 0] = (rows[0] ?? []).map(Number);
    met.push({ rows: all, given: withPosition, inside, areas, swapped: wrongWay, distinct });
    await execute(connection, `DROP TABLE ${table}`);
  }
  await execute(connection, "DROP TABLE positions");
  return met;
}

/** Whether a row has no position as its columns are, and would have one with the two the other way round. */
function swapped(from: AreaFrom, columns: readonly TypedColumn[]): Fragment {
  if (from.kind !== "pair") return sql`false`;
  const [east, north] = [from.east, from.north].map((number) => columns.find((column) => column.number === number));
  if (!east || !north) return sql`false`;
  const read = (cell: TypedColumn, as: TypedColumn) => sql`${getType(as.type).sql(filledCell(cell))} IS NOT NULL`;
  return sql`(NOT (${read(east, east)} AND ${read(north, north)}) AND ${read(east, north)} AND ${read(north, east)})`;
}
