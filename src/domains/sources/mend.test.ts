import { writeFile } from "node:fs/promises";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { array, assert, asyncProperty, constantFrom, integer, record, string } from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openDuckDB, type TestDatabase } from "../../../test/support/duckdb.ts";
import { openTestHouse, type TestHouse } from "../../../test/support/house.ts";
import type { Session } from "../../access/index.ts";
import { csvLine } from "../../kernel/csv.ts";
import { addSource, refreshSource } from "./add-source.ts";
import { checkMends, mendLimits, startMend, type Mend } from "./mend.ts";
import { confirmMends, readMendFile, type ReadMends } from "./mend-file.ts";
import { keepCommand } from "./keep-cli.ts";
import { keptUntil, setKeeping, turnLetGo } from "./let-go.ts";
import { rawText } from "./raw-text.ts";
import { findUnsent, sendTogether } from "./send-together.ts";
import { numbersOf } from "./sent-store.ts";
import { answerSent, getSent, sendRecord, sentTasks } from "./sent.ts";
import { findQuarantined, getSource, listQuarantine } from "./sources.ts";

let hub: TestHouse;
let steward: Session;
let owner: Session;
let analyst: Session;
let stranger: Session;
let council: string;
let names = 0;
let now = Date.UTC(2026, 10, 25, 12);
let database: TestDatabase;

beforeAll(async () => {
  hub = await openTestHouse({ clock: () => now });
  database = await openDuckDB();
  council = await hub.organisation("Testford Council");
  const other = await hub.organisation("Vale Health");
  const person = (name: string, role: "steward" | "owner" | "analyst", organisation = council) =>
    hub.person({ name, organisation, roles: [role], purpose: role === "analyst" ? "planning" : "stewardship" });
  steward = await person("Stan Steward", "steward");
  owner = await person("Olive Owner", "owner");
  analyst = await person("Ann Analyst", "analyst");
  stranger = await person("Sid Stranger", "steward", other);
});
afterAll(async () => {
  database.close();
  await hub.close();
});

const rowsOf = async (text: string) => (await database.rows({ text, params: [] })).map((row) => Object.values(row));

async function fileOf(content: string | Buffer): Promise<string> {
  names += 1;
  const path = join(hub.folder, `made-${names}`);
  await writeFile(path, content);
  return path;
}

async function ended(job: { id: string }) {
  const done = await hub.house.jobs.wait(job.id);
  await hub.house.jobs.idle();
  return done;
}

/** Loads a file whatever share of it does not read; gives the source's id. */
async function load(content: string | Buffer, grows: { readonly kind?: "append" } = {}): Promise<string> {
  const path = await fileOf(content);
  const files = [{ name: "made.csv", path, keep: true }];
  const { source, job } = await addSource(steward, { name: `Made ${names}`, organisation: council, files, ...grows }, hub.house);
  const done = await ended(job);
  expect(done.error).toBeNull();
  return source.id;
}

async function versionOf(source: string) {
  const { version } = await getSource(steward, source, hub.house);
  if (!version) throw new Error("It has no version.");
  return version;
}

async function textOf(source: string): Promise<readonly (readonly unknown[])[]> {
  const version = await versionOf(source);
  const cells = version.columns.map(({ number }) => `c${number}`).join(", ");
  const files = (await hub.house.lake.filesOf(version.id, "text")).map((path) => `'${path}'`).join(", ");
  return rowsOf(`SELECT record_no, ${cells} FROM read_parquet([${files}], union_by_name = true) ORDER BY record_no`);
}

async function mend(source: string, mends: readonly Mend[]) {
  const version = await versionOf(source);
  return ended(await startMend(steward, source, { version: version.id, mends }, hub.house));
}

const quoted = (cells: readonly string[]) => cells.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(",");
const faults = {
  short: (cells: readonly string[]) => quoted(cells.slice(0, -1)),
  long: (cells: readonly string[]) => `${quoted(cells)},"more"`,
  stray: (cells: readonly string[]) => `"a" b,${quoted(cells.slice(1))}`,
  bytes: (cells: readonly string[]) => `${quoted(cells.slice(0, -1))},\u0001`,
} as const;

