/** Rows are placed in areas by position and by code, what could not be placed is said, and questions are asked by area. */
import { mkdir, readdir, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { collect, type Session } from "../../src/access/index.ts";
import { getEntry, listFields } from "../../src/domains/catalogue/index.ts";
import { ask } from "../../src/domains/insight/index.ts";
import { addAreas, addLookUp, listAreas, loadPlace, removeAreas, type PlaceFile } from "../../src/domains/places/index.ts";
import { chanceFrom } from "../support/policy-cases.ts";
import { openTestHouse, type TestHouse } from "../support/house.ts";

let hub: TestHouse;
let organisation: string;
let operator: Session;
let analyst: Session;
let steward: Session;
let folder: string;
let datasets: ReadonlyMap<string, string>;

const square = (code: string, name: string, x: number, y: number) => ({
  type: "Feature",
  properties: { area_code: code, area_name: name },
  geometry: {
    type: "Polygon",
    coordinates: [[x, y, x, y + 0.1, x + 0.1, y + 0.1, x + 0.1, y, x, y]].map((flat) =>
      flat.flatMap((value, at) => (at % 2 === 0 ? [[value, flat[at + 1] ?? 0]] : [])),
    ),
  },
});
const wards = [
  square("E05000001", "North", -2.4, 53.5),
  square("E05000002", "South", -2.4, 53.4),
  square("E05000003", "East", -2.3, 53.4),
];
const chance = chanceFrom(7);
const positions = Array.from({ length: 300 }, () => [-2.45 + chance() * 0.3, 53.35 + chance() * 0.3] as const);
const wardAt = (x: number, y: number) =>
  wards.find(({ geometry: { coordinates } }) => {
    const [west, south] = coordinates[0]?.[0] ?? [0, 0];
    return x > (west ?? 0) && x < (west ?? 0) + 0.1 && y > (south ?? 0) && y < (south ?? 0) + 0.1;
  })?.properties.area_code;

beforeAll(async () => {
  hub = await openTestHouse();
  organisation = await hub.organisation("Exampleton Council");
  operator = hub.house.gate.operatorSession();
  analyst = await hub.person({ name: "An Alyst", organisation, roles: ["analyst"], purpose: "planning" });
  steward = await hub.person({ name: "Ste Ward", organisation, roles: ["steward"], purpose: "stewardship" });
  folder = join(hub.folder, "exports");
  const files = {
    "wards.geojson": JSON.stringify({ type: "FeatureCollection", features: wards }),
    "trees.csv": [
      "tree,species,lon,lat",
      ...positions.map(([x, y], at) => `T${at},${at % 2 === 0 ? "oak" : "ash"},${x},${y}`),
      "T900,oak,53.45,-2.35",
      "T901,oak,,",
    ].join("\n"),
    "stops.csv": ["stop,lon,lat", ...Array.from({ length: 30 }, (_, at) => `S${at},-2.36,53.42`)].join("\n"),
    "far.csv": ["mast,lon,lat", ...Array.from({ length: 30 }, (_, at) => `F${at},0.${at + 10},51.5`)].join("\n"),
    // 378000, 395000 lies at about 2.333 west, 53.451 north
    "gullies.csv": [
      "gully,easting,northing",
      ...Array.from({ length: 30 }, (_, at) => `G${at},${377000 + at},${395000 + 7 * at}`),
    ].join("\n"),
    "lookup.csv": [
      "unit,lsoa_code,ward_code",
      ...["1,1", "1,1", "1,2", "2,2", "3,3"].map((pair, at) => {
        const [lsoa, ward] = pair.split(",");
        return `U${at},E0100000${lsoa},E0500000${ward}`;
      }),
    ].join("\n"),
    "people.csv": ["lsoa,residents", "E01000001,100", "E01000002,200", "E01000003,400", "E01000009,800"].join("\n"),
  };
  for (const [file, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, file)), { recursive: true });
    await writeFile(join(folder, file), text);
  }
  const place: PlaceFile = {
    place: "Exampleton",
    datasets: {
      ...Object.fromEntries(["trees.csv", "people.csv", "gullies.csv"].map((file) => [file, { noPeople: "Things." }])),
      "stops.csv": { types: { lon: "geo.longitude", lat: "geo.latitude" } }, // one value is too few to tell a type from
    },
    boundaries: [{ file: "wards.geojson", title: "Wards, 2026" }],
    lookUps: [{ for: "people.csv", column: "lsoa", in: "lookup.csv", key: "lsoa_code", value: "ward_code" }],
    parts: {},
  };
  const loaded = await loadPlace(operator, { folder, organisation, place }, hub.house, () => undefined);
  datasets = new Map(loaded.datasets.map(({ file, datasetId }) => [file, datasetId ?? ""]));
}, 120_000);
afterAll(() => hub.close());

const datasetOf = (file: string) => datasets.get(file) ?? "";
const areaColumns = async (file: string) =>
  (await listFields(hub.house.store, datasetOf(file))).filter(({ recipe }) => recipe !== null);
const byArea = async (file: string, measure: Parameters<typeof ask>[1]["measure"] = { kind: "count" }) => {
  const [column] = await areaColumns(file);
  const question = { dataset: datasetOf(file), under: "own", groupBy: [column?.number ?? 0], measure, filters: [] };
  const { figures, areas } = await ask(analyst, question, hub.house);
  return { areas, figures: Object.fromEntries(figures.cells.map(({ keys, value }) => [keys[0], value])) };
};

