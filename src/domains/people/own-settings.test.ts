import { afterAll, beforeAll, expect, test } from "vitest";
import { openTestHouse, testPassword, type TestHouse } from "../../../test/support/house.ts";
import type { Session } from "../../access/index.ts";
import { endSessions, showSettings } from "./own-settings.ts";
import { issueToken, resumeSession, signIn } from "./sign-in.ts";
import type { PeopleTables } from "./store.ts";

let hub: TestHouse;
let now = Date.UTC(2026, 10, 24, 12);
let person: Session;
let other: Session;
beforeAll(async () => {
  hub = await openTestHouse({ clock: () => now });
  const council = await hub.organisation("Exampleton Council");
  person = await hub.person({ name: "Pat Person", organisation: council, roles: ["steward", "analyst"] });
  other = await hub.person({ name: "Otto Other", organisation: council, roles: ["analyst"] });
}, 60_000);
afterAll(() => hub.close());

async function emailOf(session: Session): Promise<string> {
  const db = hub.house.store.as<PeopleTables>();
  return (
    await db
      .selectFrom("person")
      .select("email")
      .where("id", "=", session.person?.id ?? "")
      .executeTakeFirstOrThrow()
  ).email;
}

const enter = async (session: Session) =>
  signIn({ email: await emailOf(session), password: testPassword, address: "127.0.0.1" }, hub.house);

test("a person sees their account and their own live sessions, and ends the others", async () => {
  const old = await enter(person);
  now += 31 * 60_000; // the first one is idle too long
  const [here, there, everywhere] = [await enter(person), await enter(person), await enter(person)];
  const strange = await enter(other);
  await issueToken(person, { name: "t", purpose: "", days: 1 }, hub.house);
  const settings = await showSettings(person, here, hub.house);
  expect(settings).toMatchObject({ email: await emailOf(person), tokens: 1 });
  expect(settings.memberships.map(({ roles }) => [...roles].sort())).toEqual([["analyst", "steward"]]);
  expect([settings.sessions.length, settings.sessions.filter(({ here: isHere }) => isHere).length]).toEqual([3, 1]);
  expect(JSON.stringify(settings)).not.toContain(there);
  expect(await resumeSession(old, hub.house)).toBeUndefined();

  const [first] = settings.sessions.filter((held) => !held.here);
  await endSessions(person, here, { id: first?.id ?? "" });
  expect((await showSettings(person, here, hub.house)).sessions.length).toBe(2);
  for (const wrong of ["", "%", "zz", "0"]) await endSessions(person, here, { id: wrong });
  expect((await showSettings(person, here, hub.house)).sessions.length).toBe(2);
  const [own] = (await showSettings(other, strange, hub.house)).sessions;
  await endSessions(person, here, { id: own?.id ?? "" });
  await endSessions(person, here, "all");
  expect(
    await Promise.all([here, there, everywhere, strange].map(async (s) => (await resumeSession(s, hub.house)) !== undefined)),
  ).toEqual([true, false, false, true]);
});
