import type { DuckDBConnection } from "@duckdb/node-api";
import type { LoadInput } from "../protocol.ts";
import { QuarantineFile } from "./quarantine-file.ts";

/** What a reader says of one record, as far as every format has it. */
export interface PlacedRecord {
  readonly number: number;
  readonly offset: number;
  readonly firstLine: number;
  readonly lastLine: number;
  readonly bytes: Buffer;
  /** Why it cannot be read; empty when it can. */
  readonly reasons: readonly string[];
}

/** Parts good records, which are kept, from those that go to quarantine; numbers them on from the dataset's last. */
export async function separate<R extends PlacedRecord>(
  records: AsyncIterable<R>,
  input: Pick<LoadInput, "quarantinePath" | "scratch" | "firstRecord">,
  connection: DuckDBConnection,
  keep: (record: R) => Promise<void>,
): Promise<{ good: number; bad: number }> {
  const quarantine = new QuarantineFile(input.quarantinePath, input.scratch);
  let good = 0;
  for await (const found of records) {
    const record = { ...found, number: found.number + input.firstRecord - 1 };
    if (record.reasons.length > 0) await quarantine.add(record);
    else {
      good += 1;
      await keep(record);
    }
  }
  const bad = await quarantine.close(connection);
  return { good, bad };
}
