/** A folder nobody described: every row of it is accounted for, parts become one dataset, and it can be loaded again. */
import { mkdir, rm, symlink, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Session } from "../../src/access/index.ts";
import { ask, listDashboards, openDashboard } from "../../src/domains/insight/index.ts";
import { loadPlace, type PlaceFile } from "../../src/domains/places/index.ts";
import { getSource } from "../../src/domains/sources/index.ts";
import { openTestHouse, type TestHouse } from "../support/house.ts";

let hub: TestHouse;
let organisation: string;
let analyst: Session;
let folder: string;

beforeAll(async () => {
  hub = await openTestHouse();
  organisation = await hub.organisation("Exampleton Council");
  analyst = await hub.person({ name: "An Alyst", organisation, roles: ["analyst"], purpose: "planning" });
  folder = join(hub.folder, "exports");
}, 60_000);
afterAll(() => hub.close());

const put = async (files: Readonly<Record<string, string>>) => {
  for (const [file, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, file)), { recursive: true });
    await writeFile(join(folder, file), text);
  }
};
const load = async (place: PlaceFile | null = null) =>
  loadPlace(hub.house.gate.operatorSession(), { folder, organisation, place }, hub.house, () => undefined);
const lines = (loaded: Awaited<ReturnType<typeof load>>) =>
  loaded.datasets.map(({ file, kind, rowsInFile, rowsLoaded, rowsQuarantined }) => [
    file,
    kind,
    rowsInFile,
    rowsLoaded,
    rowsQuarantined,
  ]);
const datasetOf = (loaded: Awaited<ReturnType<typeof load>>, file: string) =>
  loaded.datasets.find((line) => line.file === file)?.datasetId ?? "";
const total = async (dataset: string) =>
  (
    await ask(analyst, { dataset, under: "own", groupBy: [], measure: { kind: "count" }, filters: [] }, hub.house)
  ).figures.totals.at(-1)?.value;

const counter = (site: number, days: number) =>
  [
    "day,count",
    ...Array.from({ length: days }, (_, day) => `2026-01-${String(day + 1).padStart(2, "0")},${site * 100 + day}`),
  ].join("\n");
const member = (number: number) => `M${number},Ward ${number % 3}`;
const list = (from: number, to: number) =>
  ["id,area", ...Array.from({ length: to - from }, (_, at) => member(from + at))].join("\n");

