import { mkdtemp, rm } from "node:fs/promises";
import { join } from "node:path";
import type { DuckDBConnection } from "@duckdb/node-api";
import { execute, literal, readRows } from "../duckdb.ts";
import type { MendInput, MendOutput } from "../protocol.ts";
import { hashFile } from "../read/file-scan.ts";
import { RecordFile } from "./record-file.ts";
import { sync, writeText } from "./write-text.ts";

/** Writes mended records as a text layer under their own numbers, and each quarantine without them. No file is left of a failure. */
export async function mendRecords(connection: DuckDBConnection, input: MendInput): Promise<MendOutput> {
  const scratch = await mkdtemp(join(input.scratch, "mend-"));
  try {
    const good = new RecordFile(join(scratch, "mended.csv"), ",");
    for (const { record, fields } of input.records) await good.addFields(record, fields);
    await good.close();
    const width = input.columns.length;
    const file = { path: good.path, skip: 0, delimiter: ",", quote: '"', numbered: true, bytes: good.bytes, width };
    await writeText(connection, [file], input.columns, { textPath: input.textPath, firstRecord: 1, added: [] });
    await sync(input.textPath);
    const numbers = input.records.map(({ record }) => record).join(", ");
    const quarantines: { touched: boolean; file: Awaited<ReturnType<typeof hashFile>> | null }[] = [];
    let removed = 0;
    for (const { path, target } of input.quarantines) {
      const from = `FROM read_parquet(${literal(path)})`;
      const remaining = `COPY (SELECT * ${from} WHERE record_no NOT IN (${numbers}) ORDER BY record_no)
        TO ${literal(target)} (FORMAT parquet, COMPRESSION zstd)`;
      const counted = await readRows(connection, `SELECT count(*) ${from} WHERE record_no IN (${numbers})`, [], 1);
      const here = Number(counted.rows[0]?.[0] ?? 0);
      const left = here === 0 ? 0 : await execute(connection, remaining);
      removed += here;
      if (left === 0) await rm(target, { force: true });
      else await sync(target);
      quarantines.push({ touched: here > 0, file: left === 0 ? null : await hashFile(target) });
    }
    return { text: await hashFile(input.textPath), quarantines, removed };
  } catch (error) {
    for (const path of [input.textPath, ...input.quarantines.map(({ target }) => target)]) await rm(path, { force: true });
    throw error;
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}
