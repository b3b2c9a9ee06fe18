import { createWriteStream } from "node:fs";
import { stat } from "node:fs/promises";
import { pipeline } from "node:stream/promises";
import type { DuckDBConnection } from "@duckdb/node-api";
import { writeXlsxStream } from "hucre";
import { execute, literal, streamTexts } from "../duckdb.ts";
import { engineError } from "../errors.ts";
import type { FileFacts, RowsInput, RowsOutput } from "../protocol.ts";
import { hashFile } from "../read/file-scan.ts";
import { readLimits } from "../read/limits.ts";
import { features } from "../write/features.ts";

/**
 * Writes the rows of a statement, the names of the columns first, as CSV (RFC 4180 in UTF-8, quoted where it must be, a cell with
 * nothing in it between two commas); and from that in the format asked for. The SHA-256 of that CSV is the same for the same rows,
 * whatever the format. All cells are text.
 */
export async function writeRows(connection: DuckDBConnection, input: RowsInput): Promise<RowsOutput> {
  const { csvPath, format, targetPath } = input;
  const written = await execute(
    connection,
    `COPY (${input.text}) TO ${literal(csvPath)} (FORMAT csv, HEADER false, DELIMITER ',', QUOTE '"', ESCAPE '"', NULLSTR '')`,
    input.params,
  );
  const csv = await hashFile(csvPath);
  return { rows: written - 1, csv, file: format === "csv" ? csv : await convert(connection, input, targetPath) };
}

async function convert(connection: DuckDBConnection, input: RowsInput, target: string): Promise<FileFacts> {
  const { csvPath, columns, format } = input;
  const names = columns.map((_, at) => `c${at + 1}`);
  const lines = longLines((await stat(csvPath)).size);
  const reader = (header: boolean) =>
    `read_csv(${literal(csvPath)}, delim = ',', quote = '"', escape = '"', header = false, skip = ${header ? 0 : 1}, auto_detect = false,
      strict_mode = true, new_line = '\\n', ${lines}, columns = {${names.map((name) => `${name}: 'VARCHAR'`).join(", ")}}, force_not_null = [${names.join(", ")}])`;
  if (format === "parquet") {
    const cells = columns.map((name, at) => `c${at + 1} AS ${quoted(name)}`);
    await execute(
      connection,
      `COPY (SELECT ${cells.join(", ")} FROM ${reader(false)}) TO ${literal(target)} (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE 122880)`,
    );
  } else if (format === "xlsx") {
    const rows = sheetRows(streamTexts(connection, reader(true), names));
    await pipeline(writeXlsxStream(rows, { name: "Rows", zip64: true, repeatHeaders: false }), createWriteStream(target));
  } else {
    const rows = streamTexts(connection, reader(false), names);
    await pipeline(features(rows, columns, input.place), createWriteStream(target));
  }
  return hashFile(target);
}

/** What a cell of a sheet may hold (ECMA-376, Excel's limits). */
const mostInCell = 32_767;

/** Rows as a sheet takes them: what reads as an escape there, and what XML has no sign for, is escaped (ECMA-376, ST_Xstring). */
async function* sheetRows(rows: AsyncIterable<readonly string[]>): AsyncGenerator<string[]> {
  let record = 0;
  for await (const row of rows) {
    if (row.some((cell) => cell.length > mostInCell))
      throw engineError("not-written", {
        problem: `A cell of row ${record} is longer than the 32,767 characters that a sheet holds.`,
      });
    record += 1;
    yield row.map((cell) =>
      cell
        .replaceAll(/_(?=x[0-9A-Fa-f]{4}_)/g, "_x005F_")
        .replaceAll(/[\ufeff\ufffe\uffff]/g, (sign) => `_x${sign.charCodeAt(0).toString(16).toUpperCase()}_`),
    );
  }
}

/** A record may be long; the buffer is no larger than the file. */
function longLines(bytes: number): string {
  const line = Math.min(2 * readLimits.recordBytes, bytes + 1024);
  return `max_line_size = ${line}, buffer_size = ${Math.min(4 * line, bytes + 4096)}`;
}

function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