describe("quarantined records that are mended", () => {
  test("become the very rows that a sound file would have, under their own numbers", { timeout: 90_000 }, async () => {
    const cell = string({ unit: constantFrom("a", "é", " ", ",", '"', "\n", "7", "'"), maxLength: 6 });
    const row = record({
      cells: array(cell, { minLength: 3, maxLength: 3 }),
      fault: constantFrom("", "", ...Object.keys(faults)),
    });
    await assert(
      asyncProperty(array(row, { minLength: 10, maxLength: 40 }), integer({ min: 0, max: 2 }), async (rows, at) => {
        // a broken record of several lines may be set aside line by line
        const made = rows.map(({ cells, fault: wanted }, index) => {
          const fault = index === at ? "" : wanted;
          const own = fault === "" ? cells : cells.map((text) => text.replaceAll("\n", " "));
          return { cells: [`k${index}`, ...own], fault };
        });
        const head = Buffer.from("key,one,two,three\n");
        const lines = made.map(({ cells, fault }) => {
          const text = fault === "" ? quoted(cells) : faults[fault as keyof typeof faults](cells);
          const line = Buffer.from(`${text}\n`);
          return fault === "bytes" ? Buffer.from(line.map((byte) => (byte === 1 ? 0xff : byte))) : line;
        });
        const source = await load(Buffer.concat([head, ...lines]));
        const mends = made.flatMap(({ cells, fault }, index) =>
          fault === "" ? [] : [{ record: index + 1, text: quoted(cells) }],
        );
        const before = await versionOf(source);
        expect(before.quarantined).toBe(mends.length);
        const error = mends.length > 0 ? (await mend(source, mends)).error : null;
        expect(error).toBeNull();
        expect(await textOf(source)).toEqual(made.map(({ cells }, index) => [String(index + 1), ...cells]));
        const after = await versionOf(source);
        expect([after.rows, after.quarantined, after.rowsInFile]).toEqual([made.length, 0, made.length]);
      }),
      { numRuns: 3, seed: 41 },
    );
  });

  test("are a version of their own, with who mended them; the one before stays, and the same file changes nothing", async () => {
    const csv = "name,age\nAda,1\nBob\nCyd,3\nDot\n";
    const source = await load(csv);
    const first = await versionOf(source);
    expect((await mend(source, [{ record: 2, text: "Bob,2" }])).error).toBeNull();
    const second = await versionOf(source);
    expect(second).toMatchObject({ number: 2, rows: 3, quarantined: 1, rowsInFile: 4, mendedFrom: first.contentHash });
    expect(second.notes).toEqual(["1 record was mended by Stan Steward and read."]);
    expect(await hub.house.lake.findVersion(second.datasetId, 1)).toMatchObject({ rows: 2, quarantined: 2 });
    expect(
      (await listQuarantine(steward, source, { page: 1, size: 9 }, hub.house)).found.rows.map((found) => found.record),
    ).toEqual([4]);
    expect((await mend(source, [{ record: 4, text: "Dot,4" }])).error).toBeNull();
    expect(await versionOf(source)).toMatchObject({ number: 3, rows: 4, quarantined: 0 });
    const again = await refreshSource(steward, source, [{ name: "made.csv", path: await fileOf(csv), keep: true }], hub.house);
    expect((await ended(again.job)).result).toMatchObject({ unchanged: true, version: 3 });
    expect(readdirSync(hub.house.folder.landing)).toEqual([]);
  });

  test("are typed, and asked of, as the rows beside them", async () => {
    const source = await load("name,born\nAda,01/02/1990\nBob\nCyd,03/04/1991\n");
    await mend(source, [{ record: 2, text: "Bob,05/06/1992" }]);
    const version = await versionOf(source);
    const [typed = ""] = await hub.house.lake.filesOf(version.id, "typed");
    const born = version.columns[1]?.number ?? 0;
    expect(await rowsOf(`SELECT CAST(c${born} AS VARCHAR) FROM '${typed}' ORDER BY record_no`)).toEqual([
      ["1990-02-01"],
      ["1992-06-05"],
      ["1991-04-03"],
    ]);
  });

  test("that do not read stay as they stood; what is said of each is what the load would say", async () => {
    const source = await load(
      Buffer.concat([Buffer.from("name,age\nAda,1\nBob\n"), Buffer.from([0x44, 0xff, 0x2c, 0x34, 0x0a])]),
    );
    const version = await versionOf(source);
    const check = async (recordNo: number, text: string) =>
      (await checkMends(steward, source, { version: version.id, mends: [{ record: recordNo, text }] }, hub.house)).checked[0];
    expect(await check(2, "Bob,2,")).toMatchObject({
      state: "reads",
      cells: [
        { header: "name", value: "Bob" },
        { header: "age", value: "2" },
      ],
    });
    expect(await check(2, "Bob")).toMatchObject({ state: "same" });
    expect(await check(2, "Bob,2,3")).toMatchObject({ state: "fails", reasons: ["It has 3 fields where the header has 2."] });
    expect(await check(2, "Bob,2\nEve,5")).toMatchObject({ state: "fails", reasons: ["It reads as 2 records. Leave one."] });
    expect(await check(2, "")).toMatchObject({ state: "fails", reasons: ["It is empty."] });
    expect(await check(3, "D\ufffd,5")).toMatchObject({ state: "fails" });
    expect(await check(2, "Bob\ufffd,2")).toMatchObject({ state: "reads" });
    expect(await check(1, "Ada,2")).toMatchObject({ state: "unknown" });
    const wanted = { version: version.id, mends: [{ record: 2, text: "Bob,2,3" }] };
    await expect(startMend(steward, source, wanted, hub.house)).rejects.toMatchObject({ code: "sources.nothing-mended" });
    expect((await versionOf(source)).number).toBe(1);
  });

  test("of a file that is added to go where their file put its rows, with its name", async () => {
    const path = await fileOf("day,count\n2026-01-01,5\n2026-01-02\n");
    const more = await fileOf("count,day,late\n7,2026-02-01,no\n8\n");
    const files = [{ name: "counter-1-01.csv", path, keep: true }];
    const { source, job } = await addSource(
      steward,
      { name: "Counter", organisation: council, kind: "append", badShare: 1, files },
      hub.house,
    );
    await ended(job);
    await ended((await refreshSource(steward, source.id, [{ name: "counter-1-02.csv", path: more, keep: true }], hub.house)).job);
    const before = await textOf(source.id);
    await mend(source.id, [
      { record: 2, text: "2026-01-02,6" },
      { record: 4, text: "8,2026-02-02,yes" },
    ]);
    const after = await textOf(source.id);
    expect(after.map(([number]) => number)).toEqual(["1", "2", "3", "4"]);
    expect([after[0], after[2]]).toEqual(before);
    const headers = (await versionOf(source.id)).columns.map((column) => column.header);
    const at = (header: string) => 1 + headers.indexOf(header);
    expect(after[1]?.[at("day")]).toBe("2026-01-02");
    expect([after[3]?.[at("day")], after[3]?.[at("count")], after[3]?.[at("late")]]).toEqual(["2026-02-02", "8", "yes"]);
    for (const header of headers.filter((name) => !["day", "count", "late"].includes(name)))
      expect([after[1]?.[at(header)], after[3]?.[at(header)]]).toEqual([after[0]?.[at(header)], after[2]?.[at(header)]]);
  });

  test("by a file: told first what reads, then read; a second confirmation finds nothing to do", async () => {
    const source = await load("name,sum\nAda,1\n=Bob\n-Cyd\nDot\n");
    const downloaded = [
      "record,first_line,last_line,byte_offset,reasons,raw",
      `2,3,3,0,x,"'=Bob,2"`,
      `3,4,4,0,x,"'-Cyd"`,
      `4,5,5,0,x,"Dot,4,5"`,
      "9,9,9,0,x,Nobody",
    ];
    const path = await fileOf(downloaded.join("\r\n"));
    const job = await ended(await readMendFile(steward, source, { name: "mended.csv", path, keep: true }, hub.house));
    expect(job.result as ReadMends).toMatchObject({ rows: 4, reads: 1, same: 1, fails: 1, unknown: 1 });
    expect(JSON.stringify(job.result)).not.toMatch(/Bob|Cyd|Dot/);
    expect((await versionOf(source)).number).toBe(1);
    await expect(confirmMends(stranger, source, job.id, hub.house)).rejects.toMatchObject({ code: "sources.no-source" });
    await ended(await confirmMends(steward, source, job.id, hub.house));
    expect(await versionOf(source)).toMatchObject({ rows: 2, quarantined: 2 });
    expect((await textOf(source))[1]?.slice(1)).toEqual(["=Bob", "2"]);
    await expect(confirmMends(steward, source, job.id, hub.house)).rejects.toMatchObject({ code: "sources.no-mends" });
  });

  test("sent back by file as they were downloaded are no mends, whatever stands in them", async () => {
    const odd = ["\ufeffmark", "'=1", "''-x", " lead", "tab\t", '"quo""ted" x', "=2", "lone\r", "end "];
    const source = await load(["a,b", "1,2", ...odd].join("\n"));
    const { found } = await listQuarantine(steward, source, { page: 1, size: 99 }, hub.house);
    expect(found.total).toBe(odd.length);
    const lines = found.rows.map(({ record: number, raw }) => csvLine([number, rawText(raw)]));
    const path = await fileOf(`record,raw\r\n${lines.join("")}`);
    const job = await ended(await readMendFile(steward, source, { name: "same.csv", path, keep: true }, hub.house));
    expect(job.result).toMatchObject({ rows: odd.length, same: odd.length, reads: 0, fails: 0, unknown: 0 });
  });

  test("as many as a file may have are read at once, and one more is refused", { timeout: 60_000 }, async () => {
    const most = mendLimits.inFile;
    const bad = Array.from({ length: most + 1 }, (_, at) => `b${at}`);
    const source = await load(["a,b", "1,2", ...bad].join("\n"));
    const send = async (many: number) => {
      const lines = Array.from({ length: many }, (_, at) => csvLine([at + 2, `b${at},2`]));
      const path = await fileOf(`record,raw\r\n${lines.join("")}`);
      return ended(await readMendFile(steward, source, { name: "many.csv", path, keep: true }, hub.house));
    };
    expect((await send(most + 1)).error?.code).toBe("sources.mends-many");
    const looked = await send(most);
    expect(looked.result).toMatchObject({ rows: most, reads: most });
    expect((await ended(await confirmMends(steward, source, looked.id, hub.house))).error).toBeNull();
    expect(await versionOf(source)).toMatchObject({ rows: most + 1, quarantined: 1 });
  });

  test("are refused where a newer version came first, and to all who do not look after the source", async () => {
    const source = await load("name,age\nAda,1\nBob\nCyd\n");
    const wanted = { version: (await versionOf(source)).id, mends: [{ record: 2, text: "Bob,2" }] };
    for (const session of [analyst, stranger])
      await expect(startMend(session, source, wanted, hub.house)).rejects.toMatchObject({
        code: expect.stringMatching(/^(access\.refused|sources\.no-source)$/),
      });
    await ended(await startMend(steward, source, wanted, hub.house));
    await expect(startMend(steward, source, wanted, hub.house)).rejects.toMatchObject({ code: "sources.mended-elsewhere" });
  });
});

