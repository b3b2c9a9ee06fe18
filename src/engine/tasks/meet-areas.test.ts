import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { DuckDBConnection, DuckDBInstance } from "@duckdb/node-api";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { AreaOutline } from "../areas/find-area.ts";
import { execute, literal, openDuckDb, readRows } from "../duckdb.ts";
import { meetAreas } from "./meet-areas.ts";
import { buildTyped } from "./type.ts";

let folder: string;
let instance: DuckDBInstance;
let connection: DuckDBConnection;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "areas-"));
  instance = await openDuckDb({ memoryMb: 600, threads: 2, tempDirectory: folder, maxTempMb: 1000 });
  connection = await instance.connect();
});
afterAll(async () => {
  connection.closeSync();
  instance.closeSync();
  await rm(folder, { recursive: true, force: true });
});

test("more positions than are looked at at once are each placed, and rows keep their order", async () => {
  const rows = 120_000;
  const text = join(folder, "text.parquet");
  // a line from west to east, a step of a millionth of a degree for each row; the square holds the middle third
  await execute(
    connection,
    `COPY (SELECT i + 1 AS record_no, (-2 + i / 1e6)::VARCHAR AS c1, '53.5' AS c2 FROM range(${rows}) AS t(i)) TO ${literal(text)} (FORMAT parquet)`,
  );
  const [west, east] = [-2 + 39_999.5 / 1e6, -2 + 79_999.5 / 1e6];
  const ring = [
    [west, 53],
    [west, 54],
    [east, 54],
    [east, 53],
    [west, 53],
  ] as const;
  const path = join(folder, "outlines.json");
  await writeFile(path, JSON.stringify([{ code: "E05000001", polygons: [[ring]] }] satisfies AreaOutline[]));
  const columns = [
    { number: 1, type: "geo.longitude" },
    { number: 2, type: "geo.latitude" },
  ];
  const area = { from: { kind: "pair", east: 1, north: 2 }, path } as const;
  const met = await meetAreas(connection, { textPaths: [text], columns, areas: [area] });
  expect(met).toEqual([{ rows, given: rows, inside: 40_000, areas: 1, swapped: 0, distinct: rows }]);

  const typed = join(folder, "typed.parquet");
  const built = await buildTyped(connection, { textPaths: [text], typedPath: typed, columns, areas: [{ ...area, number: 3 }] });
  expect(built.columns[0]).toEqual({ number: 3, filled: 40_000, invalid: 80_000, distinct: 1 });
  expect(built.areas).toEqual([{ number: 3, top: [{ value: "E05000001", count: 40_000 }] }]);
  const placed = await readRows(
    connection,
    `SELECT min(record_no), max(record_no), (SELECT count_if(record_no <> place) FROM (SELECT record_no, row_number() OVER () AS place FROM read_parquet(${literal(typed)})))
     FROM read_parquet(${literal(typed)}) WHERE c3 IS NOT NULL`,
    [],
    1,
  );
  expect(placed.rows[0]?.map(Number)).toEqual([40_001, 80_000, 0]);
});
