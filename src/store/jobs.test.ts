import { afterEach, beforeEach, describe, expect, test } from "vitest";
import {
  beatJob,
  claimJob,
  findJob,
  finishJob,
  jobMigrations,
  listJobs,
  queueJob,
  requestCancel,
  requeueInterrupted,
  Store,
} from "./index.ts";

let store: Store;
beforeEach(async () => {
  store = await Store.open(":memory:", [jobMigrations]);
});
afterEach(() => store.close());

const lease = 100;
const queue = (id: string, now: number, idempotencyKey?: string) =>
  queueJob(
    store,
    {
      id,
      kind: "k",
      input: { id },
      actingFor: "per",
      organisation: "org",
      ...(idempotencyKey === undefined ? {} : { idempotencyKey }),
    },
    now,
  );
const state = async (id: string) => (await findJob(store, id))?.state;

describe("jobs", () => {
  test("are taken oldest first, once each", async () => {
    await queue("b", 2);
    await queue("a", 2);
    await queue("c", 1);
    const taken = [await claimJob(store, 10, lease), await claimJob(store, 11, lease), await claimJob(store, 12, lease)];
    expect(taken.map((job) => job?.id)).toEqual(["c", "a", "b"]);
    expect(taken[0]).toMatchObject({ state: "running", attempts: 1, startedAt: 10, input: { id: "c" }, actingFor: "per" });
    expect(await claimJob(store, 13, lease)).toBeUndefined();
  });

  test("asked for by two at once go to one", async () => {
    await queue("a", 1);
    const taken = await Promise.all(Array.from({ length: 5 }, () => claimJob(store, 2, lease)));
    expect(taken.filter(Boolean)).toHaveLength(1);
  });

  test("whose lease has run out are taken again; a beat keeps it", async () => {
    await queue("a", 1);
    await claimJob(store, 10, lease);
    expect(await claimJob(store, 10 + lease, lease)).toBeUndefined();
    const progress = { step: "s", done: 1, total: 2, unit: "rows", since: 5 } as const;
    expect(await beatJob(store, "a", { leaseUntil: 300, progress })).toBe(false);
    expect(await claimJob(store, 300, lease)).toBeUndefined();
    expect(await claimJob(store, 301, lease)).toMatchObject({ id: "a", attempts: 2, progress });
  });

  test("of one idempotency key are one job, with the first's input", async () => {
    const first = await queue("a", 1, "key");
    expect(await queue("b", 2, "key")).toEqual(first);
    expect((await queue("c", 2, "other")).id).toBe("c");
    await claimJob(store, 3, lease);
    await finishJob(store, "a", { state: "done", at: 4, result: { n: 1 } });
    expect(await queue("d", 5, "key")).toMatchObject({ id: "a", state: "done", result: { n: 1 } });
    expect(await listJobs(store, { limit: 10 })).toHaveLength(2);
  });

  test("that wait are cancelled at once and never taken", async () => {
    await queue("a", 1);
    await requestCancel(store, "a", 2);
    expect(await findJob(store, "a")).toMatchObject({ state: "cancelled", finishedAt: 2 });
    expect(await claimJob(store, 3, lease)).toBeUndefined();
  });

  test("that run are told at their next beat", async () => {
    await queue("a", 1);
    await claimJob(store, 2, lease);
    await requestCancel(store, "a", 3);
    expect(await state("a")).toBe("running");
    expect(await beatJob(store, "a", { leaseUntil: 200 })).toBe(true);
  });

  test("that have ended are not cancelled, and beat no more", async () => {
    await queue("a", 1);
    await claimJob(store, 2, lease);
    const error = { code: "c", message: "m", remedy: "r" };
    await finishJob(store, "a", { state: "failed", at: 3, error });
    await requestCancel(store, "a", 4);
    expect(await beatJob(store, "a", { leaseUntil: 900 })).toBe(false);
    expect(await findJob(store, "a")).toMatchObject({ state: "failed", finishedAt: 3, cancelRequested: false, error });
    expect(await claimJob(store, 1000, lease)).toBeUndefined();
  });

  test("that ran when the hub ended wait again; those asked to stop have stopped", async () => {
    for (const id of ["a", "b", "c"]) await queue(id, 1);
    await claimJob(store, 2, lease);
    await claimJob(store, 2, lease);
    await requestCancel(store, "b", 3);
    await requeueInterrupted(store, 4);
    expect([await state("a"), await state("b"), await state("c")]).toEqual(["queued", "cancelled", "queued"]);
    expect(await findJob(store, "b")).toMatchObject({ finishedAt: 4 });
    expect(await claimJob(store, 5, lease)).toMatchObject({ id: "a", attempts: 2 });
  });
});
