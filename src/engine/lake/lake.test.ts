import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeEach, describe, expect, test } from "vitest";
import { Store, type Records } from "../../store/index.ts";
import type { LoadOutput } from "../protocol.ts";
import { Lake } from "./lake.ts";
import { lakeMigrations } from "./records.ts";

const folder = mkdtempSync(join(tmpdir(), "guildhall-lake-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let store: Store;
let lake: Lake;
let opened = 0;
const now = 1_800_000_000_000;
const nothing = async () => undefined;

beforeEach(async () => {
  opened += 1;
  store = await Store.open(join(folder, `hub-${opened}.db`), [lakeMigrations]);
  lake = new Lake(join(folder, `lake-${opened}`), store, () => now);
  for (const id of ["dst_a", "dst_b"])
    await store.transaction((records) =>
      lake.createDataset(records, { id, organisation: "council", name: id, kind: "snapshot" }),
    );
  return () => store.close();
});

const columns = (...headers: readonly [number, string][]) => headers.map(([number, header]) => ({ number, header }));
const facts = (sha256: string) => ({ sha256, bytes: sha256.length });

/** Commits a load as a job would: its files lie under temporary names until then. */
async function commit(
  changes: Partial<LoadOutput> & { dataset?: string; hash?: string } = {},
  also: Parameters<Lake["commitVersion"]>[1] = nothing,
) {
  const { dataset = "dst_a", hash = "h1", ...output } = changes;
  const text = lake.newFile(dataset);
  const quarantine = lake.newFile(dataset);
  writeFileSync(text.part, "text");
  if (output.quarantine) writeFileSync(quarantine.part, "bad");
  const load = {
    columns: columns([1, "name"], [2, "ward"]),
    rowsInFile: 5,
    rowsLoaded: 4,
    rowsQuarantined: 1,
    notes: ["a note"],
    path: "fast" as const,
    text: facts("t1"),
    quarantine: null,
    layout: null,
    ...output,
  };
  const file = {
    name: "a.csv",
    part: "",
    sha256: hash,
    firstRecord: 1,
    seconds: 0.5,
    layout: null,
    output: load,
    text,
    quarantine,
  };
  const version = await lake.commitVersion(
    { datasetId: dataset, contentHash: hash, columns: load.columns, notes: load.notes, files: [file], onto: null },
    also,
  );
  return { version, text, quarantine };
}

describe("a version", () => {
  test("is what the load said, with its files under their own names", async () => {
    const { version, text, quarantine } = await commit({ quarantine: facts("q1") });
    expect(version).toEqual({
      id: version.id,
      datasetId: "dst_a",
      number: 1,
      contentHash: "h1",
      rowsInFile: 5,
      rows: 4,
      quarantined: 1,
      columns: columns([1, "name"], [2, "ward"]),
      notes: ["a note"],
      state: "live",
      lastRecord: 5,
      mendedFrom: null,
      committedAt: now,
    });
    expect(version.id).toMatch(/^ver_/);
    expect(await lake.findVersion("dst_a")).toEqual(version);
    expect(await lake.filesOf(version.id, "text")).toEqual([join(lake.folder, text.file)]);
    expect(await lake.filesOf(version.id, "quarantine")).toEqual([join(lake.folder, quarantine.file)]);
    expect([text.part, quarantine.part].map(existsSync)).toEqual([false, false]);
    expect([text, quarantine].map(({ file }) => existsSync(join(lake.folder, file)))).toEqual([true, true]);
    expect(await lake.listFiles()).toEqual([
      { file: text.file, sha256: "t1", bytes: 2 },
      { file: quarantine.file, sha256: "q1", bytes: 2 },
    ]);
    expect(await lake.listOrphans()).toEqual([]);
  });

  test("without bad records has no quarantine", async () => {
    const { version } = await commit();
    expect(await lake.filesOf(version.id, "quarantine")).toEqual([]);
    expect(await lake.listFiles()).toHaveLength(1);
  });

  test("follows the one before it in its own dataset; the newest is found, and each by its number", async () => {
    await commit({ dataset: "dst_b" });
    const first = await commit();
    const second = await commit({ hash: "h2" });
    expect([first.version.number, second.version.number]).toEqual([1, 2]);
    expect((await lake.findVersion("dst_a"))?.id).toBe(second.version.id);
    expect((await lake.findVersion("dst_a", 1))?.id).toBe(first.version.id);
    expect(await lake.findVersion("dst_a", 3)).toBeUndefined();
    expect((await lake.findVersion("dst_b"))?.number).toBe(1);
  });

  test("files lie whole under their own names before a row names them", async () => {
    let there: readonly string[] = [];
    const { text, quarantine } = await commit({ quarantine: facts("q1") }, async () => {
      there = readdirSync(join(lake.folder, "dst_a")).map((name) => `dst_a/${name}`);
    });
    expect(there.toSorted()).toEqual([text.file, quarantine.file].toSorted());
  });

  test("what goes with it commits with it, or neither does", async () => {
    let told: { id: string; number: number } | undefined;
    const { version } = await commit({}, async (_, committed) => void (told = committed));
    expect(told).toEqual({ id: version.id, number: 1 });
    const before = [await lake.findVersion("dst_a"), await lake.listColumns("dst_a"), await lake.findDataset("dst_a")];
    const fails = async (records: Records) => {
      await records.as<{ dataset: { name: string } }>().updateTable("dataset").set({ name: "changed" }).execute();
      throw new Error("no");
    };
    await expect(commit({ hash: "h2", columns: columns([1, "name"], [3, "age"]) }, fails)).rejects.toThrow("no");
    expect([await lake.findVersion("dst_a"), await lake.listColumns("dst_a"), await lake.findDataset("dst_a")]).toEqual(before);
    expect(await lake.listOrphans()).toHaveLength(1); // the file of the load that failed, for the collector
  });
});

describe("columns", () => {
  test("keep their numbers; new ones are entered, and the next number is above all that were given", async () => {
    await commit();
    expect((await lake.findDataset("dst_a"))?.nextColumn).toBe(3);
    await commit({ hash: "h2", columns: columns([2, "ward"], [5, "age"]) });
    expect(await lake.listColumns("dst_a")).toEqual(columns([1, "name"], [2, "ward"], [5, "age"]));
    expect((await lake.findDataset("dst_a"))?.nextColumn).toBe(6);
    await commit({ hash: "h3", columns: columns([1, "name"]) });
    expect((await lake.findDataset("dst_a"))?.nextColumn).toBe(6);
    expect((await lake.findDataset("dst_b"))?.nextColumn).toBe(1);
    expect((await lake.findVersion("dst_a"))?.columns).toEqual(columns([1, "name"]));
  });

  test.each([
    ["a number that another column has", columns([1, "surname"])],
    ["another number for a column that is there", columns([7, "name"])],
  ])("of a load that was overtaken are refused: %s", async (_, taken) => {
    await commit();
    await expect(commit({ hash: "h2", columns: taken })).rejects.toMatchObject({ code: "engine.overtaken" });
    expect((await lake.findVersion("dst_a"))?.number).toBe(1);
  });

  test("of one dataset say nothing of another's", async () => {
    await commit();
    await commit({ dataset: "dst_b", columns: columns([1, "surname"]) });
    expect(await lake.listColumns("dst_b")).toEqual(columns([1, "surname"]));
  });
});

test("a typed layer takes the place of the one before it, of its own version alone", async () => {
  const { version } = await commit();
  const other = await commit({ dataset: "dst_b" });
  const build = async (versionId: string, dataset: string, type: string) => {
    const typed = lake.newFile(dataset);
    writeFileSync(typed.part, type);
    const counts = [{ number: 1, filled: 4, invalid: 0, distinct: 4 }];
    await lake.commitTyped({
      versionId,
      types: { c1: type },
      vocabulary: "1",
      output: { areas: [], file: facts(type), columns: counts },
      typed,
    });
    return { file: typed.file, versionId, types: { c1: type }, counts, vocabulary: "1" };
  };
  const kept = await build(other.version.id, "dst_b", "text");
  const first = await build(version.id, "dst_a", "text");
  expect(await lake.findTyped(version.id)).toEqual(first);
  const second = await build(version.id, "dst_a", "person.surname");
  expect(await lake.findTyped(version.id)).toEqual(second);
  expect(await lake.filesOf(version.id, "typed")).toEqual([join(lake.folder, second.file)]);
  expect(await lake.findTyped(other.version.id)).toEqual(kept);
  expect(await lake.listOrphans()).toEqual([first.file]);
});
