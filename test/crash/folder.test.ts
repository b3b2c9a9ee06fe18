import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import {
  directoryFormat,
  Lake,
  lakeMigrations,
  Relation,
  takeDataFolder,
  writeOwnerNote,
  type LoadOutput,
} from "../../src/engine/index.ts";
import { sql } from "../../src/sql/index.ts";
import { Store } from "../../src/store/index.ts";
import { openWallsHouse } from "../support/walls-house.ts";
import { bundle, type Program } from "./bundle.ts";

let folder: string;
let program: Program;
beforeAll(async () => {
  program = await bundle("./load-for-ever.ts");
});
afterAll(() => program.remove());
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "folder-"));
});
afterEach(() => rm(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 }));

const query = (path: string) =>
  sql`SELECT count(*) AS n FROM ${Relation.mint("rows", ["n"], { body: sql`SELECT * FROM read_parquet(${[path]})`, files: [path], whole: true })}`;

describe("a data folder", () => {
  test("in use: the second is refused and told who has it; given up, it may be taken", () => {
    const root = join(folder, "data");
    const first = takeDataFolder(root);
    expect(() => takeDataFolder(root)).toThrow(expect.objectContaining({ code: "data-folder.in-use" }));
    writeOwnerNote(root, { pid: 4711, address: "http://localhost:4400", socket: first.socket });
    expect(() => takeDataFolder(root)).toThrow(/in use by process 4711, a hub at http:\/\/localhost:4400/);
    first.release();
    takeDataFolder(root).release();
  });

  test("of a newer format: refused and untouched", async () => {
    const root = join(folder, "data");
    takeDataFolder(root).release();
    await writeFile(join(root, "format.json"), `{"format":${directoryFormat + 1}}`);
    await rm(join(root, "tmp"), { recursive: true });
    const held = () => readdirSync(folder, { recursive: true }).map(String).sort();
    const before = held();
    const bytes = readFileSync(join(root, "owner.db"));
    expect(() => takeDataFolder(root)).toThrow(expect.objectContaining({ code: "data-folder.newer" }));
    expect(held()).toEqual(before);
    expect(readFileSync(join(root, "owner.db"))).toEqual(bytes);
    await expect(openWallsHouse({}, folder)).rejects.toMatchObject({ code: "data-folder.newer" });
    expect(held()).toEqual(before);
  });

  test("whose format cannot be read: refused in words", async () => {
    const root = join(folder, "data");
    takeDataFolder(root).release();
    for (const text of ["", "{", "[]", '{"format":"1"}']) {
      await writeFile(join(root, "format.json"), text);
      expect(() => takeDataFolder(root)).toThrow(expect.objectContaining({ code: "data-folder.unwritable" }));
    }
  });

  test("that cannot be written: refused in words", async () => {
    await writeFile(join(folder, "file"), "");
    expect(() => takeDataFolder(join(folder, "file"))).toThrow(expect.objectContaining({ code: "data-folder.unwritable" }));
    expect(() => takeDataFolder(join(folder, "file", "below"))).toThrow(
      expect.objectContaining({ code: "data-folder.unwritable" }),
    );
  });

  test("what a killed process left in its temporary folder is gone at the next start", async () => {
    const root = join(folder, "data");
    takeDataFolder(root).release();
    await writeFile(join(root, "tmp", "good.csv"), "a person's record");
    takeDataFolder(root).release();
    expect(readdirSync(join(root, "tmp"))).toEqual([]);
  });
});

test("one flipped bit in a file is found at its first use after a start", async () => {
  const first = await openWallsHouse({}, folder);
  const { source } = await first.add(await first.organisation("Council"), "a.csv", "id,text\n1,one\n2,two\n");
  const version = await first.house.lake.findVersion(source.datasetId);
  const [typed = ""] = await first.house.lake.filesOf(version?.id ?? "", "typed");
  const [text = ""] = await first.house.lake.filesOf(version?.id ?? "", "text");
  expect((await first.house.engine.query(query(typed), { organisation: "o" })).rows).toEqual([[2]]);
  await first.close();
  for (const path of [typed, text]) {
    const bytes = await readFile(path);
    const flipped = Buffer.from(bytes);
    flipped[40] = (flipped[40] ?? 0) ^ 4;
    await writeFile(path, flipped);
    const again = await openWallsHouse({}, folder);
    await expect(again.house.engine.query(query(path), { organisation: "o" })).rejects.toMatchObject({
      code: "engine.file-changed",
    });
    await expect(again.house.engine.query(query(join(folder, "elsewhere.parquet")), { organisation: "o" })).rejects.toMatchObject(
      {
        code: "engine.file-changed",
      },
    );
    await again.close();
    await writeFile(path, bytes);
  }
  const whole = await openWallsHouse({}, folder);
  expect((await whole.house.engine.query(query(typed), { organisation: "o" })).rows).toEqual([[2]]);
  await whole.close();
});

