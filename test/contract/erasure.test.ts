/**
 * A person is erased: twelve of their values are in nothing under the data folder any more, decompressed, in any version,
 * in quarantine, in the records, or in what was derived. Two people decide. A correction leaves the old value nowhere.
 */
import { readdirSync, readFileSync, statSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { DuckDBInstance } from "@duckdb/node-api";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Session } from "../../src/access/index.ts";
import { askChange, decideChange, type ChangeResult, type NewChange } from "../../src/domains/retention/index.ts";
import { addSource, refreshSource } from "../../src/domains/sources/index.ts";
import { findEarlierMends } from "../../src/domains/sources/earlier-mends.ts";
import { confirmMends, readMendFile, type ReadMends } from "../../src/domains/sources/mend-file.ts";
import { startMend } from "../../src/domains/sources/mend.ts";
import { openTestHouse, type TestHouse } from "../support/house.ts";

// twelve values of one invented person, none of which anybody else has
const zelda = {
  nhs: "9990000018",
  forename: "Zeldabeth",
  surname: "Quorndike",
  born: "1987-03-09",
  email: "zeldabeth.quorndike@example.org",
  phone: "07700900777",
  street: "77 Quibble Row",
  postcode: "M33 7ZQ",
  note: "asked for a hoist in zq-note",
  ref: "ZQ-REF-771",
  key: "ZQ-KEY-881",
  card: "ZQ-CARD-991",
} as const;
const header = Object.keys(zelda).join(",");
const other = (n: number) =>
  [
    ["9990000026", "9990000034", "9990000042"][n % 3],
    "Amy",
    "Example",
    "1990-01-0" + String((n % 9) + 1),
    `amy${n}@example.org`,
    "07700900001",
    "1 Elm Row",
    "M33 7AA",
    "none",
    `R${n}`,
    `K${n}`,
    `C${n}`,
  ].join(",");
const rows = (count: number) => Array.from({ length: count }, (_, at) => other(at));
const her = Object.values(zelda).join(",");
const spaced = her.replace(zelda.nhs, "999 000 0018");

let hub: TestHouse;
let steward: Session;
let owner: Session;
let governance: Session;
let analyst: Session;
let snapshot: string;
let growing: string;

beforeAll(async () => {
  hub = await openTestHouse();
  const organisation = await hub.organisation("Exampleton Council");
  steward = await hub.person({ name: "Stew Ard", organisation, roles: ["steward"], purpose: "stewardship" });
  owner = await hub.person({ name: "Own Er", organisation, roles: ["owner"], purpose: "stewardship" });
  governance = await hub.person({ name: "Gov Ernor", organisation, roles: ["governance"], purpose: "governance" });
  analyst = await hub.person({ name: "An Alyst", organisation, roles: ["analyst"], purpose: "planning" });
  // version 1 has her once, and once in a record that could not be read; version 2 has her in another spelling
  snapshot = await hub.load({ name: "Members", organisation, csv: [header, ...rows(20), her, `${her},one too many`].join("\n") });
  await hub.refresh("Members", [header, ...rows(25), spaced, ...rows(3)].join("\n"));
  const parts = await Promise.all(
    [1, 2, 3].map(async (part) => {
      const path = join(hub.folder, `visits-${part}.csv`);
      await writeFile(path, [header, ...rows(10 + part), ...(part === 2 ? [her, `${her},x`] : [])].join("\n"));
      return { name: `visits-${part}.csv`, path, keep: true };
    }),
  );
  const [first, second, third] = parts as [(typeof parts)[0], (typeof parts)[0], (typeof parts)[0]];
  const operator = hub.house.gate.operatorSession();
  const added = await addSource(operator, { name: "Visits", organisation, files: [first, second], kind: "append" }, hub.house);
  await hub.house.jobs.wait(added.job.id);
  const again = await refreshSource(operator, "Visits", [third], hub.house);
  await hub.house.jobs.wait(again.job.id);
  await hub.house.jobs.idle();
  growing = added.source.datasetId;
}, 60_000);
afterAll(() => hub.close());

const change = (changes: Partial<NewChange> & { dataset: string }): NewChange => ({
  kind: "erase",
  match: [{ column: "nhs", value: "999-000-0018" }],
  set: [],
  reason: "She asked.",
  law: "Article 17(1)(b) UK GDPR",
  ...changes,
});
async function carryOut(input: NewChange): Promise<ChangeResult> {
  const { id } = await askChange(steward, input, hub.house);
  const { job } = await decideChange(governance, id, "approve", hub.house);
  const ended = await hub.house.jobs.wait(job ?? "");
  await hub.house.jobs.idle();
  if (ended.error) throw new Error(ended.error.message);
  return ended.result as ChangeResult;
}

interface LinkTables {
  link_project: Record<string, string | number | null>;
  link_run: Record<string, string | number>;
  entity_record: { project_id: string; dataset_id: string; record_no: number; entity_id: string };
}

