import {
  BIGINT,
  BOOLEAN,
  DOUBLE,
  DuckDBInstance,
  LIST,
  listValue,
  VARCHAR,
  type DuckDBType,
  type DuckDBValue,
  type Json,
} from "@duckdb/node-api";
import type { Compiled } from "../../src/sql/compile.ts";
import type { SqlValue } from "../../src/sql/fragment.ts";

export type Row = Readonly<Record<string, Json>>;

export interface TestDatabase {
  /** Runs one compiled statement with its values bound; rows as JSON: dates as text, BIGINT as text, DOUBLE as numbers. */
  rows(statement: Pick<Compiled, "text" | "params">): Promise<readonly Row[]>;
  close(): void;
}

/** A real engine in memory, for tests of SQL. Close it in `afterAll`. */
export async function openDuckDB(): Promise<TestDatabase> {
  const instance = await DuckDBInstance.create(":memory:", { threads: "2", memory_limit: "1GB" });
  const connection = await instance.connect();
  return {
    async rows({ text, params }) {
      const bound = params.map(bind);
      const reader = await connection.runAndReadAll(
        text,
        bound.map(({ value }) => value),
        bound.map(({ type }) => type),
      );
      return reader.getRowObjectsJson();
    },
    close() {
      connection.closeSync();
      instance.closeSync();
    },
  };
}

function bind(value: SqlValue): { value: DuckDBValue; type: DuckDBType } {
  if (value === null || typeof value === "string") return { value, type: VARCHAR };
  if (typeof value === "boolean") return { value, type: BOOLEAN };
  if (typeof value === "bigint") return { value, type: BIGINT };
  if (typeof value === "number") return bindNumber(value);
  const item = value.every((one) => typeof one === "string") ? VARCHAR : value.every(Number.isSafeInteger) ? BIGINT : DOUBLE;
  const items: readonly DuckDBValue[] = value.map((one) => (item === BIGINT ? BigInt(one) : one));
  return { value: listValue(items), type: LIST(item) };
}

function bindNumber(value: number): { value: DuckDBValue; type: DuckDBType } {
  return Number.isSafeInteger(value) ? { value: BigInt(value), type: BIGINT } : { value, type: DOUBLE };
}
