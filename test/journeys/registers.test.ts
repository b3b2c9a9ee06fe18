/** A hub that keeps registers only takes no file about people until somebody answers for it, whichever way the file comes. */
import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { getType } from "../../src/vocabulary/index.ts";
import { runProgram, startProgram, type Running } from "../support/program.ts";
import { csrfOf, newVisitor, type Visitor } from "../support/sample-hub.ts";

const numbers = Array.from({ length: 400 }, (_, at) => String(9_990_000_000 + at * 7)).filter(
  (digits) => getType("nhs_number").parse(digits) !== undefined,
);
const people = `nhs_number,first_name,last_name,date_of_birth
${numbers
  .slice(0, 30)
  .map((number, at) => `${number},Ann${at},Example,19${50 + at}-03-1${at % 10}`)
  .join("\n")}
`;
const trees = "tree_id,species,height\nT1,Oak,12\nT2,Ash,9\nT3,Oak,15\n";
let folder: string;
let data: string;
let hub: Running;
let sam: Visitor;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "guildhall-registers-"));
  data = join(folder, "data");
  await writeFile(join(folder, "people.csv"), people);
  await writeFile(join(folder, "trees.csv"), trees);
  hub = await startProgram(["--registers"], { data });
  sam = newVisitor(hub.address);
  const link = /\/set-up\/\w+/.exec(hub.out())?.[0] ?? "";
  const page = await sam.get(link);
  const reply = await sam.post(link, {
    _csrf: csrfOf(page.body),
    place: "Exampleton",
    organisation: "Exampleton Council",
    kind: "council",
    name: "Sam Example",
    email: "sam@example.org",
    password: "three words apart",
  });
  if (reply.location !== "/") throw new Error(`The hub was not set up: ${reply.status}.`);
}, 60_000);
afterAll(async () => {
  await hub.stop();
  await rm(folder, { recursive: true, force: true });
});

const guildhall = (...argv: string[]) => runProgram(argv, { data });
const post = async (path: string, form: Record<string, string>) =>
  sam.post(path, { _csrf: csrfOf((await sam.get("/sources/new")).body), ...form });
const upload = async (path: string, name: string, body: string) =>
  sam.upload(path, csrfOf((await sam.get("/sources/new")).body), { name, body });

async function settled(path: string): Promise<string> {
  for (;;) {
    const { body } = await sam.get(path);
    if (!body.includes("Cancel the load")) return body;
    await new Promise((again) => setTimeout(again, 100));
  }
}

const refusal = /The file describes people \([^)]*nhs_number[^)]*\), and this hub keeps registers only/;
const remedy = "Give the reference of an approved impact assessment and the name of the owner";

test("a file about things is taken", async () => {
  expect(await settled((await upload("/sources/new", "trees.csv", trees)).location ?? "")).toMatch(/Loaded/);
  const typed = async () => {
    const files = await kept();
    return files.length === 2 && files.every((name) => name.endsWith(".parquet"));
  };
  while (!(await typed())) await new Promise((again) => setTimeout(again, 50)); // the typed layer comes by a job of its own
});

test("a file about people is refused through the web until both are on record, then taken", { timeout: 60_000 }, async () => {
  const before = await kept();
  const { location } = await upload("/sources/new", "people.csv", people);
  const refused = await settled(location ?? "");
  expect(refused).toMatch(refusal);
  expect(refused).toContain(remedy);
  expect(refused).not.toMatch(/999000|Ann3/);
  expect(await kept()).toEqual(before);
  const dataset = /\/datasets\/(dst_\w+)/.exec(refused)?.[1];
  expect(dataset, "the page leads to where the owner is recorded").toBeDefined();
  const describe = (owner: string, dpia: string) =>
    post(`/datasets/${dataset}/describe`, {
      title: "People",
      description: "",
      owner,
      dpia,
      openness: "closed",
      reviewDate: "2027-06-01",
    });
  for (const [owner, dpia] of [
    ["Head of adult services", ""],
    ["", "DPIA-2026-001"],
  ] as const) {
    await describe(owner, dpia);
    await upload(`${location}/refresh`, "people.csv", people);
    expect(await settled(location ?? "")).toMatch(refusal);
    expect(await kept()).toEqual(before);
  }
  await describe("Head of adult services", "DPIA-2026-001");
  await upload(`${location}/refresh`, "people.csv", people);
  expect(await settled(location ?? "")).toMatch(/Rows in file/);
});

test("the same from the command line", { timeout: 60_000 }, async () => {
  const file = join(folder, "people.csv");
  const bare = await guildhall("source", "add", file, "--name", "By hand");
  expect([bare.code, bare.out]).toEqual([3, ""]);
  expect(bare.err).toMatch(refusal);
  expect(bare.err).toContain(remedy);
  expect(bare.err).not.toMatch(/999000|\bat .+:\d+/);
  for (const flags of [
    ["--owner", "Head of adult services"],
    ["--dpia", "DPIA-2026-001"],
  ])
    expect((await guildhall("source", "add", file, "--name", `With ${flags[0]}`, ...flags)).code).toBe(3);
  const both = ["--owner", "Head of adult services", "--dpia", "DPIA-2026-001"];
  const taken = await guildhall("source", "add", file, "--name", "With both", ...both, "--json");
  expect([taken.code, JSON.parse(taken.out)]).toMatchObject([0, { rowsLoaded: 30 }]);
  // what was refused can be mended where it stands
  const mended = await guildhall("source", "refresh", "By hand", file, ...both, "--json");
  expect([mended.code, mended.err]).toEqual([0, ""]);
});

test("a hub that was begun so stays so", async () => {
  const other = await startProgram(["--registers"], { data: join(folder, "other") });
  await other.stop();
  const empty = await runProgram(["start", "--empty"], { data: join(folder, "other") });
  expect([empty.code, empty.err]).toEqual([1, expect.stringMatching(/holds a registers hub and cannot become a live one/)]);
});

/** Every file of data that lies in the data folder: of a refused load there must be none. */
async function kept(): Promise<readonly string[]> {
  for (;;) {
    try {
      const folders = await Promise.all(
        ["landing", "tmp", "lake"].map(async (name) => readdir(join(data, name), { recursive: true, withFileTypes: true })),
      );
      return folders
        .flat()
        .filter((entry) => entry.isFile())
        .map((entry) => entry.name);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error; // a job's folder went while it was read
    }
  }
}
