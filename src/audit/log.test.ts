import { mkdtemp, rm } from "node:fs/promises";
import { DatabaseSync } from "node:sqlite";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { outboxMigrations, putInOutbox, readOutbox, Store } from "../store/index.ts";
import { AuditLog, type AuditEntry } from "./index.ts";

let folder: string;
let files = 0;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "audit-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const entry = (id: string, more: Partial<AuditEntry> = {}): AuditEntry => ({
  id,
  at: 1,
  salt: "s",
  session: "person",
  person: "per",
  organisation: "org",
  roles: [],
  action: "act",
  outcome: "done",
  reason: null,
  purpose: null,
  evidence: null,
  agreement: null,
  target: null,
  data: [],
  subjects: [],
  reference: id,
  ...more,
});

async function open(at = String((files += 1))) {
  const paths = { store: join(folder, `${at}.hub.db`), log: join(folder, `${at}.audit.db`) };
  const store = await Store.open(paths.store, [outboxMigrations]);
  return { at, paths, store, log: new AuditLog(paths.log, store) };
}
const put = (store: Store, id: string) => store.transaction((records) => putInOutbox(records, JSON.stringify(entry(id))));
const ids = (log: AuditLog) =>
  log
    .search({ limit: 1000 })
    .map(({ entry: { id } }) => id)
    .toReversed();

