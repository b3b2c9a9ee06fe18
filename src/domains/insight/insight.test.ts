import { StatementSync } from "node:sqlite";
import { join } from "node:path";
import { writeFile } from "node:fs/promises";
import * as fc from "fast-check";
import { renderToString } from "preact-render-to-string";
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { openTestHouse, type TestHouse } from "../../../test/support/house.ts";
import type { Session } from "../../access/index.ts";
import { addAreas } from "../places/index.ts";
import { endAgreement, getAgreement, proposeAgreement, setItem, signAgreement } from "../sharing/index.ts";
import { ask, type Answer } from "./ask.ts";
import { answerCsv } from "./answer-csv.ts";
import { listAskable } from "./datasets.ts";
import { findingOf } from "./finding.ts";
import { asAnswer } from "./http.ts";
import { questionShape, type Filter, type Question } from "./model.ts";
import { insightModule } from "./module.tsx";
import type { AskedQuestion, InsightTables } from "./store.ts";
import { answerContent } from "./pages/answer-page.tsx";

interface Person {
  readonly ward: string;
  readonly sex: string;
  readonly born: string;
  readonly tenure: string;
  readonly rooms: number | null;
  readonly moved: string;
}

const wards = ["E05000001", "E05000002", "E05000003", "E05000004", "E05000005"] as const;
const wardNames = ["North Moor", "South Moor", "Mill End", "Priory", "Quay"] as const;
const tenures = ["Owned", "Rented", "Shared"] as const;

/** 407 people, drawn by a rule; Quay has only seven, Priory few who share. */
const people: readonly Person[] = Array.from({ length: 407 }, (_, at) => {
  const ward = at >= 400 ? 4 : at % 11 < 5 ? 0 : at % 11 < 8 ? 1 : at % 11 < 10 ? 2 : 3;
  return {
    ward: at % 97 === 96 ? "" : (wards[ward] ?? ""),
    sex: at % 5 < 2 ? "M" : "F",
    born: `${1930 + ((at * 7) % 80)}-0${1 + (at % 9)}-1${at % 9}`,
    tenure: ward === 3 && at % 4 > 0 ? "Owned" : (tenures[(at * 5 + ward) % 3] ?? ""),
    rooms: at % 13 === 12 ? null : 1 + ((at * 3) % 7),
    moved: `${2015 + ((at * 3) % 9)}-0${1 + (at % 9)}-01`,
  };
});

const services = Array.from({ length: 60 }, (_, at) => ({
  ward: wards[at % 5] ?? "",
  kind: at % 3 === 0 ? "Library" : at % 3 === 1 ? "Park" : "Pool",
  visits: at * 10,
  places: at % 3 === 0 ? 0 : at,
}));

let hub: TestHouse;
let analyst: Session;
let residents: string;
let amenities: string;
const number: Record<string, number> = {};

function csv(head: string, rows: readonly (readonly (string | number | null)[])[]): string {
  return `${[head, ...rows.map((row) => row.map((cell) => cell ?? "").join(","))].join("\n")}\n`;
}

