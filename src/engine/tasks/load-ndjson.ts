import type { DuckDBConnection } from "@duckdb/node-api";
import { engineError } from "../errors.ts";
import type { LoadInput, LoadOutput, Progress } from "../protocol.ts";
import { readLineRecords, type FileRecord } from "../read/csv-records.ts";
import { readChunks } from "../read/file-scan.ts";
import { flattenJson, KeyedCells, parseObject } from "../read/json-cells.ts";
import { loadRecords, type TableRecord } from "./load-records.ts";
import { readyText } from "./ready-text.ts";

/** Reads a file in which each line is one JSON object. */
export async function loadNdjson(
  connection: DuckDBConnection,
  input: LoadInput,
  tell: (progress: Progress) => void,
): Promise<LoadOutput> {
  const text = await readyText(input, tell);
  const cells = new KeyedCells();
  const lines = readLineRecords(readChunks(text.path, { start: text.skip, tell, step: "Reading record by record" }), text.skip);
  return loadRecords(connection, input, {
    records: readObjects(lines, cells),
    header: () => {
      if (cells.headers.length === 0)
        throw engineError("unreadable", { problem: "No line of the file is a JSON object with at least one key." });
      return cells.headers;
    },
    notes: () => text.notes,
  });
}

async function* readObjects(lines: AsyncIterable<FileRecord>, cells: KeyedCells): AsyncGenerator<TableRecord> {
  for await (const line of lines) {
    const object = line.reasons.length > 0 ? undefined : parseObject(line.bytes.toString("utf8"));
    if (typeof object === "object") yield { ...line, fields: cells.fieldsOf(flattenJson(object)) };
    else yield { ...line, fields: [], reasons: object === undefined ? line.reasons : [object] };
  }
}
