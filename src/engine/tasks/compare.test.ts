import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DuckDBInstance } from "@duckdb/node-api";
import * as fc from "fast-check";
import { afterAll, describe, expect, test } from "vitest";
import { compareVersions } from "./compare.ts";

const folder = mkdtempSync(join(tmpdir(), "guildhall-compare-"));
const connection = await (await DuckDBInstance.create(":memory:")).connect();
afterAll(() => {
  connection.closeSync();
  rmSync(folder, { recursive: true, force: true });
});

type Row = readonly [string, string];
let written = 0;

/** A text layer of two columns; its rows are numbered from 1. */
async function layer(rows: readonly Row[]): Promise<{ paths: readonly string[]; lastRecord: number }> {
  written += 1;
  const path = join(folder, `${written}.parquet`);
  const values = rows.map(([one, other], at) => `(${at + 1}, '${one}', '${other}')`).join(", ");
  const from =
    rows.length > 0 ? `(VALUES ${values}) t(record_no, c1, c2)` : `(SELECT 1 AS record_no, '' AS c1, '' AS c2 WHERE false)`;
  await connection.run(`COPY (SELECT * FROM ${from}) TO '${path}' (FORMAT parquet)`);
  return { paths: [path], lastRecord: rows.length };
}

const compare = async (before: readonly Row[], after: readonly Row[], keys: readonly number[] = []) =>
  compareVersions(connection, { before: await layer(before), after: await layer(after), columns: [1, 2], keys });

describe("what changed between two versions", () => {
  const before: Row[] = [
    ["1", "a"],
    ["2", "b"],
    ["3", "c"],
  ];
  const after: Row[] = [
    ["2", "b"],
    ["3", "changed"],
    ["4", "d"],
    ["5", "e"],
  ];

  test("by a key: rows added, gone and changed", async () => {
    expect(await compare(before, after, [1])).toEqual({ added: 2, gone: 1, changed: 1, key: 1 });
  });

  test("without a key: rows compared whole", async () => {
    expect(await compare(before, after)).toEqual({ added: 3, gone: 2, changed: null, key: null });
  });

  test.each<[string, Row]>([
    ["stands twice", ["1", "x"]],
    ["is empty somewhere", ["", "x"]],
  ])("a column whose value %s is no key", async (_, row) => {
    expect((await compare([...before, row], after, [1])).key).toBeNull();
  });

  test("rows of a later version in the same segment do not count", async () => {
    const held = await layer(after);
    const compared = await compareVersions(connection, {
      before: { ...held, lastRecord: 2 },
      after: held,
      columns: [1, 2],
      keys: [1],
    });
    expect(compared).toEqual({ added: 2, gone: 0, changed: 0, key: 1 });
  });

  test("identical rows count as often as they stand there, as a count by hand has it", async () => {
    const cell = fc.constantFrom("a", "b", "c");
    const rows = fc.array(fc.tuple(cell, cell), { maxLength: 12 });
    const times = (list: readonly Row[]) => {
      const counts = new Map<string, number>();
      for (const row of list) counts.set(row.join(), (counts.get(row.join()) ?? 0) + 1);
      return counts;
    };
    const more = (here: readonly Row[], there: readonly Row[]) =>
      [...times(here)].reduce((sum, [row, count]) => sum + Math.max(0, count - (times(there).get(row) ?? 0)), 0);
    await fc.assert(
      fc.asyncProperty(rows, rows, async (one, other) => {
        expect(await compare(one, other)).toEqual({ added: more(other, one), gone: more(one, other), changed: null, key: null });
      }),
      { numRuns: 60, seed: 4 },
    );
  });
});
