/**
 * Whole folders of open data, loaded by one command into an empty data folder: every file is there, every row is counted, as
 * an independent reading of the files counts them. Skipped where the open data is absent.
 */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gunzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { runProgram } from "../support/program.ts";

const reference = process.env["GUILDHALL_REFERENCE_DATA"] ?? fileURLToPath(new URL("../../../shared/data", import.meta.url));
const trafford = join(reference, "trafford");
const leeds = join(reference, "leeds-counters");

interface Line {
  readonly file: string;
  readonly kind: string;
  readonly rowsInFile: number;
  readonly rowsLoaded: number;
  readonly rowsQuarantined: number;
  readonly files: number;
  readonly error: string | null;
}
interface Loaded {
  readonly datasets: readonly Line[];
  readonly overrides: readonly unknown[];
  readonly joins: readonly { readonly from: string; readonly to: string; readonly meet: number }[];
  readonly areas: readonly string[];
  readonly made: readonly string[];
  readonly seconds: number;
}

/** Records of a delimited text below its header: line ends outside quotes, blank lines left out. */
function countRecords(text: string): number {
  let [records, quoted, filled] = [0, false, false];
  for (const character of text.replace(/^\uFEFF/, "")) {
    if (character === '"') quoted = !quoted;
    if (character === "\n" && !quoted) {
      if (filled) records += 1;
      filled = false;
    } else if (character !== "\r") filled = true;
  }
  return records + (filled ? 1 : 0) - 1;
}

function rowsOf(path: string): number {
  if (path.endsWith(".csv")) return countRecords(readFileSync(path, "utf8"));
  if (path.endsWith(".csv.gz")) return countRecords(gunzipSync(readFileSync(path)).toString("utf8"));
  if (path.endsWith(".geojson")) return (JSON.parse(readFileSync(path, "utf8")) as { features: unknown[] }).features.length;
  return 0;
}

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "guildhall-places-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function load(name: string, argv: readonly string[]): Promise<Loaded> {
  const done = await runProgram(["place", "load", ...argv, "--json"], { data: join(folder, name) });
  expect([done.code, done.err]).toEqual([0, ""]);
  return JSON.parse(done.out) as Loaded;
}

describe.skipIf(!existsSync(trafford))("Trafford (skipped where the open data is absent)", () => {
  test(
    "is loaded by its place file: every file and every row, its areas, and what fits together",
    { timeout: 120_000 },
    async () => {
      const place = fileURLToPath(new URL("../../places/trafford.yaml", import.meta.url));
      const loaded = await load("trafford", [place, "--from", trafford]);
      const files = readdirSync(trafford, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => join(entry.parentPath, entry.name).slice(trafford.length + 1))
        .toSorted();
      expect(loaded.datasets.map(({ file }) => file).toSorted()).toEqual(files);
      const counted = loaded.datasets.map(({ file, rowsInFile, rowsLoaded, rowsQuarantined, error }) => [
        file,
        rowsInFile,
        rowsLoaded + rowsQuarantined,
        error,
      ]);
      const rows = (file: string) => rowsOf(join(trafford, file));
      expect(counted).toEqual(loaded.datasets.map(({ file }) => [file, rows(file), rows(file), null]));
      const kinds = (kind: string) => loaded.datasets.filter((line) => line.kind === kind).map(({ file }) => file);
      expect(kinds("document").toSorted()).toEqual(["README.md", "council/organisation_chart.pdf"]);
      expect(kinds("metadata")).toHaveLength(2);
      expect(loaded.overrides.length).toBeLessThanOrEqual(5);
      expect(loaded.areas).toHaveLength(3);
      const fits = (one: string, other: string) =>
        loaded.joins.find(({ from, to }) => [from, to].toSorted().join() === [one, other].toSorted().join())?.meet;
      expect(fits("Lower layer super output areas, 2021, area_code", "Postcodes, lsoa_code")).toBe(139);
      expect(fits("Wards, May 2023, area_code", "Postcodes, ward_code")).toBe(21);
      expect(fits("Indices of deprivation 2019, LSOA code (2011)", "Postcodes, lsoa_code")).toBe(137);
      // wards before and after May 2023 have names in common and no code: they never fit
      expect(loaded.joins.filter(({ from, to }) => /by ward/.test(from) !== /by ward/.test(to))).toEqual([]);
    },
  );
});

describe.skipIf(!existsSync(leeds))("the counters of Leeds (skipped where the open data is absent)", () => {
  test("are two datasets that grow, with no place file, and every row of every file", { timeout: 120_000 }, async () => {
    const loaded = await load("leeds", ["--from", leeds]);
    const counters = loaded.datasets.filter(({ kind }) => kind === "append");
    const count = (kind: string) =>
      readdirSync(leeds)
        .filter((name) => name.startsWith(`${kind}-`) && name.endsWith(".csv"))
        .reduce((sum, name) => sum + rowsOf(join(leeds, name)), 0);
    expect(counters.map(({ file, files, rowsInFile, rowsLoaded }) => [file, files, rowsInFile, rowsLoaded])).toEqual([
      ["cycle-#-#.csv", 94, count("cycle"), count("cycle")],
      ["footfall-#-#.csv", 10, count("footfall"), count("footfall")],
    ]);
    expect(loaded.datasets.filter(({ error }) => error !== null)).toEqual([]);
    expect(loaded.datasets.length).toBe(6);
    expect(loaded.made[0]).toMatch(/^Suggested: the page “First look at leeds-counters” .* with \d+ charts\.$/);
  });
});
