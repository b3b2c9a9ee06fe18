import { literal } from "./duckdb.ts";

/**
 * The text layer of a version as one table, as text to stand in a statement: its segments one after another. A column that
 * a segment's file did not have is empty there, as a cell with nothing in it is.
 */
export function textLayer(paths: readonly string[], columns: readonly number[]): string {
  const files = paths.map(literal).join(", ");
  if (paths.length === 1) return `read_parquet(${files})`;
  const cells = columns.map((number) => `coalesce(c${number}, '') AS c${number}`);
  return `(SELECT ${["record_no", ...cells].join(", ")} FROM read_parquet([${files}], union_by_name = true))`;
}
