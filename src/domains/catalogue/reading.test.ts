import { afterAll, beforeAll, expect, test } from "vitest";
import { openTestHouse, type TestHouse } from "../../../test/support/house.ts";
import { openDuckDB } from "../../../test/support/duckdb.ts";
import { compile, sql } from "../../sql/index.ts";
import { listFields, type CatalogueTables } from "./store.ts";

let hub: TestHouse;
let council: string;
const db = await openDuckDB();

beforeAll(async () => {
  hub = await openTestHouse();
  council = await hub.organisation("Testford Council");
});
afterAll(async () => {
  await hub.close();
  db.close();
});

const rowsOf = (days: readonly string[]) =>
  `opened,visits\n${days.map((day, at) => `${day},${at % 4 === 0 ? -1 : at}`).join("\n")}\n`;

async function typedDays(dataset: string): Promise<readonly unknown[]> {
  const version = await hub.house.lake.findVersion(dataset);
  const files = await hub.house.lake.filesOf(version?.id ?? "", "typed");
  const rows = await db.rows(compile(sql`SELECT CAST(c1 AS VARCHAR) AS day, c2 FROM read_parquet(${files}) ORDER BY record_no`));
  return rows.map(({ day, c2 }) => [day, c2]);
}

test("the reading is kept with the column, and the typed layer holds what it says; a new reading makes a new build", async () => {
  const either = Array.from({ length: 12 }, (_, at) => `0${(at % 9) + 1}/02/2024`);
  const dataset = await hub.load({ name: "Openings", organisation: council, csv: rowsOf(either) });
  expect((await listFields(hub.house.store, dataset)).map(({ reading }) => reading)).toEqual([
    { dates: { order: "day first" } },
    { missing: ["-1"] },
  ]);
  expect((await typedDays(dataset)).slice(0, 2)).toEqual([
    ["2024-02-01", null],
    ["2024-02-02", 1],
  ]);
  await hub.refresh("Openings", rowsOf(either.map((day, at) => (at === 0 ? "02/28/2024" : day))));
  expect((await listFields(hub.house.store, dataset))[0]?.reading).toEqual({ dates: { order: "month first" } });
  expect((await typedDays(dataset)).slice(0, 2)).toEqual([
    ["2024-02-28", null],
    ["2024-02-02", 1],
  ]);
});

test("where only the reading changes, typing again replaces the build", async () => {
  const dataset = await hub.load({
    name: "Closings",
    organisation: council,
    csv: rowsOf(["03/04/2024", "05/06/2024", "07/08/2024"]),
  });
  const version = await hub.house.lake.findVersion(dataset);
  const types = async () => (await hub.house.lake.findTyped(version?.id ?? ""))?.types["c1"];
  expect(await types()).toBe("time.date");
  const again = async () => {
    const job = await hub.house.jobs.queue(hub.house.gate.operatorSession(), {
      kind: "sources.type",
      input: { dataset },
      organisation: council,
    });
    await hub.house.jobs.wait(job.id);
  };
  await again();
  expect(await types()).toBe("time.date");
  await hub.house.store
    .as<CatalogueTables>()
    .updateTable("field")
    .set({ reading: JSON.stringify({ dates: { order: "month first" } }) })
    .where("dataset_id", "=", dataset)
    .where("number", "=", 1)
    .execute();
  await again();
  expect(await types()).toContain("month first");
  expect((await typedDays(dataset)).map((row) => (row as string[])[0])).toEqual(["2024-03-04", "2024-05-06", "2024-07-08"]);
});
