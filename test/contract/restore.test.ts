/** A restored hub is the same hub; a damaged or crafted backup is refused and nothing is written. */
import { cpSync, existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { backUp, restoreBackup } from "../../src/backup.ts";
import { openHouse } from "../../src/build-house.ts";
import { exportAll, type ExportLine } from "../../src/export-all.ts";
import { readSettings } from "../../src/kernel/config.ts";
import { createLog } from "../../src/kernel/log.ts";
import { openTestHouse, type TestHouse } from "../support/house.ts";

let hub: TestHouse;
let backup: string;
beforeAll(async () => {
  hub = await openTestHouse();
  const council = await hub.organisation("Exampleton Council");
  await hub.person({ name: "Sam Example", organisation: council, roles: ["steward"], purpose: "stewardship" });
  await hub.load({ name: "Libraries", organisation: council, csv: "name,visits\nNorth,12\nSouth,34\nbroken\n" });
  await hub.refresh("Libraries", "name,visits\nNorth,13\nSouth,34\n");
  backup = join(hub.folder, "backup");
  await backUp(hub.house.gate.operatorSession(), hub.house, backup);
}, 60_000);
afterAll(() => hub.close());

/** Everything that an export writes, but for the record of use, which grows with each export. */
const contents = (folder: string, lines: readonly ExportLine[]) =>
  lines
    .filter(({ kind }) => kind !== "log")
    .map(({ object, count, file }) => [object, count, readFileSync(join(folder, file)).toString("base64")]);

test("every object of the restored hub is what it was", { timeout: 60_000 }, async () => {
  const data = join(hub.folder, "restored");
  await restoreBackup(backup, data);
  cpSync(`${join(hub.folder, "data")}.keys`, `${data}.keys`);
  const { house, close } = await openHouse(readSettings({ GUILDHALL_DATA: data }), { log: createLog("silent") });
  try {
    const [before, after] = [join(hub.folder, "before"), join(hub.folder, "after")];
    const held = await exportAll(hub.house.gate.operatorSession(), hub.house, before, false);
    const restored = await exportAll(house.gate.operatorSession(), house, after, false);
    expect(held.length).toBeGreaterThan(8);
    expect(contents(after, restored)).toEqual(contents(before, held));
  } finally {
    await close();
  }
});

test.each([
  ["a changed file", (folder: string) => writeFileSync(join(folder, "hub.db"), "x")],
  ["a file outside it", (folder: string) => rewrite(folder, "../escaped")],
  ["no list of files", (folder: string) => writeFileSync(join(folder, "backup.json"), "{}")],
])("a backup with %s is refused and leaves nothing", async (name, damage) => {
  const copy = join(hub.folder, name.replaceAll(" ", "-"));
  cpSync(backup, copy, { recursive: true });
  damage(copy);
  const data = join(hub.folder, `data-${name.replaceAll(" ", "-")}`);
  await expect(restoreBackup(copy, data)).rejects.toThrow(/is not a whole backup|files/);
  expect(existsSync(data)).toBe(false);
  expect(existsSync(join(hub.folder, "escaped"))).toBe(false);
});

function rewrite(folder: string, file: string): void {
  const path = join(folder, "backup.json");
  const manifest = JSON.parse(readFileSync(path, "utf8")) as { files: { file: string }[] };
  writeFileSync(
    path,
    JSON.stringify({ ...manifest, files: manifest.files.map((entry, at) => (at === 0 ? { ...entry, file } : entry)) }),
  );
}