describe("outbox and log", () => {
  test("each entry once, in order, whatever breaks between the steps of a drain", async () => {
    const step = fc.constantFrom("put", "put", "drain", "break the log", "break the outbox", "restart", "together");
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 14 }), async (steps) => {
        let hub = await open();
        const wanted: string[] = [];
        const endings: [string, boolean][] = [];
        const breaking = async (path: string, trigger: string) => {
          const other = new DatabaseSync(path, { timeout: 1000 });
          other.exec(trigger);
          const ending = await hub.log.drain().then(
            () => "drained",
            () => "broken",
          );
          other.exec("DROP TRIGGER breaks");
          other.close();
          return ending;
        };
        for (const [at, what] of steps.entries()) {
          if (what === "put" || what === "together") {
            wanted.push(`e${at}`);
            await put(hub.store, `e${at}`);
          }
          const waiting = (await readOutbox(hub.store, 1)).length > 0;
          if (what === "drain") await hub.log.drain();
          if (what === "together") await Promise.all([hub.log.drain(), hub.log.drain(), hub.log.drain()]);
          if (what === "break the log") {
            const trigger = "CREATE TRIGGER breaks BEFORE INSERT ON entry BEGIN SELECT RAISE(ABORT, 'broken'); END";
            endings.push([await breaking(hub.paths.log, trigger), waiting]);
          }
          if (what === "break the outbox") {
            // the log has the entries, and the outbox has them still
            const trigger = "CREATE TRIGGER breaks BEFORE DELETE ON outbox BEGIN SELECT RAISE(ABORT, 'broken'); END";
            endings.push([await breaking(hub.paths.store, trigger), waiting]);
          }
          if (what === "restart") {
            await hub.log.close();
            await hub.store.close();
            hub = await open(hub.at);
          }
        }
        await hub.log.drain();
        expect(endings).toEqual(endings.map(([, waiting]) => [waiting ? "broken" : "drained", waiting]));
        expect(ids(hub.log)).toEqual(wanted);
        expect(hub.log.search({ limit: 1000 }).map(({ sequence }) => sequence)).toEqual(
          wanted.map((_, at) => wanted.length - at),
        );
        expect(await readOutbox(hub.store, 1)).toEqual([]);
        await hub.log.close();
        await hub.store.close();
      }),
      { seed: 5, numRuns: 40 },
    );
  });

  test("more than one batch", async () => {
    const { store, log } = await open();
    const wanted = Array.from({ length: 1203 }, (_, at) => `e${at}`);
    await store.transaction(async (records) => {
      for (const id of wanted) await putInOutbox(records, JSON.stringify(entry(id)));
    });
    await log.drain();
    expect(log.search({ limit: 5000 }).map((row) => row.entry.id)).toEqual(wanted.toReversed());
    await log.close();
    await store.close();
  });

  test("entries that arrive together are all durable when they resolve", async () => {
    const { store, log, paths } = await open();
    await Promise.all(Array.from({ length: 50 }, (_, at) => log.append(entry(`e${at}`))));
    const other = new DatabaseSync(paths.log, { readOnly: true });
    expect(other.prepare("SELECT count(*) AS n FROM entry").get()).toEqual({ n: 50 });
    other.close();
    await log.append(entry("e3"));
    expect(ids(log)).toHaveLength(50);
    expect([log.has("e3"), log.has("e50")]).toEqual([true, false]);
    await log.close();
    await store.close();
  });

  test("an append that waits when the log is closed is not lost", async () => {
    const hub = await open();
    const appended = hub.log.append(entry("last"));
    await hub.log.close();
    await appended;
    await hub.store.close();
    const again = await open(hub.at);
    expect(ids(again.log)).toEqual(["last"]);
    await again.log.close();
    await again.store.close();
  });

  test("an entry that breaks the table's rules fails, and is not dropped in silence", async () => {
    const { store, log } = await open();
    await expect(log.append(entry("bad", { action: null as never }))).rejects.toThrow("NOT NULL");
    await log.append(entry("good"));
    expect(ids(log)).toEqual(["good"]);
    await log.close();
    await store.close();
  });

  test.each([
    "UPDATE entry SET action = 'x'",
    "UPDATE entry SET body = '' WHERE sequence = 1",
    "DELETE FROM entry",
    "REPLACE INTO entry SELECT sequence, id, at, person, organisation, 'x', outcome, agreement, reference, '{}' FROM entry",
    "REPLACE INTO entry SELECT 2, id, at, person, organisation, 'x', outcome, agreement, reference, '{}' FROM entry",
    "REPLACE INTO entry SELECT sequence, 'other', at, person, organisation, 'x', outcome, agreement, reference, '{}' FROM entry",
    "INSERT INTO entry SELECT 7, 'other', at, person, organisation, 'x', outcome, agreement, reference, '{}' FROM entry",
    "INSERT INTO entry SELECT 0, 'other', at, person, organisation, 'x', outcome, agreement, reference, '{}' FROM entry",
    "INSERT INTO entry SELECT sequence, id, 2, person, organisation, 'x', outcome, agreement, reference, '{}' FROM entry WHERE true ON CONFLICT (id) DO UPDATE SET body = '{}'",
  ])("the file only grows: %s", async (change) => {
    const { store, log, paths } = await open();
    await log.append(entry("e"));
    const other = new DatabaseSync(paths.log);
    try {
      other.exec(change);
    } catch {
      // refused, or passed over: what counts is what stands there
    }
    other.close();
    expect(log.search({ limit: 9 })).toEqual([{ sequence: 1, entry: entry("e") }]);
    await log.append(entry("f"));
    expect(ids(log)).toEqual(["e", "f"]);
    await log.close();
    await store.close();
  });
});

test("the log is searched by each of its sides", async () => {
  const { store, log } = await open();
  const use = { dataset: "dst", owner: "owner", version: null, columns: [], rows: 1 };
  await log.append(entry("plain"));
  await log.append(
    entry("rich", {
      person: "p2",
      organisation: "o2",
      action: "b",
      outcome: "refused",
      agreement: "agr",
      subjects: ["ent"],
      data: [use],
    }),
  );
  const found = (search: Partial<Parameters<AuditLog["search"]>[0]>) =>
    log.search({ limit: 10, ...search }).map((row) => row.entry.id);
  for (const search of [
    { person: "p2" },
    { action: "b" },
    { outcome: "refused" as const },
    { agreement: "agr" },
    { dataset: "dst" },
    { subject: "ent" },
    { reference: "rich" },
    { organisation: "o2" },
    { organisation: "owner" },
  ])
    expect(found(search)).toEqual(["rich"]);
  expect(found({ before: 2 })).toEqual(["plain"]);
  expect(found({ limit: 1 })).toEqual(["rich"]);
  expect(found({ person: "' OR 1=1 --" })).toEqual([]);
  await log.close();
  await store.close();
});
