import {
  BIGINT,
  BOOLEAN,
  DOUBLE,
  DuckDBInstance,
  DuckDBTypeId,
  LIST,
  listValue,
  VARCHAR,
  type DuckDBConnection,
  type DuckDBType,
  type DuckDBValue,
} from "@duckdb/node-api";
import type { SqlValue } from "../sql/index.ts";
import type { Cell } from "./protocol.ts";

export interface DuckDbLimits {
  readonly memoryMb: number;
  readonly threads: number;
  readonly tempDirectory: string;
  readonly maxTempMb: number;
}

/** An in-memory DuckDB with every limit set, and nothing that could be fetched or loaded from outside. */
export async function openDuckDb(limits: DuckDbLimits): Promise<DuckDBInstance> {
  const instance = await DuckDBInstance.create(":memory:", {
    memory_limit: `${limits.memoryMb}MB`,
    threads: String(limits.threads),
    temp_directory: limits.tempDirectory,
  });
  const connection = await instance.connect();
  await connection.run("SET GLOBAL TimeZone = 'UTC'");
  await connection.run(`SET GLOBAL max_temp_directory_size = '${limits.maxTempMb}MB'`);
  await connection.run("SET GLOBAL autoinstall_known_extensions = false");
  await connection.run("SET GLOBAL autoload_known_extensions = false");
  await connection.run("SET GLOBAL allow_community_extensions = false");
  // It goes by a file's name and time, and gives what stood there before when a file is written anew in the same moment.
  await connection.run("SET GLOBAL enable_external_file_cache = false");
  await connection.run("SET GLOBAL lock_configuration = true");
  connection.closeSync();
  return instance;
}

/** Runs one statement and gives its rows, or fails with `TooManyRows` once more than `maxRows` arrived. */
export async function readRows(
  connection: DuckDBConnection,
  text: string,
  params: readonly SqlValue[],
  maxRows: number,
): Promise<{ columns: string[]; rows: Cell[][] }> {
  const bound = params.map(bind);
  const result = await connection.stream(
    text,
    bound.map((entry) => entry.value),
    bound.map((entry) => entry.type),
  );
  const whole = result.columnTypes().map((type) => type.typeId === DuckDBTypeId.BIGINT || type.typeId === DuckDBTypeId.HUGEINT);
  const rows: Cell[][] = [];
  for await (const batch of result.yieldRowsJson()) {
    for (const row of batch) rows.push(row.map((value, at) => cellOf(value, whole[at] === true)));
    if (rows.length > maxRows) throw new TooManyRows();
  }
  return { columns: result.columnNames().slice(), rows };
}

/**
 * The text columns of a table as they come, a batch in memory at a time. The driver takes a byte order mark at the front of a text
 * away, so that none stands there.
 */
export async function* streamTexts(
  connection: DuckDBConnection,
  from: string,
  columns: readonly string[],
): AsyncGenerator<string[]> {
  const result = await connection.stream(`SELECT ${columns.map((name) => `'.' || ${name}`).join(", ")} FROM ${from}`);
  for await (const batch of result.yieldRowsJson()) for (const row of batch as string[][]) yield row.map((cell) => cell.slice(1));
}

/** Runs one statement for its effect; gives the count DuckDB reports, if any. */
export async function execute(connection: DuckDBConnection, text: string, params: readonly SqlValue[] = []): Promise<number> {
  const { rows } = await readRows(connection, text, params, 10);
  const count = rows[0]?.[0];
  return typeof count === "string" || typeof count === "number" ? Number(count) : 0;
}

export class TooManyRows extends Error {}

/** Text for a place in a statement where DuckDB takes no parameter (COPY's target, reader options). */
export function literal(text: string): string {
  if (text.includes("\0")) throw new Error("A literal cannot hold a NUL character.");
  return `'${text.replaceAll("'", "''")}'`;
}

function cellOf(value: unknown, whole: boolean): Cell {
  if (whole && typeof value === "string") return Number.isSafeInteger(Number(value)) ? Number(value) : value;
  if (value === null || typeof value === "string" || typeof value === "number" || typeof value === "boolean") return value;
  return JSON.stringify(value);
}

function bind(value: SqlValue): { value: DuckDBValue; type: DuckDBType } {
  if (value === null) return { value: null, type: VARCHAR };
  if (typeof value === "string") return { value, type: VARCHAR };
  if (typeof value === "boolean") return { value, type: BOOLEAN };
  if (typeof value === "bigint") return { value, type: BIGINT };
  if (typeof value === "number")
    return Number.isSafeInteger(value) ? { value: BigInt(value), type: BIGINT } : { value, type: DOUBLE };
  if (value.every((item) => typeof item === "string")) return { value: listValue([...value]), type: LIST(VARCHAR) };
  return { value: listValue(value.map((item) => BigInt(item))), type: LIST(BIGINT) };
}