beforeAll(async () => {
  hub = await openTestHouse({ clock: () => Date.parse("2026-11-24T12:00:00Z") });
  const council = await hub.organisation("Testford Council");
  const steward = await hub.person({
    name: "Una Steward",
    organisation: council,
    roles: ["steward", "owner"],
    purpose: "stewardship",
  });
  analyst = await newAnalyst("Ian Analyst");
  residents = await hub.load({
    name: "Residents",
    organisation: council,
    csv: csv(
      "ward_code,sex,date_of_birth,tenure,rooms,moved_in,nhs_number",
      people.map(({ ward, sex, born, tenure, rooms, moved }, at) => [
        ward,
        sex === "M" ? "Male" : "Female",
        born,
        tenure,
        rooms,
        moved,
        nhsNumber(at),
      ]),
    ),
  });
  amenities = await hub.load({
    name: "Services",
    organisation: council,
    csv: csv(
      "ward_code,kind,visits,places",
      services.map(({ ward, kind, visits, places }) => [ward, kind, visits, places]),
    ),
  });
  for (const [column, type] of [
    ["ward_code", "geo.gss_code"],
    ["date_of_birth", "person.date_of_birth"],
    ["tenure", "category"],
    ["rooms", "number"],
    ["moved_in", "time.date"],
  ] as const)
    await hub.decide(steward, residents, column, type);
  await hub.withoutPeople(amenities);
  for (const [column, type] of [
    ["visits", "number"],
    ["places", "number"],
  ] as const)
    await hub.decide(steward, amenities, column, type);
  for (const name of ["ward_code", "sex", "date_of_birth", "tenure", "rooms", "moved_in", "nhs_number"])
    number[name] = await hub.column(residents, name);
  for (const name of ["ward_code", "kind", "visits", "places"]) number[`service ${name}`] = await hub.column(amenities, name);
  const square = (at: number) => [
    [
      [-2 + at * 0.01, 53],
      [-2 + at * 0.01, 53.01],
      [-1.99 + at * 0.01, 53.01],
      [-1.99 + at * 0.01, 53],
      [-2 + at * 0.01, 53],
    ],
  ];
  const path = join(hub.folder, "wards.geojson");
  const features = wards.map((code, at) => ({
    type: "Feature",
    properties: { area_code: code, area_name: wardNames[at] },
    geometry: { type: "Polygon", coordinates: square(at) },
  }));
  await writeFile(path, JSON.stringify({ type: "FeatureCollection", features }));
  await addAreas(steward, { title: "Wards, May 2026", path, fileName: "wards.geojson" }, hub.house);
});
afterAll(() => hub.close());
/** What the organisation was told is forgotten, so that each test begins as if nobody had asked. */
async function forget(): Promise<void> {
  await hub.house.store.as<InsightTables>().deleteFrom("told").execute();
}
beforeEach(forget);

let analysts = 0;
/** Somebody who has asked nothing yet. */
async function newAnalyst(name = "Ann Analyst", organisation = "Testford Council"): Promise<Session> {
  analysts += 1;
  const letters = String.fromCharCode(97 + (analysts % 26), 97 + Math.floor(analysts / 26));
  const id = (
    await hub.house.store
      .as<{ organisation: { id: string; name: string } }>()
      .selectFrom("organisation")
      .select("id")
      .where("name", "=", organisation)
      .executeTakeFirstOrThrow()
  ).id;
  return hub.person({ name: `${name} ${letters}`, organisation: id, roles: ["analyst"], purpose: "planning" });
}

function nhsNumber(at: number): string {
  const nine = `999${String(at).padStart(6, "0")}`;
  const check = (11 - (nine.split("").reduce((sum, digit, place) => sum + Number(digit) * (10 - place), 0) % 11)) % 11;
  return check === 10 ? "" : `${nine}${check}`;
}

function column(name: string): number {
  const found = number[name];
  if (found === undefined) throw new Error(`No column ${name}.`);
  return found;
}

function question(parts: Partial<Question>): Question {
  return questionShape.parse({ dataset: residents, ...parts });
}

function countBy<T>(rows: readonly T[], key: (row: T) => string): ReadonlyMap<string, number> {
  return new Map([...Map.groupBy(rows, key)].map(([name, group]) => [name, group.length]));
}

/** Counts as they may be read: to the nearest 5, and not below 10. */
function rounded(oracle: ReadonlyMap<string, number>): ReadonlyMap<string, number | string> {
  return new Map([...oracle].map(([key, count]) => [key, count < 10 ? "hidden" : five(count)]));
}

function five(count: number): number {
  return 5 * Math.round(count / 5);
}

function mean(held: readonly number[]): number {
  return Number((held.reduce((sum, one) => sum + one, 0) / held.length).toPrecision(3));
}

function cells({ figures }: Answer) {
  return new Map(figures.cells.map(({ keys, value, shown }) => [keys.join("/"), shown ? value : "hidden"]));
}

/** What is shown is what the oracle has. */
function expectAmong(found: ReadonlyMap<string, number | string | null>, oracle: ReadonlyMap<string, number | string>): void {
  const shown = [...found].filter(([, value]) => value !== "hidden");
  expect(shown.length).toBeGreaterThan(0);
  expect(shown).toEqual(shown.map(([key]) => [key, oracle.get(key)]));
}

function html(answer: Answer): string {
  const { title, lede, body } = answerContent(answer, null);
  return `${title}\n${lede}\n${renderToString(body as Parameters<typeof renderToString>[0])}`;
}