test(
  "each version keeps its own rows when segments of mends and of added files are put together",
  { timeout: 90_000 },
  async () => {
    const csvs = Array.from({ length: 16 }, (_, at) =>
      at % 8 === 3 ? `name,age\nBad ${at}\nAda,${at}\n` : `name,age\nAda,${at}\n`,
    );
    const files = await Promise.all(
      csvs.map(async (csv, at) => ({ name: `counter-${at + 1}.csv`, path: await fileOf(csv), keep: true })),
    );
    const input = { name: `Made ${names}`, organisation: council, files, kind: "append" as const, badShare: 1 };
    const { source, job } = await addSource(steward, input, hub.house);
    await ended(job);
    for (const record of [4, 13]) {
      await mend(source.id, [{ record, text: `Mended ${record},5` }]);
      const path = await fileOf(`name,age\nEve,${record}\n`);
      await ended(
        (await refreshSource(steward, source.id, [{ name: `counter-9${record}.csv`, path, keep: true }], hub.house)).job,
      );
    }
    const versions = await hub.house.lake.listVersions(source.datasetId);
    expect(versions.map(({ rows, quarantined }) => [rows, quarantined])).toEqual([
      [20, 0],
      [19, 0],
      [18, 1],
      [17, 1],
      [16, 2],
    ]);
    const newest = await hub.house.lake.filesOf(versions[0]?.id ?? "", "text");
    expect(newest.length).toBeLessThan(17); // they were put together
    for (const { id, rows, quarantined, lastRecord } of versions) {
      const held = [];
      for (const layer of ["text", "quarantine"] as const) {
        const paths = (await hub.house.lake.filesOf(id, layer)).map((path) => `'${path}'`).join(", ");
        const numbers = `SELECT record_no FROM read_parquet([${paths}], union_by_name = true) WHERE record_no <= ${lastRecord}`;
        held.push(
          ...(paths === "" ? [0, 0] : ((await rowsOf(`SELECT count(*), count(DISTINCT record_no) FROM (${numbers})`))[0] ?? [])),
        );
      }
      expect(held.map(Number)).toEqual([rows, rows, quarantined, quarantined]);
    }
  },
);

