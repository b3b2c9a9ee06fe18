import type { DuckDBConnection } from "@duckdb/node-api";
import { detect } from "../../vocabulary/index.ts";
import { execute, readRows } from "../duckdb.ts";
import type { LoadedColumn, ProfileInput, ProfileOutput, Progress } from "../protocol.ts";
import { textLayer } from "../text-layer.ts";

const topLimit = 50;
const columnsAtOnce = 25;

/** Record numbers, thrown about so that no period of a file meets them: a number below `scatter` for each row. */
const scatter = 1_000_003;
const scattered = `(record_no * 514229) % ${scatter}`;

/**
 * Describes each column by its distinct values, the most frequent first (ties by value, so that it is repeatable). Of more
 * than twice `sampleRows` rows, values come from about that many, the same ones each time; nulls are counted in all.
 */
export async function profileText(
  connection: DuckDBConnection,
  input: ProfileInput,
  tell: (progress: Progress) => void,
): Promise<ProfileOutput> {
  const layer = textLayer(
    input.textPaths,
    input.columns.map(({ number }) => number),
  );
  const names = input.columns.map(({ number }) => `c${number}`);
  const empties = names.map((name) => `count_if(${name} = '')`);
  const totals = await readRows(connection, `SELECT count(*), ${empties.join(", ")} FROM ${layer}`, [], 1);
  const [rows = 0, ...nulls] = (totals.rows[0] ?? []).map(Number);
  const sampled = rows > 2 * input.sampleRows;
  await execute(
    connection,
    `CREATE OR REPLACE TEMP TABLE profiled AS SELECT ${names.join(", ")} FROM ${layer}
     ${sampled ? `WHERE ${scattered} < ${Math.round((scatter * input.sampleRows) / rows)}` : ""}`,
  );
  const seen = sampled ? await countRows(connection, "profiled") : rows;
  const columns: ProfileOutput["columns"][number][] = [];
  for (let at = 0; at < input.columns.length; at += columnsAtOnce) {
    tell({ step: "Describing the columns", done: at, total: input.columns.length, unit: "steps" });
    const some = input.columns.slice(at, at + columnsAtOnce);
    const values = await readValues(connection, some, input.distinctLimit);
    for (const [place, { number, header }] of some.entries()) {
      const { nulls: seenNulls, distinctTotal, distinct } = values[place] ?? noValues;
      const detection = detect({
        name: header,
        rows: seen,
        nulls: seenNulls,
        distinct,
        distinctTotal,
        year: new Date().getUTCFullYear(),
      });
      const sample = sampled ? [`seen in a sample of ${seen.toLocaleString("en-GB")} rows`] : [];
      columns.push({
        number,
        header,
        nulls: nulls[at + place] ?? 0,
        distinct: distinctTotal,
        top: distinct.slice(0, topLimit),
        detection: { ...detection, evidence: [...detection.evidence, ...sample] },
      });
    }
  }
  await execute(connection, "DROP TABLE profiled");
  return { rows, seen, columns };
}

interface ColumnValues {
  readonly nulls: number;
  readonly distinctTotal: number;
  /** The most frequent first, ties by value. */
  readonly distinct: readonly { readonly value: string; readonly count: number }[];
}

const noValues: ColumnValues = { nulls: 0, distinctTotal: 0, distinct: [] };

/** The values of several columns at once: a statement for each column would cost more than its values in a wide table. */
async function readValues(
  connection: DuckDBConnection,
  columns: readonly LoadedColumn[],
  distinctLimit: number,
): Promise<readonly ColumnValues[]> {
  const names = columns.map(({ number }) => `c${number}`);
  const own = names.map((name) => `count(*) FILTER (${name} = ''), count(DISTINCT ${name}) FILTER (${name} <> '')`);
  const counts = await readRows(connection, `SELECT ${own.join(", ")} FROM profiled`, [], 1);
  const tops = names.map(
    (name, at) =>
      `(SELECT ${at}::INTEGER AS place, ${name} AS value, count(*) AS n FROM profiled
        WHERE ${name} <> '' AND length(${name}) <= 500 GROUP BY ALL ORDER BY n DESC, value LIMIT $1)`,
  );
  const top = await readRows(
    connection,
    `SELECT place, value, n FROM (${tops.join(" UNION ALL ")}) ORDER BY place, n DESC, value`,
    [distinctLimit],
    distinctLimit * columns.length,
  );
  const distinct = names.map((): { value: string; count: number }[] => []);
  for (const [place, value, n] of top.rows) distinct[Number(place)]?.push({ value: String(value), count: Number(n) });
  const figures = (counts.rows[0] ?? []).map(Number);
  return distinct.map((values, at) => ({
    nulls: figures[2 * at] ?? 0,
    distinctTotal: figures[2 * at + 1] ?? 0,
    distinct: values,
  }));
}

async function countRows(connection: DuckDBConnection, table: string): Promise<number> {
  const { rows } = await readRows(connection, `SELECT count(*) FROM ${table}`, [], 1);
  return Number(rows[0]?.[0] ?? 0);
}
