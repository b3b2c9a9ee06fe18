import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { DuckDBConnection } from "@duckdb/node-api";
import { afterAll, beforeAll, expect, test } from "vitest";
import { execute, literal, openDuckDb, readRows } from "../duckdb.ts";
import { profileText } from "./profile.ts";
import { buildTyped } from "./type.ts";

let folder: string;
let connection: DuckDBConnection;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "guildhall-profile-"));
  const instance = await openDuckDb({ memoryMb: 400, threads: 2, tempDirectory: join(folder, "tmp"), maxTempMb: 500 });
  connection = await instance.connect();
});
afterAll(async () => {
  connection.closeSync();
  await rm(folder, { recursive: true, force: true });
});

/** A text layer: `c1` different in every row, `c2` empty in every tenth, `c3` of a thousand values in runs. */
async function textLayer(rows: number): Promise<string> {
  const path = join(folder, `${rows}.parquet`);
  await execute(
    connection,
    `COPY (SELECT i AS record_no, i::VARCHAR AS c1, CASE WHEN i % 10 = 0 THEN '' ELSE 'k' || (i % 7) END AS c2,
       '2026-01-' || lpad((i * 31 // ${rows} + 1)::VARCHAR, 2, '0') AS c3 FROM range(${rows}) t(i)) TO ${literal(path)}`,
  );
  return path;
}
const columns = [1, 2, 3].map((number) => ({ number, header: `h${number}` }));
const profile = async (rows: number) =>
  profileText(
    connection,
    { textPaths: [await textLayer(rows)], columns, distinctLimit: 50, sampleRows: 10_000 },
    () => undefined,
  );

test("a table of up to twice the sample is looked at whole", async () => {
  const { rows, seen, columns } = await profile(20_000);
  expect([rows, seen]).toEqual([20_000, 20_000]);
  expect(columns.map(({ nulls, distinct, detection }) => [nulls, distinct, detection.type])).toEqual([
    [0, 20_000, "number"],
    [2000, 7, "category"],
    [0, 31, "time.date"],
  ]);
});

test("of a larger one a sample from all over it, the same each time; empty cells are counted in all rows", async () => {
  const first = await profile(100_000);
  expect(first.rows).toBe(100_000);
  expect(Math.abs(first.seen - 10_000)).toBeLessThan(200);
  expect(first.columns[1]?.nulls).toBe(10_000);
  expect(first.columns[1]?.detection.evidence.at(-1)).toBe(`seen in a sample of ${first.seen.toLocaleString("en-GB")} rows`);
  const days = first.columns[2]?.top ?? [];
  expect(days.length).toBe(31);
  const sizes = days.map(({ count }) => count);
  expect(Math.max(...sizes) / Math.min(...sizes)).toBeLessThan(1.3);
  expect(await profile(100_000)).toEqual(first);
});

test("typing counts what is valid, what is not, and about how many texts there are", async () => {
  const types = ["record_id", "number", "time.date"].map((type, at) => ({ number: at + 1, type }));
  const built = await buildTyped(connection, {
    areas: [],
    textPaths: [await textLayer(50_000)],
    typedPath: join(folder, "typed.parquet"),
    columns: types,
  });
  const [id, kind, day] = built.columns;
  expect([id?.filled, id?.invalid]).toEqual([50_000, 0]);
  expect([kind?.filled, kind?.invalid]).toEqual([0, 45_000]);
  expect([day?.filled, day?.invalid]).toEqual([50_000, 0]);
  for (const [column, distinct] of [
    [id, 50_000],
    [kind, 7],
    [day, 31],
  ] as const)
    expect(Math.abs((column?.distinct ?? 0) / distinct - 1)).toBeLessThan(0.2);
});

test("a typed layer holds what the reading says, and what stands for nothing is not counted as wrong", async () => {
  const path = join(folder, "readings.parquet");
  await execute(
    connection,
    `COPY (SELECT * FROM (VALUES (1, '04/17/2021', '12'), (2, '03/04/2021', '-1'), (3, ' N/A ', '7'), (4, 'soon', '')) t(record_no, c1, c2))
     TO ${literal(path)}`,
  );
  const typedPath = join(folder, "readings-typed.parquet");
  const { columns: built } = await buildTyped(connection, {
    areas: [],
    textPaths: [path],
    typedPath,
    columns: [
      { number: 1, type: "time.date", reading: { dates: { order: "month first" }, missing: ["n/a"] } },
      { number: 2, type: "number", reading: { missing: ["-1"] } },
    ],
  });
  expect(built.map(({ filled, invalid }) => [filled, invalid])).toEqual([
    [2, 1],
    [2, 0],
  ]);
  const { rows } = await readRows(connection, `SELECT c1::VARCHAR, c2 FROM ${literal(typedPath)}`, [], 4);
  expect(rows).toEqual([
    ["2021-04-17", 12],
    ["2021-03-04", null],
    [null, 7],
    [null, null],
  ]);
});
