import { cp, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { readKit, readKits, shippedKits } from "./read-kits.ts";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "guildhall-kits-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

test("a place's own kits count before those of the same name, and a faulty one leaves the others in use", async () => {
  await cp(join(shippedKits, "aurn"), join(folder, "aurn"), { recursive: true });
  await cp(join(shippedKits, "cin"), join(folder, "other"), { recursive: true });
  await mkdir(join(folder, "empty"));
  await writeFile(join(folder, "readme.txt"), "no kit");
  const { kits, problems } = await readKits(folder);
  expect(kits.filter(({ name }) => name === "aurn")).toHaveLength(1);
  expect(kits).toHaveLength((await readKits("")).kits.length);
  expect(problems.toSorted()).toEqual([
    `${join(folder, "empty", "kit.yaml")}: there is no such file, or it cannot be read`,
    `${join(folder, "other", "kit.yaml")}: name: it is “cin”, and its folder “other”`,
  ]);
});

test("a folder that is not there is said, and the shipped kits stand", async () => {
  const { kits, problems } = await readKits(join(folder, "absent"));
  expect(problems).toEqual([`${join(folder, "absent")}: there is no such folder, or it cannot be read`]);
  expect(kits.length).toBeGreaterThan(20);
  expect((await readKit(join(shippedKits, "aurn"))).problems).toEqual([]);
});
