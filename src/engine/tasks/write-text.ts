import { existsSync } from "node:fs";
import { open, rm } from "node:fs/promises";
import type { DuckDBConnection } from "@duckdb/node-api";
import { execute, literal } from "../duckdb.ts";
import type { FileFacts, LoadedColumn, LoadInput, LoadOutput } from "../protocol.ts";
import { hashFile } from "../read/file-scan.ts";
import { readLimits } from "../read/limits.ts";

/**
 * What the careful reader passes may be long, and has one kind of line end; the fast path leaves records past 2 MB to it. The
 * buffer is no larger than the file, since a table of many columns may stand in many small ones.
 */
function longRecords(bytes: number): string {
  const line = Math.min(2 * readLimits.recordBytes, bytes + 1024);
  return String.raw`new_line = '\n', max_line_size = ${line}, buffer_size = ${Math.min(4 * line, bytes + 4096)}, `;
}

/** A delimited file that DuckDB reads into a text layer: a landing file as it is, or records that a reader passed. */
export interface ReadableFile {
  readonly path: string;
  readonly skip: number;
  readonly delimiter: string;
  readonly quote: string;
  /** Each record stands after its number. */
  readonly numbered: boolean;
  readonly bytes: number;
  /** How many columns it has, from the first on; the others are empty. */
  readonly width: number;
}

type Target = Pick<LoadInput, "textPath" | "firstRecord" | "added">;

/** Gives the rows written, or nothing when DuckDB refuses any part of a landing file. Other failures pass through. */
export async function writeText(
  connection: DuckDBConnection,
  files: readonly ReadableFile[],
  columns: readonly LoadedColumn[],
  input: Target,
): Promise<number | undefined> {
  const own = columns.slice(0, columns.length - input.added.length);
  const added = columns.slice(own.length).map(({ number }, at) => `${literal(input.added[at]?.value ?? "")} AS c${number}`);
  const names = own.map(({ number }) => `c${number}`);
  const selects = files.map((file) => {
    const cells = names.map((name, at) => (at < file.width ? name : `'' AS ${name}`));
    const number = file.numbered ? "record_no::BIGINT" : `row_number() OVER () + ${input.firstRecord - 1}`;
    return `SELECT ${[`${number} AS record_no`, ...cells, ...added].join(", ")} FROM ${readerOf(file, names.slice(0, file.width))}`;
  });
  try {
    return await copyToText(connection, selects.join(" UNION ALL "), columns, input.textPath);
  } catch (error) {
    const message = error instanceof Error ? error.message : "";
    const refused = /CSV Error|CSV Parser|CSV Reader|Maximum line size|not utf-8/i.test(message);
    if (refused && files.every((file) => !file.numbered)) return undefined;
    throw error;
  }
}

/** Writes the rows of a statement, `record_no` first, as a text layer. */
export async function copyToText(
  connection: DuckDBConnection,
  select: string,
  columns: readonly LoadedColumn[],
  target: string,
): Promise<number> {
  const ids = columns.map((column) => `c${column.number}: ${column.number}`).join(", ");
  try {
    return await execute(
      connection,
      `COPY (${select})
       TO ${literal(target)} (FORMAT parquet, COMPRESSION zstd, COMPRESSION_LEVEL 1, ROW_GROUP_SIZE 122880, FIELD_IDS {${ids}})`,
    );
  } catch (error) {
    await rm(target, { force: true });
    throw error;
  }
}

function readerOf(file: ReadableFile, names: readonly string[]): string {
  const all = file.numbered ? ["record_no", ...names] : names;
  // Line ends are worked out from the first one met, in a quoted field too.
  return `read_csv(${literal(file.path)}, delim = ${literal(file.delimiter)}, quote = ${literal(file.quote)}, escape = ${literal(file.quote)},
    header = false, skip = ${file.skip}, ${file.numbered ? longRecords(file.bytes) : ""}auto_detect = false, strict_mode = true, null_padding = false,
    columns = {${all.map((name) => `${name}: 'VARCHAR'`).join(", ")}}, force_not_null = [${all.join(", ")}])`;
}

/** Numbers for columns: those that earlier versions had keep theirs. */
export function numberColumns(names: readonly string[], input: Pick<LoadInput, "known" | "nextColumn">): readonly LoadedColumn[] {
  const known = new Map(input.known.map((column) => [column.header, column.number]));
  let next = input.nextColumn;
  return names.map((header) => {
    const number = known.get(header);
    if (number !== undefined) return { header, number };
    next += 1;
    return { header, number: next - 1 };
  });
}

/** Flushes what a load wrote and says what it is. */
export async function finishLoad(
  input: Pick<LoadInput, "textPath" | "quarantinePath">,
  facts: {
    readonly columns: readonly LoadedColumn[];
    readonly notes: readonly string[];
    readonly rows: number;
    readonly quarantined: number;
    readonly path: "fast" | "careful";
    readonly layout?: LoadOutput["layout"];
  },
): Promise<LoadOutput> {
  await sync(input.textPath);
  let quarantine: FileFacts | null = null;
  if (existsSync(input.quarantinePath)) {
    await sync(input.quarantinePath);
    quarantine = await hashFile(input.quarantinePath);
  }
  return {
    columns: facts.columns,
    rowsInFile: facts.rows + facts.quarantined,
    rowsLoaded: facts.rows,
    rowsQuarantined: facts.quarantined,
    notes: facts.notes,
    path: facts.path,
    layout: facts.layout ?? null,
    text: await hashFile(input.textPath),
    quarantine,
  };
}

/** Flushes a finished file to the disk. */
export async function sync(path: string): Promise<void> {
  const handle = await open(path, "r+");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
