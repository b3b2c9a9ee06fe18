import * as fc from "fast-check";
import { renderToString } from "preact-render-to-string";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { openTestHouse, type TestHouse } from "../../../test/support/house.ts";
import type { Session } from "../../access/index.ts";
import { binsOf, columnsPerPage, glanceAt, mostGroups, type Glance } from "./glance.ts";
import { glanceContent } from "./pages/glance-page.tsx";

const visits = Array.from({ length: 300 }, (_, at) => (at % 20 === 0 ? null : (at * 37) % 211));
const days = Array.from({ length: 300 }, (_, at) =>
  new Date(Date.UTC(2024, 0, 1) + ((at * 97) % 900) * 86_400_000).toISOString().slice(0, 10),
);
const kinds = ["Library", "Park", "Pool"];

let hub: TestHouse;
let council: string;
let analyst: Session;
let places: string;
let found: Glance;
beforeAll(async () => {
  hub = await openTestHouse();
  council = await hub.organisation("Testford Council");
  const steward = await hub.person({ name: "Una Steward", organisation: council, roles: ["steward"], purpose: "stewardship" });
  analyst = await hub.person({ name: "Ian Analyst", organisation: council, roles: ["analyst"], purpose: "planning" });
  const rows = visits.map((count, at) =>
    [`S${String(at).padStart(4, "0")}`, kinds[at % 3], count ?? "", days[at], `Some words ${at}`].join(","),
  );
  places = await hub.load({ name: "Places", organisation: council, csv: `code,kind,visits,opened,note\n${rows.join("\n")}\n` });
  await hub.withoutPeople(places);
  for (const [column, type] of [
    ["code", "record_id"],
    ["kind", "category"],
    ["visits", "number"],
    ["opened", "time.date"],
    ["note", "text"],
  ] as const)
    await hub.decide(steward, places, column, type);
  found = await glanceAt(analyst, places, 1, hub.house);
}, 60_000);
afterAll(() => hub.close());

const of = (name: string) => found.columns.rows.find(({ column }) => column.name === name);

describe("columns at a glance", () => {
  test("a number is drawn by how it is spread", () => {
    const { drawn, groups, filled } = of("visits") ?? {};
    expect([found.rows, filled]).toEqual([300, 285]);
    if (drawn?.as !== "spread") throw new Error("It is not drawn so.");
    const inBin = (at: number) =>
      visits.filter((count) => count !== null && Math.floor((count - drawn.from) / drawn.step) === at).length;
    const counted = new Map(groups?.map(({ key, n }) => [Number(key), n]));
    expect(Array.from({ length: drawn.bins }, (_, at) => counted.get(at) ?? 0)).toEqual(
      Array.from({ length: drawn.bins }, (_, at) => inBin(at)),
    );
  });

  test("a date by month, a list by its values, and a code and free text not at all", () => {
    expect(of("opened")?.drawn).toMatchObject({ as: "time", unit: "month" });
    const january = days.filter((day) => day.startsWith("2024-01")).length;
    expect(of("opened")?.groups.find(({ key }) => key === "2024-01-01")?.n).toBe(january);
    expect(of("kind")?.groups).toEqual(kinds.map((key) => ({ key, n: 100 })));
    expect([of("code")?.drawn, of("note")?.drawn]).toEqual([null, null]);
    const html = renderToString(<>{glanceContent(found).body}</>);
    expect(html).toContain("300 of 300 rows filled, about 300 different values");
    expect(html.match(/<figure/g)).toHaveLength(3);
  });

  test("a page is two statements, few rows of figures, and so many columns", async () => {
    const wide = Array.from({ length: 60 }, (_, at) => `n${at}`);
    const rows = Array.from({ length: 400 }, (_, at) => wide.map((_name, column) => (at * (column + 1)) % 97).join(","));
    const dataset = await hub.load({ name: "Wide", organisation: council, csv: `${wide.join(",")}\n${rows.join("\n")}\n` });
    await hub.withoutPeople(dataset);
    const spy = vi.spyOn(hub.house.engine, "query");
    const first = await glanceAt(analyst, dataset, 1, hub.house);
    expect(spy).toHaveBeenCalledTimes(2);
    expect(first.columns).toMatchObject({ total: 60, page: 1, size: columnsPerPage });
    expect(first.columns.rows.flatMap(({ groups }) => groups).length).toBeLessThanOrEqual(mostGroups);
    expect((await glanceAt(analyst, dataset, 3, hub.house)).columns.rows).toHaveLength(12);
    expect(spy).toHaveBeenCalledTimes(4);
    spy.mockRestore();
  });

  test("of a dataset about people nothing is drawn", async () => {
    const people = await hub.load({ name: "Residents", organisation: council, csv: "surname,born\nArkwright,1950-01-01\n" });
    await expect(glanceAt(analyst, people, 1, hub.house)).rejects.toMatchObject({ code: "insight.rows-of-people" });
  });
});

test("bins touch, have a round width, hold all values and are few", () => {
  fc.assert(
    fc.property(fc.double({ min: -1e9, max: 1e9, noNaN: true }), fc.double({ min: 1e-3, max: 1e9, noNaN: true }), (low, more) => {
      const high = low + more;
      fc.pre(high > low);
      const { from, step, bins } = binsOf(low, high);
      const slack = step * 1e-6;
      expect(from).toBeLessThanOrEqual(low + slack);
      expect(from + bins * step).toBeGreaterThanOrEqual(high - slack);
      expect(bins).toBeLessThanOrEqual(22);
      expect(["1", "2", "5"]).toContain(step.toExponential(0)[0]);
    }),
    { seed: 7 },
  );
});
