/**
 * A database as a source, from the form to the rows; and its password, which stands nowhere in clear: in no page, error, log, job,
 * export, backup or file of the hub, as it is or in base 64.
 */
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { backUp } from "../../src/backup.ts";
import { setDatabasePassword, setSchedule } from "../../src/domains/sources/index.ts";
import { removeSource } from "../../src/domains/sources/sources.ts";
import { exportAll } from "../../src/export-all.ts";
import { runCommand } from "../../src/faces/cli/index.ts";
import { allCommands } from "../../src/run-cli.ts";
import { csrfOf, openSampleHub, type Reply, type SampleHub, type Visitor } from "../support/sample-hub.ts";
import { findServer, startPglite, startProxy, startServer, type TestPostgres } from "../support/postgres.ts";

const canary = "zqxpasswordcanary-41Ω";
const seen: string[] = [];
let hub: SampleHub;
let postgres: TestPostgres;
let steward: Visitor;

beforeAll(async () => {
  const bin = findServer();
  if (bin === undefined) process.stderr.write("SKIPPED: no PostgreSQL server is here, so that no wrong password can be tried.\n");
  [hub, postgres] = await Promise.all([
    openSampleHub({ settings: { GUILDHALL_FETCH_INSIDE: "127.0.0.1" } }),
    bin === undefined ? startPglite() : startServer(bin),
  ]);
  await postgres.run(`
    CREATE TABLE works (id int, street text, begun date);
    INSERT INTO works VALUES (1, 'High Street', '2026-11-02'), (2, 'Mill Lane', NULL), (3, '', '2026-11-09');
    CREATE TABLE one_column AS SELECT NULLIF(n, 2) AS n FROM generate_series(1, 3) AS n;
    CREATE TABLE codes AS SELECT 'A10' || n AS "Q2025", 'B10' || n AS "Q2026" FROM generate_series(10, 40) AS n;
    CREATE TABLE long AS SELECT n, repeat('x', 1000) AS filling FROM generate_series(1, 20000) AS n;`);
  if (postgres.kind === "server")
    await postgres.run(`CREATE ROLE reader LOGIN PASSWORD '${canary}'; GRANT SELECT ON ALL TABLES IN SCHEMA public TO reader`);
  steward = await hub.signIn("amal@wexcombe.example");
}, 120_000);
afterAll(async () => {
  await hub.close();
  await postgres.stop();
});

const address = (port = postgres.port) =>
  `postgres://${postgres.kind === "server" ? "reader" : "postgres"}@127.0.0.1:${port}/postgres?sslmode=disable`;
const keep = (reply: Reply): Reply => {
  seen.push(reply.body, reply.headers);
  return reply;
};
const submit = async (form: Record<string, string>): Promise<Reply> => {
  const page = keep(await steward.get("/sources/new/database"));
  const whole = {
    database: address(),
    password: canary,
    ask: "table",
    table: "works",
    query: "",
    name: "",
    owner: "",
    dpia: "",
    ...form,
  };
  return keep(await steward.post("/sources/new/database", { _csrf: csrfOf(page.body), ...whole }));
};
/** Waits for the load and gives its page. */
const loaded = async (path: string): Promise<string> => {
  await hub.house.jobs.idle();
  return keep(await steward.get(path))
    .body.replaceAll(/<[^>]+>/g, " ")
    .replaceAll(/\s+/g, " ");
};