describe("a folder", () => {
  test("becomes known data: parts are one dataset, a list sent again is its versions, and nothing is left unsaid", async () => {
    await put({
      "counters/site-101.csv": counter(1, 10),
      "counters/site-102.csv": counter(2, 12),
      "counters/site-103.csv": `${counter(3, 5)}\n"2026-01-06,4`,
      "members/list april 2026.csv": list(0, 40),
      "members/list may 2026.csv": list(2, 44),
      "members/list june 2026.csv": list(5, 50),
      "bins.csv": "route,day\nA,Mon\nB,Tue\n",
      "copy of bins.csv": "route,day\nA,Mon\nB,Tue\n",
      "notes.md": "# How the counters work\n\nThey count.\n",
      "bins.csv-metadata.json": '{"url": "bins.csv", "dc:title": "Bins"}',
      ".hidden.csv": "a,b\n1,2\n",
    });
    await symlink("..", join(folder, "members", "up"));
    await symlink("/etc/hostname", join(folder, "outside.csv"));
    const loaded = await load();
    expect(lines(loaded)).toEqual([
      ["bins.csv", "table", 2, 2, 0],
      ["bins.csv-metadata.json", "metadata", 0, 0, 0],
      ["counters/site-#.csv", "append", 28, 27, 1],
      ["members/list # #.csv", "table", 45, 45, 0],
      ["notes.md", "document", 0, 0, 0],
    ]);
    expect(loaded.copies).toEqual([{ file: "copy of bins.csv", of: "bins.csv" }]);
    expect(loaded.skipped.map(({ file }) => file).toSorted()).toEqual([".hidden.csv", "members/up", "outside.csv"]);
    expect(loaded.datasets.every(({ error }) => error === null)).toBe(true);
    expect(loaded.made).toEqual([
      expect.stringMatching(/^Suggested: the page “First look at exports” \(\/dashboards\/dash_\w+\) with 1 chart\.$/),
      "A first question: guildhall question ask 'Site' --group 'day'",
    ]);
    const [page] = await listDashboards(analyst);
    const { charts } = await openDashboard(analyst, page?.id ?? "", hub.house);
    expect(charts.map(({ answer }) => answer?.figures.cells.map(({ value }) => value))).toEqual([[25]]);
  });

  test("loaded again, takes only what is new; the dataset before stands as it stood", async () => {
    await put({ "counters/site-104.csv": counter(4, 8) });
    const loaded = await load();
    expect(loaded.made).toEqual([]); // its page stands, as somebody may have changed it
    const counters = datasetOf(loaded, "counters/site-#.csv");
    expect(lines(loaded).filter(([file]) => String(file).includes("site"))).toEqual([
      ["counters/site-#.csv", "append", 36, 35, 1],
    ]);
    await hub.withoutPeople(counters);
    expect(await total(counters)).toBe(35);
    const versions = await hub.house.lake.listVersions(counters);
    expect(versions.map(({ number, rows, rowsInFile }) => [number, rows, rowsInFile])).toEqual([
      [2, 35, 36],
      [1, 27, 28],
    ]);
    const members = await hub.house.lake.listVersions(datasetOf(loaded, "members/list # #.csv"));
    expect(members.map(({ rows }) => rows)).toEqual([45, 42, 40]);
    const { change } = await getSource(hub.house.gate.operatorSession(), "List", hub.house);
    expect(change).toMatchObject({ from: 2, to: 3, added: 6, gone: 3, changed: 0, key: "id" });
  });

  test("of very many parts is put together, and each version still has its own rows", async () => {
    await put(Object.fromEntries(Array.from({ length: 20 }, (_, at) => [`counters/site-${200 + at}.csv`, counter(at + 5, 3)])));
    const counters = datasetOf(await load(), "counters/site-#.csv");
    expect(await total(counters)).toBe(95);
    const [third, second, first] = await hub.house.lake.listVersions(counters);
    const files = await Promise.all([third, second, first].map((version) => hub.house.lake.filesOf(version?.id ?? "", "text")));
    expect(files.map(({ length }) => length)).toEqual([1, 1, 1]);
    const { rows } = await rowsUpTo(files[0]?.[0] ?? "", second?.lastRecord ?? 0);
    expect(rows).toEqual([[35, 36, "site-104.csv"]]);
  });

  test("a part that came before with other content is refused by name, and nothing is added", async () => {
    await put({ "counters/site-101.csv": counter(1, 11) });
    const loaded = await load();
    const line = loaded.datasets.find(({ file }) => file === "counters/site-#.csv");
    expect(line?.error).toContain("A file called site-101.csv was loaded in version 1, with other content.");
    expect((await hub.house.lake.listVersions(datasetOf(loaded, "bins.csv")))[0]?.number).toBe(1);
    await rm(join(folder, "counters"), { recursive: true });
  });

  test("a place file says names, owners and types; what it says of a column counts as an override only where it differs", async () => {
    const loaded = await load({
      place: "Exampleton",
      datasets: {
        "bins.csv": {
          name: "Bin rounds",
          licence: "OGL v3",
          attribution: "Exampleton Council",
          types: { day: "text", route: "category" },
        },
      },
      boundaries: [],
      lookUps: [],
      parts: {},
    });
    const bins = loaded.datasets.find(({ file }) => file === "bins.csv");
    expect(bins?.dataset).toBe("Bin rounds");
    expect(loaded.overrides.length).toBeGreaterThan(0);
    expect(loaded.overrides.every(({ dataset }) => dataset === "Bin rounds")).toBe(true);
    const again = await load({
      place: "Exampleton",
      datasets: { "bins.csv": { name: "Bin rounds", types: { days: "text" } } },
      boundaries: [],
      lookUps: [],
      parts: {},
    });
    expect(again.datasets.find(({ file }) => file === "bins.csv")?.error).toContain("has no column “days”");
  });
});

test("a dataset of the same name that came from elsewhere is not written over", async () => {
  await hub.load({ name: "Fleet", organisation, csv: "van,plate\n1,AB51ABC\n" });
  await put({ "fleet.csv": "ship,flag\n1,UK\n2,FR\n" });
  const line = (await load()).datasets.find(({ file }) => file === "fleet.csv");
  expect(line?.error).toContain("There is already a source called “Fleet”.");
  const held = await getSource(hub.house.gate.operatorSession(), "Fleet", hub.house);
  expect([held.version?.number, held.version?.rows]).toEqual([1, 1]);
});

/** How many rows of a merged text layer belong to a version, its highest record, and the file that came last. */
async function rowsUpTo(path: string, last: number): Promise<{ rows: readonly (readonly unknown[])[] }> {
  const { DuckDBInstance } = await import("@duckdb/node-api");
  const connection = await (await DuckDBInstance.create(":memory:")).connect();
  const { columns } = (await hub.house.lake.listVersions(path.split("/").at(-2) ?? ""))[0] ?? { columns: [] };
  const source = columns.find(({ header }) => header === "Source file")?.number;
  const read = await connection.runAndReadAll(
    `SELECT count(*)::INTEGER, max(record_no)::INTEGER, max_by(c${source ?? 0}, record_no) FROM read_parquet('${path}') WHERE record_no <= ${last}`,
  );
  return { rows: read.getRows() };
}
