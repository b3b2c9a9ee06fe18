import type { DuckDBConnection } from "@duckdb/node-api";
import { literal, readRows } from "../duckdb.ts";
import type { OverlapInput } from "../protocol.ts";

/**
 * Of the distinct rows of the smaller of two text layers the share that the other has too, as 0 to 1. A list that is sent
 * again and again has most of its rows again; what happened in another month, or was counted at another place, has not.
 */
export async function measureOverlap(connection: DuckDBConnection, { paths, columns }: OverlapInput): Promise<{ share: number }> {
  const cells = columns.map((number) => `c${number}`).join(", ");
  const [one, other] = paths.map((path) => `(SELECT DISTINCT ${cells} FROM read_parquet(${literal(path)}))`);
  const { rows } = await readRows(
    connection,
    `SELECT (SELECT count(*) FROM (SELECT * FROM ${one} INTERSECT SELECT * FROM ${other})),
            least((SELECT count(*) FROM ${one}), (SELECT count(*) FROM ${other}))`,
    [],
    1,
  );
  const [shared = 0, smaller = 0] = (rows[0] ?? []).map(Number);
  return { share: smaller === 0 ? 0 : shared / smaller };
}