test("a record that is sent is on its owner's home page without what it holds, and gone from it when answered or mended", async () => {
  const source = await load("name,age\nAda,1\nBob Secret\nCyd\n");
  await expect(sendRecord(steward, source, { record: 2, comment: " " }, hub.house)).rejects.toMatchObject({
    code: "sources.no-comment",
  });
  await expect(sendRecord(steward, source, { record: 1, comment: "x" }, hub.house)).rejects.toMatchObject({
    code: "sources.no-quarantined",
  });
  await sendRecord(steward, source, { record: 2, comment: "The age is left out." }, hub.house);
  await sendRecord(steward, source, { record: 2, comment: "Again." }, hub.house);
  await sendRecord(steward, source, { record: 3, comment: "Here too." }, hub.house);
  const tasks = await sentTasks(owner, hub.house);
  expect(tasks.map(({ why }) => why)).toEqual(["The age is left out.", "Here too."]);
  expect(JSON.stringify(tasks)).not.toContain("Secret");
  expect([await sentTasks(steward, hub.house), await sentTasks(stranger, hub.house)]).toEqual([[], []]);
  const sent = tasks[0]?.href.split("/").at(-1) ?? "";
  await expect(answerSent(steward, sent, { answer: "cannot", text: "No." }, hub.house)).rejects.toMatchObject({
    code: "access.refused",
  });
  await answerSent(owner, sent, { answer: "at-source", text: "It comes with the next file." }, hub.house);
  expect((await sentTasks(owner, hub.house)).map(({ why }) => why)).toEqual(["Here too."]);
  await mend(source, [{ record: 3, text: "Cyd,3" }]);
  expect(await sentTasks(owner, hub.house)).toEqual([]);
  expect((await findQuarantined(steward, source, 2, hub.house)).record.reasons).toEqual([
    "It has 1 field where the header has 2.",
  ]);
});

