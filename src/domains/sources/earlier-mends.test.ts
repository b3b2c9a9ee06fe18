import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { array, assert, asyncProperty, constantFrom, string } from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openTestHouse, type TestHouse } from "../../../test/support/house.ts";
import type { Session } from "../../access/index.ts";
import { addSource, refreshSource } from "./add-source.ts";
import { findEarlierMends, repeatMends } from "./earlier-mends.ts";
import { setKeeping, turnLetGo } from "./let-go.ts";
import { checkMends, startMend, type Mend } from "./mend.ts";
import { getSource } from "./sources.ts";

let hub: TestHouse;
let steward: Session;
let analyst: Session;
let stranger: Session;
let council: string;
let names = 0;
let now = Date.UTC(2026, 10, 25, 12);

beforeAll(async () => {
  hub = await openTestHouse({ clock: () => now });
  council = await hub.organisation("Testford Council");
  const other = await hub.organisation("Vale Health");
  const person = (name: string, role: "steward" | "analyst", organisation = council) =>
    hub.person({ name, organisation, roles: [role], purpose: role === "analyst" ? "planning" : "stewardship" });
  steward = await person("Stan Steward", "steward");
  analyst = await person("Ann Analyst", "analyst");
  stranger = await person("Sid Stranger", "steward", other);
});
afterAll(() => hub.close());

async function fileOf(content: string, name = "made.csv") {
  names += 1;
  const path = join(hub.folder, `made-${names}`);
  await writeFile(path, content);
  return { name, path, keep: true };
}

async function ended(job: { id: string }) {
  const done = await hub.house.jobs.wait(job.id);
  await hub.house.jobs.idle();
  expect(done.error).toBeNull();
  return done;
}

async function load(content: string, changes: { readonly kind?: "append"; readonly name?: string } = {}): Promise<string> {
  const files = [await fileOf(content, changes.name)];
  const input = {
    name: `Made ${names}`,
    organisation: council,
    files,
    badShare: 1,
    ...(changes.kind ? { kind: changes.kind } : {}),
  };
  const { source, job } = await addSource(steward, input, hub.house);
  await ended(job);
  return source.id;
}

async function reload(source: string, content: string, name?: string): Promise<void> {
  const files = [await fileOf(content, name)];
  await ended((await refreshSource(steward, source, files, hub.house, { badShare: 1 })).job);
}

async function versionOf(source: string) {
  const { version } = await getSource(steward, source, hub.house);
  if (!version) throw new Error("It has no version.");
  return version;
}

async function mend(source: string, ...mends: readonly Mend[]): Promise<void> {
  await ended(await startMend(steward, source, { version: (await versionOf(source)).id, mends }, hub.house));
}

const offered = async (source: string) => {
  const { mends } = await findEarlierMends(steward, source, hub.house);
  return mends.map(({ record, text }) => ({ record, text }));
};

test("the mend of a record is offered when it comes again, by whom and when, and used once somebody confirms it", async () => {
  const source = await load("name,age\nAda,1\nBob\nCyd,3\n");
  expect(await offered(source)).toEqual([]);
  await mend(source, { record: 2, text: "Bob,2" });
  const at = now;
  now += 86_400_000;
  await reload(source, "name,age\nNew\nAda,1\nBob,\nEve,5\nBob\nBob \n");
  expect((await findEarlierMends(steward, source, hub.house)).mends).toEqual([
    {
      record: 5,
      text: "Bob,2",
      reasons: ["It has 1 field where the header has 2."],
      cells: [
        { header: "name", value: "Bob" },
        { header: "age", value: "2" },
      ],
      version: 2,
      at,
      told: "1 record was mended by Stan Steward and read.",
    },
  ]);
  const version = await versionOf(source);
  expect(version).toMatchObject({ number: 3, rows: 3, quarantined: 3 });
  const again = (session: Session, id = version.id) => repeatMends(session, source, { version: id }, hub.house);
  await expect(again(analyst)).rejects.toMatchObject({ code: "access.refused" });
  await expect(again(stranger)).rejects.toMatchObject({ code: "sources.no-source" });
  await expect(again(steward, "ver_other")).rejects.toMatchObject({ code: "sources.mended-elsewhere" });
  const { job, records } = await again(steward);
  expect([records, (await ended(job)).result]).toEqual([1, { version: 4, mended: 1 }]);
  expect(await versionOf(source)).toMatchObject({ rows: 4, quarantined: 2 });
  await expect(again(steward, (await versionOf(source)).id)).rejects.toMatchObject({ code: "sources.nothing-mended" });
});

