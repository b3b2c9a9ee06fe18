/** The fault corpus: each file is read as a load reads it, and nothing is lost, half read or dropped without a word. */
import { mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { DuckDBConnection, DuckDBInstance } from "@duckdb/node-api";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { literal, openDuckDb, readRows } from "../../src/engine/duckdb.ts";
import { GuildhallError } from "../../src/kernel/errors.ts";
import { loadFile } from "../../src/engine/tasks/load.ts";
import { listTables } from "../../src/engine/tasks/tables.ts";
import { archiveCases } from "./archive-cases.ts";
import { csvCases } from "./csv-cases.ts";
import { jsonCases } from "./json-cases.ts";
import { parquetCases } from "./parquet-cases.ts";
import { sheetCases } from "./sheet-cases.ts";
import { xmlCases } from "./xml-cases.ts";
import type { FaultCase } from "./fault-case.ts";

let folder: string;
let instance: DuckDBInstance;
let connection: DuckDBConnection;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "corpus-"));
  instance = await openDuckDb({ memoryMb: 600, threads: 2, tempDirectory: folder, maxTempMb: 1000 });
  connection = await instance.connect();
});
afterAll(async () => {
  connection.closeSync();
  instance.closeSync();
  await rm(folder, { recursive: true, force: true });
});
const out = () => join(folder, "out");
beforeEach(async () => {
  await rm(out(), { recursive: true, force: true });
  await mkdir(join(out(), "scratch"), { recursive: true });
});

async function rowsOf(path: string, columns: string): Promise<readonly (readonly unknown[])[]> {
  const statement = `SELECT ${columns} FROM read_parquet(${literal(join(out(), path))}) ORDER BY record_no`;
  return (await readRows(connection, statement, [], 1e6)).rows;
}

/** What became of a file: a sentence that refuses it, what else it is, or its rows and what was set aside. */
async function endingOf(each: FaultCase) {
  const path = join(out(), "landing");
  await writeFile(path, typeof each.bytes === "function" ? await each.bytes() : each.bytes);
  const scratch = join(out(), "scratch");
  const input = { path, textPath: join(out(), "text"), quarantinePath: join(out(), "bad"), scratch };
  const numbers = { known: [], nextColumn: 1, firstRecord: 1, added: [] };
  try {
    const { kind, tables, notes } = await listTables({ path, name: each.file, scratch });
    if (kind !== "tables") return { kind };
    const table = tables.find(({ part }) => each.part === undefined || part === each.part);
    if (!table) throw new Error(`There is no such table among ${JSON.stringify(tables)}.`);
    const loaded = await loadFile(connection, { ...input, ...numbers, format: table.format, part: table.part }, () => {});
    const rows = await rowsOf("text", loaded.columns.map(({ number }) => `c${number}`).join(", "));
    const quarantined = loaded.quarantine === null ? [] : await rowsOf("bad", "record_no, reasons, first_line, last_line");
    return {
      parts: tables.map(({ part }) => part),
      columns: loaded.columns.map(({ header }) => header),
      rows: typeof ("rows" in each.expected ? each.expected.rows : 0) === "number" ? rows.length : rows,
      quarantined,
      notes: [...notes, ...loaded.notes],
      counts: [loaded.rowsInFile, loaded.rowsLoaded, loaded.rowsQuarantined],
      counted: [rows.length + quarantined.length, rows.length, quarantined.length],
    };
  } catch (error) {
    if (!(error instanceof GuildhallError)) throw error;
    return { code: error.code, error: error.message, left: await readdir(out()) };
  }
}

const anyNumber: unknown = expect.any(Number);
const piece = (text: string): unknown => expect.stringContaining(text);

function wanted({ expected }: FaultCase): object {
  if ("error" in expected) return { code: "engine.unreadable", error: piece(expected.error), left: ["landing", "scratch"] };
  if ("kind" in expected) return expected;
  const { columns, rows, parts, notes, quarantined = [] } = expected;
  return {
    columns,
    rows,
    quarantined: quarantined.map(([number, reason, ...lines]) => [
      number,
      piece(reason),
      ...(lines.length > 0 ? lines : [anyNumber, anyNumber]),
    ]),
    ...(parts ? { parts } : {}),
    ...(notes ? { notes: notes.map(piece) } : {}),
  };
}

describe.each([
  ["CSV", csvCases],
  ["archives", archiveCases],
  ["JSON", jsonCases],
  ["sheets", sheetCases],
  ["XML", xmlCases],
  ["Parquet", parquetCases],
] as const)("%s", (_format, cases) => {
  test.each(cases.map((each) => [each.name, each] as const))("%s", async (_name, each) => {
    const { counts, counted, ...ended } = { counts: 0, counted: 0, ...(await endingOf(each)) };
    expect(ended).toMatchObject(wanted(each));
    expect(counts).toEqual(counted);
    expect(await readdir(join(out(), "scratch"))).toEqual([]);
  });
});