describe("figures against an oracle", () => {
  test("counts by ward, with the small ward hidden and another beside it", async () => {
    const answer = await ask(await newAnalyst(), question({ groupBy: [column("ward_code")] }), hub.house);
    const oracle = rounded(countBy(people, ({ ward }) => ward));
    const found = cells(answer);
    expect(found.get("E05000005")).toBe("hidden");
    expect(found.get("E05000001")).toBe(oracle.get("E05000001"));
    const hidden = [...found].filter(([, value]) => value === "hidden");
    expect(hidden.length).toBeGreaterThan(1);
    expectAmong(found, oracle);
    expect(answer.figures.totals.at(-1)?.value).toBe(405);
    expect(answer.minCell).toBe(10);
  });

  test("a mean over those who have a value, and its base", async () => {
    const answer = await ask(
      await newAnalyst(),
      question({ groupBy: [column("sex")], measure: { kind: "avg", column: column("rooms") } }),
      hub.house,
    );
    for (const { keys, value, n } of answer.figures.cells) {
      const held = people.flatMap(({ sex, rooms }) => (sex === keys[0] && rooms !== null ? [rooms] : []));
      expect(n).toBe(five(held.length));
      expect(value).toBe(mean(held));
    }
  });

  test("a sum is a mean of three figures times a rounded count, under a condition too", async () => {
    const filters: Filter[] = [{ column: column("tenure"), op: "is", values: ["Owned", "Shared"] }];
    const answer = await ask(
      await newAnalyst(),
      question({ groupBy: [column("sex")], measure: { kind: "sum", column: column("rooms") }, filters }),
      hub.house,
    );
    for (const { keys, value } of answer.figures.cells) {
      const held = people.flatMap(({ sex, tenure, rooms }) =>
        sex === keys[0] && tenure !== "Rented" && rooms !== null ? [rooms] : [],
      );
      expect(value).toBeCloseTo(mean(held) * five(held.length), 8);
    }
  });

  test.each(["min", "max"] as const)("the %s of people is one person's value, and is not given", async (kind) => {
    const asked = question({ groupBy: [column("sex")], measure: { kind, column: column("rooms") } });
    await expect(ask(analyst, asked, hub.house)).rejects.toMatchObject({ code: "insight.of-one-person" });
    const things = question({ dataset: amenities, measure: { kind, column: column("service visits") } });
    expect((await ask(analyst, things, hub.house)).figures.totals[0]?.value).toBe(kind === "min" ? 0 : 590);
  });

  test("two groups, with sums down and across", async () => {
    const answer = await ask(await newAnalyst(), question({ groupBy: [column("tenure"), column("sex")] }), hub.house);
    const oracle = rounded(countBy(people, ({ tenure, sex }) => `${tenure}/${sex}`));
    expect(cells(answer)).toEqual(oracle);
    const rented = answer.figures.totals.find(({ keys }) => keys[0] === "Rented" && keys[1] === null);
    expect(rented?.value).toBe(five(people.filter(({ tenure }) => tenure === "Rented").length));
    const page = html(answer);
    expect(page).toContain('scope="col"');
    expect(page).toContain("Records, by Tenure and Sex");
  });

  test("dates of birth become age bands, and dates years", async () => {
    const bands = await ask(await newAnalyst(), question({ groupBy: [column("date_of_birth")] }), hub.house);
    const ages = countBy(people, ({ born }) => {
      const age = 2026 - Number(born.slice(0, 4));
      return age >= 90 ? "90+" : `${Math.floor(age / 10) * 10}–${Math.floor(age / 10) * 10 + 9}`;
    });
    expectAmong(cells(bands), rounded(ages));
    expect(html(bands)).not.toMatch(/19\d\d-\d\d/);
    const years = await ask(await newAnalyst(), question({ groupBy: [column("moved_in")] }), hub.house);
    expect(cells(years)).toEqual(rounded(countBy(people, ({ moved }) => moved.slice(0, 4))));
  });

  test("months, where the dates lie within three years", async () => {
    const filters: Filter[] = [
      { column: column("moved_in"), op: "at least", values: ["2017-01-01"] },
      { column: column("moved_in"), op: "at most", values: ["31/12/2018"] },
    ];
    const answer = await ask(await newAnalyst(), question({ groupBy: [column("moved_in")], filters }), hub.house);
    const oracle = countBy(
      people.filter(({ moved }) => /^201[78]/.test(moved)),
      ({ moved }) => moved.slice(0, 7),
    );
    expect(oracle.size).toBeGreaterThan(2);
    expect([...cells(answer).keys()].toSorted()).toEqual([...oracle.keys()].toSorted());
  });

  test("a share shows neither of its two counts where one of them is small", async () => {
    const answer = await ask(
      await newAnalyst(),
      question({
        groupBy: [column("ward_code")],
        measure: { kind: "share", of: { column: column("tenure"), op: "is", values: ["Shared"] } },
      }),
      hub.house,
    );
    const told = answer.figures.cells.map(({ keys, shown, value }) => {
      const here = people.filter(({ ward }) => ward === keys[0]);
      const hits = here.filter(({ tenure }) => tenure === "Shared").length;
      const small = [hits, here.length - hits].some((count) => count < 10);
      return { shown, value, small, share: Math.round((100 * five(hits)) / five(here.length)) };
    });
    expect(told.filter(({ shown, small }) => shown && small)).toEqual([]);
    expect(told.filter(({ shown, value, share }) => shown && value !== share)).toEqual([]);
    expect(told.filter(({ small }) => small).length).toBeGreaterThan(0);
    expect(answer.figures.cells.some(({ shown }) => shown)).toBe(true);
  });

  test("a division by nothing is [x], not an error", async () => {
    const ratio = { kind: "ratio", column: column("service visits"), per: column("service places") } as const;
    const answer = await ask(
      analyst,
      question({ dataset: amenities, groupBy: [column("service kind")], measure: ratio }),
      hub.house,
    );
    expect(cells(answer).get("Library")).toBeNull();
    expect(asAnswer(answer).rows.find(({ labels }) => labels[0] === "Library")).toMatchObject({ mark: "x", shown: true });
    const parks = services.filter(({ kind }) => kind === "Park");
    expect(cells(answer).get("Park")).toBeCloseTo(
      parks.reduce((sum, { visits }) => sum + visits, 0) / parks.reduce((sum, { places }) => sum + places, 0),
      10,
    );
    const none: Filter[] = [{ column: column("service kind"), op: "is", values: ["Nothing"] }];
    const share: Question["measure"] = { kind: "share", of: { column: column("service kind"), op: "is", values: ["Park"] } };
    const empty = await ask(analyst, question({ dataset: amenities, measure: share, filters: none }), hub.house);
    expect(asAnswer(empty).totals).toMatchObject([{ mark: "x", value: null }]);
  });

  test("data about no people is shown whole", async () => {
    const answer = await ask(
      analyst,
      question({ dataset: amenities, groupBy: [column("service kind"), column("service ward_code")] }),
      hub.house,
    );
    expect(answer.minCell).toBe(0);
    expect(cells(answer)).toEqual(countBy(services, ({ kind, ward }) => `${kind}/${ward}`));
  });

  test("any filters choose the records that JavaScript would", async () => {
    const texts = fc.record({
      column: fc.constant(column("service kind")),
      op: fc.constantFrom("is", "is not"),
      values: fc.subarray(["Library", "Park", "Pool", "library"], { minLength: 1 }),
    });
    const numbers = fc.record({
      column: fc.constantFrom(column("service visits"), column("service places")),
      op: fc.constantFrom("is", "is not", "at least", "at most"),
      values: fc.integer({ min: -5, max: 620 }).map((value) => [String(value)]),
    });
    const empties = fc.record({
      column: fc.constantFrom(column("service places"), column("service kind")),
      op: fc.constantFrom("is empty", "is not empty"),
      values: fc.constant([]),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(fc.oneof(texts, numbers, empties), { maxLength: 4 }), async (filters) => {
        const answer = await ask(analyst, question({ dataset: amenities, filters: filters as Filter[] }), hub.house);
        const cell = (row: (typeof services)[number], of: number) =>
          of === column("service kind") ? row.kind : of === column("service visits") ? row.visits : row.places;
        const kept = services.filter((row) =>
          (filters as Filter[]).every(({ column: of, op, values }) => {
            const value = cell(row, of);
            switch (op) {
              case "is":
                return values.includes(String(value));
              case "is not":
                return !values.includes(String(value));
              case "at least":
                return Number(value) >= Number(values[0]);
              case "at most":
                return Number(value) <= Number(values[0]);
              case "is empty":
                return false;
              case "is not empty":
                return true;
            }
          }),
        );
        expect(answer.figures.totals.at(-1)?.value).toBe(kept.length);
      }),
      { numRuns: 60, seed: 7 },
    );
  });
});

