import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import type { Session } from "../../access/index.ts";
import { listJobs, type Job } from "../../store/index.ts";
import { openTestHouse, type TestHouse } from "../../../test/support/house.ts";
import { addSource, refreshSource } from "./add-source.ts";
import { sourcesModule } from "./module.tsx";
import { findSchedule } from "./schedule-store.ts";
import { getSchedule, pauseSchedule, resumeSchedule, setSchedule, stopSchedule } from "./schedules.ts";
import { findSource } from "./store.ts";
import { turnSchedules } from "./turn-schedules.ts";

const monday = Date.parse("2026-11-23T12:00Z");
const hour = 3_600_000;
const daily = { every: "day", at: "06:00", cron: "" };
let now = monday;
let body = "a,b\n1,2\n";
let status = 200;
let hold: Promise<void> = Promise.resolve();
let hub: TestHouse;
let server: Server;
let council: string;
let steward: Session;
let id: string;

beforeAll(async () => {
  hub = await openTestHouse({ clock: () => now, settings: { GUILDHALL_FETCH_INSIDE: "127.0.0.1" } });
  council = await hub.organisation("Exampleton Council");
  steward = await hub.person({ name: "Sam Steward", organisation: council, roles: ["steward"] });
  server = createServer((_request, reply) => void hold.then(() => reply.writeHead(status).end(body)));
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
}, 60_000);
afterAll(async () => {
  server.close();
  await hub.close();
});

let made = 0;
beforeEach(async () => {
  [now, body, status, hold] = [monday + made * 30 * 24 * hour, `a,b\n1,${(made += 1)}\n`, 200, Promise.resolve()];
  const { port } = server.address() as AddressInfo;
  const url = `http://127.0.0.1:${port}/air.csv`;
  const { source, job } = await addSource(steward, { name: `Air ${made}`, organisation: council, files: [], url }, hub.house);
  await hub.house.jobs.wait(job.id);
  await hub.house.jobs.idle();
  id = source.id;
});

const turn = async (at: number) => {
  now = at;
  await turnSchedules(hub.house);
  await hub.house.jobs.idle();
};
const loads = async (): Promise<readonly Job[]> => {
  const jobs = await listJobs(hub.house.store, { kind: "sources.load", limit: 1000 });
  return jobs.filter(({ input }) => (input as { source: string }).source === id);
};
const nextOf = async () => (await findSchedule(hub.house.store, id))?.nextAt ?? null;
const tasks = async (session: Session) =>
  ((await sourcesModule.contributes?.tasks?.(session, hub.house)) ?? []).filter(({ href }) => href.includes(id));

test("loads at its time and not before, for the person who set it, and again the next day", async () => {
  await setSchedule(steward, id, daily, hub.house);
  const first = (await nextOf()) ?? 0;
  expect(new Date(first).toISOString()).toMatch(/T06:00:00.000Z$/);
  await turn(first - 1);
  expect(await loads()).toHaveLength(1);
  body = "a,b\n1,2\n3,4\n";
  await turn(first);
  const [load] = await loads();
  expect([(await loads()).length, load?.state, load?.actingFor]).toEqual([2, "done", steward.person?.id]);
  expect((await hub.house.lake.findVersion((await findSource(hub.house.store, id, null))?.datasetId ?? ""))?.number).toBe(2);
  expect(await nextOf()).toBe(first + 24 * hour);
  await turn(first + 1000);
  expect(await loads()).toHaveLength(2);
  await turn(first + 24 * hour + 9000);
  expect(await loads()).toHaveLength(3);
});

test("makes up for all the times that were missed with one load", async () => {
  await setSchedule(steward, id, { every: "hour", at: "", cron: "" }, hub.house);
  const late = now + 50 * hour;
  await turn(late);
  await turn(late);
  expect(await loads()).toHaveLength(2);
  expect(await nextOf()).toBeGreaterThan(late);
  expect(await nextOf()).toBeLessThanOrEqual(late + hour);
});

