import type { DuckDBConnection } from "@duckdb/node-api";
import { readRows } from "./duckdb.ts";

const tableFunctions: ReadonlySet<string> = new Set(["unnest", "range", "generate_series"]);
const guarded: ReadonlySet<string> = new Set(["CTE", "PIVOT", "SHOW_REF", "COLUMN_DATA", "DELIM_GET", "BOUND_TABLE_REF"]);

/**
 * What a statement reads that it may not read: empty when each place where rows enter is a leaf in `leaves`, one of
 * its own common table expressions, or a list of literals. DuckDB's own parser decides (`json_serialize_sql`), so a
 * table written any way at all is seen. Anything that is not one SELECT is refused.
 */
export async function forbiddenReads(
  connection: DuckDBConnection,
  text: string,
  leaves: readonly string[],
): Promise<readonly string[]> {
  const { rows } = await readRows(
    connection,
    "SELECT system.main.json_serialize_sql(v) FROM (SELECT $1::VARCHAR AS v)",
    [text],
    1,
  );
  const tree = JSON.parse(String(rows[0]?.[0])) as { error: boolean; statements?: readonly unknown[] };
  if (tree.error || tree.statements?.length !== 1) return ["a statement that is not one SELECT"];
  const problems: string[] = [];
  walk(tree.statements[0], new Set(leaves), problems);
  return problems;
}

function walk(node: unknown, names: ReadonlySet<string>, problems: string[]): void {
  if (Array.isArray(node)) {
    for (const item of node) walk(item, names, problems);
    return;
  }
  if (!isRecord(node)) return;
  const scope = new Set(names);
  const ctes = isRecord(node["cte_map"]) ? node["cte_map"]["map"] : undefined;
  if (Array.isArray(ctes)) {
    for (const entry of ctes) {
      if (!isRecord(entry)) continue;
      walk(entry["value"], scope, problems); // sees the earlier ones only, or its own name when recursive
      scope.add(String(entry["key"]));
    }
  }
  const problem = problemOf(node, scope);
  if (problem !== undefined) problems.push(problem);
  for (const [key, value] of Object.entries(node)) if (key !== "cte_map") walk(value, scope, problems);
}

function problemOf(node: Readonly<Record<string, unknown>>, names: ReadonlySet<string>): string | undefined {
  const type = node["type"];
  if (type === "BASE_TABLE") {
    const plain = node["schema_name"] === "" && node["catalog_name"] === "";
    return plain && names.has(String(node["table_name"])) ? undefined : `table ${String(node["table_name"])}`;
  }
  if (type === "TABLE_FUNCTION") {
    const call = node["function"];
    const name = isRecord(call) ? String(call["function_name"]) : "";
    return tableFunctions.has(name) ? undefined : `table function ${name}`;
  }
  if (typeof type === "string" && guarded.has(type) && "alias" in node) return `a ${type} reference`;
  return undefined;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
