import * as fc from "fast-check";
import { renderToString } from "preact-render-to-string";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { openTestHouse, type TestHouse } from "../../../test/support/house.ts";
import type { Session } from "../../access/index.ts";
import { readAddress } from "./address.ts";
import type { Operator } from "./model.ts";
import { noRowsContent, rowsContent } from "./pages/rows-page.tsx";
import { lookAtRows, mostColumns, type RowsPage } from "./rows.ts";
import { readView, viewHref, type RowsView } from "./rows-view.ts";

interface Site {
  readonly code: string;
  readonly kind: string;
  readonly visits: number | null;
  readonly opened: string | null;
  readonly note: string;
}

const kinds = ["Library", "Park", "Pool"] as const;
const day = 86_400_000;

/** 260 places drawn by a rule: ties, gaps, leading zeros, signs that a spreadsheet would run. */
const sites: readonly Site[] = Array.from({ length: 260 }, (_, at) => ({
  code: String((at * 37) % 260).padStart(5, "0"),
  kind: kinds[at % 3] ?? "",
  visits: at % 11 === 0 ? null : (at * 7) % 50,
  opened: at % 13 === 0 ? null : new Date(Date.UTC(1990, 0, 1) + at * 17 * day).toISOString().slice(0, 10),
  note: at % 5 === 0 ? "=1+1" : `Note ${at % 4} of the ÉCOLE`,
}));

let hub: TestHouse;
let now = Date.parse("2026-03-28T23:30:00Z");
let council: string;
let analyst: Session;
let places: string;
let people: string;
const number: Record<string, number> = {};

const csvOf = (rows: readonly Site[]) =>
  `${["code,kind,visits,opened,note", ...rows.map(({ code, kind, visits, opened, note }) => [code, kind, visits ?? "", opened ?? "", note].join(","))].join("\n")}\n`;

beforeAll(async () => {
  hub = await openTestHouse({ clock: () => now });
  council = await hub.organisation("Testford Council");
  const roles = ["steward", "owner"] as const;
  const steward = await hub.person({ name: "Una Steward", organisation: council, roles, purpose: "stewardship" });
  analyst = await hub.person({ name: "Ian Analyst", organisation: council, roles: ["analyst"], purpose: "planning" });
  places = await hub.load({ name: "Places", organisation: council, csv: csvOf(sites) });
  await hub.withoutPeople(places);
  for (const [column, type] of [
    ["code", "record_id"],
    ["kind", "category"],
    ["visits", "number"],
    ["opened", "time.date"],
    ["note", "text"],
  ] as const)
    await hub.decide(steward, places, column, type);
  for (const name of ["code", "kind", "visits", "opened", "note"]) number[name] = await hub.column(places, name);
  people = await hub.load({ name: "Residents", organisation: council, csv: "surname,born\nZqxword,1950-01-01\n" });
  now = Date.parse("2026-03-29T12:00:00Z"); // after the clocks went forward
  await hub.refresh("Places", csvOf(sites.slice(0, 100)));
}, 60_000);
afterAll(() => hub.close());

const view = (overrides: Partial<RowsView> = {}): RowsView => ({ ...readView(places, {}), version: 1, ...overrides });
const look = (overrides: Partial<RowsView> = {}) => lookAtRows(analyst, view(overrides), hub.house);
const records = ({ rows }: RowsPage) => rows.rows.map(({ record }) => record);