test("leaves a time out while a load is under way, and says so", async () => {
  await setSchedule(steward, id, daily, hub.house);
  const due = (await nextOf()) ?? 0;
  const { promise, resolve } = Promise.withResolvers<void>();
  hold = promise;
  const { job } = await refreshSource(steward, id, [], hub.house);
  now = due;
  await turnSchedules(hub.house);
  resolve();
  await hub.house.jobs.wait(job.id);
  await hub.house.jobs.idle();
  expect(await loads()).toHaveLength(2);
  expect(await findSchedule(hub.house.store, id)).toMatchObject({ leftOutAt: due, nextAt: due + 24 * hour, lastAt: null });
});

test("stops when the person may not load here any more, and tells the stewards why", async () => {
  const leaver = await hub.person({ name: `Lee ${made}`, organisation: council, roles: ["steward"] });
  await setSchedule(leaver, id, daily, hub.house);
  const due = (await nextOf()) ?? 0;
  const db = hub.house.store.as<{ membership: { person_id: string; role: string } }>();
  await db
    .updateTable("membership")
    .set({ role: "analyst" })
    .where("person_id", "=", leaver.person?.id ?? "")
    .execute();
  await turn(due);
  expect(await loads()).toHaveLength(1);
  expect(await nextOf()).toBeNull();
  expect(await tasks(steward)).toEqual([
    {
      title: `“Air ${made}” is not loaded by itself any more`,
      href: `/sources/${id}/schedule`,
      why: `It loaded for Lee ${made}, who may not load sources here now.`,
      since: due,
      action: "Set its times",
    },
  ]);
  await expect(resumeSchedule(steward, id, hub.house)).rejects.toMatchObject({ code: "sources.no-schedule" });
  await setSchedule(steward, id, daily, hub.house);
  expect(await tasks(steward)).toEqual([]);
});

test("says since when nothing new came, after three failures in a row", async () => {
  await setSchedule(steward, id, daily, hub.house);
  const loaded = now;
  const due = (await nextOf()) ?? 0;
  status = 500;
  for (const day of [0, 1]) await turn(due + day * 24 * hour);
  expect((await tasks(steward))[0]?.why).not.toContain("in a row");
  await turn(due + 48 * hour);
  expect((await tasks(steward))[0]?.why).toContain("3 loads in a row failed: nothing new has come since");
  expect(loaded).toBeLessThan(due);
  status = 200;
  await turn(due + 72 * hour);
  expect(await tasks(steward)).toEqual([]);
});

test("is paused, resumed and stopped; what was left out meanwhile is not made up for", async () => {
  await setSchedule(steward, id, daily, hub.house);
  const due = (await nextOf()) ?? 0;
  await pauseSchedule(steward, id, hub.house);
  await turn(due + hour);
  expect(await loads()).toHaveLength(1);
  await resumeSchedule(steward, id, hub.house);
  expect(await nextOf()).toBe(due + 24 * hour);
  expect((await getSchedule(steward, id, hub.house)).shown).toMatchObject({
    runsAs: "Sam Steward",
    next: [due + 24 * hour, due + 48 * hour, due + 72 * hour],
  });
  await stopSchedule(steward, id, hub.house);
  expect((await getSchedule(steward, id, hub.house)).shown).toBeNull();
  await expect(stopSchedule(steward, id, hub.house)).rejects.toMatchObject({ code: "sources.no-schedule" });
});

test("is refused for files that people bring, to those without the role, and to other organisations", async () => {
  await hub.load({ name: `Brought ${made}`, organisation: council, csv: "a\n1\n" });
  await expect(setSchedule(steward, `Brought ${made}`, daily, hub.house)).rejects.toMatchObject({ code: "sources.not-fetched" });
  const analyst = await hub.person({ name: `Ann ${made}`, organisation: council, roles: ["analyst"] });
  await expect(setSchedule(analyst, id, daily, hub.house)).rejects.toMatchObject({ code: "access.refused" });
  const other = await hub.organisation(`Other ${made}`);
  const stranger = await hub.person({ name: `Olly ${made}`, organisation: other, roles: ["steward"] });
  await expect(setSchedule(stranger, id, daily, hub.house)).rejects.toMatchObject({ code: "sources.no-source" });
});
