import type { DuckDBConnection } from "@duckdb/node-api";
import { literal, readRows } from "../duckdb.ts";
import type { CellsInput, TextRow } from "../protocol.ts";

/** The first rows of a text layer in the order of the file. */
export async function readCells(
  connection: DuckDBConnection,
  { textPath, columns, mostRows }: CellsInput,
): Promise<readonly TextRow[]> {
  // the driver takes a leading byte order mark off a text: nothing is at its start
  const cells = columns.map((number) => `'.' || c${number}`);
  const { rows } = await readRows(
    connection,
    `SELECT ${["record_no", ...cells].join(", ")} FROM read_parquet(${literal(textPath)}) ORDER BY record_no LIMIT ${mostRows}`,
    [],
    mostRows,
  );
  return rows.map(([record, ...texts]) => ({
    record: Number(record),
    cells: texts.map((text) => (text === null || text === undefined ? null : String(text).slice(1))),
  }));
}