test("a full disk: a clear error, the old version whole, nothing half-written named", async () => {
  await writeFile(join(folder, "a.csv"), "id\n1\n2\n");
  await writeFile(join(folder, "b.csv"), `id\n${"x\n".repeat(200_000)}`);
  // no file may grow past 1 MiB: what the load writes on its way does
  const child = spawn("sh", ["-c", 'ulimit -f 2048; exec "$@"', "sh", process.execPath, program.path, folder, "2"], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const gone = once(child, "exit");
  const said: { loaded?: string; error?: { code: string } | null }[] = [];
  for await (const line of createInterface({ input: child.stdout })) said.push(JSON.parse(line) as (typeof said)[number]);
  await gone;
  expect(said.slice(1)).toMatchObject([{ loaded: "done" }, { loaded: "failed", error: { code: "engine.no-space" } }]);
  const walls = await openWallsHouse({}, folder);
  const [dataset] = await walls.house.lake.listDatasets();
  expect(await walls.house.lake.findVersion(dataset?.id ?? "")).toMatchObject({ number: 1, rows: 2 });
  expect(await walls.house.lake.listOrphans()).toEqual([]);
  for (const { file } of await walls.house.lake.listFiles()) expect(existsSync(join(walls.house.lake.folder, file))).toBe(true);
  expect(readdirSync(walls.house.folder.landing)).toEqual([]);
  await walls.close();
});

describe("two loads of one source at once", () => {
  test("asked of a hub: both end, one after the other", async () => {
    const walls = await openWallsHouse({}, folder);
    const { source } = await walls.add(await walls.organisation("Council"), "a.csv", "id,text\n1,one\n");
    const jobs = await Promise.all([walls.refresh(source, "id,text\n2,two\n"), walls.refresh(source, "id,more\n3,three\n")]);
    expect(jobs.map(({ state }) => state)).toEqual(["done", "done"]);
    const versions = await walls.house.lake.listVersions(source.datasetId);
    expect(versions.map(({ number }) => number)).toEqual([3, 2, 1]);
    const columns = versions.map((version) => version.columns.map(({ number, header }) => `${number} ${header}`).join());
    expect(columns.sort()).toEqual(["1 id,2 text", "1 id,2 text", "1 id,3 more"]); // in whichever order they were taken in
    await walls.close();
  });

  test("committed to a lake: columns of one are never taken for the other's", async () => {
    const store = await Store.open(":memory:", [lakeMigrations]);
    const lake = new Lake(folder, store, () => 1);
    await store.transaction((records) =>
      lake.createDataset(records, { id: "dst", organisation: "org", name: "d", kind: "snapshot" }),
    );
    const commit = async (columns: LoadOutput["columns"]) => {
      const text = lake.newFile("dst");
      await writeFile(text.part, "x");
      const facts = { sha256: "0", bytes: 1 };
      const output: LoadOutput = {
        columns,
        rowsInFile: 1,
        rowsLoaded: 1,
        rowsQuarantined: 0,
        notes: [],
        path: "fast",
        text: facts,
        quarantine: null,
        layout: null,
      };
      return lake.commitVersion(
        {
          datasetId: "dst",
          contentHash: "0",
          columns,
          notes: [],
          files: [
            {
              name: "a.csv",
              part: "",
              sha256: "0",
              firstRecord: 1,
              seconds: 0,
              layout: null,
              output,
              text,
              quarantine: lake.newFile("dst"),
            },
          ],
          onto: null,
        },
        async () => {},
      );
    };
    // each had its numbers given to it before the first was committed
    const loads = [["1 name", "2 ward"], ["1 nhs number", "2 name"], ["3 name"], ["1 name", "3 note"]];
    const endings: unknown[] = [];
    for (const load of loads) {
      const columns = load.map((column) => ({ number: Number(column[0]), header: column.slice(2) }));
      endings.push(
        await commit(columns).then(
          ({ number }) => number,
          (error: { code: string }) => error.code,
        ),
      );
    }
    expect(endings).toEqual([1, "engine.overtaken", "engine.overtaken", 2]);
    expect((await lake.listColumns("dst")).map(({ header }) => header)).toEqual(["name", "ward", "note"]);
    expect((await lake.findDataset("dst"))?.nextColumn).toBe(4);
    expect((await lake.listOrphans()).length).toBe(2);
    await store.close();
  });
});