test("all that were not sent yet go with one message of reasons and counts, are answered as one, and are sent once", async () => {
  const source = await load("name,age\nAda,1\nBob Secret\nCyd\nDot,4,5\nEve\n");
  const started = (await sentTasks(owner, hub.house)).length;
  await sendRecord(steward, source, { record: 2, comment: "The age is left out." }, hub.house);
  const version = (await versionOf(source)).id;
  expect((await findUnsent(steward, source, hub.house)).total).toBe(3);
  const send = (session: Session, comment = "Ages are wrong.") => sendTogether(session, source, { version, comment }, hub.house);
  await expect(send(steward, " ")).rejects.toMatchObject({ code: "sources.no-comment" });
  await expect(send(stranger)).rejects.toMatchObject({ code: "sources.no-source" });
  await expect(send(analyst)).rejects.toMatchObject({ code: "access.refused" });
  const uses = async () => {
    await hub.house.audit.drain();
    const log = new DatabaseSync(hub.house.folder.audit, { readOnly: true });
    try {
      return log.prepare("SELECT count(*) AS uses FROM entry WHERE action = 'sources.send' AND outcome = 'done'").get()?.["uses"];
    } finally {
      log.close();
    }
  };
  const before = await uses();
  expect(await send(steward)).toBe(3);
  expect(await uses()).toBe(Number(before) + 1);
  await expect(send(steward)).rejects.toMatchObject({ code: "sources.all-sent" });
  await sendRecord(steward, source, { record: 3, comment: "Once more." }, hub.house); // it waits already
  const tasks = (await sentTasks(owner, hub.house)).slice(started);
  expect(tasks.map(({ title }) => title.replace(/ of .*/, ""))).toEqual(["Record 2", "3 records"]);
  const id = tasks[1]?.href.split("/").at(-1) ?? "";
  const sent = await getSent(owner, id, hub.house);
  expect(sent.reasons.split("\n")).toEqual([
    "2 records: It has 1 field where the header has 2.",
    "1 record: It has 3 fields where the header has 2.",
  ]);
  expect(JSON.stringify([tasks, sent])).not.toMatch(/Secret|Dot/);
  await mend(source, [{ record: 4, text: "Dot,4" }]);
  expect(numbersOf(await getSent(owner, id, hub.house))).toEqual([3, 5]);
  await expect(send(steward)).rejects.toMatchObject({ code: "sources.newer-version" });
  expect((await findUnsent(steward, source, hub.house)).total).toBe(0);
  await answerSent(owner, id, { answer: "cannot", text: "Nobody knows." }, hub.house);
  expect(await getSent(owner, id, hub.house)).toMatchObject({ answer: "cannot", records: 3 });
  expect((await sentTasks(owner, hub.house)).length).toBe(started + 1);
});

