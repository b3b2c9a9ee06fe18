import { rm } from "node:fs/promises";
import { join } from "node:path";
import type { DuckDBConnection } from "@duckdb/node-api";
import { execute, literal } from "../duckdb.ts";
import type { PlacedRecord } from "./separate.ts";
import { RecordFile } from "./record-file.ts";

/** Records that could not be read, kept whole: number, place, bytes (base 64) and every reason. No file when there are none. */
export class QuarantineFile {
  readonly #path: string;
  readonly #scratch: string;
  #rows: RecordFile | undefined;
  #count = 0;

  /** The rows wait in `scratch`, which is emptied however the process ends: they are what people wrote. */
  constructor(path: string, scratch: string) {
    this.#path = path;
    this.#scratch = scratch;
  }

  async add(record: PlacedRecord): Promise<void> {
    this.#rows ??= new RecordFile(join(this.#scratch, "quarantine.csv"), ",");
    this.#count += 1;
    const { offset, firstLine, lastLine, bytes, reasons } = record;
    await this.#rows.addFields(record.number, [
      String(offset),
      String(firstLine),
      String(lastLine),
      bytes.toString("base64"),
      reasons.join("\n"),
    ]);
  }

  /** Writes the Parquet file and gives the number of records in it. */
  async close(connection: DuckDBConnection): Promise<number> {
    if (!this.#rows) return 0;
    await this.#rows.close();
    const columns =
      "{record_no: 'BIGINT', byte_offset: 'BIGINT', first_line: 'BIGINT', last_line: 'BIGINT', raw: 'VARCHAR', reasons: 'VARCHAR'}";
    await execute(
      connection,
      `COPY (SELECT * FROM read_csv(${literal(this.#rows.path)}, delim = ',', quote = '"', escape = '"', header = false, new_line = '\\n',
         auto_detect = false, max_line_size = 16777216, buffer_size = 67108864, columns = ${columns}))
       TO ${literal(this.#path)} (FORMAT parquet, COMPRESSION zstd)`,
    );
    await rm(this.#rows.path);
    return this.#count;
  }
}