describe("rows with positions", () => {
  test("lie in the areas that a box test by hand puts them in, and answers by area have a map", async () => {
    const expected: Record<string, number> = { "": 2 };
    for (const [x, y] of positions) expected[wardAt(x, y) ?? ""] = (expected[wardAt(x, y) ?? ""] ?? 0) + 1;
    const { figures, areas } = await byArea("trees.csv");
    expect(figures).toEqual(expected);
    expect(areas?.set.title).toBe("Wards, 2026");
  });

  test("that lie outside, have none or have the two the wrong way round are counted in words", async () => {
    const outside = positions.filter(([x, y]) => wardAt(x, y) === undefined).length;
    const [column] = await areaColumns("trees.csv");
    expect(column?.name).toBe("Wards, 2026");
    expect(column?.detection.evidence).toEqual([
      `${300 - outside} of 300 rows with a position lie in 3 of 3 areas, by lon and lat`,
      `${outside} of 300 rows with a position lie outside them`,
      "1 of 302 rows have the two the wrong way round, and so no position",
      "2 of 302 rows have no position",
    ]);
    expect(column?.nulls).toBe(outside + 2);
  });

  test("in metres of the National Grid are placed too, and that is said", async () => {
    const [column] = await areaColumns("gullies.csv");
    expect(column?.detection.evidence.at(-1)).toContain("National Grid");
    expect((await byArea("gullies.csv")).figures).toEqual({ E05000002: 30 });
  });

  test("that are all the same, or all elsewhere, make no column, and the page says why", async () => {
    expect(await areaColumns("stops.csv")).toEqual([]);
    expect(await areaColumns("far.csv")).toEqual([]);
    const said = await Promise.all(
      ["stops.csv", "far.csv"].map(async (file) =>
        (await collect(hub.house.modules, (contributions) => contributions.layout?.(datasetOf(file), hub.house))).flatMap(
          ({ rows }) => rows.map(({ value }) => value),
        ),
      ),
    );
    expect(said).toEqual([
      ["Not placed by lon and lat. All rows with a position have the same one, so it does not say where they are."],
      [],
    ]);
  });

  test("are placed when areas come later, and not any more once they are gone", async () => {
    const path = join(folder, "halves.geojson");
    await writeFile(path, JSON.stringify({ type: "FeatureCollection", features: [square("E05000009", "Half", -2.4, 53.4)] }));
    const { set, jobs } = await addAreas(steward, { title: "Halves", path, fileName: "halves.geojson" }, hub.house);
    for (const { id } of jobs) await hub.house.jobs.wait(id, () => undefined);
    const names = async () => (await getEntry(steward, datasetOf("trees.csv"), hub.house)).fields.map(({ name }) => name);
    expect(await names()).toEqual(["tree", "species", "lon", "lat", "Wards, 2026", "Halves"]);
    await removeAreas(steward, set.id);
    expect(await names()).toEqual(["tree", "species", "lon", "lat", "Wards, 2026"]);
    expect((await listAreas(steward)).map(({ title }) => title)).toEqual(["Wards, 2026"]);
  });
});

describe("rows with codes", () => {
  test("are looked up by best fit, with what is parted and what is not there said", async () => {
    const [column] = await areaColumns("people.csv");
    expect(column?.name).toBe("ward_code by lsoa_code");
    expect(column?.detection.evidence).toEqual([
      "3 of 4 rows are found in “Lookup” by lsoa",
      "1 of 4 rows have a value that is not there",
      "best fit: 1 of 3 values there have rows of more than one ward_code, and count for the one that most have, 67 % of those rows",
    ]);
    const residents = (await listFields(hub.house.store, datasetOf("people.csv"))).find(({ name }) => name === "residents");
    const { figures } = await byArea("people.csv", { kind: "sum", column: residents?.number ?? 0 });
    expect(figures).toEqual({ E05000001: 100, E05000002: 200, E05000003: 400, "": 800 });
  });

  test.each([
    ["a name", { column: "species", key: "unit" }, "places.not-a-code"],
    ["two kinds of code", { column: "lsoa", key: "unit", dataset: "people.csv" }, "places.not-a-code"],
    ["no such column", { column: "colour", key: "lsoa_code" }, "places.no-column"],
  ])(
    "are not looked up by %s",
    async (_, { column, key, dataset = "trees.csv" }: { column: string; key: string; dataset?: string }, code) => {
      const wanted = { dataset: datasetOf(dataset), column, in: datasetOf("lookup.csv"), key, value: "ward_code" };
      await expect(addLookUp(steward, wanted, hub.house)).rejects.toMatchObject({ code });
    },
  );

  test("are not looked up by who does not look after them, nor in another organisation's dataset", async () => {
    const wanted = { column: "lsoa", key: "lsoa_code", value: "ward_code" };
    const pair = { dataset: datasetOf("people.csv"), in: datasetOf("lookup.csv") };
    await expect(addLookUp(analyst, { ...wanted, ...pair }, hub.house)).rejects.toMatchObject({ code: "access.refused" });
    const other = await hub.organisation("Elsewhere");
    const stranger = await hub.person({ name: "Els Where", organisation: other, roles: ["steward"], purpose: "stewardship" });
    await expect(addLookUp(stranger, { ...wanted, ...pair }, hub.house)).rejects.toMatchObject({ code: "places.no-dataset" });
  });
});

test("nothing that was written for a job is left beside the data", async () => {
  const left = (await readdir(hub.house.folder.temporary)).filter((name) => name.startsWith("area_"));
  expect(left).toEqual([]);
  await rm(folder, { recursive: true });
});
