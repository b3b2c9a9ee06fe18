/** One table, written in every way that Guildhall reads: the cells are the same whatever file they came in. */
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import type { DuckDBConnection, DuckDBInstance } from "@duckdb/node-api";
import * as fc from "fast-check";
import { writeOds, writeXlsx } from "hucre";
import { afterAll, beforeAll, expect, test } from "vitest";
import { literal, openDuckDb, readRows } from "../../src/engine/duckdb.ts";
import { loadFile } from "../../src/engine/tasks/load.ts";
import { listTables } from "../../src/engine/tasks/tables.ts";
import { writeZip } from "./write-zip.ts";

let folder: string;
let instance: DuckDBInstance;
let connection: DuckDBConnection;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "cells-"));
  instance = await openDuckDb({ memoryMb: 600, threads: 2, tempDirectory: folder, maxTempMb: 1000 });
  connection = await instance.connect();
});
afterAll(async () => {
  connection.closeSync();
  instance.closeSync();
  await rm(folder, { recursive: true, force: true });
});

type Table = readonly (readonly string[])[];

const names = ["name", "of place", "note", "last"];
const letters = ["a", "Z", "0", "7", " ", '"', ",", ";", "|", "'", "\n", "é", "£", "–", "<", "&", "{", "#"];
const windows = new Map([["–", 0x96], ["é", 0xe9], ["£", 0xa3]]); // prettier-ignore

/** Tables of two to four columns. The first cell of a row is never empty, since a sheet has no empty rows. */
const tables: fc.Arbitrary<Table> = fc.integer({ min: 2, max: 4 }).chain((columns) =>
  fc
    .array(
      fc.tuple(
        fc.string({ unit: fc.constantFrom("x", "y", "é"), minLength: 1, maxLength: 5 }),
        fc.array(fc.string({ unit: fc.constantFrom(...letters), maxLength: 8 }), {
          minLength: columns - 1,
          maxLength: columns - 1,
        }),
      ),
      { minLength: 1, maxLength: 8 },
    )
    .map((rows) => rows.map(([first, rest]) => [first, ...rest])),
);

const widthOf = (table: Table) => table[0]?.length ?? 0;
const headed = (table: Table) => [names.slice(0, widthOf(table)), ...table];

function delimited(table: Table, delimiter: string, end = "\n"): string {
  const quoted = (cell: string) => (/[",;|\t\r\n'^~:]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);
  return headed(table).map((row) => row.map(quoted).join(delimiter) + end).join(""); // prettier-ignore
}

const objects = (table: Table) => table.map((row) => Object.fromEntries(row.map((cell, at) => [names[at] ?? "", cell])));
const wide = (text: string) => Buffer.from(text, "utf16le");
const escaped = (cell: string) => cell.replaceAll("&", "&amp;").replaceAll("<", "&lt;");

async function parquet(table: Table): Promise<Buffer> {
  const path = join(folder, "made.parquet");
  const rows = table.map((row) => `(${row.map(literal).join(", ")})`).join(", ");
  const columns = names.slice(0, widthOf(table)).map((name) => `"${name}"`);
  await connection.run(`COPY (SELECT * FROM (VALUES ${rows}) AS t(${columns.join(", ")})) TO ${literal(path)} (FORMAT parquet)`);
  return readFile(path);
}

const ways: Readonly<Record<string, (table: Table) => Buffer | string | Promise<Uint8Array>>> = {
  "a.csv": (table) => delimited(table, ","),
  "mark.csv": (table) => `\ufeff${delimited(table, ",")}`,
  "semicolon.csv": (table) => delimited(table, ";"),
  "bar.csv": (table) => delimited(table, "|"),
  "a.tsv": (table) => delimited(table, "\t", "\r\n"),
  "said.csv": (table) => `sep=;\n${delimited(table, ";")}`,
  "little.csv": (table) => wide(`\ufeff${delimited(table, ",", "\r\n")}`),
  "big.csv": (table) => wide(`\ufeff${delimited(table, "\t")}`).swap16(),
  "windows.csv": (table) =>
    Buffer.from(Array.from(delimited(table, ","), (letter) => windows.get(letter) ?? letter.charCodeAt(0))),
  "returns.csv": (table) => delimited(table, ",", "\r"),
  "a.json": (table) => JSON.stringify(objects(table), null, 2),
  "page.json": (table) => JSON.stringify({ total: table.length, items: objects(table) }),
  "a.ndjson": (table) => objects(table).map((each) => `${JSON.stringify(each)}\n`).join(""), // prettier-ignore
  "map.json": (table) => JSON.stringify(Object.fromEntries(objects(table).map((each, at) => [`k${at}`, each]))),
  "a.geojson": (table) =>
    JSON.stringify({
      type: "FeatureCollection",
      features: objects(table).map((properties) => ({ type: "Feature", properties, geometry: null })),
    }),
  "a.xlsx": (table) => writeXlsx({ sheets: [{ name: "S", rows: headed(table).map((row) => [...row]) }] }),
  "inline.xlsx": (table) =>
    writeXlsx({ sheets: [{ name: "S", rows: headed(table).map((row) => [...row]) }], stringMode: "inline" }),
  "a.ods": (table) => writeOds({ sheets: [{ name: "S", rows: headed(table).map((row) => [...row]) }] }),
  "a.xml": (table) => {
    const rows = table.map((row) => `<r>${row.map((cell, at) => `<c${at}>${escaped(cell)}</c${at}>`).join("")}</r>`);
    return `<t>${rows.join("")}</t>`;
  },
  "a.parquet": parquet,
  "a.csv.gz": (table) => gzipSync(delimited(table, ",")),
  "a.zip": (table) => writeZip([{ name: "in/a.csv", bytes: delimited(table, ",") }]),
};

/** A file with one record is one object: nothing in it says that there could be more. */
const needsTwo = new Set(["map.json", "a.ndjson"]);

async function cellsOf(name: string, bytes: Uint8Array | string): Promise<Table> {
  const path = join(folder, "landing");
  await writeFile(path, bytes);
  const found = await listTables({ path, name, scratch: folder });
  const [table] = found.tables;
  if (!table) throw new Error(`${name} is no table.`);
  const out = { textPath: join(folder, "text"), quarantinePath: join(folder, "bad"), scratch: folder };
  const input = { path, format: table.format, part: table.part, known: [], nextColumn: 1, firstRecord: 1, added: [], ...out };
  const loaded = await loadFile(connection, input, () => {});
  expect(loaded.rowsQuarantined).toBe(0);
  const columns = loaded.columns.filter(({ header }) => header !== "key").map(({ number }) => `c${number}`);
  const statement = `SELECT ${columns.join(", ")} FROM read_parquet(${literal(out.textPath)}) ORDER BY record_no`;
  return (await readRows(connection, statement, [], 1e5)).rows.map((row) => row.map(String));
}

test.each(Object.keys(ways))("%s", async (name) => {
  const write = ways[name];
  if (!write) throw new Error(`No way ${name}.`);
  await fc.assert(
    fc.asyncProperty(
      tables.filter((table) => table.length > 1 || !needsTwo.has(name)),
      async (table) => {
        expect(await cellsOf(name, await write(table))).toEqual(table);
      },
    ),
    { numRuns: 25, seed: 7 },
  );
});