/** A link project that has linked one version, as far as erasing looks at it. */
async function linkRecords({ dataset, version, records }: { dataset: string; version: number; records: readonly number[] }) {
  await hub.house.store.transaction(async (rows) => {
    const db = rows.as<LinkTables>();
    const text = { title: "T", purpose: "care", agreement_id: "agr", dpia: "", owner: "", datasets: "[]", organisation: "org" };
    await db
      .insertInto("link_project")
      .values({ id: "lnk", ...text, created_at: 1 })
      .execute();
    const report = JSON.stringify({ records: [{ dataset, version }] });
    await db.insertInto("link_run").values({ id: "run", project_id: "lnk", at: 1, report }).execute();
    for (const record_no of records)
      await db
        .insertInto("entity_record")
        .values({ project_id: "lnk", dataset_id: dataset, record_no, entity_id: `ent${record_no}` })
        .execute();
  });
}
const linkedRecords = async () =>
  (await hub.house.store.as<LinkTables>().selectFrom("entity_record").select("record_no").execute()).map(
    ({ record_no }) => record_no,
  );

/** Every file of the data folder, as bytes; Parquet also as the text of all its cells, raw bytes of records decoded. */
async function everything(): Promise<string> {
  const root = join(hub.folder, "data");
  const connection = await (await DuckDBInstance.create(":memory:")).connect();
  const texts: string[] = [];
  for (const name of readdirSync(root, { recursive: true })) {
    const path = join(root, String(name));
    if (!statSync(path).isFile()) continue;
    texts.push(readFileSync(path, "latin1"));
    if (!path.endsWith(".parquet")) continue;
    const read = await connection.runAndReadAll(`SELECT * FROM read_parquet('${path}')`);
    for (const cell of read
      .getRowsJson()
      .flat()
      .map((value) => (typeof value === "string" ? value : JSON.stringify(value))))
      texts.push(cell, Buffer.from(cell, "base64").toString("latin1"));
  }
  connection.closeSync();
  return texts.join("\n");
}
const remaining = async (values: readonly string[]) => {
  const all = await everything();
  return values.filter((value) => all.includes(value));
};

describe("erasing a person", () => {
  test("needs a reason, a law, and somebody else to decide", async () => {
    await expect(askChange(steward, change({ dataset: snapshot, reason: " " }), hub.house)).rejects.toMatchObject({
      code: "retention.no-reason",
    });
    await expect(askChange(steward, change({ dataset: snapshot, law: "" }), hub.house)).rejects.toMatchObject({
      code: "retention.no-reason",
    });
    await expect(askChange(analyst, change({ dataset: snapshot }), hub.house)).rejects.toMatchObject({ code: "access.refused" });
    const operator = hub.house.gate.operatorSession();
    await expect(askChange(operator, change({ dataset: "Members" }), hub.house)).rejects.toMatchObject({
      code: "access.refused",
    });
    const { id } = await askChange(owner, change({ dataset: snapshot }), hub.house);
    await expect(decideChange(owner, id, "approve", hub.house)).rejects.toMatchObject({ code: "retention.same-person" });
    await expect(decideChange(steward, id, "approve", hub.house)).rejects.toMatchObject({ code: "access.refused" });
    const second = await hub.person({
      name: "Gov Ernance",
      organisation: owner.organisation ?? "",
      roles: ["governance"],
      purpose: "governance",
    });
    await decideChange(second, id, "refuse", hub.house);
    await expect(decideChange(second, id, "approve", hub.house)).rejects.toMatchObject({ code: "retention.not-waiting" });
    expect(await remaining([zelda.surname])).toEqual([zelda.surname]); // the search finds what is there
  });

  test("takes every trace of her out of every version, and leaves everybody else", { timeout: 60_000 }, async () => {
    // her number is 26 in the version that was linked; in the one before it was 21, which is somebody else's now
    await linkRecords({ dataset: snapshot, version: 2, records: [21, 26] });
    const before = await hub.house.lake.listVersions(snapshot);
    const done = await carryOut(change({ dataset: snapshot }));
    expect(done).toMatchObject({ rows: 2, quarantined: 1, versions: [1, 2], notSearched: [] });
    const grown = await carryOut(change({ dataset: "Visits" }));
    expect(grown).toMatchObject({ rows: 1, quarantined: 1, versions: [1, 2] });
    expect(await linkedRecords()).toEqual([21]);
    expect(await remaining([...Object.values(zelda), "999 000 0018", "999-000-0018"])).toEqual([]);
    const after = await hub.house.lake.listVersions(snapshot);
    expect(after.map(({ id }) => id)).toEqual(before.map(({ id }) => id));
    expect(after.map(({ rows: own, quarantined, rowsInFile, state }) => [own, quarantined, rowsInFile, state])).toEqual([
      [28, 0, 28, "redacted"],
      [20, 0, 20, "redacted"],
    ]);
    expect(after.some(({ contentHash }) => before.some((version) => version.contentHash === contentHash))).toBe(false);
    const visits = await hub.house.lake.listVersions(growing);
    expect(visits.map(({ rows: own, quarantined }) => [own, quarantined])).toEqual([
      [36, 0],
      [23, 0],
    ]);
    expect(await hub.house.lake.findTyped(after[0]?.id ?? "")).toBeDefined();
    expect(await hub.house.lake.listOrphans()).toEqual([]);
  });

  test("a record that nobody has is erased without a change of any version", async () => {
    const before = await hub.house.lake.listVersions(snapshot);
    const done = await carryOut(change({ dataset: snapshot }));
    expect(done).toMatchObject({ rows: 0, quarantined: 0, versions: [] });
    expect((await hub.house.lake.listVersions(snapshot)).map(({ contentHash }) => contentHash)).toEqual(
      before.map(({ contentHash }) => contentHash),
    );
  });
});

