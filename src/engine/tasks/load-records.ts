import { rm } from "node:fs/promises";
import type { DuckDBConnection } from "@duckdb/node-api";
import { engineError } from "../errors.ts";
import type { LoadInput, LoadOutput } from "../protocol.ts";
import { nameColumns } from "../read/header.ts";
import { readLimits } from "../read/limits.ts";
import { GrowingFile } from "./growing-file.ts";
import { separate, type PlacedRecord } from "./separate.ts";
import { finishLoad, numberColumns, writeText } from "./write-text.ts";

/** A record of a format whose cells a reader has already told apart. */
export interface TableRecord extends PlacedRecord {
  /** One for each column known by now; columns that turn up later are empty in it. */
  readonly fields: readonly string[];
}

/** A table being read. What is asked after the records is whole only then. */
export interface TableReading {
  readonly records: AsyncIterable<TableRecord>;
  readonly header: () => readonly string[];
  readonly notes: () => readonly string[];
}

/** Writes a table's records into a text layer in one reading, whatever format they come from. */
export async function loadRecords(connection: DuckDBConnection, input: LoadInput, reading: TableReading): Promise<LoadOutput> {
  const good = new GrowingFile(input.scratch);
  const counted = await separate(checked(reading.records), input, connection, (record) => good.add(record.number, record.fields));
  const files = await good.close();
  const { names, notes } = nameColumns(reading.header(), input.added);
  const columns = numberColumns(names, input);
  const rows = await writeText(connection, files, columns, input);
  for (const file of files) await rm(file.path);
  if (rows !== counted.good) throw new Error(`The reader passed ${counted.good} records and ${rows ?? "none"} were stored.`);
  return finishLoad(input, {
    columns,
    notes: [...reading.notes(), ...notes],
    rows,
    quarantined: counted.bad,
    path: "careful",
  });
}

async function* checked(records: AsyncIterable<TableRecord>): AsyncGenerator<TableRecord> {
  for await (const record of records) {
    if (record.fields.length > readLimits.columns)
      throw engineError("unreadable", { problem: `Record ${record.number} brings more than 2,000 columns; that is the limit.` });
    if (record.reasons.length === 0 && record.fields.some((field) => field.includes("\0")))
      yield { ...record, reasons: ["It holds a NUL character."] };
    else yield record;
  }
}
