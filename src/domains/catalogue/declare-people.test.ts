import { afterAll, beforeAll, expect, test } from "vitest";
import { openTestHouse, type TestHouse } from "../../../test/support/house.ts";
import type { Session } from "../../access/index.ts";
import { declarePeople } from "./declare-people.ts";
import { describeDataset } from "./policy.ts";

let hub: TestHouse;
let owner: Session;
let steward: Session;
let stranger: Session;
let libraries: string;
let members: string;

beforeAll(async () => {
  hub = await openTestHouse();
  const council = await hub.organisation("Testford Council");
  const other = await hub.organisation("Vale Health");
  const person = (name: string, organisation: string, role: "owner" | "steward") =>
    hub.person({ name, organisation, roles: [role], purpose: "stewardship" });
  owner = await person("Olive Owner", council, "owner");
  steward = await person("Stan Steward", council, "steward");
  stranger = await person("Sid Stranger", other, "owner");
  libraries = await hub.load({ name: "Libraries", organisation: council, csv: "kind,visits\nLarge,10\nSmall,2\n" });
  members = await hub.load({ name: "Members", organisation: council, csv: "first_name,books\nAda,3\nBob,4\nCyd,5\n" });
  await hub.decide(steward, members, "first_name", "person.forename");
});
afterAll(() => hub.close());

async function describes(dataset: string): Promise<boolean | undefined> {
  return (await describeDataset(hub.house.store, dataset))?.describesPeople;
}

test("a dataset describes people until its owner says, with a reason, that it does not", async () => {
  expect(await describes(libraries)).toBe(true);
  const no = { people: "no", reason: "One row for each library." } as const;
  await expect(declarePeople(owner, libraries, { people: "no", reason: "  " }, hub.house)).rejects.toMatchObject({
    code: "catalogue.people-reason",
    fields: { peopleReason: expect.any(String) as string },
  });
  await expect(declarePeople(steward, libraries, no, hub.house)).rejects.toMatchObject({ code: "access.refused" });
  expect(await describes(libraries)).toBe(true);
  await declarePeople(owner, libraries, no, hub.house);
  expect(await describes(libraries)).toBe(false);
  await hub.house.audit.drain();
  const found = hub.house.audit.search({ person: owner.person?.id ?? "", limit: 50 });
  expect(found.map(({ entry }) => [entry.action, entry.outcome])).toContainEqual(["catalogue.declare-people", "done"]);
  await declarePeople(owner, libraries, { people: "yes", reason: "" }, hub.house);
  expect(await describes(libraries)).toBe(true);
});

test("not while a column is about people, whatever was said before", async () => {
  const no = { people: "no", reason: "Totals." } as const;
  await expect(declarePeople(owner, members, no, hub.house)).rejects.toMatchObject({
    code: "catalogue.people-columns",
    message: expect.stringContaining("“first_name”") as string,
  });
  await declarePeople(owner, libraries, no, hub.house);
  await hub.decide(steward, libraries, "kind", "person.forename");
  expect(await describes(libraries)).toBe(true);
});

test("another organisation's dataset is as if there were none", async () => {
  const no = { people: "no", reason: "Totals." } as const;
  const unknown = await declarePeople(stranger, "dst_none", no, hub.house).catch((error: unknown) => error);
  const theirs = await declarePeople(stranger, libraries, no, hub.house).catch((error: unknown) => error);
  expect(theirs).toMatchObject({ code: "catalogue.no-dataset" });
  expect(String(theirs)).toBe(String(unknown));
});