describe("protection", () => {
  test("what is hidden is in no page, file, reply or title", async () => {
    const sums = await ask(
      await newAnalyst(),
      question({ groupBy: [column("ward_code")], measure: { kind: "sum", column: column("rooms") } }),
      hub.house,
    );
    await forget();
    const counts = await ask(await newAnalyst(), question({ groupBy: [column("ward_code"), column("sex")] }), hub.house);
    const secret = (answer: Answer, keys: readonly (string | null)[]) => {
      const here = people.filter(({ ward, sex }) => [ward, sex].every((value, at) => (keys[at] ?? value) === value));
      return answer === counts ? here.length : here.reduce((sum, { rooms }) => sum + (rooms ?? 0), 0);
    };
    for (const answer of [sums, counts]) {
      const all = [...answer.figures.cells, ...answer.figures.totals];
      const told = new Set(all.flatMap(({ value, n }) => [value, n]));
      const hidden = all.filter(({ shown }) => !shown).map(({ keys }) => secret(answer, keys));
      const secrets = hidden.filter((value) => value > 10 && !told.has(value)); // smaller ones stand in dates and classes
      expect(hidden.length).toBeGreaterThan(1);
      expect(secrets.length).toBeGreaterThan(0);
      for (const face of [html(answer), answerCsv(answer), JSON.stringify(asAnswer(answer)), findingOf(answer)]) {
        const numbers = numbersIn(face);
        for (const value of secrets) expect(numbers).not.toContain(String(value));
      }
    }
    expect(html(sums)).toContain("hidden to protect people");
    expect(html(sums)).toContain("[c] hidden: fewer than 10 records");
    expect(html(counts)).toContain("[c] fewer than 10");
    expect(answerCsv(sums)).toContain("South Moor");
    expect(answerCsv(sums)).toContain("[c]");
    expect(answerCsv(sums)).toContain("Source: Residents, version 1");
  });

  test("no title says who leads where something hidden might", async () => {
    const mean = await ask(
      await newAnalyst(),
      question({ groupBy: [column("ward_code")], measure: { kind: "avg", column: column("rooms") } }),
      hub.house,
    );
    expect(findingOf(mean)).toBe("Average of rooms by ward");
    const plain = await ask(
      analyst,
      question({
        dataset: amenities,
        groupBy: [column("service kind")],
        measure: { kind: "sum", column: column("service visits") },
      }),
      hub.house,
    );
    const total = services.reduce((sum, { visits }) => sum + visits, 0);
    const pools = services.reduce((sum, { kind, visits }) => sum + (kind === "Pool" ? visits : 0), 0);
    expect(findingOf(plain)).toBe(
      `Pool has the highest total of visits: ${pools.toLocaleString("en-GB")} of ${total.toLocaleString("en-GB")} (${Math.round((100 * pools) / total)} %)`,
    );
  });

  test("a second question that would describe a small group is refused, and the refusal is on record", async () => {
    const person = await newAnalyst();
    await ask(person, question({ groupBy: [column("sex")] }), hub.house);
    const almost = question({
      groupBy: [column("sex")],
      filters: [{ column: column("ward_code"), op: "is not", values: ["E05000005"] }],
    });
    // those of no ward are left out too, so ask first of all who have one
    const withWard = question({
      groupBy: [column("sex")],
      filters: [{ column: column("ward_code"), op: "is not empty", values: [] }],
    });
    await expect(ask(await newAnalyst(), withWard, hub.house)).rejects.toMatchObject({ code: "insight.differencing" }); // a colleague
    await expect(ask(person, withWard, hub.house)).rejects.toMatchObject({ code: "insight.differencing", kind: "refused" });
    await expect(ask(person, almost, hub.house)).rejects.toMatchObject({ code: "insight.differencing" });
    await ask(person, question({ groupBy: [column("sex")] }), hub.house); // the same again tells nothing new
    await ask(person, question({ groupBy: [column("tenure")] }), hub.house);
    await hub.house.audit.drain();
    const found = await auditOf(person);
    expect(found.filter(({ outcome, reason }) => outcome === "failed" && reason === "insight.differencing")).toHaveLength(2);
    expect(found.filter(({ outcome }) => outcome === "done")).toHaveLength(3);
  });

  test("a condition that carves a few out of one group is refused, whatever is measured", async () => {
    const person = await newAnalyst();
    const measure = { kind: "avg", column: column("rooms") } as const;
    const filters: Filter[] = [{ column: column("ward_code"), op: "is not", values: ["E05000005", "E05000009"] }];
    await ask(person, question({ groupBy: [column("sex")], measure }), hub.house);
    const next = question({ groupBy: [column("sex")], measure: { ...measure, kind: "sum" }, filters });
    await expect(ask(person, next, hub.house)).rejects.toMatchObject({ code: "insight.differencing" });
  });

  test("a value written another way is the same value", async () => {
    const person = await newAnalyst();
    await ask(person, question({ groupBy: [column("sex")] }), hub.house);
    const filters: Filter[] = [
      { column: column("sex"), op: "is", values: ["male"] },
      { column: column("ward_code"), op: "is not", values: ["e05000005"] },
    ];
    await expect(ask(person, question({ filters }), hub.house)).rejects.toMatchObject({ code: "insight.differencing" });
  });

  test("each question is kept as it was asked, with how it ended, and leaves with an export", async () => {
    const person = await newAnalyst();
    const small = question({ filters: [{ column: column("ward_code"), op: "is", values: ["E05000005"] }] });
    await ask(person, question({ groupBy: [column("sex")] }), hub.house);
    await expect(ask(person, small, hub.house)).rejects.toMatchObject({ code: "insight.too-few" });
    const [exported] = (await insightModule.contributes?.exports?.(hub.house.gate.operatorSession(), hub.house)) ?? [];
    const rows = (exported?.rows ?? []) as readonly AskedQuestion[];
    const own = rows.filter((row) => row.person === person.person?.id);
    const told = own.map(({ question: { groupBy, filters }, outcome }) => [outcome, groupBy, filters]);
    expect(told).toHaveLength(2);
    expect(told).toContainEqual(["answered", [column("sex")], []]);
    expect(told).toContainEqual(["insight.too-few", [], small.filters]);
  });

  test("under a condition small groups have no name, and too few have no answer, whether there are any or none", async () => {
    const answer = await ask(
      await newAnalyst(),
      question({ groupBy: [column("ward_code")], filters: [{ column: column("sex"), op: "is", values: ["F"] }] }),
      hub.house,
    );
    for (const face of [html(answer), answerCsv(answer), JSON.stringify(asAnswer(answer))]) {
      expect(face).toContain("Other groups, if any");
      expect(face).toContain("to the nearest 5");
    }
    expect(cells(answer).has("E05000005")).toBe(false);
    expect(`${answerCsv(answer)}${JSON.stringify(asAnswer(answer))}`).not.toMatch(/Quay|E05000005/);
    const refusal = async (ward: string) =>
      String(
        await ask(analyst, question({ filters: [{ column: column("ward_code"), op: "is", values: [ward] }] }), hub.house).catch(
          (error: unknown) => error,
        ),
      );
    expect(await refusal("E05000005")).toContain("fewer than 10 people, or about none");
    expect(await refusal("E05000009")).toBe(await refusal("E05000005"));
  });

  test("nobody is chosen by a date of birth", async () => {
    const filters: Filter[] = [{ column: column("date_of_birth"), op: "at least", values: ["1990-01-01"] }];
    await expect(ask(analyst, question({ filters }), hub.house)).rejects.toMatchObject({ code: "insight.not-a-filter" });
  });

  test("identifiers are offered nowhere and refused when forged", async () => {
    const offered = (await listAskable(analyst, hub.house)).find(({ entry }) => entry.datasetId === residents);
    const nhs = offered?.columns.find(({ name }) => name === "nhs_number");
    expect(nhs).toMatchObject({ group: null, filter: null, amount: false });
    await expect(ask(analyst, question({ groupBy: [column("nhs_number")] }), hub.house)).rejects.toMatchObject({
      code: "insight.not-a-group",
    });
    await expect(
      ask(analyst, question({ filters: [{ column: column("nhs_number"), op: "is", values: [nhsNumber(1)] }] }), hub.house),
    ).rejects.toMatchObject({ code: "insight.not-a-filter" });
  });
});

