import { rm } from "node:fs/promises";
import type { DuckDBConnection } from "@duckdb/node-api";
import { compile, ident, join, sql, type Fragment } from "../../sql/index.ts";
import { getType } from "../../vocabulary/index.ts";
import { execute, literal, readRows } from "../duckdb.ts";
import type { RewriteInput, RewriteOutput } from "../protocol.ts";
import { hashFile } from "../read/file-scan.ts";
import { sync } from "./write-text.ts";

const mostRecords = 1_000_000;

/**
 * Writes a segment again without the records that match, or with cells of them set anew. A cell matches where it reads as
 * given, or means the same by its type: `999 000 0018` is `9990000018`. A quarantined record matches where its bytes hold
 * one of the values. Gives the numbers of the records it changed; no file is left where it changed none.
 */
export async function rewriteSegment(connection: DuckDBConnection, input: RewriteInput): Promise<RewriteOutput> {
  const matches = input.layer === "text" ? textMatches(input) : quarantineMatches(input);
  const from = sql`read_parquet(${[input.path]})`;
  const found = compile(sql`SELECT record_no FROM ${from} WHERE ${matches} ORDER BY 1`);
  const { rows } = await readRows(connection, found.text, found.params, mostRecords);
  const records = rows.map(([record]) => Number(record));
  if (records.length === 0) return { records, file: null };
  const names = await columnsOf(connection, input.path);
  const cells = names.map((name) => {
    const set = input.layer === "text" ? input.set?.find(({ number }) => `c${number}` === name) : undefined;
    const column = ident(name);
    return set ? sql`CASE WHEN ${matches} THEN ${set.value} ELSE ${column} END AS ${column}` : column;
  });
  const kept = input.set ? sql`true` : sql`NOT (${matches})`;
  const statement = compile(sql`SELECT ${join(cells, ", ")} FROM ${from} WHERE ${kept}`);
  const ids = names.filter((name) => /^c\d+$/.test(name)).map((name) => `${name}: ${name.slice(1)}`);
  const fieldIds = ids.length > 0 ? `, FIELD_IDS {${ids.join(", ")}}` : "";
  try {
    await execute(
      connection,
      `COPY (${statement.text}) TO ${literal(input.target)} (FORMAT parquet, COMPRESSION zstd, COMPRESSION_LEVEL 1, ROW_GROUP_SIZE 122880${fieldIds})`,
      statement.params,
    );
  } catch (error) {
    await rm(input.target, { force: true });
    throw error;
  }
  await sync(input.target);
  return { records, file: await hashFile(input.target) };
}

async function columnsOf(connection: DuckDBConnection, path: string): Promise<readonly string[]> {
  const { columns } = await readRows(connection, `SELECT * FROM read_parquet(${literal(path)}) LIMIT 0`, [], 0);
  return columns;
}

/** NULL, where a cell is empty, is no match. */
function textMatches({ match }: RewriteInput): Fragment {
  const all = match.map(({ number, type, value, dates }) => {
    const column = ident(`c${number}`);
    const parsed = getType(type).parse(value);
    const same = sql`trim(${column}) = trim(${value})`;
    if (parsed === undefined) return same;
    const cell = getType(type).sql(column, dates ?? undefined);
    const numeric = ["DOUBLE", "BIGINT"].includes(getType(type).storage);
    const means = numeric ? sql`${cell} = try_cast(${parsed} AS DOUBLE)` : sql`CAST(${cell} AS VARCHAR) = ${parsed}`;
    return sql`(${same} OR ${means})`;
  });
  return sql`coalesce(${join(all, " AND ")}, false)`;
}

/** The bytes are looked at as hexadecimal digits, since a record in quarantine may be no text at all. */
function quarantineMatches({ needles }: RewriteInput): Fragment {
  if (needles.length === 0) return sql`false`;
  const any = needles.map((needle) => {
    const pattern = `^(?:..)*?${Buffer.from(needle, "utf8").toString("hex")}`;
    return sql`regexp_matches(lower(hex(from_base64(raw))), ${pattern})`;
  });
  return sql`(${join(any, " OR ")})`;
}