describe("erasing a person whose record was mended", () => {
  const ended = async (job: { id: string }) => {
    const done = await hub.house.jobs.wait(job.id);
    await hub.house.jobs.idle();
    if (done.error) throw new Error(done.error.message);
    return done;
  };
  const broken = `${her},one too many`;

  test("takes the mended row, and the record as it stood in the version before", { timeout: 60_000 }, async () => {
    const organisation = steward.organisation ?? "";
    const dataset = await hub.load({ name: "Mended", organisation, csv: [header, ...rows(5), broken].join("\n") });
    const version = (await hub.house.lake.findVersion(dataset))?.id ?? "";
    await ended(await startMend(steward, "Mended", { version, mends: [{ record: 6, text: her }] }, hub.house));
    expect(await hub.house.lake.findVersion(dataset)).toMatchObject({ number: 2, rows: 6, quarantined: 0 });
    expect(await remaining(Object.values(zelda))).toEqual(Object.values(zelda));
    expect(await carryOut(change({ dataset: "Mended" }))).toMatchObject({ rows: 1, quarantined: 1, versions: [1, 2] });
    expect(await remaining(Object.values(zelda))).toEqual([]);
    const after = await hub.house.lake.listVersions(dataset);
    expect(after.map((own) => [own.rows, own.quarantined, own.rowsInFile])).toEqual([
      [5, 0, 5],
      [5, 0, 5],
    ]);
  });

  test("takes the mend that would be offered when the same record comes again", { timeout: 60_000 }, async () => {
    const organisation = steward.organisation ?? "";
    // what stands in quarantine names nobody: she is in the mended row alone
    const others = (count: number) => Array.from({ length: count }, (_, at) => other(at + 100));
    const nameless = "a line that broke off";
    const dataset = await hub.load({ name: "Again", organisation, csv: [header, ...others(40), nameless].join("\n") });
    const version = (await hub.house.lake.findVersion(dataset))?.id ?? "";
    await ended(await startMend(steward, "Again", { version, mends: [{ record: 41, text: her }] }, hub.house));
    await hub.refresh("Again", [header, ...others(41), nameless].join("\n"));
    const offered = async () => (await findEarlierMends(steward, "Again", hub.house)).mends;
    expect((await offered()).map(({ record, text }) => [record, text])).toEqual([[42, her]]);
    expect(await carryOut(change({ dataset: "Again" }))).toMatchObject({ rows: 1, versions: [2] });
    expect(await offered()).toEqual([]);
    expect(await remaining(Object.values(zelda))).toEqual([]);
  });

  test("takes mends that were sent by file and wait to be confirmed", { timeout: 60_000 }, async () => {
    const organisation = steward.organisation ?? "";
    await hub.load({ name: "Waiting", organisation, csv: [header, ...rows(5), broken].join("\n") });
    const path = join(hub.folder, "mended.csv");
    await writeFile(path, `record,raw\n6,"${her}"\n`);
    const read = await ended(await readMendFile(steward, "Waiting", { name: "mended.csv", path, keep: true }, hub.house));
    expect(read.result as ReadMends).toMatchObject({ reads: 1, fails: 0 });
    // as the file was sent, the mend is nowhere but where it waits; the quarantine holds the record as it stood
    expect((await everything()).includes(`"${her}"}`)).toBe(true);
    expect(await carryOut(change({ dataset: "Waiting" }))).toMatchObject({ rows: 0, quarantined: 1 });
    expect(await remaining(Object.values(zelda))).toEqual([]);
    await expect(confirmMends(steward, "Waiting", read.id, hub.house)).rejects.toMatchObject({ code: "sources.no-mends" });
  });
});

test("a correction puts the right value in every version, and the wrong one is nowhere", { timeout: 60_000 }, async () => {
  const done = await carryOut(
    change({
      dataset: snapshot,
      kind: "correct",
      match: [{ column: "ref", value: "R7" }],
      set: [{ column: "email", value: "right@example.org" }],
      law: "Article 16 UK GDPR",
    }),
  );
  expect(done).toMatchObject({ rows: 2, versions: [1, 2] });
  const all = await everything();
  expect(all).toContain("right@example.org");
  expect(all.split("amy7@example.org").length - 1).toBeGreaterThan(0); // the other dataset still has hers
  await carryOut(
    change({
      dataset: growing,
      kind: "correct",
      match: [{ column: "ref", value: "R7" }],
      set: [{ column: "email", value: "right@example.org" }],
      law: "Article 16 UK GDPR",
    }),
  );
  expect(await remaining(["amy7@example.org"])).toEqual([]);
});
