import type { DuckDBConnection } from "@duckdb/node-api";
import { readRows } from "../duckdb.ts";
import type { CompareInput, CompareOutput } from "../protocol.ts";
import { textLayer } from "../text-layer.ts";

/**
 * What changed from one version to another, in the columns that both have. Rows are told apart by the first of `keys` whose
 * values are all there and all different in both; without one, rows are compared whole, each as often as it stands there.
 */
export async function compareVersions(
  connection: DuckDBConnection,
  { before, after, columns, keys }: CompareInput,
): Promise<CompareOutput> {
  const layer = (version: CompareInput["before"]) =>
    `(SELECT * FROM ${textLayer(version.paths, columns)} WHERE record_no <= ${version.lastRecord})`;
  const [one, other] = [layer(before), layer(after)];
  const cells = columns.map((number) => `c${number}`);
  const count = async (query: string) => {
    const { rows } = await readRows(connection, query, [], 1);
    return (rows[0] ?? []).map(Number);
  };
  for (const key of keys) {
    const unique = (from: string) => `(SELECT count(*) = count(DISTINCT nullif(c${key}, '')) FROM ${from})::INTEGER`;
    if ((await count(`SELECT ${unique(one)} + ${unique(other)}`))[0] !== 2) continue;
    const differs = cells.filter((cell) => cell !== `c${key}`).map((cell) => `b.${cell} IS DISTINCT FROM a.${cell}`);
    const [added = 0, gone = 0, changed = 0] = await count(
      `SELECT count(*) FILTER (b.c${key} IS NULL), count(*) FILTER (a.c${key} IS NULL),
              count(*) FILTER (a.c${key} = b.c${key} AND (${differs.length > 0 ? differs.join(" OR ") : "false"}))
       FROM ${one} b FULL JOIN ${other} a ON a.c${key} = b.c${key}`,
    );
    return { added, gone, changed, key };
  }
  const only = (here: string, there: string) =>
    `(SELECT count(*) FROM (SELECT ${cells.join(", ")} FROM ${here} EXCEPT ALL SELECT ${cells.join(", ")} FROM ${there}))`;
  const [added = 0, gone = 0] = await count(`SELECT ${only(other, one)}, ${only(one, other)}`);
  return { added, gone, changed: null, key: null };
}