test("a table becomes a dataset, and again its next version where it has changed", async () => {
  const added = await submit({ name: "Street works" });
  const path = added.location ?? "";
  expect([added.status, path]).toEqual([303, expect.stringMatching(/^\/sources\/src_/)]);
  const page = await loaded(path);
  expect(page).toContain("Loaded");
  expect(page).toContain(address());
  const load = async () => {
    const source = path.split("/")[2] ?? "";
    await steward.post(`/sources/${source}/fetch`, { _csrf: csrfOf((await steward.get(path)).body) });
    await hub.house.jobs.idle();
    const reply = await steward.get("/sources");
    return (await hub.house.lake.listDatasets()).find(({ name }) => name === "Street works")?.id ?? reply.body;
  };
  const dataset = await load();
  expect(await hub.house.lake.findVersion(dataset)).toMatchObject({ number: 1, rows: 3, quarantined: 0 });
  expect((await hub.house.lake.findVersion(dataset))?.columns.map(({ header }) => header)).toEqual(["id", "street", "begun"]);
  await postgres.run("INSERT INTO works VALUES (4, 'Dock Road', '2026-11-20')");
  await load();
  expect(await hub.house.lake.findVersion(dataset)).toMatchObject({ number: 2, rows: 4 });
});

test("what cannot be right is told on the form, which keeps all but the password", async () => {
  for (const [form, words] of [
    [{ database: "https://example.org" }, "no address of a PostgreSQL database"],
    [{ database: `postgres://reader:${canary}@127.0.0.1/postgres` }, "The address of the database holds a password"],
    [{ table: "works; DROP TABLE works" }, "is no name of a table"],
    [{ ask: "query", query: "", name: "Nothing" }, "a query has from 1 to"],
    [{ name: "Street works" }, "already a source"],
  ] as const) {
    const reply = await submit(form);
    expect([reply.status, reply.body.includes(words)], words).toEqual([400, true]);
  }
});

test("what goes wrong while loading is told on the source's page, and the version before stays", async () => {
  const two = await submit({ ask: "query", query: "SELECT 1; SELECT 2", name: "Two statements" });
  expect(await loaded(two.location ?? "")).toContain("more than one statement");
  const gone = await submit({ table: "no_such_table", name: "No table" });
  expect(await loaded(gone.location ?? "")).toContain("does not know a table or schema");
  const proxy = await startProxy(postgres.port, 3_000_000, "cut");
  const cut = await submit({ database: address(proxy.port), table: "long", name: "Cut off" });
  expect(await loaded(cut.location ?? "")).toContain("the connection broke before all had come");
  proxy.stop();
  const inside = await submit({ database: "postgres://reader@10.1.2.3/postgres", name: "Inside" });
  expect(await loaded(inside.location ?? "")).toContain("in a private network");
  expect(readdirSync(hub.house.folder.landing)).toEqual([]);
});

test("another number of rows than were sent is not loaded", async () => {
  const blank = await submit({ table: "one_column", name: "One column" });
  expect(await loaded(blank.location ?? "")).toContain("The database sent 3 rows, and 2 were read. Nothing was loaded.");
  const codes = await submit({ table: "codes", name: "Codes" });
  expect(await loaded(codes.location ?? "")).toContain("The database sent 31 rows, and 32 were read. Nothing was loaded.");
});

test("a wrong password is told, and another can be set", async ({ skip }) => {
  if (postgres.kind !== "server") skip("PGlite lets anybody in");
  const wrong = await submit({ password: `${canary}-wrong`, name: "Wrong password" });
  const path = wrong.location ?? "";
  expect(await loaded(path)).toContain("does not let “reader” in with this password");
  const page = keep(await steward.get(`${path}/database`));
  expect(page.body).toContain("Kept encrypted");
  const set = keep(await steward.post(`${path}/database`, { _csrf: csrfOf(page.body), password: canary }));
  expect([set.status, set.location]).toEqual([303, path]);
  expect(await loaded(path)).toContain("Loaded");
});