test("other reasons, other columns and another number of the same record are no earlier mend", async () => {
  const source = await load("name,age\nAda,1\nBob\n");
  await mend(source, { record: 2, text: "Bob,2" });
  await reload(source, "name,age,ward\nAda,1,W1\nBob\n"); // three fields are missing one more
  expect(await offered(source)).toEqual([]);
  await reload(source, "name,ward\nAda,W1\nBob\n"); // there is nowhere to put the age
  expect(await offered(source)).toEqual([]);
  await reload(source, "age,name\n1,Ada\nBob\n"); // the same columns in another order
  expect(await offered(source)).toEqual([{ record: 2, text: "2,Bob" }]);
  await reload(source, "name,age\nAda,1\nCyd\n"); // the number is not what makes it the same
  expect(await offered(source)).toEqual([]);
});

test("of two mends of the like neither is offered, until a newer load says which", async () => {
  const source = await load("name,age\nAda,1\nBob\nBob\nCyd\n");
  await mend(source, { record: 2, text: "Bob,2" });
  expect(await offered(source)).toEqual([{ record: 3, text: "Bob,2" }]);
  await mend(source, { record: 3, text: "Bob,3" }, { record: 4, text: "Cyd,4" });
  const next = (age: number) => `name,age\nAda,${age}\nBob\nCyd\n`;
  await reload(source, next(5));
  expect(await offered(source)).toEqual([{ record: 3, text: "Cyd,4" }]);
  await mend(source, { record: 2, text: "Bob,6" });
  await reload(source, next(7));
  expect(await offered(source)).toEqual([
    { record: 2, text: "Bob,6" },
    { record: 3, text: "Cyd,4" },
  ]);
});

test("in a dataset that grows, a record of a file that is added has the mend of one that came before", async () => {
  const source = await load("day,count\n2026-01-01,5\nTotal\n", { kind: "append", name: "counter-1-01.csv" });
  await mend(source, { record: 2, text: "2026-01-02,6" });
  await reload(source, "count,day\n7,2026-02-01\nTotal\n", "counter-1-02.csv");
  expect(await offered(source)).toEqual([{ record: 4, text: "6,2026-01-02" }]);
});

test("what a mend is offered as reads as the very cells that were mended, whatever stands in them", async () => {
  const cell = string({ unit: constantFrom("a", "é", " ", ";", ",", '"', "\n", "7", "'", "\u00a0"), maxLength: 5 });
  await assert(
    asyncProperty(array(array(cell, { minLength: 2, maxLength: 2 }), { minLength: 4, maxLength: 12 }), async (rows) => {
      const bad = rows.map((_, at) => `bad ${at}`);
      const csv = (first: string) => [`key;one;two`, `${first};x;y`, ...bad].join("\n");
      const quoted = (cells: readonly string[]) => cells.map((text) => `"${text.replaceAll('"', '""')}"`).join(";");
      const source = await load(csv("a"));
      await mend(source, ...rows.map((cells, at) => ({ record: at + 2, text: `k${at};${quoted(cells)}` })));
      await reload(source, csv("b"));
      const { mends } = await findEarlierMends(steward, source, hub.house);
      expect(mends.map(({ record }) => record)).toEqual(rows.map((_, at) => at + 2));
      const version = (await versionOf(source)).id;
      const { checked } = await checkMends(steward, source, { version, mends }, hub.house);
      for (const [at, found] of checked.entries())
        expect("cells" in found && found.cells.map(({ value }) => value)).toEqual([`k${at}`, ...(rows[at] ?? [])]);
    }),
    { numRuns: 2, seed: 7 },
  );
});

test("once the bytes of either record were let go, nothing is offered", async () => {
  const source = await load("name,age\nAda,1\nBob\n");
  await mend(source, { record: 2, text: "Bob,2" });
  now += 9 * 86_400_000;
  await reload(source, "name,age\nAda,5\nBob\n");
  expect(await offered(source)).toEqual([{ record: 2, text: "Bob,2" }]);
  await setKeeping(steward, source, 5, hub.house);
  await turnLetGo(hub.house);
  await hub.house.jobs.idle();
  expect(await offered(source)).toEqual([]);
  await mend(source, { record: 2, text: "Bob,2" });
  now += 9 * 86_400_000;
  await turnLetGo(hub.house);
  await hub.house.jobs.idle();
  await reload(source, "name,age\nAda,6\nBob\n");
  expect(await offered(source)).toEqual([]);
});
