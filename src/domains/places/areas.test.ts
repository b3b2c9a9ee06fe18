import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Session } from "../../access/index.ts";
import { GuildhallError } from "../../kernel/errors.ts";
import { openTestHouse, type TestHouse } from "../../../test/support/house.ts";
import { wards } from "../../sample/wards.ts";
import { addAreas, findAreasFor, listAreas, removeAreas } from "./areas.ts";
import { readGeoJson } from "./read-geojson.ts";

let hub: TestHouse;
let steward: Session;
let other: Session;

beforeAll(async () => {
  hub = await openTestHouse();
  steward = await hub.person({ name: "Una Steward", organisation: await hub.organisation("Testford"), roles: ["steward"] });
  other = await hub.person({ name: "Ola Steward", organisation: await hub.organisation("Otherham"), roles: ["steward"] });
});
afterAll(() => hub.close());

type Ring = readonly (readonly number[])[];

function collection(features: readonly { properties: object; ring?: Ring; geometry?: unknown }[]): string {
  return JSON.stringify({
    type: "FeatureCollection",
    features: features.map(({ properties, ring, geometry }) => ({
      type: "Feature",
      properties,
      geometry: geometry ?? { type: "Polygon", coordinates: [ring ?? square(0)] },
    })),
  });
}

function square(at: number): Ring {
  const x = -2 + at * 0.01;
  return [
    [x, 53],
    [x, 53.01],
    [x + 0.01, 53.01],
    [x + 0.01, 53],
    [x, 53],
  ];
}

async function add(session: Session, title: string, text: string) {
  const path = join(hub.folder, "areas.geojson");
  await writeFile(path, text);
  return (await addAreas(session, { title, path, fileName: "areas.geojson" }, hub.house)).set;
}

function problem(text: string, choice = {}): string {
  try {
    readGeoJson(text, choice);
  } catch (error) {
    if (error instanceof GuildhallError) return `${error.code}: ${error.message}`;
    throw error;
  }
  return "none";
}

test("boundaries of either winding are kept in the one that maps need", () => {
  const clockwise = readGeoJson(collection([{ properties: { area_code: "E05000001", area_name: "One" } }]));
  const turned = readGeoJson(
    collection([{ properties: { area_code: "E05000001", area_name: "One" }, ring: square(0).toReversed() }]),
  );
  const area = (ring: Ring) =>
    ring.slice(1).reduce((sum, [x = 0, y = 0], at) => sum + ((ring[at]?.[0] ?? 0) - x) * ((ring[at]?.[1] ?? 0) + y), 0);
  const ringOf = ([shape]: ReturnType<typeof readGeoJson>) => (shape?.geometry.coordinates[0]?.[0] ?? []) as unknown as Ring;
  expect(Math.sign(area(ringOf(turned)))).toBe(Math.sign(area(ringOf(clockwise))));
  expect(ringOf(clockwise)).toEqual(square(0));
});

test.each([
  [{ WD23CD: "E05000001", WD23NM: "One" }, {}],
  [{ ward_code: "E05000001", ward_name: "One" }, {}],
  [{ code: "E05000001", name: "One", other_code: "x" }, {}],
  [
    { id: "E05000001", label: "One" },
    { code: "id", name: "label" },
  ],
])("code and name are found in %j", (properties, choice) => {
  expect(readGeoJson(collection([{ properties }]), choice)).toMatchObject([{ code: "E05000001", name: "One" }]);
});

test("what cannot be used is said with the feature and what is wrong", () => {
  const good = { area_code: "E05000001", area_name: "One" };
  expect(problem("{")).toContain("places.not-json");
  expect(problem("[]")).toContain("places.not-collection");
  expect(problem(collection([]))).toContain("places.not-collection");
  expect(problem(collection([{ properties: good }, { properties: good }]))).toBe(
    "places.code-twice: The code E05000001 stands twice: in feature 1 and in feature 2.",
  );
  expect(problem(collection([{ properties: good }, { properties: { area_code: null, area_name: "Two" } }]))).toBe(
    "places.missing-code: Feature 2 (“Two”) has no code in “area_code”.",
  );
  const grid = { type: "Polygon", coordinates: [square(0).map(() => [382_000, 395_000])] };
  expect(problem(collection([{ properties: good, geometry: grid }]))).toContain("metres of the National Grid");
  const swapped = { type: "Polygon", coordinates: [square(0).map(([x, y]) => [y, x])] };
  expect(problem(collection([{ properties: good, geometry: swapped }]))).toContain("latitude first");
  expect(problem(collection([{ properties: good, geometry: { type: "Point", coordinates: [0, 0] } }]))).toBe(
    "places.not-an-area: Feature 1 (“One”) is not an area: it is a Point.",
  );
  expect(problem(collection([{ properties: { a_code: 1, b_code: 2, name: "x" } }]))).toContain("It has: a_code, b_code, name.");
  expect(problem(collection([{ properties: good }]), { code: "nope" })).toContain("places.no-property");
});

test("the set that covers most of the codes is found, the newest among equals, none below 80 %", async () => {
  const features = (count: number, from = 0) =>
    Array.from({ length: count }, (_, at) => ({
      properties: { code: `E0500000${from + at}`, name: `Area ${from + at}` },
      ring: square(from + at),
    }));
  const small = await add(steward, "Small", collection(features(4)));
  const large = await add(steward, "Large", collection(features(9)));
  const find = async (...codes: string[]) => (await findAreasFor(hub.house.store, codes))?.set.title;
  expect(await find("E05000000", "E05000001", "E05000002")).toBe("Large");
  expect(await find("E05000007", "E05000008")).toBe("Large");
  expect(await find("E05000000", "E05000001", "E05000002", "E05000003", "E09000001")).toBe("Large");
  expect(await find("E05000000", "E09000001")).toBeUndefined();
  expect(await find()).toBeUndefined();
  await removeAreas(steward, large.id);
  expect(await find("E05000000", "E05000001", "E05000002")).toBe("Small");
  await expect(removeAreas(other, small.id)).rejects.toMatchObject({ code: "access.missing" });
  await removeAreas(steward, small.id);
  expect(await listAreas(steward)).toEqual([]);
});

test("a title is taken once, and only those who look after data may add", async () => {
  const text = collection([{ properties: { code: "E05000001", name: "One" } }]);
  const set = await add(steward, "Wards", text);
  await expect(add(other, "Wards", text)).rejects.toMatchObject({ code: "places.title-taken" });
  const analyst = await hub.person({ name: "Ian Analyst", organisation: steward.organisation ?? "", roles: ["analyst"] });
  await expect(add(analyst, "Others", text)).rejects.toMatchObject({ code: "access.refused" });
  expect((await listAreas(analyst)).map(({ title, areas }) => [title, areas])).toEqual([["Wards", 1]]);
  await removeAreas(steward, set.id);
});

test("the sample's wards are read as they are drawn", () => {
  const text = collection(wards.map(({ code, name, ring }) => ({ properties: { ward_code: code, ward_name: name }, ring })));
  expect(readGeoJson(text).map(({ geometry }) => geometry.coordinates[0]?.[0])).toEqual(wards.map(({ ring }) => ring));
});