test("the command line adds one from a file with its password, and says what it did", async () => {
  const lines: string[] = [];
  const files = join(hub.house.folder.root, "..", "given");
  mkdirSync(files);

  writeFileSync(join(files, "password"), `${canary}\n`);
  writeFileSync(join(files, "by-street.sql"), "SELECT street, count(*) AS works FROM works GROUP BY street ORDER BY street;\n");
  const run = (...argv: string[]) =>
    runCommand(
      { argv, cwd: files, token: null, answer: null },
      { commands: allCommands(), house: hub.house, resumeToken: async () => undefined },
      (line) => lines.push(JSON.stringify(line)),
    );
  const place = ["--postgres", address(), "--password-file", "password", "--organisation", "Wexcombe Council"];
  expect(await run("source", "add", ...place, "--query-file", "by-street.sql"), lines.join("\n")).toBe(0);
  expect(await run("source", "add", ...place, "--query-file", "by-street.sql", "--table", "works")).toBe(1);
  expect(await run("source", "add", ...place)).toBe(1);
  expect(await run("source", "add")).toBe(1);
  expect(await run("source", "password", "by-street", "--password-file", "password")).toBe(0);
  expect(await run("source", "password", "Council tax", "--password-file", "password")).toBe(1);
  expect(await run("source", "schedule", "by-street", "--every", "day", "--at", "06:00")).toBe(0);
  expect(lines.join("\n")).toMatch(/by-street: Every day at 06:00, for The operator of this hub/);
  seen.push(...lines);

  rmSync(files, { recursive: true });
});

test("the password stands nowhere in clear", { timeout: 60_000 }, async () => {
  const operator = hub.house.gate.operatorSession();
  const [backup, left] = [join(hub.house.folder.root, "..", "backup"), join(hub.house.folder.root, "..", "export")];
  await backUp(operator, hub.house, backup);
  mkdirSync(left);
  await exportAll(operator, hub.house, left, false);
  expect(readFileSync(join(left, "source-databases.json"), "utf8")).toContain('"table": "works"');
  const forms = [
    canary,
    encodeURIComponent(canary),
    ...[0, 1, 2].map((skip) => Buffer.from(canary).subarray(skip).toString("base64").slice(0, 20)),
  ];
  const clear = (bytes: Buffer) => forms.some((form) => bytes.includes(form));
  const folders = [hub.house.folder.root, backup, left];
  const files = folders.flatMap((folder) =>
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name)),
  );
  expect(files.length).toBeGreaterThan(20);
  expect(files.filter((file) => clear(readFileSync(file)))).toEqual([]);
  expect(seen.filter((text) => clear(Buffer.from(text)))).toEqual([]);
  expect(clear(Buffer.from(hub.logged()))).toBe(false);
  expect(clear(Buffer.from(`x${canary}x`))).toBe(true);
});

test("removing the source takes its times and its database with it", async () => {
  const operator = hub.house.gate.operatorSession();
  const rows = async (table: string) =>
    (await hub.house.store.as<Record<string, { source_id: string }>>().selectFrom(table).select("source_id").execute()).length;
  await setSchedule(operator, "by-street", { every: "day", at: "06:00", cron: "" }, hub.house);
  const [schedules, databases] = [await rows("source_schedule"), await rows("source_database")];
  await removeSource(operator, "by-street", hub.house);
  expect([await rows("source_schedule"), await rows("source_database")]).toEqual([schedules - 1, databases - 1]);
});

test("stewards of others, and those with another role, reach neither the password nor the times", async () => {
  const council = (await hub.house.lake.listDatasets()).find(({ name }) => name === "Street works")?.organisation ?? "";
  expect(council).not.toBe("");
  for (const email of ["bram@wexcombe.example", "carys@wexcombe.example", "gwen@wexcombe.example"]) {
    const visitor = await hub.signIn(email).catch(() => undefined);
    if (!visitor) continue;
    for (const path of ["/sources/Street%20works/database", "/sources/Street%20works/schedule"])
      expect([403, 404], `${email} ${path}`).toContain((await visitor.get(path)).status);
  }
  const stranger = hub.house.gate.publicSession();
  await expect(setDatabasePassword(stranger, "Street works", "x", hub.house)).rejects.toMatchObject({ code: "access.sign-in" });
  await expect(setSchedule(stranger, "Street works", { every: "day", at: "06:00", cron: "" }, hub.house)).rejects.toMatchObject({
    code: "access.sign-in",
  });
});
