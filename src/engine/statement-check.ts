import type { DuckDBConnection } from "@duckdb/node-api";
import { readRows } from "./duckdb.ts";

const tableFunctions: ReadonlySet<string> = new Set(["unnest", "range", "generate_series"]);
const harmless: ReadonlySet<string> = new Set(["EMPTY", "EXPRESSION_LIST", "JOIN", "SUBQUERY"]);

/**
 * Functions in the place of a value that tell of more than their arguments: settings, variables, the statement itself
 * (its files and filters stand in it), statistics of the file behind a leaf, the catalog; or that write, wait, or put
 * data into an error message. A test lists every function of the engine that has been judged, so that a new one fails it.
 */
const telling: ReadonlySet<string> = new Set(
  `current_setting getvariable current_query current_query_id current_connection_id current_transaction_id txid_current
   current_database current_catalog current_schema current_schemas current_user current_role session_user user in_search_path
   json_serialize_plan json_serialize_sql json_deserialize_sql stats vector_type get_block_size nextval currval setseed
   write_log parse_duckdb_log_message sleep_ms pg_sleep error version map_to_pg_oid generate_subscripts format_type
   format_pg_type obj_description shobj_description col_description`.split(/\s+/),
);
const tellingFamily = /^(?:pg_|inet_|has_.*_privilege$|__internal_)/;

/**
 * What a statement reads that it may not read: empty when each place where rows enter is a leaf in `leaves`, one of
 * its own common table expressions, or a list of literals, and no function tells of more than its arguments. DuckDB's
 * own parser decides (`json_serialize_sql`), so a table written any way at all is seen. Anything that is not one SELECT
 * is refused, and so is a kind of table that is not known here.
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
      walk(entry["value"], scope, problems); // sees the earlier ones only: one that reads itself is refused
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
  if ("sample" in node && "alias" in node) return harmless.has(String(type)) ? undefined : `a ${String(type)} reference`;
  if (typeof node["function_name"] !== "string") return undefined;
  const name = node["function_name"].toLowerCase();
  return telling.has(name) || tellingFamily.test(name) ? `function ${name}` : undefined;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
