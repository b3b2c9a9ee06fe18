import type { DuckDBConnection } from "@duckdb/node-api";
import { execute, literal, readRows } from "../duckdb.ts";
import { engineError } from "../errors.ts";
import type { LoadedColumn, LoadInput, LoadOutput, Progress } from "../protocol.ts";
import { nameColumns } from "../read/header.ts";
import { copyToText, finishLoad, numberColumns } from "./write-text.ts";

interface ParquetColumn {
  readonly name: string;
  readonly type: string;
}

/** Reads a Parquet file: each value as text, moments in ISO form, lists and structures as JSON. */
export async function loadParquet(
  connection: DuckDBConnection,
  input: LoadInput,
  tell: (progress: Progress) => void,
): Promise<LoadOutput> {
  const reader = `read_parquet(${literal(input.path)}, file_row_number = true, hive_partitioning = false)`;
  try {
    const described = await readRows(connection, `DESCRIBE SELECT * EXCLUDE (file_row_number) FROM ${reader}`, [], 1e5);
    const own = described.rows.map(([name, type]) => ({ name: String(name), type: String(type) }));
    const { names, notes } = nameColumns(
      own.map(({ name }) => name),
      input.added,
    );
    const columns = numberColumns(names, input);
    tell({ step: "Reading the file", done: 0, total: 0, unit: "rows" });
    const rows = await copyGoodRows(connection, reader, own, columns, input);
    const quarantined = await copyBadRows(connection, reader, own, input);
    return await finishLoad(input, { columns, notes: [...notes, ...bytesNotes(own)], rows, quarantined, path: "fast" });
  } catch (error) {
    throw asRefusal(error);
  }
}

async function copyGoodRows(
  connection: DuckDBConnection,
  reader: string,
  own: readonly ParquetColumn[],
  columns: readonly LoadedColumn[],
  input: LoadInput,
): Promise<number> {
  const cells = columns.map(({ number }, at) => {
    const column = own[at];
    const value = column ? `coalesce(${textOf(column)}, '')` : literal(input.added[at - own.length]?.value ?? "");
    return `${value} AS c${number}`;
  });
  const number = `file_row_number + ${input.firstRecord} AS record_no`;
  const select = `SELECT ${[number, ...cells].join(", ")} FROM ${reader} WHERE NOT (${badRow(own)})`;
  return copyToText(connection, select, columns, input.textPath);
}

/** Rows with a NUL in a text go to quarantine, whole, as JSON. */
async function copyBadRows(
  connection: DuckDBConnection,
  reader: string,
  own: readonly ParquetColumn[],
  input: LoadInput,
): Promise<number> {
  const counted = await readRows(connection, `SELECT count(*) FROM ${reader} WHERE ${badRow(own)}`, [], 1);
  const bad = Number(counted.rows[0]?.[0] ?? 0);
  if (bad === 0) return 0;
  const whole = own.map((column) => `${quoted(column.name)} := ${textOf(column)}`).join(", ");
  return execute(
    connection,
    `COPY (SELECT file_row_number + ${input.firstRecord} AS record_no, 0::BIGINT AS byte_offset,
       file_row_number + 1 AS first_line, file_row_number + 1 AS last_line,
       base64(encode(to_json(struct_pack(${whole}))::VARCHAR)) AS raw, 'It holds a NUL character.' AS reasons
     FROM ${reader} WHERE ${badRow(own)}) TO ${literal(input.quarantinePath)} (FORMAT parquet, COMPRESSION zstd)`,
  );
}

function badRow(own: readonly ParquetColumn[]): string {
  const texts = own.filter(({ type }) => /VARCHAR|BLOB/.test(type)).map((column) => `contains(${textOf(column)}, chr(0))`);
  return texts.length === 0 ? "false" : texts.map((text) => `coalesce(${text}, false)`).join(" OR ");
}

function textOf({ name, type }: ParquetColumn): string {
  const column = quoted(name);
  if (type === "VARCHAR") return column;
  if (type === "BLOB") return `coalesce(try(decode(${column})), '0x' || hex(${column}))`;
  if (/[[(]/.test(type) && !type.startsWith("DECIMAL")) return `to_json(${column})::VARCHAR`;
  const text = `${column}::VARCHAR`;
  if (type === "TIMESTAMP WITH TIME ZONE") return `regexp_replace(replace(${text}, ' ', 'T'), '\\+00$', 'Z')`;
  return type.startsWith("TIMESTAMP") ? `replace(${text}, ' ', 'T')` : text;
}

function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

function bytesNotes(own: readonly ParquetColumn[]): string[] {
  const names = own.filter(({ type }) => type === "BLOB").map(({ name }) => name);
  return names.length > 0 ? [`Bytes are read as text, and as hexadecimal where they are none: ${names.join(", ")}.`] : [];
}

/** DuckDB's words on a bad file may quote what is in it, so that only the kind is told. */
function asRefusal(error: unknown): unknown {
  const message = error instanceof Error ? error.message : "";
  if (/UTF-?8|string encoding/i.test(message))
    return engineError("unreadable", {
      problem: "The Parquet file holds text that is not UTF-8. Write it anew with text columns in UTF-8.",
    });
  if (/parquet|magic bytes|footer|thrift|TProtocol|zstd|snappy|decompress/i.test(message))
    return engineError("unreadable", { problem: "The Parquet file is damaged or cut off. Fetch it again." });
  return error;
}
