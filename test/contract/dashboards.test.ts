/** Pages of charts: from a place file and from an answer, each question asked anew under the reader's own rights. */
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Session } from "../../src/access/index.ts";
import { addChart, listDashboards, openDashboard, removeChart, removeDashboard } from "../../src/domains/insight/index.ts";
import { loadPlace, readPlaceFile } from "../../src/domains/places/index.ts";
import { openTestHouse, type TestHouse } from "../support/house.ts";
import { chanceFrom } from "../support/policy-cases.ts";

let hub: TestHouse;
let analyst: Session;
let folder: string;

const chance = chanceFrom(11);
const readings = Array.from({ length: 24 * 400 }, (_, at) => {
  const stamp = new Date(Date.UTC(2024, 0, 1) + at * 3_600_000).toISOString().replace(".000", "");
  return { stamp, value: at % 50 === 0 ? null : Math.round(chance() * 1e6) / 1e4 };
});
const meanBy = (key: (stamp: string) => string) => {
  const sums = new Map<string, { total: number; n: number }>();
  for (const { stamp, value } of readings) {
    const held = sums.get(key(stamp)) ?? { total: 0, n: 0 };
    sums.set(key(stamp), value === null ? held : { total: held.total + value, n: held.n + 1 });
  }
  return new Map([...sums].map(([name, { total, n }]) => [name, total / n]));
};
/** Monday is 1. */
const weekday = (stamp: string) => String(((new Date(stamp).getUTCDay() + 6) % 7) + 1);

const place = `
place: Exampleton
datasets:
  air.csv: { name: Air, noPeople: Measurements. }
dashboards:
  - title: Exampleton in data
    about: The air.
    charts:
      - { of: air.csv, by: ["stamp:hour"], avg: value, limits: [{ value: 40, text: A limit }] }
      - { of: air.csv, by: ["stamp:weekday"], avg: value }
      - { of: air.csv, by: ["stamp:month"], avg: value }
      - { of: air.csv, by: ["stamp:year"], avg: value, title: By year }
`;

beforeAll(async () => {
  hub = await openTestHouse();
  const organisation = await hub.organisation("Exampleton Council");
  analyst = await hub.person({ name: "An Alyst", organisation, roles: ["analyst"], purpose: "planning" });
  folder = join(hub.folder, "exports");
  await mkdir(folder, { recursive: true });
  await writeFile(
    join(folder, "air.csv"),
    ["stamp,value", ...readings.map(({ stamp, value }) => `${stamp},${value ?? "NA"}`)].join("\n"),
  );
  await writeFile(join(hub.folder, "place.yaml"), place);
  const read = await readPlaceFile(join(hub.folder, "place.yaml"), hub.house.modules);
  await loadPlace(hub.house.gate.operatorSession(), { folder, organisation, place: read }, hub.house, () => undefined);
}, 60_000);
afterAll(() => hub.close());

const opened = async (session = analyst) => {
  const [page] = await listDashboards(analyst);
  return openDashboard(session, page?.id ?? "", hub.house);
};

describe("a page that a place file describes", () => {
  test.each([
    [0, "hour", (stamp: string) => stamp.slice(11, 13)],
    [1, "day of the week", weekday],
    [2, "month", (stamp: string) => stamp.slice(0, 7)],
    [3, "year", (stamp: string) => stamp.slice(0, 4)],
  ] as const)("has in chart %i the means by %s that are worked out here", async (at, _, key) => {
    const { charts } = await opened();
    const cells = charts[at]?.answer?.figures.cells ?? [];
    const expected = meanBy(key);
    expect(cells.map(({ keys }) => keys[0] ?? "").toSorted()).toEqual([...expected.keys()].toSorted());
    const wrong = cells.filter(({ keys, value }) => Math.abs((value ?? 0) - (expected.get(keys[0] ?? "") ?? 0)) > 1e-9);
    expect(wrong).toEqual([]);
  });

  test("keeps its limits, and what cannot be used is told with its place", async () => {
    expect((await opened()).charts[0]?.chart.limits).toEqual([{ value: 40, text: "A limit" }]);
    await writeFile(join(hub.folder, "bad.yaml"), place.replace("avg: value, limits", "mean: value, limits"));
    await expect(readPlaceFile(join(hub.folder, "bad.yaml"), hub.house.modules)).rejects.toMatchObject({
      code: "places.bad-place-file",
      message: expect.stringContaining("dashboards → 0 → charts → 0"),
    });
  });
});

test("what a place file asks for and cannot be done is told with its place, and the folder is loaded all the same", async () => {
  const wrong = place
    .replace("dashboards:", "lookUps: [{ for: air.csv, column: stamp, in: water.csv, key: a, value: b }]\ndashboards:")
    .replace('by: ["stamp:month"]', 'by: ["colour"]');
  await writeFile(join(hub.folder, "wrong.yaml"), wrong);
  const read = await readPlaceFile(join(hub.folder, "wrong.yaml"), hub.house.modules);
  const loaded = await loadPlace(
    hub.house.gate.operatorSession(),
    { folder, organisation: analyst.organisation ?? "", place: read },
    hub.house,
    () => undefined,
  );
  expect(loaded.datasets.map(({ file, error }) => [file, error])).toEqual([["air.csv", null]]);
  expect(loaded.problems).toEqual([
    expect.stringMatching(/^lookUps → 0: The place file names water\.csv/),
    expect.stringMatching(/^dashboards: .*Chart 3 of “Exampleton in data”: .*“colour”/),
  ]);
  expect((await opened()).charts).toHaveLength(4); // the page that was there stays
});

describe("a page", () => {
  test("takes a question from an answer, and gives it up again", async () => {
    const { dashboard, charts } = await opened();
    const [first] = charts;
    if (!first) throw new Error("There are charts.");
    await addChart(analyst, { title: dashboard.title }, { ...first.chart, title: "Once more" }, hub.house);
    expect((await opened()).charts.map(({ chart }) => chart.title)).toEqual(["", "", "", "By year", "Once more"]);
    await expect(removeChart(analyst, dashboard.id, 5, hub.house)).rejects.toMatchObject({ code: "insight.no-dashboard" });
    await removeChart(analyst, dashboard.id, 4, hub.house);
    expect((await opened()).charts).toHaveLength(4);
    const made = await addChart(analyst, { title: "Another" }, first.chart, hub.house);
    await removeDashboard(analyst, made.id);
    expect((await listDashboards(analyst)).map(({ title }) => title)).toEqual(["Exampleton in data"]);
    await expect(addChart(analyst, { title: " " }, first.chart, hub.house)).rejects.toMatchObject({
      code: "insight.bad-dashboard",
    });
  });

  test("shows no figure to who may not ask, and does not exist for another organisation", async () => {
    const organisation = analyst.organisation ?? "";
    const steward = await hub.person({ name: "Ste Ward", organisation, roles: ["steward"], purpose: "stewardship" });
    expect((await opened(steward)).charts.map(({ answer }) => answer)).toEqual([undefined, undefined, undefined, undefined]);
    const other = await hub.organisation("Elsewhere");
    const stranger = await hub.person({ name: "Els Where", organisation: other, roles: ["analyst"], purpose: "planning" });
    expect(await listDashboards(stranger)).toEqual([]);
    await expect(opened(stranger)).rejects.toMatchObject({ code: "insight.no-dashboard" });
  });
});