test("one message is of so many records, the first; the others go with the next", { timeout: 60_000 }, async () => {
  const most = mendLimits.inFile;
  const source = await load(["a,b", "1,2", ...Array.from({ length: most + 2 }, (_, at) => `b${at}`)].join("\n"));
  const version = (await versionOf(source)).id;
  const send = () => sendTogether(steward, source, { version, comment: "All." }, hub.house);
  expect((await findUnsent(steward, source, hub.house)).total).toBe(most + 2);
  expect(await send()).toBe(most);
  expect((await findUnsent(steward, source, hub.house)).alike).toEqual([
    { reasons: ["It has 1 field where the header has 2."], numbers: [most + 2, most + 3] },
  ]);
  expect(await send()).toBe(2);
});

test("records sent together are answered once all of them were mended; those of a newer load are other records", async () => {
  const csv = "name,age\nAda,1\nBob\nCyd\n";
  const source = await load(csv);
  await sendTogether(steward, source, { version: (await versionOf(source)).id, comment: "Ages." }, hub.house);
  const task = (await sentTasks(owner, hub.house)).at(-1);
  const id = task?.href.split("/").at(-1) ?? "";
  await mend(source, [{ record: 2, text: "Bob,2" }]);
  expect(await getSent(owner, id, hub.house)).toMatchObject({ answer: null });
  await mend(source, [{ record: 3, text: "Cyd,3" }]);
  expect(await getSent(owner, id, hub.house)).toMatchObject({ answer: "mended", records: 2 });
  const path = await fileOf(`${csv}Dot,4\n`);
  const files = [{ name: "made.csv", path, keep: true }];
  await ended((await refreshSource(steward, source, files, hub.house, { badShare: 1 })).job);
  expect((await findUnsent(steward, source, hub.house)).total).toBe(2);
});

