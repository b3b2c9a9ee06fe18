import { afterAll, beforeAll, expect, test } from "vitest";
import { openTestHouse, type TestHouse } from "../../../test/support/house.ts";
import type { Session } from "../../access/index.ts";
import { findNeed, listOpenReferrals, openReferral, pageReferrals } from "./referrals.ts";
import { insertReferral, setSubject, type Referral } from "./store.ts";

let hub: TestHouse;
let worker: Session;
const referral = (at: number, closedAt: number | null): Referral => ({
  id: `ref_${String(at).padStart(4, "0")}`,
  organisation: worker.organisation ?? "",
  worker: worker.person?.id ?? "",
  givenName: `Given ${at}`,
  familyName: "Family",
  dateOfBirth: "1990-01-01",
  postcode: "",
  reason: "A test",
  subject: null,
  openedAt: at,
  closedAt,
});

beforeAll(async () => {
  hub = await openTestHouse();
  const council = await hub.organisation("Exampleton Council");
  worker = await hub.person({ name: "Wyn Worker", organisation: council, roles: ["practitioner"], purpose: "care" });
  await hub.house.store.transaction(async (records) => {
    for (let at = 1; at <= 70; at += 1) await insertReferral(records, referral(at, at % 2 === 0 ? 100 : null));
  });
}, 60_000);
afterAll(() => hub.close());

test("a worker's referrals come a page at a time, open ones first, the newest first", async () => {
  const first = await pageReferrals(worker, 1);
  expect([first.total, first.rows.length, first.rows[0]?.id, first.rows[34]?.id, first.rows[35]?.id]).toEqual([
    70,
    50,
    "ref_0069",
    "ref_0001",
    "ref_0070",
  ]);
  expect((await pageReferrals(worker, 2)).rows.at(-1)?.id).toBe("ref_0002");
  expect((await listOpenReferrals(worker)).length).toBe(35);
});

test("only an open referral is a need", async () => {
  await setSubject(hub.house.store, "ref_0001", "ent_open");
  await setSubject(hub.house.store, "ref_0002", "ent_closed");
  expect(await findNeed(worker, "ent_open", hub.house)).toEqual({ kind: "referral", id: "ref_0001" });
  expect(await findNeed(worker, "ent_closed", hub.house)).toBeUndefined();
});

test("the fortieth referral in a day is the last", async () => {
  const input = { givenName: "A", familyName: "B", dateOfBirth: "1/2/1990", postcode: "", reason: "Asked" };
  for (let at = 0; at < 40; at += 1) await openReferral(worker, input, hub.house);
  await expect(openReferral(worker, input, hub.house)).rejects.toMatchObject({ code: "cases.too-many" });
});
