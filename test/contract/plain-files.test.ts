/** Verbs that work on a file by itself: no hub, no data folder, nothing left behind. */
import { mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { writeZip } from "../corpus/write-zip.ts";
import { runProgram } from "../support/program.ts";

const csv = [
  "member,nhs_no,joined,note,empty",
  "1,9990000018,01/02/2024,first,",
  '2,9990000050,13/02/2024,"a, b",',
  "3,9990000069,28/02/2024",
  "4,9990000077,29/02/2024,last,",
].join("\n");

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "guildhall-plain-"));
  await mkdir(join(folder, "tmp"));
  await writeFile(join(folder, "members.csv"), `${csv}\n`);
  await writeFile(join(folder, "photo.png"), "x");
  await writeFile(join(folder, "nothing.csv"), "");
  await writeFile(
    join(folder, "return.zip"),
    writeZip([
      { name: "README.txt", bytes: "Please read.\n\nThank you.\n" },
      { name: "members.csv", bytes: csv },
      { name: "places.json", bytes: '{"sites":[{"site":"A","postcode":"M33 7ZF"}],"counts":[{"n":1},{"n":2}]}' },
    ]),
  );
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const run = (...argv: string[]) => runProgram(argv, { data: join(folder, "data"), settings: { TMPDIR: join(folder, "tmp") } });

test("detect names each column's type with confidence, evidence and rivals", async () => {
  const { code, out, err } = await run("detect", join(folder, "members.csv"), "--json");
  expect([code, err]).toEqual([0, ""]);
  const { columns } = JSON.parse(out) as {
    columns: { name: string; type: string | null; confidence: number; evidence: string[]; alternatives: unknown[] }[];
  };
  expect(columns.map(({ name, type }) => [name, type])).toEqual([
    ["member", "measure"],
    ["nhs_no", "nhs_number"],
    ["joined", "time.date"],
    ["note", "text"],
    ["empty", null],
  ]);
  expect(columns[1]?.confidence).toBeGreaterThan(0.9);
  expect(columns[1]?.evidence.join("; ")).toContain("3 of 3 distinct values pass the NHS check digit");
  expect(columns[2]?.alternatives).toBeInstanceOf(Array);
  expect((await run("detect", join(folder, "members.csv"))).out).toContain("NHS number");
});

test("profile accounts for every row and cell", async () => {
  const { out } = await run("profile", join(folder, "members.csv"), "--json");
  const profile = JSON.parse(out) as Record<string, number> & {
    columns: { name: string; filled: number; empty: number; distinct: number; top: unknown[] }[];
  };
  expect([profile["rowsInFile"], profile["rowsLoaded"], profile["rowsQuarantined"]]).toEqual([4, 3, 1]);
  for (const { filled, empty } of profile.columns) expect(filled + empty).toBe(3);
  expect(profile.columns.at(-1)).toMatchObject({ name: "empty", filled: 0, empty: 3, distinct: 0, top: [] });
  expect(profile.columns[3]).toMatchObject({ distinct: 3 });
});

test("of a file with several tables one is described and the others are named", async () => {
  const file = join(folder, "return.zip");
  const first = JSON.parse((await run("detect", file, "--json")).out) as Record<string, unknown>;
  expect(first).toMatchObject({
    table: "members.csv",
    tables: [
      { part: "members.csv", format: "csv", title: "members" },
      { part: "places.json#sites", format: "json", title: "sites" },
      { part: "places.json#counts", format: "json", title: "counts" },
    ],
    notes: ["These members are no tables: README.txt."],
  });
  for (const name of ["places.json#counts", "counts"]) {
    const other = JSON.parse((await run("profile", file, "--table", name, "--json")).out) as Record<string, unknown>;
    expect(other).toMatchObject({ table: "places.json#counts", rowsInFile: 2, columns: [{ name: "n", filled: 2 }] });
  }
  expect((await run("detect", file)).out).toContain("Others in the file, for --table: places.json#sites, places.json#counts.");
});

test.each([
  [["detect"], 2, "Usage: guildhall detect FILE"],
  [["profile", "a.csv", "b.csv"], 2, "Usage: guildhall profile FILE"],
  [["detect", "members.csv", "--table", "absent"], 1, "There is no table “absent” in the file. It holds: members."],
  [["detect", "missing.csv"], 1, "missing.csv"],
  [["detect", "photo.png"], 1, "holds no table that Guildhall can read"],
  [["profile", "nothing.csv"], 1, "The file is empty."],
])("%j is refused in words", async (argv, code, words) => {
  const ended = await run(...argv.map((word) => (/\./.test(word) ? join(folder, word) : word)));
  expect([ended.code, ended.out]).toEqual([code, ""]);
  expect(ended.err).toContain(words);
  expect(ended.err).not.toMatch(/\bat .+:\d+/);
});

test("nothing is left behind, and no data folder is made", async () => {
  await run("detect", join(folder, "members.csv"));
  expect((await readdir(folder)).toSorted()).toEqual(["members.csv", "nothing.csv", "photo.png", "return.zip", "tmp"]);
  expect(await readdir(join(folder, "tmp"))).toEqual([]);
});
