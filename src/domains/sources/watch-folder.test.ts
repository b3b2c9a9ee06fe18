import {
  chmodSync,
  existsSync,
  linkSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import type { Session } from "../../access/index.ts";
import { openTestHouse, type TestHouse } from "../../../test/support/house.ts";
import { copySound } from "./core/copy-sound.ts";
import { sourcesModule } from "./module.tsx";
import { listSourceRows } from "./store.ts";
import { lookIntoFolders, showWatchedFolders, stopWatching, watchFolder } from "./watch-folder.ts";

let now = Date.parse("2026-11-25T12:00Z");
let hub: TestHouse;
let council: string;
let steward: Session;
let folder: string;
let made = 0;
const operator = () => hub.house.gate.operatorSession();

beforeAll(async () => {
  hub = await openTestHouse({ clock: () => now });
}, 60_000);
afterAll(() => hub.close());
beforeEach(async () => {
  made += 1;
  council = await hub.organisation(`Council ${made}`);
  steward = await hub.person({ name: `Sam ${made}`, organisation: council, roles: ["steward"] });
  folder = join(hub.folder, `drop-${made}`);
  mkdirSync(folder);
  for (const { watched } of await showWatchedFolders(operator())) await stopWatching(operator(), watched.folder, hub.house);
  await watchFolder(operator(), { folder, organisation: council }, hub.house);
});

const put = (file: string, text: string) => writeFileSync(join(folder, file), text);
const look = async () => {
  now += 30_000;
  await lookIntoFolders(hub.house);
  await hub.house.jobs.idle();
};
const looks = async (count: number) => {
  for (let at = 0; at < count; at += 1) await look();
};
/** Each source with its newest version and how many rows it has. */
const sources = async () => {
  const rows = await listSourceRows(hub.house.store, council);
  return Promise.all(
    rows.map(async ({ name, datasetId }) => {
      const version = await hub.house.lake.findVersion(datasetId);
      return `${name}: version ${version?.number ?? 0}, ${version?.rows ?? 0} rows`;
    }),
  );
};
const state = async () => {
  const [shown] = await showWatchedFolders(steward);
  return (
    shown && { taken: shown.taken, waiting: shown.waiting, failed: shown.failed.map(({ file, why }) => `${file}: ${why ?? ""}`) }
  );
};
const month = (number: number) => `day,count\n2026-0${number}-01,${number}1\n2026-0${number}-02,${number}2\n`;

test("a file is taken once it has stood still for two looks, and once", async () => {
  put("bins.csv", "route,day\nA,Mon\n");
  await look();
  expect([await sources(), await state()]).toEqual([[], { taken: 0, waiting: 1, failed: [] }]);
  put("bins.csv", "route,day\nA,Mon\nB,Tue\n");
  await look();
  expect(await sources()).toEqual([]);
  await look();
  expect([await sources(), await state()]).toEqual([["Bins: version 1, 2 rows"], { taken: 1, waiting: 0, failed: [] }]);
  const jobs = (await hub.house.store.as<{ job: { id: string } }>().selectFrom("job").select("id").execute()).length;
  utimesSync(join(folder, "bins.csv"), 1, 1); // touched: it holds what it held
  await looks(4);
  expect(await sources()).toEqual(["Bins: version 1, 2 rows"]);
  expect((await hub.house.store.as<{ job: { id: string } }>().selectFrom("job").select("id").execute()).length).toBe(jobs + 1);
  await looks(3);
  expect((await hub.house.store.as<{ job: { id: string } }>().selectFrom("job").select("id").execute()).length).toBe(jobs + 1);
});

test("looks that follow each other at once do not make a file stand still", async () => {
  put("bins.csv", "route,day\nA,Mon\n");
  for (let at = 0; at < 3; at += 1) {
    now += 1000;
    await lookIntoFolders(hub.house);
    await hub.house.jobs.idle();
  }
  expect(await sources()).toEqual([]);
});

test("one of the same name is the next version, also after it was taken away", async () => {
  put("bins.csv", "route,day\nA,Mon\n");
  await looks(2);
  rmSync(join(folder, "bins.csv"));
  await look();
  put("bins.csv", "route,day\nA,Mon\nB,Tue\nC,Wed\n");
  await looks(2);
  expect(await sources()).toEqual(["Bins: version 2, 3 rows"]);
  put("bins.csv", "route,day\nA,Mon\nB,Tue\nC,Wed\n");
  put("copy.csv", "route,day\nA,Mon\nB,Tue\nC,Wed\n");
  await looks(3);
  expect(await sources()).toEqual(["Bins: version 2, 3 rows"]);
  expect((await state())?.taken).toBe(2);
});

test("three of a kind are one dataset, and a later one alone grows it", async () => {
  for (const number of [1, 2, 3]) put(`counts-2026-0${number}.csv`, month(number));
  await looks(2);
  expect(await sources()).toEqual(["Counts: version 1, 6 rows"]);
  for (const number of [1, 2, 3]) rmSync(join(folder, `counts-2026-0${number}.csv`));
  put("counts-2026-04.csv", month(4));
  await looks(2);
  expect(await sources()).toEqual(["Counts: version 2, 8 rows"]);
  put("counts-2026-05.csv", "day,other\n2026-05-01,1\n");
  await looks(2);
  expect(await sources()).toEqual(["Counts: version 2, 8 rows", "Counts 2026-05: version 1, 1 rows"]);
});

test("what failed is told with its reason, and tried again only when it changes", async () => {
  put("good.csv", "a,b\n1,2\n");
  put("bad.csv", "");
  await looks(2);
  expect(await sources()).toEqual(["Good: version 1, 1 rows"]);
  const failed = await state();
  expect(failed?.failed).toHaveLength(1);
  expect(failed?.failed[0]).toMatch(/^bad\.csv: \S/);
  const tasks = (await sourcesModule.contributes?.tasks?.(steward, hub.house)) ?? [];
  expect(tasks.map(({ title, action }) => [title, action])).toContainEqual([
    "1 file of a watched folder could not be loaded",
    "See why",
  ]);
  const jobs = async () => (await hub.house.store.as<{ job: { id: string } }>().selectFrom("job").select("id").execute()).length;
  const before = await jobs();
  await looks(3);
  expect(await jobs()).toBe(before);
  put("bad.csv", "a,b\n3,4\n5,6\n");
  await looks(2);
  expect(await sources()).toEqual(["Bad: version 1, 2 rows", "Good: version 1, 1 rows"]);
  expect((await state())?.failed).toEqual([]);
});

test("links, folders, hidden and unfinished files are left alone, and nothing is written to the folder", async () => {
  const outside = join(hub.folder, `outside-${made}.csv`);
  writeFileSync(outside, "secret,of\nthe,hub\n");
  symlinkSync(outside, join(folder, "link.csv"));
  mkdirSync(join(folder, "inner"));
  writeFileSync(join(folder, "inner", "x.csv"), "a\n1\n");
  for (const file of [".hidden.csv", "~$book.xlsx", "big.csv.part", "upload.tmp"]) put(file, "a,b\n1,2\n");
  put("plain.csv", "a,b\n1,2\n");
  const before = readdirSync(folder, { recursive: true }).map((name) => [name, statSync(join(folder, String(name))).mtimeMs]);
  if (process.getuid?.() !== 0) chmodSync(folder, 0o500);
  await looks(3);
  expect(await sources()).toEqual(["Plain: version 1, 1 rows"]);
  expect(readdirSync(folder, { recursive: true }).map((name) => [name, statSync(join(folder, String(name))).mtimeMs])).toEqual(
    before,
  );
  chmodSync(folder, 0o700);
});

test("a file that is made a link between the look and the copy is not read", async () => {
  const outside = join(hub.folder, `key-${made}.csv`);
  writeFileSync(outside, "secret,of\nthe,hub\n");
  put("plain.csv", "a,b\n1,2\n");
  const { size, mtimeMs } = statSync(join(folder, "plain.csv"));
  const met = { file: "plain.csv", bytes: size, modified: Math.trunc(mtimeMs) };
  const target = join(hub.folder, `target-${made}`);
  expect(await copySound(folder, met, target)).toBe(true);
  expect(readFileSync(target, "utf8")).toBe("a,b\n1,2\n");
  rmSync(target);
  rmSync(join(folder, "plain.csv"));
  symlinkSync(outside, join(folder, "plain.csv"));
  const linked = statSync(outside);
  const asLink = { file: "plain.csv", bytes: linked.size, modified: Math.trunc(linked.mtimeMs) };
  expect(await copySound(folder, asLink, target)).toBe(false);
  renameSync(folder, `${folder}-real`);
  mkdirSync(join(hub.folder, `elsewhere-${made}`));
  linkSync(outside, join(hub.folder, `elsewhere-${made}`, "plain.csv"));
  symlinkSync(join(hub.folder, `elsewhere-${made}`), folder);
  expect(await copySound(`${folder}-real`, asLink, target)).toBe(false);
  put("changed.csv", "a\n1\n");
  expect(await copySound(folder, { file: "changed.csv", bytes: 4, modified: 1 }, target)).toBe(false);
  expect(existsSync(target)).toBe(false);
  rmSync(folder);
  renameSync(`${folder}-real`, folder);
});

test("a folder that goes away is said, and is looked into again when it is back", async () => {
  put("bins.csv", "route,day\nA,Mon\n");
  await looks(2);
  renameSync(folder, `${folder}-away`);
  await look();
  expect((await showWatchedFolders(steward))[0]?.watched).toMatchObject({ problem: "The folder is not there.", lookedAt: now });
  const tasks = (await sourcesModule.contributes?.tasks?.(steward, hub.house)) ?? [];
  expect(tasks.map(({ title }) => title)).toContain("A watched folder cannot be looked into");
  renameSync(`${folder}-away`, folder);
  put("more.csv", "a,b\n1,2\n");
  await looks(2);
  expect((await showWatchedFolders(steward))[0]?.watched.problem).toBeNull();
  expect(await sources()).toEqual(["Bins: version 1, 1 rows", "More: version 1, 1 rows"]);
});

test("only the operator watches folders, and none that hold what is the hub's own", async () => {
  await expect(watchFolder(steward, { folder: hub.folder, organisation: council }, hub.house)).rejects.toMatchObject({
    code: "access.refused",
  });
  const { root } = hub.house.folder;
  for (const own of [root, join(root, "lake"), hub.folder])
    await expect(watchFolder(operator(), { folder: own, organisation: council }, hub.house), own).rejects.toMatchObject({
      code: "sources.folder-own",
    });
  await expect(watchFolder(operator(), { folder, organisation: council }, hub.house)).rejects.toMatchObject({
    code: "sources.watched",
  });
  await expect(watchFolder(operator(), { folder: "/nowhere", organisation: council }, hub.house)).rejects.toMatchObject({
    code: "sources.no-folder",
  });
  await stopWatching(operator(), folder, hub.house);
  put("bins.csv", "route,day\nA,Mon\n");
  await looks(3);
  expect([await sources(), await state()]).toEqual([[], undefined]);
  await expect(stopWatching(operator(), folder, hub.house)).rejects.toMatchObject({ code: "sources.not-watched" });
});
