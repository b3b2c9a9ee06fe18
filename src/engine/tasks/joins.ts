import type { DuckDBConnection } from "@duckdb/node-api";
import { execute, literal, readRows } from "../duckdb.ts";
import type { FoundJoin, JoinsInput } from "../protocol.ts";

/** Of a column with more distinct values only so many are looked at, the same of each column, so that shares stay true. */
const mostValues = 200_000;

/**
 * Which columns hold each other's values, by their distinct values, among columns of one group. What it keeps of a value is a
 * hash. Two columns of one table are not compared.
 */
export async function findJoins(connection: DuckDBConnection, { columns, least }: JoinsInput): Promise<readonly FoundJoin[]> {
  await execute(connection, "CREATE OR REPLACE TEMP TABLE met (place INTEGER, family VARCHAR, source VARCHAR, value UBIGINT)");
  const facts = new Map<number, { distinct: number; unique: boolean }>();
  for (const [place, { path, number, family, source }] of columns.entries()) {
    const cell = `CAST(c${number} AS VARCHAR)`;
    const from = `read_parquet(${literal(path)}) WHERE c${number} IS NOT NULL AND ${cell} <> ''`;
    const { rows } = await readRows(connection, `SELECT count(*), count(DISTINCT ${cell}) FROM ${from}`, [], 1);
    const [filled = 0, distinct = 0] = (rows[0] ?? []).map(Number);
    facts.set(place, { distinct, unique: filled > 0 && filled === distinct });
    if (distinct < least) continue;
    await execute(
      connection,
      `INSERT INTO met SELECT DISTINCT ${place}, ${literal(family)}, ${literal(source)}, hash(${cell})
       FROM ${from} AND hash(${cell}) % ${thinning(distinct)} = 0`,
    );
  }
  const { rows } = await readRows(
    connection,
    `SELECT one.place, other.place, count(*) FROM met one JOIN met other
       ON one.family = other.family AND one.value = other.value AND one.place < other.place AND one.source <> other.source
     GROUP BY ALL HAVING count(*) >= $1 ORDER BY 1, 2`,
    [least],
    1_000_000,
  );
  await execute(connection, "DROP TABLE met");
  return rows.map(([one, other, meet]) => {
    const [from, to] = [Number(one), Number(other)];
    const scale = Math.max(...[from, to].map((place) => thinning(facts.get(place)?.distinct ?? 0)));
    return {
      from,
      to,
      meet: Math.min(Number(meet) * scale, facts.get(from)?.distinct ?? 0, facts.get(to)?.distinct ?? 0),
      fromDistinct: facts.get(from)?.distinct ?? 0,
      toDistinct: facts.get(to)?.distinct ?? 0,
      fromUnique: facts.get(from)?.unique ?? false,
      toUnique: facts.get(to)?.unique ?? false,
    };
  });
}

/** One value in how many is kept: a power of two, so that what one column keeps another that is thinned less keeps too. */
function thinning(distinct: number): number {
  return 2 ** Math.max(0, Math.ceil(Math.log2(distinct / mostValues)));
}
