/** Ground that a hub cannot stand on: a disk that is full, a folder it may not write, records of a newer release. In words, nothing lost. */
import { createHash } from "node:crypto";
import { chmodSync, chownSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { runProgram, startProgram, type Ended, type Running } from "../support/program.ts";
import { csrfOf, newVisitor, type Visitor } from "../support/sample-hub.ts";

let folder: string;
let data: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "guildhall-ground-"));
  chmodSync(folder, 0o755);
  data = join(folder, "data");
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** No file may grow past so many bytes, as on a disk that is full. */
const limitedTo = (bytes: number) => ["sh", "-c", `ulimit -f ${Math.ceil(bytes / 512)}; exec "$@"`, "sh"];
const fullInWords = /^The disk that holds the hub’s records is full or refuses to be written\.\nFree some space/;

function expectWords({ code, out, err }: Ended, words: RegExp): void {
  expect([code, out]).toEqual([1, ""]);
  expect(err).toMatch(words);
  expect(err).not.toMatch(/\bat .+:\d+|Error:/);
}

function organisations(): readonly string[] {
  const database = new DatabaseSync(join(data, "hub.db"), { readOnly: true });
  try {
    expect(database.prepare("PRAGMA integrity_check").all()).toMatchObject([{ integrity_check: "ok" }]);
    return database
      .prepare("SELECT name FROM organisation ORDER BY name")
      .all()
      .map((row) => String(row["name"]));
  } finally {
    database.close();
  }
}

describe("a full disk", () => {
  test.each([512, 8192, 65_536, 131_072, 262_144])(
    "at a first start, at %i bytes: in words, and the next start is whole",
    async (bytes) => {
      expectWords(await runProgram(["organisation", "add", "One"], { data, through: limitedTo(bytes) }), fullInWords);
      expect(await runProgram(["organisation", "add", "Two"], { data })).toEqual({ code: 0, out: "Registered Two.\n", err: "" });
      expect(organisations()).toEqual(["Two"]);
    },
  );

  test("at a write from the command line: what was there stays, and only that", { timeout: 60_000 }, async () => {
    await runProgram(["organisation", "add", "One"], { data });
    for (const bytes of [1024, 4096, 16_384])
      expectWords(await runProgram(["organisation", "add", `At ${bytes}`], { data, through: limitedTo(bytes) }), fullInWords);
    await runProgram(["organisation", "add", "Two"], { data });
    expect(organisations()).toEqual(["One", "Two"]);
  });

  test(
    "at a write through the web: the page says so, the hub stays up, what was confirmed is kept",
    { timeout: 60_000 },
    async () => {
      const first = await startProgram(["--empty"], { data });
      await setUp(first);
      await first.stop();
      const room = statSync(join(data, "hub.db")).size + 60_000;
      const hub = await startProgram([], { data, through: limitedTo(room) });
      const confirmed: string[] = [];
      try {
        const sam = await signIn(hub);
        const csrf = csrfOf((await sam.get("/people")).body);
        let refused: Awaited<ReturnType<Visitor["post"]>> | undefined;
        for (let at = 10; refused === undefined && at < 90; at += 1) {
          const reply = await sam.post("/organisations", { _csrf: csrf, organisation: `Partner ${at}`, kind: "other" });
          if (reply.status === 303) confirmed.push(`Partner ${at}`);
          else refused = reply;
        }
        expect(refused?.body).toMatch(/is full or refuses to be written|could not be put on record/);
        expect(refused?.body).not.toMatch(/\bat .+:\d+|SQLITE|disk I\/O/);
        expect(refused?.status).toBe(503);
        expect((await fetch(`${hub.address}/healthz`)).status).toBe(200);
      } finally {
        await hub.stop();
      }
      expect(confirmed.length).toBeGreaterThan(0);
      const again = await startProgram([], { data });
      await signIn(again);
      await again.stop();
      expect(organisations()).toEqual(["Exampleton Council", ...confirmed]);
    },
  );
});