test("bytes that are kept for so many days are in no version after them; numbers, lines, reasons and counts stay", async () => {
  const source = await load("name,age\nAda,1\nBob Needle\nCyd\n");
  await mend(source, [{ record: 3, text: "Cyd,3" }]);
  const { datasetId } = await versionOf(source);
  await expect(setKeeping(steward, source, 0, hub.house)).rejects.toMatchObject({ code: "sources.no-days" });
  await expect(setKeeping(analyst, source, 5, hub.house)).rejects.toMatchObject({ code: "access.refused" });
  await setKeeping(steward, source, 5, hub.house);
  const state = async () => ({
    record: (await findQuarantined(steward, source, 2, hub.house)).record,
    kept: await keptUntil((await getSource(steward, source, hub.house)).source, await versionOf(source), hub.house),
  });
  now += 4 * 86_400_000;
  await turnLetGo(hub.house);
  await hub.house.jobs.idle();
  expect(await state()).toMatchObject({ record: { firstLine: 3 }, kept: { gone: false } });
  expect(rawText((await state()).record.raw)).toBe("Bob Needle");
  now += 2 * 86_400_000;
  await turnLetGo(hub.house);
  await hub.house.jobs.idle();
  const after = await state();
  expect(after).toMatchObject({ record: { record: 2, firstLine: 3, raw: "" }, kept: { gone: true } });
  expect(after.record.reasons).toEqual([
    "It has 1 field where the header has 2.",
    expect.stringMatching(/^Its bytes were let go on /),
  ]);
  expect(await hub.house.lake.listVersions(datasetId)).toMatchObject([
    { rows: 2, quarantined: 1 },
    { rows: 1, quarantined: 2 },
  ]);
  const files = readdirSync(join(hub.house.lake.folder, datasetId)).filter((name) => name.endsWith(".parquet"));
  for (const file of files)
    for (const row of await rowsOf(`SELECT * FROM '${join(hub.house.lake.folder, datasetId, file)}'`))
      expect(JSON.stringify(row)).not.toMatch(new RegExp(`Needle|${Buffer.from("Bob Needle").toString("base64")}`));
  await turnLetGo(hub.house); // there is nothing left to do
  const orphans = (await hub.house.lake.listOrphans()).filter((name) => name.startsWith(datasetId));
  expect(orphans).toEqual([]);
});

test("the days are set by a command as on the page, with the same errors, by who may", async () => {
  const source = await load("name,age\nAda,1\nBob\n");
  const lines: unknown[] = [];
  const out = {
    line: (text: string) => lines.push(text),
    table: () => {},
    json: (value: unknown) => lines.push(value),
    progress: () => {},
  };
  const secret = async () => "";
  const { house } = hub;
  const keep = (days: string | undefined, session: Session = house.gate.operatorSession()) =>
    keepCommand.run({ session, house, arguments: [source], flags: { days }, lists: {}, cwd: hub.folder, out, secret });
  const kept = async () => (await getSource(steward, source, house)).source.keepQuarantine;
  await keep("30");
  expect([await kept(), lines.at(-1)]).toEqual([30, { name: expect.any(String), days: 30 }]);
  for (const days of [undefined, "", "0", "3651", "1.5", "soon"])
    await expect(keep(days)).rejects.toMatchObject({ code: "sources.no-days" });
  await expect(keep("7", stranger)).rejects.toMatchObject({ code: "sources.no-source" });
  await expect(keep("7", analyst)).rejects.toMatchObject({ code: "access.refused" });
  expect(await kept()).toBe(30);
  await keep("version", steward);
  expect([await kept(), lines.at(-1)]).toEqual([null, { name: expect.any(String), days: null }]);
});
