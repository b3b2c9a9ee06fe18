/**
 * The page “Trafford in data”, as its place file describes it: every figure of every chart and map, against figures worked out
 * here from the files themselves. Skipped where the open data is absent; `test/contract/dashboards.test.ts` does the same on
 * invented files everywhere.
 */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gunzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { listDashboards, openDashboard, type DrawnChart } from "../../src/domains/insight/index.ts";
import { loadPlace, readPlaceFile } from "../../src/domains/places/index.ts";
import { openTestHouse, type TestHouse } from "../support/house.ts";

const reference = process.env["GUILDHALL_REFERENCE_DATA"] ?? fileURLToPath(new URL("../../../shared/data", import.meta.url));
const trafford = join(reference, "trafford");

type Row = Readonly<Record<string, string>>;

/** A delimited text with quoted fields, read plainly. */
function parse(text: string): readonly Row[] {
  const records: string[][] = [[""]];
  let quoted = false;
  for (const character of text.replace(/^\uFEFF/, "").replaceAll("\r\n", "\n")) {
    const record = records.at(-1) ?? [];
    if (character === '"') quoted = !quoted;
    else if (character === "," && !quoted) record.push("");
    else if (character === "\n" && !quoted) records.push([""]);
    else record[record.length - 1] += character;
  }
  const [header = [], ...rows] = records;
  return rows
    .filter((row) => row.length === header.length)
    .map((row) => Object.fromEntries(header.map((name, at) => [name, row[at] ?? ""])));
}

const read = (file: string) => {
  const bytes = readFileSync(join(trafford, file));
  return parse((file.endsWith(".gz") ? gunzipSync(bytes) : bytes).toString("utf8"));
};

interface Outline {
  readonly properties: { readonly area_code: string };
  readonly geometry: { readonly type: string; readonly coordinates: unknown };
}

/** The ward of a position, by counting how often a line eastward crosses each outline. */
function wardFinder(): (x: number, y: number) => string | undefined {
  const { features } = JSON.parse(readFileSync(join(trafford, "boundaries/wards-2023.geojson"), "utf8")) as {
    features: Outline[];
  };
  const wards = features.map(({ properties, geometry }) => ({
    code: properties.area_code,
    rings: (geometry.type === "Polygon" ? [geometry.coordinates] : geometry.coordinates) as [number, number][][][],
  }));
  return (x, y) =>
    wards.find(({ rings }) => {
      let inside = false;
      for (const ring of rings.flat())
        for (const [at, [x1, y1]] of ring.entries()) {
          const [x2, y2] = ring[(at + 1) % ring.length] ?? [x1, y1];
          if (y1 > y !== y2 > y && x < ((x2 - x1) * (y - y1)) / (y2 - y1) + x1) inside = !inside;
        }
      return inside;
    })?.code;
}

function groups<T>(rows: readonly T[], key: (row: T) => string): ReadonlyMap<string, readonly T[]> {
  const found = new Map<string, T[]>();
  for (const row of rows) found.set(key(row), [...(found.get(key(row)) ?? []), row]);
  return found;
}

type Figures = Readonly<Record<string, number>>;
const over = <T>(rows: readonly T[], key: (row: T) => string, value: (rows: readonly T[]) => number): Figures =>
  Object.fromEntries([...groups(rows, key)].map(([name, some]) => [name, value(some)]));
const sum = (rows: readonly Row[], column: string) => rows.reduce((total, row) => total + Number(row[column]), 0);
/** Counts of people: below ten they are hidden, and otherwise to the nearest five. */
const ofPeople = (figures: Figures): Figures =>
  Object.fromEntries(Object.entries(figures).flatMap(([key, n]) => (n < 10 ? [] : [[key, Math.round(n / 5) * 5]])));
const count = (rows: readonly unknown[]) => rows.length;

