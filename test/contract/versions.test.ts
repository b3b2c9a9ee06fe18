/** What is read while a new version comes in: the one before, whole, and of each version the columns that it has. */
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Session } from "../../src/access/index.ts";
import { ask, type Answer } from "../../src/domains/insight/index.ts";
import { openTestHouse, type TestHouse } from "../support/house.ts";

let hub: TestHouse;
let analyst: Session;
let dataset: string;
beforeAll(async () => {
  hub = await openTestHouse();
  const council = await hub.organisation("Exampleton Council");
  analyst = await hub.person({ name: "An Alyst", organisation: council, roles: ["analyst"], purpose: "planning" });
  dataset = await hub.load({ name: "Bins", organisation: council, csv: "route,day\nA,Mon\nB,Tue\nC,Tue\n" });
  await hub.withoutPeople(dataset);
}, 60_000);
afterAll(() => hub.close());

const count = (groupBy: number[]) =>
  ask(analyst, { dataset, under: "own", groupBy, measure: { kind: "count" }, filters: [] }, hub.house);
const versionAndSum = ({ version, figures }: Answer) => [version.number, figures.totals.at(-1)?.value];

test("a version whose columns are still being typed is answered from, like any other", async () => {
  await hub.refresh("Bins", "route,day\nA,Mon\nB,Tue\nC,Tue\nD,Wed\n");
  expect(versionAndSum(await count([]))).toEqual([2, 4]);
  const newest = await hub.house.lake.findVersion(dataset);
  // as it is between the moment when a version commits and the moment when its columns are typed
  const db = hub.house.store.as<{ typed_build: { version_id: string } }>();
  await db
    .deleteFrom("typed_build")
    .where("version_id", "=", newest?.id ?? "")
    .execute();
  expect(versionAndSum(await count([]))).toEqual([2, 4]);
});

test("a column that the newest version does not have is refused in words, and the others are still there", async () => {
  await hub.refresh("Bins", "route,weekday\nA,Mon\nB,Tue\n");
  expect(versionAndSum(await count([]))).toEqual([3, 2]);
  await expect(count([await hub.column(dataset, "day")])).rejects.toMatchObject({ code: "insight.no-column" });
});
