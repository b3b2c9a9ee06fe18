import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { readKeys } from "./keys.ts";

let folder: string;
let path: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "guildhall-keys-"));
  path = join(folder, "hub.keys");
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));
const old = { pseudonym: "ab".repeat(32) };
const put = (text: string, mode = 0o600) => {
  writeFileSync(path, text);
  chmodSync(path, mode);
};

test("a new hub gets its keys, for its owner alone, and the same ones again", () => {
  const made = readKeys(path, true);
  expect([made.pseudonym.length, made.connector.length, statSync(path).mode & 0o777]).toEqual([64, 64, 0o600]);
  expect(made.pseudonym).not.toBe(made.connector);
  expect(readKeys(path, false)).toEqual(made);
});

test("a file of an earlier release gets the key that it lacks, and keeps what it has", () => {
  put(JSON.stringify(old));
  writeFileSync(`${path}.new`, "left over by a crash");
  const added = readKeys(path, false);
  expect(added.pseudonym).toBe(old.pseudonym);
  expect(added.connector).toMatch(/^[0-9a-f]{64}$/);
  expect([statSync(path).mode & 0o777, existsSync(`${path}.new`)]).toEqual([0o600, false]);
  expect(readKeys(path, false)).toEqual(added);
});

test.each([
  ["{}", "a key is missing"],
  ['{"connector":"' + "ab".repeat(32) + '"}', "a key is missing"],
  [JSON.stringify({ ...old, connector: "short" }), "a key in it is damaged"],
  ["a secret that is no JSON", "it is not what Guildhall wrote"],
  ["null", "cannot be used"],
])("%j is refused, not mended, and not quoted", (text, why) => {
  put(text);
  expect(() => readKeys(path, false)).toThrow(why);
  expect(() => readKeys(path, false)).not.toThrow("secret that");
  expect(readFileSync(path, "utf8")).toBe(text);
});

test("one that others may read, or that is gone, is refused", () => {
  expect(() => readKeys(path, false)).toThrow("it is missing");
  put(JSON.stringify(old), 0o640);
  expect(() => readKeys(path, false)).toThrow("others may read it");
});