describe("the rows of a dataset", () => {
  test("stand in the order of the file, fifty a page, with the number of all", async () => {
    const first = await look();
    expect([first.rows.total, first.rows.page, records(first).length]).toEqual([260, 1, 50]);
    const last = await look({ page: 99 });
    expect([last.rows.page, records(last)]).toEqual([6, Array.from({ length: 10 }, (_, at) => 251 + at)]);
    expect(last.rows.rows[0]?.cells).toEqual(["00150", "Park", 0, "2001-08-21", "=1+1"]);
  });

  test("are those that the same conditions, search and order give in plain code", { timeout: 60_000 }, async () => {
    const operators: readonly Operator[] = ["is", "is not", "at least", "at most", "is empty", "is not empty"];
    const filter = fc.oneof(
      fc.record({
        name: fc.constant("visits" as const),
        op: fc.constantFrom(...operators),
        value: fc.integer({ min: 0, max: 50 }).map(String),
      }),
      fc.record({
        name: fc.constant("kind" as const),
        op: fc.constantFrom(...operators.filter((op) => !op.startsWith("at"))),
        value: fc.constantFrom(...kinds),
      }),
      fc.record({
        name: fc.constant("opened" as const),
        op: fc.constantFrom(...operators),
        value: fc.constantFrom("1995-06-01", "2000-01-01"),
      }),
    );
    const sort = fc.option(
      fc.record({ name: fc.constantFrom("code", "kind", "visits", "opened", "note" as const), down: fc.boolean() }),
    );
    const search = fc.constantFrom("", "", "éco", "PARK", "of the", "0009", "nothing");
    await fc.assert(
      fc.asyncProperty(
        fc.array(filter, { maxLength: 2 }),
        sort,
        search,
        fc.integer({ min: 1, max: 4 }),
        async (filters, order, words, page) => {
          const found = await look({
            filters: filters.map(({ name, op, value }) => ({
              column: number[name] ?? 0,
              op,
              values: op.endsWith("empty") ? [] : [value],
            })),
            sort: order && { column: number[order.name] ?? 0, down: order.down },
            search: words,
            page,
          });
          const meets = sites
            .map((site, at) => ({ site, record: at + 1 }))
            .filter(({ site }) => filters.every((each) => passes(site, each)) && holds(site, words));
          const ordered = order
            ? meets.toSorted(
                (one, other) => compare(one.site[order.name], other.site[order.name], order.down) || one.record - other.record,
              )
            : meets;
          const at = Math.min(page, Math.max(1, Math.ceil(meets.length / 50)));
          expect(found.rows.total).toBe(meets.length);
          expect(records(found)).toEqual(ordered.slice((at - 1) * 50, at * 50).map(({ record }) => record));
        },
      ),
      { seed: 7, numRuns: 120 },
    );
  });

  test("cannot be asked for by a column that the dataset has not", async () => {
    await expect(look({ sort: { column: 99, down: false } })).rejects.toMatchObject({ code: "insight.no-column" });
  });

  test("count the page into the record of use, once", async () => {
    await look();
    await hub.house.audit.drain();
    const [last] = hub.house.audit.search({ limit: 1 });
    expect(last?.entry).toMatchObject({ action: "insight.look", outcome: "done", data: [{ dataset: places, rows: 50 }] });
  });
});

describe("a version", () => {
  const at = async (on: string) => (await look({ version: null, on })).version.number;

  test("is the newest unless another is asked for", async () => {
    expect((await look({ version: null })).version.number).toBe(2);
    expect((await look({ version: 1 })).rows.total).toBe(260);
    await expect(look({ version: 7 })).rejects.toMatchObject({ code: "insight.no-version" });
  });

  test("stands from the end of its day in London on", async () => {
    expect(await at("2026-03-28")).toBe(1);
    expect(await at("2026-03-29")).toBe(2);
    expect(await at("2030-01-01")).toBe(2);
    await expect(at("2026-03-27")).rejects.toMatchObject({
      code: "insight.not-yet",
      message: expect.stringContaining("28 March 2026"),
    });
    await expect(at("yesterday")).rejects.toMatchObject({ code: "insight.no-day" });
  });
});

describe("who may look", () => {
  let refused: unknown;
  const why = async (session: Session, dataset: string) => {
    refused = await lookAtRows(session, readView(dataset, {}), hub.house).catch((error: unknown) => error);
    return (refused as { code?: string }).code;
  };
  beforeEach(() => {
    refused = undefined;
  });

  test("rows of people are not shown, and the page says what may be asked", async () => {
    expect(await why(analyst, people)).toBe("insight.rows-of-people");
    const html = renderToString(<>{noRowsContent(people, refused as never, analyst).body}</>);
    expect(html).toContain("describes people");
    expect(html.toLowerCase()).not.toContain("zqxword");
  });

  test("another organisation’s dataset is missing", async () => {
    const elsewhere = await hub.organisation("Elsewhere Council");
    const stranger = await hub.person({ name: "Sam Else", organisation: elsewhere, roles: ["analyst"], purpose: "planning" });
    expect(await why(stranger, places)).toBe("access.missing");
    expect(await why(stranger, "dst_none")).toBe("access.missing");
  });

  test("neither a purpose nor a role that rows are not for", async () => {
    const roles = ["steward", "practitioner"] as const;
    expect(await why(await hub.person({ name: "Cat Care", organisation: council, roles, purpose: "care" }), places)).toBe(
      "insight.rows-purpose",
    );
    const worker = await hub.person({ name: "Wil Worker", organisation: council, roles: ["practitioner"], purpose: "care" });
    expect(await why(worker, places)).toBe("access.refused");
    expect(await why(hub.house.gate.operatorSession(), places)).toBe("access.refused");
  });
});

