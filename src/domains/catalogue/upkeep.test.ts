import { afterAll, beforeAll, expect, test } from "vitest";
import { openTestHouse, type TestHouse } from "../../../test/support/house.ts";
import type { Session } from "../../access/index.ts";
import { setState } from "../people/change-people.ts";
import { archiveEntry } from "./archive.ts";
import { attestEntry, factsToAttest } from "./attest.ts";
import { describeEntry, getEntry, listEntries } from "./entries.ts";
import { pageHistory } from "./history.ts";
import { upkeepTasks } from "./upkeep-tasks.ts";

let hub: TestHouse;
let owner: Session;
let governance: Session;
let administrator: Session;
let stranger: Session;
let visits: string;
let now = Date.UTC(2026, 10, 25, 12);
const year = 365 * 86_400_000;

const described = { owner: "Olive Owner", reviewDate: "2027-12-01", purpose: "To plan.", lawfulBasis: "Public task" };

beforeAll(async () => {
  hub = await openTestHouse({ clock: () => now });
  const council = await hub.organisation("Testford Council");
  const other = await hub.organisation("Vale Health");
  owner = await hub.person({ name: "Olive Owner", organisation: council, roles: ["steward", "owner"], purpose: "stewardship" });
  governance = await hub.person({ name: "Gina Gov", organisation: council, roles: ["governance"], purpose: "governance" });
  administrator = await hub.person({ name: "Ada Admin", organisation: council, roles: ["administrator"] });
  stranger = await hub.person({ name: "Sid Stranger", organisation: other, roles: ["owner"], purpose: "stewardship" });
  visits = await hub.load({ name: "Visits", organisation: council, csv: "kind,visits\nLarge,1\nSmall,2\n" });
});
afterAll(() => hub.close());

const lifeNow = async () => (await getEntry(owner, visits, hub.house)).life;
const attest = async () => {
  const page = await getEntry(owner, visits, hub.house);
  await attestEntry(owner, visits, JSON.stringify(factsToAttest(page)), hub.house);
};
const tasks = async (session: Session) => (await upkeepTasks(session, hub.house)).map(({ title }) => title);

test("an entry goes from draft to attested, is reopened by a change, and falls due in a year", async () => {
  expect([await lifeNow(), await tasks(owner)]).toEqual(["draft", ["Describe “Visits”"]]);
  await expect(attest()).rejects.toMatchObject({ code: "catalogue.not-registered" });
  await describeEntry(owner, visits, described, hub.house);
  expect([await lifeNow(), await tasks(owner)]).toEqual(["registered", ["Attest to “Visits”"]]);
  await attest();
  expect([await lifeNow(), await tasks(owner)]).toEqual(["attested", []]);
  await describeEntry(owner, visits, { purpose: "To bill." }, hub.house);
  const page = await getEntry(owner, visits, hub.house);
  expect([page.life, page.reopened]).toEqual(["registered", ["Its purpose was changed."]]);
  await attest();
  now += year - 20 * 86_400_000;
  expect([await lifeNow(), await tasks(owner)]).toEqual([
    "attested",
    ["Review “Visits”", "Attest to “Visits”"], // its review date is near as well
  ]);
  now += 21 * 86_400_000;
  expect(await lifeNow()).toBe("overdue");
  now -= year + 86_400_000;
});

test("what somebody else changed since the page was opened is not attested to unread", async () => {
  const read = JSON.stringify(factsToAttest(await getEntry(owner, visits, hub.house)));
  await describeEntry(owner, visits, { openness: "closed" }, hub.house);
  await expect(attestEntry(owner, visits, read, hub.house)).rejects.toMatchObject({ code: "catalogue.attested-meanwhile" });
});

test("the history says who changed which field from what to what; an unchanged field leaves none", async () => {
  const history = async () => (await pageHistory(owner, visits, 1)).rows;
  const before = (await history()).length;
  now += 1000;
  await describeEntry(owner, visits, { purpose: "To bill.", licence: "OGL-UK-3.0" }, hub.house);
  const [newest, ...others] = await history();
  expect(newest).toMatchObject({ by: owner.person?.id, field: "licence", before: "", after: "OGL-UK-3.0" });
  expect(others).toHaveLength(before);
});

test("a description that cannot be kept changes nothing", async () => {
  const before = (await getEntry(owner, visits, hub.house)).entry;
  const wrong = { title: "Another", reviewDate: "soon", raisedClass: "special" };
  await expect(describeEntry(owner, visits, wrong, hub.house)).rejects.toMatchObject({
    code: "catalogue.not-described",
    fields: { reviewDate: expect.any(String), raisedReason: expect.any(String) },
  });
  expect((await getEntry(owner, visits, hub.house)).entry).toEqual(before);
});

test("a secret entry and an archived one are found by their own organisation alone", async () => {
  const found = async () => (await listEntries(stranger, { words: "visits" }, hub.house)).length;
  const opened = async () =>
    getEntry(stranger, visits, hub.house).then(
      () => "opened",
      (error: { code: string }) => error.code,
    );
  expect([await found(), await opened()]).toEqual([1, "opened"]);
  await describeEntry(owner, visits, { secret: "yes" }, hub.house);
  expect([await found(), await opened()]).toEqual([0, "catalogue.no-dataset"]);
  await describeEntry(owner, visits, { secret: "no" }, hub.house);
  await expect(archiveEntry(owner, visits, { archived: true, reason: " " }, hub.house)).rejects.toMatchObject({
    code: "catalogue.archive-reason",
  });
  await archiveEntry(owner, visits, { archived: true, reason: "The library closed." }, hub.house);
  expect([await found(), await opened(), await lifeNow(), await tasks(owner)]).toEqual([
    0,
    "catalogue.no-dataset",
    "archived",
    [],
  ]);
  await describeEntry(owner, visits, { description: "Once." }, hub.house);
  expect(await lifeNow()).toBe("archived");
  await archiveEntry(owner, visits, { archived: false, reason: "It opened again." }, hub.house);
  expect([await found(), (await getEntry(owner, visits, hub.house)).entry.state]).toEqual([1, "registered"]);
});

test("its owner's account suspended, governance is to find another", async () => {
  expect(await tasks(governance)).toEqual([]);
  await setState(administrator, owner.person?.id ?? "", "suspended", hub.house);
  expect(await tasks(governance)).toEqual(["Find an owner for “Visits”"]);
  expect((await getEntry(governance, visits, hub.house)).flags.map(({ text }) => text)).toContain(
    "The account of its owner, Olive Owner, is suspended.",
  );
});
