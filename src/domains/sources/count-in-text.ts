import type { JobRequest } from "../../access/index.ts";
import { compile, join, sql, type Fragment } from "../../sql/index.ts";

/**
 * Figures over a text layer, on the job's own process: each of `counts` is one whole number over the rows of `text_layer`
 * that `where` lets pass. No cell ever comes back.
 */
export async function countInText(
  files: readonly string[],
  { counts, where }: { readonly counts: readonly Fragment[]; readonly where: Fragment },
  { process, signal }: Pick<JobRequest, "process" | "signal">,
): Promise<readonly number[]> {
  if (counts.length === 0) return [];
  const layer = sql`SELECT * FROM read_parquet(${files}, union_by_name = true) WHERE ${where}`;
  const figures = join(
    counts.map((count) => sql`(${count})::BIGINT`),
    ", ",
  );
  const { text, params } = compile(sql`WITH text_layer AS (${layer}) SELECT ${figures}`);
  const check = compile(sql`SELECT ${figures}`).text;
  const { rows } = await process.run("query", { text, check, params, leaves: ["text_layer"], maxRows: 1 }, { signal });
  return (rows[0] ?? []).map(Number);
}