describe("the address", () => {
  test("of a view gives the view back", () => {
    const one = view({
      filters: [{ column: 2, op: "is", values: ["Park", "Pool"] }],
      search: "a & b",
      sort: { column: 3, down: true },
      columns: [1, 4],
    });
    expect(readView(places, Object.fromEntries(new URL(viewHref(one), "http://hub").searchParams))).toEqual(one);
  });

  test("leads on to a question with the same conditions", async () => {
    const filters = [{ column: number["kind"] ?? 0, op: "is" as const, values: ["Park"] }];
    const html = renderToString(<>{rowsContent(await look({ filters }), view({ filters }), {}, analyst).mainAction}</>);
    const href = /href="([^"]+)"/.exec(html)?.[1]?.replaceAll("&amp;", "&") ?? "";
    expect(readAddress(Object.fromEntries(new URL(href, "http://hub").searchParams))).toMatchObject({ dataset: places, filters });
  });
});

test("rows of a large file stand in the same order, whichever way its values run", { timeout: 60_000 }, async () => {
  const size = 210_000;
  const climbs = (at: number) => Math.floor(at / 3);
  const mixed = (at: number) => (at * 2_654_435_761) % 99_991;
  const lines = Array.from(
    { length: size },
    (_, at) => `${climbs(at)},${mixed(at)},${at % 7 === 0 ? "seventh" : "other"},W${String(size - at).padStart(7, "0")}`,
  );
  const large = await hub.load({ name: "Large", organisation: council, csv: `climbs,mixed,kind,falls\n${lines.join("\n")}\n` });
  await hub.withoutPeople(large);
  const of: Record<string, (at: number) => number> = { climbs, mixed, falls: (at) => size - at };
  const all = Array.from({ length: size }, (_, at) => at);
  const kind = await hub.column(large, "kind");
  for (const name of ["climbs", "mixed", "falls"])
    for (const down of [false, true])
      for (const page of [1, 200])
        for (const filters of [[], [{ column: kind, op: "is" as const, values: ["seventh"] }]]) {
          const sort = { column: await hub.column(large, name), down };
          const found = await lookAtRows(analyst, { ...readView(large, {}), sort, page, filters }, hub.house);
          const value = of[name] ?? climbs;
          const meets = filters.length > 0 ? all.filter((at) => at % 7 === 0) : all;
          const ordered = meets.toSorted((one, other) => (value(one) - value(other)) * (down ? -1 : 1) || one - other);
          expect(records(found), `${name} ${down} ${page}`).toEqual(
            ordered.slice((page - 1) * 50, page * 50).map((at) => at + 1),
          );
        }
});

test("at most seven columns are shown before others are chosen, and text is cut", async () => {
  const wide = await hub.load({
    name: "Wide",
    organisation: council,
    csv: `a,b,c,d,e,f,g,h,i\n${"x".repeat(500)},2,3,4,5,6,7,8,9\n`,
  });
  await hub.withoutPeople(wide);
  const page = await lookAtRows(analyst, readView(wide, {}), hub.house);
  expect(page.shown).toHaveLength(mostColumns);
  const html = renderToString(<>{rowsContent(page, readView(wide, {}), {}, analyst).body}</>);
  expect(html).toContain(`${"x".repeat(200)}…`);
  expect(html).not.toContain("x".repeat(201));
  expect(html).toContain("7 of 9 are shown");
});

function passes(site: Site, { name, op, value }: { name: "visits" | "kind" | "opened"; op: Operator; value: string }): boolean {
  const held = site[name];
  if (op === "is empty") return held === null;
  if (held === null) return false;
  if (op === "is not empty") return true;
  const order = typeof held === "number" ? held - Number(value) : held < value ? -1 : held > value ? 1 : 0;
  return op === "is" ? order === 0 : op === "is not" ? order !== 0 : op === "at least" ? order >= 0 : order <= 0;
}

function holds({ code, kind, note }: Site, words: string): boolean {
  return words === "" || [code, kind, note].some((text) => text.toLowerCase().includes(words.toLowerCase()));
}

/** Nothing comes last either way. */
function compare(one: string | number | null, other: string | number | null, down: boolean): number {
  if (one === null || other === null) return one === other ? 0 : one === null ? 1 : -1;
  return (one < other ? -1 : one > other ? 1 : 0) * (down ? -1 : 1);
}