describe("agreements", () => {
  test("a lent dataset is asked of under its agreement, under its masks, and no longer once it ends", async () => {
    const council = analyst.organisation ?? "";
    const health = await hub.organisation("Vale Health");
    const governance = await hub.person({ name: "Gov One", organisation: council, roles: ["governance", "signatory"] });
    const other = await hub.person({ name: "Gov Two", organisation: health, roles: ["governance", "signatory"] });
    const borrower = await newAnalyst("Bea Analyst", "Vale Health");
    const id = await proposeAgreement(
      governance,
      {
        title: "Planning together",
        objective: "Plan homes",
        lawfulBasis: "Public task",
        dpia: "DPIA-1",
        telling: "Privacy notice",
        startsOn: "2026-01-01",
        endsOn: "2027-01-01",
        minCell: 20,
        partner: health,
      },
      hub.house,
    );
    await setItem(governance, id, {
      dataset: residents,
      use: "planning",
      columns: [
        { number: column("tenure"), mask: "clear" },
        { number: column("date_of_birth"), mask: "year" },
      ],
    });
    const asked = question({ groupBy: [column("tenure")], under: id });
    await expect(ask(borrower, asked, hub.house)).rejects.toMatchObject({ code: "access.missing" });
    for (const session of [governance, other])
      await signAgreement(session, id, (await getAgreement(session, id, hub.house)).termsHash, hub.house);
    expect((await listAskable(borrower, hub.house)).map(({ entry, lentBy }) => [entry.title, lentBy])).toEqual([
      ["Residents", "Testford Council"],
    ]);
    const answer = await ask(borrower, asked, hub.house);
    expect(answer).toMatchObject({ minCell: 20, agreement: { title: "Planning together" } });
    expect(cells(answer)).toEqual(rounded(countBy(people, ({ tenure }) => tenure)));
    await expect(ask(borrower, { ...asked, on: "2026-03-31" }, hub.house)).rejects.toMatchObject({ code: "insight.on-lent" });
    const years = await ask(borrower, question({ groupBy: [column("date_of_birth")], under: id }), hub.house);
    expect(years.figures.cells.every(({ keys, shown }) => /^19\d\d$|^200\d$/.test(keys[0] ?? "") && !shown)).toBe(true);
    await expect(ask(borrower, question({ groupBy: [column("sex")], under: id }), hub.house)).rejects.toMatchObject({
      code: "insight.no-column",
    });
    await expect(ask(borrower, question({ groupBy: [column("tenure")] }), hub.house)).rejects.toMatchObject({
      code: "access.missing",
    });
    await endAgreement(governance, id, "Done", hub.house);
    await expect(ask(borrower, asked, hub.house)).rejects.toMatchObject({ code: "access.missing" });
    expect((await auditOf(borrower)).map(({ reason }) => reason)).toContain("agreement_not_live");
  });

  test("without the purpose or the role there is no answer", async () => {
    const facts = analyst.person;
    if (!facts) throw new Error("There is no person.");
    const idle = hub.house.gate.personSession(facts, null);
    await expect(ask(idle, question({}), hub.house)).rejects.toMatchObject({ code: "insight.not-planning" });
    const worker = hub.house.gate.personSession({ ...facts, roles: ["practitioner"] }, "planning");
    await expect(ask(worker, question({}), hub.house)).rejects.toMatchObject({ code: "access.refused" });
    await expect(ask(analyst, question({ dataset: "dst_none" }), hub.house)).rejects.toMatchObject({ code: "access.missing" });
  });
});

