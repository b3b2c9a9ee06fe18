/** What is packed is what people install: it runs without the checkout, and holds nothing that is not for them. */
import { execFile } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";

const root = fileURLToPath(new URL("../..", import.meta.url));
const run = promisify(execFile);
let folder: string;
let files: readonly string[];
let bin: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "guildhall-package-"));
  const npm = process.env["npm_execpath"];
  const pack = ["pack", "--ignore-scripts", "--offline", "--loglevel=error", "--pack-destination", folder];
  await (npm === undefined ? run("npm", pack, { cwd: root }) : run(process.execPath, [npm, ...pack], { cwd: root }));
  const packed = readdirSync(folder).find((name) => name.endsWith(".tgz")) ?? "";
  const modules = join(folder, "node_modules");
  mkdirSync(modules);
  await run("tar", ["-xzf", join(folder, packed), "-C", modules]);
  // its dependencies lie beside it, as npm puts them
  for (const name of readdirSync(join(root, "node_modules")).filter((found) => !found.startsWith(".")))
    symlinkSync(join(root, "node_modules", name), join(modules, name));
  const home = join(modules, "package");
  files = readdirSync(home, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(home.length + 1));
  const { bin: bins } = JSON.parse(readFileSync(join(home, "package.json"), "utf8")) as { bin: { guildhall: string } };
  bin = join(home, bins.guildhall);
}, 60_000);
afterAll(() => rm(folder, { recursive: true, force: true }));

async function guildhall(...argv: string[]) {
  const settings = { PATH: process.env["PATH"] ?? "", GUILDHALL_DATA: join(folder, "data") };
  return run(process.execPath, [bin, ...argv], { cwd: folder, env: settings, timeout: 50_000 });
}

test("the package holds the program, its papers and nothing else", () => {
  expect(files).toEqual(expect.arrayContaining(["package.json", "README.md", "LICENSE", "CHANGELOG.md", "dist/main.js"]));
  const foreign = files.filter(
    (file) =>
      !/^(?:dist\/|docs\/.+\.md$|kits\/[a-z0-9-]+\/kit\.yaml$|scripts\/(?:guildhall|run)\.mjs$|[A-Z]+(?:\.md)?$|package\.json$)/.test(
        file,
      ),
  );
  expect(foreign).toEqual([]);
  const unwanted =
    /(?:^|\/)(?:data|test|tests|pictures|images|bench|src)\/|\.(?:keys?|pem|db|parquet|csv|png|jpe?g|test\.\w+|env)$/;
  expect(files.filter((file) => unwanted.test(file))).toEqual([]);
});

test("the package tells nobody where it was made", () => {
  const telling = files.filter((file) => readFileSync(join(folder, "node_modules/package", file)).includes(root));
  expect(telling).toEqual([]);
});

test("its command lists every verb, and says what it does not know", { timeout: 60_000 }, async () => {
  const { stdout, stderr } = await guildhall("help");
  expect(stderr).toBe("");
  expect(stdout).toContain("guildhall source add");
  await expect(guildhall("sauce")).rejects.toMatchObject({ code: 2, stderr: expect.stringContaining("sauce") });
});

test("its command loads a file, with the processes that takes", { timeout: 60_000 }, async () => {
  await writeFile(join(folder, "trees.csv"), "tree_id,species,height\nT1,Oak,12\nT2,Ash,9\nT3,Oak\n");
  await guildhall("organisation", "add", "Exampleton Council");
  const { stdout } = await guildhall("source", "add", "trees.csv", "--json"); // named from where the person is
  expect(JSON.parse(stdout)).toMatchObject({ name: "trees", rowsLoaded: 2, rowsQuarantined: 1 });
  expect(existsSync(join(folder, "data", "hub.db"))).toBe(true);
});
