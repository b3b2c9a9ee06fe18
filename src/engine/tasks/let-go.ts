import { rm } from "node:fs/promises";
import type { DuckDBConnection } from "@duckdb/node-api";
import { execute, literal } from "../duckdb.ts";
import type { FileFacts, LetGoInput } from "../protocol.ts";
import { hashFile } from "../read/file-scan.ts";
import { sync } from "./write-text.ts";

/** Writes a quarantine again without the bytes of its records. One that was let go before keeps its note. */
export async function letRecordsGo(connection: DuckDBConnection, { path, target, note }: LetGoInput): Promise<FileFacts> {
  const reasons = `CASE WHEN raw = '' THEN reasons ELSE reasons || chr(10) || ${literal(note)} END`;
  try {
    await execute(
      connection,
      `COPY (SELECT * REPLACE ('' AS raw, ${reasons} AS reasons) FROM read_parquet(${literal(path)}) ORDER BY record_no)
       TO ${literal(target)} (FORMAT parquet, COMPRESSION zstd)`,
    );
    await sync(target);
    return await hashFile(target);
  } catch (error) {
    await rm(target, { force: true });
    throw error;
  }
}