describe.skipIf(!existsSync(trafford))("“Trafford in data” (skipped where the open data is absent)", () => {
  let hub: TestHouse;
  let charts: readonly DrawnChart[];
  let wardAt: ReturnType<typeof wardFinder>;
  beforeAll(async () => {
    wardAt = wardFinder();
    hub = await openTestHouse();
    const organisation = await hub.organisation("Trafford Council");
    const place = await readPlaceFile(fileURLToPath(new URL("../../places/trafford.yaml", import.meta.url)), hub.house.modules);
    const operator = hub.house.gate.operatorSession();
    await loadPlace(operator, { folder: trafford, organisation, place }, hub.house, () => undefined);
    const analyst = await hub.person({ name: "An Alyst", organisation, roles: ["analyst"], purpose: "planning" });
    const [page] = await listDashboards(analyst);
    charts = (await openDashboard(analyst, page?.id ?? "", hub.house)).charts;
  }, 180_000);
  afterAll(() => hub.close());

  const shown = (at: number): Figures => {
    const drawn = charts[at];
    expect([at, drawn?.error?.message]).toEqual([at, undefined]);
    const cells = drawn?.answer?.figures.cells ?? [];
    return Object.fromEntries(
      cells.flatMap(({ keys, value, shown: is }) => (is && value !== null ? [[keys[0] ?? "", value]] : [])),
    );
  };
  /** Where a chart and the figures worked out here differ, by more than the last places. */
  const differences = (at: number, expected: Figures): readonly string[] => {
    const found = shown(at);
    return [...new Set([...Object.keys(found), ...Object.keys(expected)])]
      .filter((key) => !(Math.abs((found[key] ?? Number.NaN) - (expected[key] ?? Number.NaN)) < 1e-6))
      .map((key) => `chart ${at}, ${key}: ${found[key] ?? "not there"}, and ${expected[key] ?? "not there"} worked out`);
  };
  const casualties = () => read("road_casualties_2019-2024.csv").filter((row) => wardAt(Number(row["lon"]), Number(row["lat"])));

  test("has eleven charts and three maps of eight datasets, and every one can be drawn", () => {
    expect(charts.map(({ error }) => error?.message)).toEqual(charts.map(() => undefined));
    expect(charts.filter(({ chart }) => chart.draw === "chart")).toHaveLength(11);
    const maps = charts.filter(({ chart }) => chart.draw === "map");
    expect(maps.map(({ answer }) => answer?.areas?.shapes.length)).toEqual([139, 21, 21]);
    expect(new Set(charts.map(({ chart }) => chart.question.dataset)).size).toBe(8);
  });

  test("deprivation, by tenth and by neighbourhood", () => {
    const decile = "Index of Multiple Deprivation (IMD) Decile (where 1 is most deprived 10% of LSOAs)";
    const rows = read("deprivation_2019_lsoa11_england.csv.gz").filter(
      (row) => row["Local Authority District code (2019)"] === "E08000009",
    );
    expect(
      differences(
        0,
        over(rows, (row) => row[decile] ?? "", count),
      ),
    ).toEqual([]);
    expect(
      differences(
        1,
        over(
          rows,
          (row) => row["LSOA code (2011)"] ?? "",
          (some) => sum(some, decile),
        ),
      ),
    ).toEqual([]);
    expect(shown(0)).toEqual({ 1: 7, 2: 5, 3: 12, 4: 10, 5: 13, 6: 8, 7: 14, 8: 21, 9: 17, 10: 31 });
  });

  test("casualties, by year, severity, hour and ward", () => {
    const rows = casualties();
    expect(rows).toHaveLength(1433);
    for (const [at, column] of [
      [2, "year"],
      [3, "casualty_severity"],
      [4, "hour"],
    ] as const)
      expect(differences(at, ofPeople(over(rows, (row) => row[column] ?? "", count)))).toEqual([]);
    expect(differences(5, ofPeople(over(rows, (row) => wardAt(Number(row["lon"]), Number(row["lat"])) ?? "", count)))).toEqual(
      [],
    );
  });

  test("nitrogen dioxide, by hour of the day and by month, with both limits", () => {
    const rows = read("roadside_air_pollution_2025_hourly.csv").filter((row) => row["value"] !== "NA");
    const mean = (some: readonly Row[]) => sum(some, "value") / some.length;
    expect(
      differences(
        6,
        over(rows, (row) => row["date_hour"]?.slice(11, 13) ?? "", mean),
      ),
    ).toEqual([]);
    expect(
      differences(
        7,
        over(rows, (row) => row["date_hour"]?.slice(0, 7) ?? "", mean),
      ),
    ).toEqual([]);
    for (const at of [6, 7]) expect(charts[at]?.chart.limits.map(({ value }) => value)).toEqual([40, 10]);
  });

  test("spending by month and by what was bought", () => {
    const rows = read("council/procurement_cards_2025-26.csv");
    expect(
      differences(
        8,
        over(
          rows,
          (row) => row["PaymentDate"]?.slice(0, 7) ?? "",
          (some) => sum(some, "Amount"),
        ),
      ),
    ).toEqual([]);
    expect(
      differences(
        9,
        over(
          rows,
          (row) => row["CategoryInternalName"] ?? "",
          (some) => sum(some, "Amount"),
        ),
      ),
    ).toEqual([]);
  });

  test("schools by type", () =>
    expect(
      differences(
        10,
        over(read("schools.csv"), (row) => row["type"] ?? "", count),
      ),
    ).toEqual([]));

  test("people of 65 and over by ward, each neighbourhood in the ward of most of its postcodes", () => {
    const wardOf = new Map(
      [...groups(read("postcodes.csv"), (row) => row["lsoa_code"] ?? "")].map(([lsoa, rows]) => {
        const wards = [...groups(rows, (row) => row["ward_code"] ?? "")].toSorted(
          ([one, some], [other, more]) => more.length - some.length || (one < other ? -1 : 1),
        );
        return [lsoa, wards[0]?.[0] ?? ""] as const;
      }),
    );
    const persons = read("population_lsoa_2024.csv").filter((row) => row["sex"] === "Persons");
    expect(
      differences(
        11,
        over(
          persons,
          (row) => wardOf.get(row["area_code"] ?? "") ?? "",
          (some) => sum(some, "aged_65_and_over") / sum(some, "all_ages"),
        ),
      ),
    ).toEqual([]);
  });

  test("burglary by month, inside the wards", () => {
    const rows = read("burglary_gm_2016-2019.csv").filter((row) => wardAt(Number(row["Longitude"]), Number(row["Latitude"])));
    expect(rows).toHaveLength(5118);
    expect(differences(12, ofPeople(over(rows, (row) => row["Month"] ?? "", count)))).toEqual([]);
  });

  test("recycling by year", () => {
    const rows = read("recycling_uk_councils.csv").filter((row) => row["area_code"] === "E08000009");
    expect(
      differences(
        13,
        over(
          rows,
          (row) => row["period"] ?? "",
          (some) => sum(some, "value") / some.length,
        ),
      ),
    ).toEqual([]);
  });
});
