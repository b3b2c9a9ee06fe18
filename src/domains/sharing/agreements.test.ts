import { afterAll, beforeAll, expect, test } from "vitest";
import { openTestHouse, type TestHouse } from "../../../test/support/house.ts";
import type { Session } from "../../access/index.ts";
import { findPersonFacts } from "../people/index.ts";
import type { PeopleTables } from "../people/store.ts";
import { endAgreement, getAgreement, proposeAgreement, setItem, signAgreement, type Proposal } from "./agreements.ts";

let hub: TestHouse;
let council: string;
let health: string;
let dataset: string;
beforeAll(async () => {
  hub = await openTestHouse();
  council = await hub.organisation("Exampleton Council");
  health = await hub.organisation("Exampleton Health");
  dataset = await hub.load({ name: "Visits", organisation: council, csv: "ward,visits\nA,1\nB,2\n" });
}, 60_000);
afterAll(() => hub.close());

const proposal = (): Proposal => ({
  title: "Sharing visits",
  objective: "Planning",
  lawfulBasis: "Public task",
  dpia: "D-1",
  telling: "Website",
  startsOn: "2020-01-01",
  endsOn: "2020-12-31",
  minCell: 10,
  partner: health,
});

let signing: Promise<{ one: Session; other: Session }> | undefined;
const signatories = () => (signing ??= makeSignatories());

async function makeSignatories() {
  const facts = { roles: ["governance", "signatory"] as const, purpose: "governance" as const };
  const one = await hub.person({ name: "Ana One", organisation: council, ...facts });
  const other = await hub.person({ name: "Ben Other", organisation: health, ...facts });
  return { one, other };
}

async function draft(one: Awaited<ReturnType<typeof signatories>>["one"], changes: Partial<Proposal> = {}) {
  const today = new Date(hub.house.clock());
  const iso = (days: number) => new Date(today.getTime() + days * 86_400_000).toISOString().slice(0, 10);
  const id = await proposeAgreement(one, { ...proposal(), startsOn: iso(-1), endsOn: iso(100), ...changes }, hub.house);
  await setItem(one, id, { dataset, use: "planning", columns: [{ number: 1, mask: "clear" }] });
  return id;
}

const hashOf = async (session: Awaited<ReturnType<typeof signatories>>["one"], id: string) =>
  (await getAgreement(session, id, hub.house)).termsHash;

test("one person who signs for two organisations signs once", async () => {
  const { one } = await signatories();
  const person = one.person?.id ?? "";
  for (const role of ["governance", "signatory"] as const) {
    await hub.house.store
      .as<PeopleTables>()
      .insertInto("membership")
      .values({ person_id: person, organisation_id: health, role })
      .execute();
  }
  const facts = await findPersonFacts(hub.house.store, person, health);
  if (!facts) throw new Error("The second membership is missing.");
  const again = hub.house.gate.personSession(facts, "governance");
  const id = await draft(one);
  await signAgreement(one, id, await hashOf(one, id), hub.house);
  await expect(signAgreement(again, id, await hashOf(again, id), hub.house)).rejects.toMatchObject({
    code: "sharing.same-person",
  });
  expect((await getAgreement(one, id, hub.house)).state).toBe("awaiting signature");
});

test("two people of two organisations make it live, and ending it is for good", async () => {
  const { one, other } = await signatories();
  const id = await draft(one);
  await signAgreement(one, id, await hashOf(one, id), hub.house);
  await expect(setItem(one, id, { dataset, use: "care", columns: [{ number: 2, mask: "clear" }] })).rejects.toMatchObject({
    code: "sharing.not-draft",
  });
  await expect(signAgreement(one, id, await hashOf(one, id), hub.house)).rejects.toMatchObject({
    code: "sharing.already-signed",
  });
  await expect(signAgreement(other, id, "another hash", hub.house)).rejects.toMatchObject({ code: "sharing.terms-changed" });
  await signAgreement(other, id, await hashOf(other, id), hub.house);
  expect((await getAgreement(one, id, hub.house)).state).toBe("live");
  await expect(endAgreement(other, id, " ", hub.house)).rejects.toMatchObject({ code: "sharing.no-reason" });
  await endAgreement(other, id, "Over", hub.house);
  expect((await getAgreement(one, id, hub.house)).state).toBe("ended");
  await expect(signAgreement(one, id, await hashOf(one, id), hub.house)).rejects.toMatchObject({ code: "sharing.not-live" });
});

test.each([
  ["no end", { endsOn: "" }, "sharing.no-end"],
  ["an end that is no day", { endsOn: "2026-02-30" }, "sharing.no-end"],
  ["an end before its start", { endsOn: "2001-01-01" }, "sharing.bad-dates"],
  ["an end ten years on", { startsOn: "2026-01-01", endsOn: "2036-01-01" }, "sharing.bad-dates"],
  ["its own proposer as the partner", { partner: "own" }, "sharing.one-party"],
])("an agreement with %s is refused", async (_, changes, code) => {
  const { one } = await signatories();
  const partner = "partner" in changes ? council : health;
  await expect(proposeAgreement(one, { ...proposal(), ...changes, partner }, hub.house)).rejects.toMatchObject({ code });
});
