import { afterAll, beforeAll, expect, test } from "vitest";
import { openTestHouse, type TestHouse } from "../../../test/support/house.ts";
import type { Session } from "../../access/index.ts";
import { describeEntry } from "../catalogue/index.ts";
import { answerRequest, askForAccess, getRequest, pageRequests } from "./access-requests.ts";
import { sharingTasks } from "./sharing-tasks.ts";

let hub: TestHouse;
let owner: Session;
let asker: Session;
let third: Session;
let steward: Session;
let visits: string;
let now = Date.UTC(2026, 10, 25, 12);

const asked = { use: "planning", why: "To plan opening hours together.", needs: "Visits by day" };
const code = (work: Promise<unknown>) =>
  work.then(
    () => "done",
    (error: { code?: string; reason?: string }) => error.code ?? error.reason,
  );

beforeAll(async () => {
  hub = await openTestHouse({ clock: () => now });
  const council = await hub.organisation("Testford Council");
  const health = await hub.organisation("Vale Health");
  const police = await hub.organisation("Vale Police");
  owner = await hub.person({ name: "Olive Owner", organisation: council, roles: ["owner"], purpose: "stewardship" });
  steward = await hub.person({ name: "Stan Steward", organisation: council, roles: ["steward"], purpose: "stewardship" });
  asker = await hub.person({ name: "Ann Analyst", organisation: health, roles: ["analyst"], purpose: "planning" });
  third = await hub.person({ name: "Tom Third", organisation: police, roles: ["owner"], purpose: "stewardship" });
  visits = await hub.load({ name: "Visits", organisation: council, csv: "kind,visits\nLarge,1\nSmall,2\n" });
});
afterAll(() => hub.close());

test("what may not be known of cannot be asked for, and is told from nothing by nobody", async () => {
  const draft = await code(askForAccess(asker, visits, asked, hub.house));
  expect([draft, await code(askForAccess(asker, "dst_none", asked, hub.house))]).toEqual([
    "sharing.no-dataset",
    "sharing.no-dataset",
  ]);
  await describeEntry(steward, visits, { owner: "Olive Owner", reviewDate: "2027-12-01", secret: "yes" }, hub.house);
  expect(await code(askForAccess(asker, visits, asked, hub.house))).toBe("sharing.no-dataset");
  await describeEntry(steward, visits, { secret: "no" }, hub.house);
  expect(await code(askForAccess(owner, visits, asked, hub.house))).toBe("sharing.own-dataset");
  expect(await code(askForAccess(asker, visits, { ...asked, why: " " }, hub.house))).toBe("sharing.no-why");
  expect(await code(askForAccess(asker, visits, { ...asked, use: "fun" }, hub.house))).toBe("sharing.no-why");
});

test("a request waits with its owner, once, is seen by the two organisations alone, and answered by the owner alone", async () => {
  const id = await askForAccess(asker, visits, asked, hub.house);
  expect(await code(askForAccess(asker, visits, asked, hub.house))).toBe("sharing.asked-already");
  expect((await sharingTasks(owner, hub.house)).map(({ title }) => title)).toEqual(["Vale Health asks for “Visits”"]);
  expect(await sharingTasks(third, hub.house)).toEqual([]);
  expect(await code(getRequest(third, id))).toBe("sharing.no-request");
  expect((await pageRequests(third, 1)).total).toBe(0);
  expect((await pageRequests(asker, 1)).rows.map(({ id: found }) => found)).toEqual([id]);
  const answer = { answer: "agreed", reason: "" } as const;
  for (const session of [third, asker, steward])
    expect(await code(answerRequest(session, id, answer, hub.house))).not.toBe("done");
  expect(await code(answerRequest(owner, id, { answer: "declined", reason: "" }, hub.house))).toBe("sharing.no-answer");
  expect((await getRequest(asker, id)).answer).toBeNull();
  await answerRequest(owner, id, { answer: "declined", reason: "Too few visits to be told apart." }, hub.house);
  expect(await code(answerRequest(owner, id, answer, hub.house))).toBe("sharing.answered-already");
  expect(await getRequest(asker, id)).toMatchObject({ answer: "declined", reason: "Too few visits to be told apart." });
  expect((await sharingTasks(asker, hub.house)).map(({ title }) => title)).toEqual(["Your request for “Visits” was declined"]);
  now += 15 * 86_400_000;
  expect(await sharingTasks(asker, hub.house)).toEqual([]);
  expect(await code(askForAccess(asker, visits, asked, hub.house))).toBe("done");
});