describe("what is asked wrongly", () => {
  test.each([
    [{ groupBy: [999] }, "insight.no-column"],
    [{ groupBy: ["tenure", "tenure"] }, "insight.same-twice"],
    [{ measure: { kind: "sum", column: "tenure" } }, "insight.not-an-amount"],
    [{ filters: [{ column: "rooms", op: "is", values: ["many"] }] }, "insight.wrong-value"],
    [{ filters: [{ column: "rooms", op: "at least", values: ["2.5"] }] }, "insight.wrong-value"],
    [{ filters: [{ column: "moved_in", op: "at most", values: ["31 June"] }] }, "insight.wrong-value"],
    [{ filters: [{ column: "tenure", op: "at least", values: ["Owned"] }] }, "insight.wrong-operator"],
    [{ filters: [{ column: "tenure", op: "is", values: [] }] }, "insight.unreadable"],
    [{ filters: [{ column: "sex", op: "is", values: ["Persons"] }] }, "insight.unknown-value"],
  ])("%j is refused with %s", async (parts, code) => {
    const text = JSON.stringify(parts).replaceAll(/"(tenure|rooms|moved_in|sex)"/g, (_, name: string) => String(column(name)));
    await expect(ask(analyst, question(JSON.parse(text) as Partial<Question>), hub.house)).rejects.toMatchObject({ code });
  });

  test("too many groups are refused with what to do", async () => {
    const council = analyst.organisation ?? "";
    const many = await hub.load({
      name: "Many",
      organisation: council,
      csv: csv(
        "thing,colour",
        Array.from({ length: 1500 }, (_, at) => [`thing ${at}`, at % 2 ? "red" : "blue"]),
      ),
    });
    await hub.withoutPeople(many);
    const steward = await hub.person({ name: "Sue Steward", organisation: council, roles: ["steward"] });
    await hub.decide(steward, many, "thing", "category");
    const groupBy = [await hub.column(many, "thing")];
    await expect(ask(analyst, question({ dataset: many, groupBy }), hub.house)).rejects.toMatchObject({
      code: "insight.too-many-groups",
      kind: "limit",
    });
  });
});

