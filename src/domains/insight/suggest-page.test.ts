import { afterAll, beforeAll, expect, test } from "vitest";
import { openTestHouse, type TestHouse } from "../../../test/support/house.ts";
import type { Session } from "../../access/index.ts";
import { ask } from "./ask.ts";
import { listDashboards, openDashboard } from "./dashboards.ts";
import { suggestPage } from "./suggest-page.ts";

let hub: TestHouse;
let analyst: Session;
let council: string;

beforeAll(async () => {
  hub = await openTestHouse();
  council = await hub.organisation("Testford Council");
  analyst = await hub.person({ name: "Ann Analyst", organisation: council, roles: ["analyst"], purpose: "planning" });
});
afterAll(() => hub.close());

test("there is nothing to suggest before there is anything to draw", async () => {
  await expect(suggestPage(analyst, hub.house)).rejects.toMatchObject({ code: "insight.nothing-to-suggest" });
  await hub.load({ name: "Names", organisation: council, csv: "who\nAda Lovelace\nBob Smith\n" });
  const even = ["ref,shelf", ...Array.from({ length: 40 }, (_, at) => `S${at},${["Low", "High"][at % 2] ?? ""}`)].join("\n");
  await hub.withoutPeople(await hub.load({ name: "Shelves", organisation: council, csv: `${even}\n` }));
  // bars that are all alike say nothing
  await expect(suggestPage(analyst, hub.house)).rejects.toMatchObject({ code: "insight.nothing-to-suggest" });
  expect(await listDashboards(analyst)).toEqual([]);
});

test("each dataset gives what its columns are good for, in turn, and every chart of it draws", async () => {
  const days = Array.from({ length: 90 }, (_, at) => new Date(Date.UTC(2026, 0, 1 + at)).toISOString().slice(0, 10));
  const loans = days.map((day, at) => `${day},${at % 3 === 0 ? "Large print" : "Ordinary"},${100 + at * 1.37}`);
  const trees = Array.from({ length: 40 }, (_, at) => `T${at},${["Oak", "Ash", "Elm"][(at % 7) % 3] ?? ""}`);
  for (const [name, csv] of [
    ["Loans", ["day,format,minutes", ...loans].join("\n")],
    ["Trees", ["ref,species", ...trees].join("\n")],
  ] as const)
    await hub.withoutPeople(await hub.load({ name, organisation: council, csv: `${csv}\n` }));
  const { id, charts } = await suggestPage(analyst, hub.house);
  const opened = await openDashboard(analyst, id, hub.house);
  expect(opened.charts.map(({ error }) => error)).toEqual(charts.map(() => undefined));
  const titles = opened.charts.map(({ answer }) => answer?.dataset.title);
  expect(new Set(titles.slice(0, 2))).toEqual(new Set(["Loans", "Trees"]));
  expect(new Set(titles)).toEqual(new Set(["Loans", "Trees"]));
  for (const { question } of charts) {
    const { figures } = await ask(analyst, question, hub.house);
    expect(figures.cells.length).toBeGreaterThan(1);
  }
  const again = await suggestPage(analyst, hub.house);
  expect([again.id, (await listDashboards(analyst)).length]).toEqual([id, 1]);
});
