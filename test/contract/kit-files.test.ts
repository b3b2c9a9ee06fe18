/** Files of each kit, read as a load reads them, are that kit; open data of a place is taken for none that it is not. */
import { existsSync, globSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import { readKits } from "../../src/domains/sources/core/read-kits.ts";
import { recogniseKit } from "../../src/domains/sources/core/recognise-kit.ts";
import { EngineProcess } from "../../src/engine/index.ts";
import { createLog } from "../../src/kernel/log.ts";
import { kitCsv } from "../support/kit-files.ts";
import { runProgram } from "../support/program.ts";

const { kits } = await readKits("");
const openData = process.env["GUILDHALL_REFERENCE_DATA"] ?? fileURLToPath(new URL("../../../../shared/data", import.meta.url));
const trafford = join(openData, "trafford");
let folder: string;
let reader: EngineProcess;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "guildhall-kits-"));
  reader = new EngineProcess("job", { memoryMb: 1024, threads: 1, maxTempMb: 1000, tempDirectory: folder }, createLog("silent"));
});
afterAll(async () => {
  await reader.stop();
  await rm(folder, { recursive: true, force: true });
});

async function recognised(path: string): Promise<readonly string[]> {
  const { columns } = await reader.run("header", { path, part: "", scratch: folder });
  return recogniseKit(kits, columns).map(({ kit, layout, sure }) => `${kit.name} ${layout.name}${sure ? ", sure" : ""}`);
}

const layouts = kits.flatMap((kit) =>
  kit.layouts.filter(({ record }) => record === null).map((layout) => [`${kit.name} ${layout.name}`, layout] as const),
);

test.each(layouts)("a file of %s, with a byte order mark, is that", async (name, layout) => {
  const path = join(folder, "anything.csv"); // a name says nothing
  await writeFile(path, `\uFEFF${kitCsv(layout, 6)}\n`);
  expect(await recognised(path)).toEqual([`${name}, sure`]);
});

test.skipIf(!existsSync(trafford))(
  "no file of the open data is taken for a kit that it is not (skipped without the data)",
  async () => {
    const found: Record<string, readonly string[]> = {};
    const files = globSync("**/*.csv", { cwd: trafford }).toSorted();
    expect(files.length).toBeGreaterThan(20);
    for (const file of files) {
      const kinds = await recognised(join(trafford, file));
      if (kinds.length > 0) found[basename(file)] = kinds;
    }
    expect(found).toEqual({ "voluntary_sector_grants.csv": ["grants360 grants, sure"] }); // which it is
  },
  60_000,
);

const run = (argv: readonly string[], settings: Record<string, string> = {}) =>
  runProgram(argv, { data: join(folder, "data"), settings: { TMPDIR: folder, ...settings } });

test("the command line lists, shows and recognises kits, and says what is wrong with one", { timeout: 60_000 }, async () => {
  const listed = await run(["kit", "list", "--json"]);
  expect((JSON.parse(listed.out) as { name: string }[]).map(({ name }) => name)).toEqual(kits.map(({ name }) => name));
  expect((await run(["kit", "show", "ssda903"])).out).toContain("Law, as a reminder: Children Act 1989, section 83.");
  expect(await run(["kit", "show", "nothing"])).toMatchObject({
    code: 1,
    err: expect.stringContaining("There is no kit “nothing”.") as string,
  });
  const path = join(folder, "x.csv");
  await writeFile(path, "CHILD,SEX,DOB,DUC\nC1,1,03/04/2010,05/06/2020\n");
  expect(JSON.parse((await run(["kit", "recognise", path, "--json"])).out)).toMatchObject([
    { kit: "ssda903", layout: "uasc", sure: true, missing: [], columns: { CHILD: { type: "case_ref" } } },
  ]);
  expect(existsSync(join(folder, "data"))).toBe(false);
  expect((await run(["kit", "list", "--json"], { GUILDHALL_KITS: join(folder, "absent") })).err).toContain(
    "there is no such folder",
  );
  expect(await run(["kit"])).toMatchObject({ code: 2 });
});