describe("pages", () => {
  const page = (path: string) => {
    const found = insightModule.pages?.find((candidate) => candidate.path === path);
    if (!found) throw new Error(`There is no page ${path}.`);
    return (query: Record<string, string>) =>
      found.handle({
        session: analyst,
        house: hub.house,
        params: {},
        query,
        form: {},
        forms: {},
        files: [],
        address: "127.0.0.1",
        csrf: "",
        cookie: null,
      });
  };

  test("each costs a stated number of statements", async () => {
    const run = vi.spyOn(StatementSync.prototype, "all");
    const asked = vi.spyOn(hub.house.engine, "query");
    const cost = async (work: () => Promise<unknown>) => {
      run.mockClear();
      asked.mockClear();
      await work();
      return { store: run.mock.calls.length, engine: asked.mock.calls.length };
    };
    const datasets = (await listAskable(analyst, hub.house)).length;
    const list = await cost(() => page("/questions")({}));
    const show = await cost(() => page("/questions/show")({ dataset: amenities, by: String(column("service ward_code")) }));
    run.mockRestore();
    asked.mockRestore();
    expect(list.engine).toBe(0);
    expect(list.store).toBeLessThanOrEqual(8 + 4 * datasets);
    expect(show.engine).toBe(1);
    expect(show.store).toBeGreaterThan(0);
    expect(show.store).toBeLessThanOrEqual(30);
  });

  test("a map is drawn where areas cover the codes, of shares and not of counts", async () => {
    const answer = await ask(analyst, question({ dataset: amenities, groupBy: [column("service ward_code")] }), hub.house);
    const found = html(answer);
    expect(found).toContain("Each area’s share of all records");
    expect(found).toContain("Wards, May 2026");
    expect(found).toContain("North Moor: 20.0 % (12)");
  });

  test("what cannot be answered comes back as the form, with the problem at its field", async () => {
    const answer = await page("/questions/show")({ dataset: amenities, measure: "value", by: String(column("service kind")) });
    if (answer.kind !== "page") throw new Error("It is no page.");
    expect(answer.status).toBe(400);
    expect(answer.content.errors).toMatchObject([{ href: "#of" }]);
    await expect(page("/questions/new")({ dataset: "dst_none" })).rejects.toMatchObject({ code: "insight.no-dataset" });
  });

  test("the file keeps text that looks like a formula as text", async () => {
    const council = analyst.organisation ?? "";
    const odd = await hub.load({
      name: "Odd",
      organisation: council,
      csv: csv("kind,place", [
        ["=1+1", "a"],
        ["=1+1", "b"],
        ["@x", "a"],
        ["-2+3", "a"],
        ["-12.5", "a"],
      ]),
    });
    await hub.withoutPeople(odd);
    const steward = await hub.person({ name: "Tom Steward", organisation: council, roles: ["steward"] });
    await hub.decide(steward, odd, "kind", "category");
    const text = answerCsv(await ask(analyst, question({ dataset: odd, groupBy: [await hub.column(odd, "kind")] }), hub.house));
    expect(text.split("\r\n").slice(0, 6)).toEqual(["Kind,Records", "'=1+1,2", "'-2+3,1", "-12.5,1", "'@x,1", "All,5"]);
  });
});

/** The numbers that somebody could read: of a page its words, titles and labels, and not where things stand in a drawing. */
function numbersIn(face: string): readonly string[] {
  const read = [...face.matchAll(/>([^<]+)<|aria-label="([^"]*)"/g)].map(([, text, label]) => text ?? label ?? "");
  const text = face.includes("</") ? read.join(" ") : face;
  return [...text.replaceAll(/[\d.]+ %/g, "").matchAll(/\d[\d,]*(?:\.\d+)?/g)].map(([digits]) => digits.replaceAll(",", ""));
}

async function auditOf(session: Session): Promise<readonly { outcome: string; reason: string | null }[]> {
  await hub.house.audit.drain();
  const found = hub.house.audit.search({ person: session.person?.id ?? "", limit: 200 });
  return found.map(({ entry }) => entry).filter(({ action }) => action === "insight.ask");
}
