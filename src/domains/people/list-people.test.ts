import { afterAll, beforeAll, expect, test } from "vitest";
import { openTestHouse, type TestHouse } from "../../../test/support/house.ts";
import type { Session } from "../../access/index.ts";
import { insertPerson } from "./add-people.ts";
import { listPeople } from "./list-people.ts";

let hub: TestHouse;
let administrator: Session;
beforeAll(async () => {
  hub = await openTestHouse();
  const council = await hub.organisation("Exampleton Council");
  const other = await hub.organisation("Exampleton Health");
  administrator = await hub.person({ name: "Ada Administrator", organisation: council, roles: ["administrator", "analyst"] });
  await hub.house.store.transaction(async (records) => {
    for (let at = 0; at < 120; at += 1) {
      const name = `Person ${String(at).padStart(3, "0")}`;
      const email = `person${at}@example.org`;
      const organisation = at < 60 ? council : other;
      await insertPerson(records, { name, email, password: "x", memberships: [{ organisation, roles: ["analyst"] }] }, at + 1);
    }
  });
}, 60_000);
afterAll(() => hub.close());

test("people of the own organisation come a page at a time, each with all their roles", async () => {
  const first = (await listPeople(administrator, { words: "", page: 1 })).found;
  expect([first.total, first.rows.length, first.rows[0]?.name]).toEqual([61, 50, "Ada Administrator"]);
  expect(first.rows[0]?.roles).toEqual(["administrator", "analyst"]);
  const last = (await listPeople(administrator, { words: "", page: 9 })).found;
  expect([last.page, last.rows.map(({ name }) => name).at(-1)]).toEqual([2, "Person 059"]);
});

test("words find people by name and address, and nobody of another organisation", async () => {
  const names = async (words: string) => (await listPeople(administrator, { words, page: 1 })).found.rows.map(({ name }) => name);
  expect(await names("person 042")).toEqual(["Person 042"]);
  expect(await names("PERSON42@")).toEqual(["Person 042"]);
  expect(await names("person 119")).toEqual([]);
});