describe("a folder that may not be written", () => {
  const isRoot = process.getuid?.() === 0;
  const nobody = { uid: 65_534, gid: 65_534 };
  const canBeNobody = isRoot && canRead(process.execPath) && canRead(new URL("../../dist/main.js", import.meta.url).pathname);

  test.skipIf(!canBeNobody)("by another account: refused with the place, untouched", async () => {
    await runProgram(["organisation", "add", "One"], { data });
    for (const mode of [0o700, 0o755]) {
      chmodSync(data, mode);
      const before = stateOf(data);
      const ended = await runProgram(["organisation", "add", "Two"], { data, as: nobody });
      expectWords(ended, /^The data folder .+\/data cannot be written \(E(?:ACCES|PERM)\)\.\nCheck its permissions/);
      expect(stateOf(data)).toEqual(before);
    }
    expect(organisations()).toEqual(["One"]);
  });

  test.skipIf(!canBeNobody)("beside which no key file can be made: refused with the file and what to set", async () => {
    mkdirSync(data);
    chownSync(data, nobody.uid, nobody.gid);
    const ended = await runProgram(["organisation", "add", "One"], { data, as: nobody });
    expectWords(ended, /^The key file .+\/data\.keys cannot be made \(EACCES\)\.\n.+GUILDHALL_KEYS/);
    expect(existsSync(join(data, "hub.db"))).toBe(false);
  });

  test.skipIf(isRoot)("by its own account: refused", async () => {
    mkdirSync(data, { mode: 0o500 });
    expectWords(await runProgram(["organisation", "add", "One"], { data }), /cannot be written \(EACCES\)/);
    expect(readdirSync(data)).toEqual([]);
  });
});

test("records of a newer release: refused with the step, and not a byte is changed", async () => {
  await runProgram(["organisation", "add", "One"], { data });
  const database = new DatabaseSync(join(data, "hub.db"));
  database.exec("INSERT INTO kysely_migration VALUES ('people/999-later', '2030-01-01')");
  database.close();
  const before = stateOf(data);
  const ended = await runProgram(["organisation", "add", "Two"], { data });
  expectWords(ended, /hub\.db were written by a newer Guildhall \(people\/999-later\)\.\nStart that newer version/);
  expect(stateOf(data)).toEqual(before);
});

test("records that are no database: refused with the file and the way back", async () => {
  await runProgram(["organisation", "add", "One"], { data });
  writeFileSync(join(data, "hub.db"), "not a database at all, but long enough to be looked at".repeat(100));
  expectWords(
    await runProgram(["organisation", "add", "Two"], { data }),
    /^The hub’s records in .+hub\.db are damaged\.\nRestore the last backup/,
  );
  expect(readFileSync(join(data, "hub.db"), "utf8")).toMatch(/^not a database at all/);
});

function canRead(path: string): boolean {
  const parts = path.split("/");
  return parts.slice(1).every((_, at) => (statSync(parts.slice(0, at + 2).join("/")).mode & 0o005) !== 0);
}

/** Every file of a folder with its hash; what a start makes and takes away again is left out. */
function stateOf(root: string): readonly string[] {
  return readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !/^(?:owner\.db|hub\.sock|.+-(?:wal|shm|journal))/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .map((path) => `${path} ${createHash("sha256").update(readFileSync(path)).digest("hex")}`)
    .toSorted((one, other) => one.localeCompare(other));
}

async function setUp(hub: Running): Promise<void> {
  const sam = newVisitor(hub.address);
  const link = /\/set-up\/\w+/.exec(hub.out())?.[0] ?? "";
  await sam.post(link, {
    _csrf: csrfOf((await sam.get(link)).body),
    place: "Exampleton",
    organisation: "Exampleton Council",
    name: "Sam Example",
    email: "sam@example.org",
    password: "three words apart",
  });
}

async function signIn(hub: Running): Promise<Visitor> {
  const sam = newVisitor(hub.address);
  const page = await sam.get("/sign-in");
  const reply = await sam.post("/sign-in", { _csrf: csrfOf(page.body), email: "sam@example.org", password: "three words apart" });
  if (reply.status !== 303) throw new Error(`Sam could not sign in: ${reply.status}`);
  return sam;
}
