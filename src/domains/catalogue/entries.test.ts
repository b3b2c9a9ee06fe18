import { afterAll, beforeAll, expect, test } from "vitest";
import { openTestHouse, type TestHouse } from "../../../test/support/house.ts";
import type { Session } from "../../access/index.ts";
import { declarePeople } from "./declare-people.ts";
import { decideType } from "./decide-type.ts";
import { describeEntry, getEntry, listEntries, pageEntries } from "./entries.ts";
import { catalogueRoutes } from "./http.ts";

let hub: TestHouse;
let steward: Session;
let stranger: Session;
let visits: string;

const changes = {
  title: "Visits",
  description: "Who came.",
  owner: "Head of libraries",
  lawfulBasis: "",
  dpia: "",
  attribution: "",
  licence: "",
  openness: "undecided",
  opennessReason: "",
  reviewDate: "2027-01-01",
} as const;

beforeAll(async () => {
  hub = await openTestHouse();
  const council = await hub.organisation("Testford Council");
  const other = await hub.organisation("Vale Health");
  const person = (name: string, organisation: string) =>
    hub.person({ name, organisation, roles: ["steward", "owner"], purpose: "stewardship" });
  steward = await person("Stan Steward", council);
  stranger = await person("Sid Stranger", other);
  const rows = Array.from({ length: 43 }, (_, at) => `${at < 31 ? "Large" : at < 40 ? "Small" : ""},${at}`);
  visits = await hub.load({ name: "Visits", organisation: council, csv: `kind,visits\n${rows.join("\n")}\n` });
  await describeEntry(steward, visits, changes, hub.house);
});
afterAll(() => hub.close());

test("another organisation's dataset is as one that is not there, to change it", async () => {
  const told = async (work: Promise<unknown>) =>
    work.then(
      () => "done",
      (error: unknown) => error,
    );
  const unknown = [
    await told(describeEntry(stranger, "dst_none", changes, hub.house)),
    await told(decideType(stranger, "dst_none", 1, "category", hub.house)),
  ];
  const theirs = [
    await told(describeEntry(stranger, visits, changes, hub.house)),
    await told(decideType(stranger, visits, 1, "category", hub.house)),
  ];
  expect(theirs.map(String)).toEqual(unknown.map(String));
  expect(theirs).toMatchObject([{ code: "catalogue.no-dataset" }, { code: "catalogue.no-dataset" }]);
});

test("of another organisation's dataset the class is not told", async () => {
  const route = catalogueRoutes.find(({ path }) => path === "/datasets");
  const ask = async (session: Session) =>
    (await route?.handle({ session, house: hub.house, params: {}, query: {}, body: undefined })) as {
      items: { class: string | null }[];
    };
  expect((await ask(stranger)).items.map(({ class: highest }) => highest)).toEqual([null]);
  expect((await ask(steward)).items[0]?.class).toEqual(expect.any(String));
});

test("of people a column tells no small count; of things it tells all", async () => {
  const field = async () => (await getEntry(steward, visits, hub.house)).fields.find(({ name }) => name === "kind");
  const ofPeople = await field();
  expect(ofPeople?.top).toEqual([{ value: "Large", count: 30 }]);
  expect(ofPeople?.detection.evidence.join()).not.toMatch(/\b(2|40|43)\b distinct|\b2 of\b/);
  await declarePeople(steward, visits, { people: "no", reason: "One row for each visit count." }, hub.house);
  expect((await field())?.top).toEqual([
    { value: "Large", count: 31 },
    { value: "Small", count: 9 },
  ]);
});

test("words find a dataset by title, text and own columns, in either case, and signs stand for themselves", async () => {
  const found = async (session: Session, words: string) =>
    (await pageEntries(session, { words, page: 1 }, hub.house)).rows.map(({ entry }) => entry.title);
  await describeEntry(steward, visits, { ...changes, description: "Who came. 100 % of them, Élodie too." }, hub.house);
  for (const words of ["visit", "CAME who", "kind", "100 %", "élodie", "elodie", "vsits", "vistis", "visots", "visitss"])
    expect(await found(steward, words)).toEqual(["Visits"]);
  for (const words of ["visit nothing", "v_sits", "10%0"]) expect(await found(steward, words)).toEqual([]);
  expect([await found(stranger, "came"), await found(stranger, "kind")]).toEqual([["Visits"], []]);
});

test("the register is read from an id on, for programs", async () => {
  const ids = async (after?: string) =>
    (await listEntries(steward, { order: "id", limit: 5, ...(after === undefined ? {} : { after }) }, hub.house)).map(
      ({ entry }) => entry.datasetId,
    );
  expect(await ids()).toContain(visits);
  expect(await ids(visits)).not.toContain(visits);
});
