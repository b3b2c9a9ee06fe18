import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { createServer, type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import {
  findServer,
  ownerPassword,
  startPglite,
  startProxy,
  startServer,
  type TestPostgres,
} from "../../../test/support/postgres.ts";
import { isDatabaseUrl, readDatabaseUrl, withoutPassword, type DatabaseAsk } from "./database-place.ts";
import { fetchDatabase, type DatabaseOptions } from "./fetch-database.ts";

const bin = findServer();
const kinds = [["pglite", startPglite], ...(bin === undefined ? [] : [["server", () => startServer(bin)] as const])] as const;
if (bin === undefined) process.stderr.write("SKIPPED: no PostgreSQL server is on this machine; only PGlite is asked.\n");

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "guildhall-database-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const query = (text: string): DatabaseAsk => ({ kind: "query", query: text });
const table = (name: string): DatabaseAsk => ({ kind: "table", table: name });
const codeOf = (work: Promise<unknown>) =>
  work.then(
    () => "done",
    (error: { code?: string; message: string }) => `${error.code ?? "?"}: ${error.message}`,
  );

describe.each(kinds)("a PostgreSQL database (%s)", (kind, start) => {
  let postgres: TestPostgres;
  beforeAll(async () => {
    postgres = await start();
    await postgres.run(`
      CREATE SCHEMA town; CREATE TABLE town.trees (id int, name text, height numeric, planted date, seen timestamptz, felled boolean);
      INSERT INTO town.trees VALUES
        (1, 'Oak, old', 12.50, '1987-02-03', '2026-07-01 12:00:00+01', false), (2, 'Elm "wych"', NULL, NULL, NULL, NULL), (3, '', 0, NULL, NULL, true);
      CREATE TABLE town."Odd Name" ("a;b" text); INSERT INTO town."Odd Name" VALUES ('x;y'), ('''quoted''');
      CREATE TABLE secret_table (a int);
      CREATE TABLE big AS SELECT n, repeat('x', 1000) AS filling FROM generate_series(1, 20000) AS n;`);
  }, 60_000);
  afterAll(() => postgres.stop());

  const fetchTo = async (
    ask: DatabaseAsk,
    changes: Partial<DatabaseOptions> & { user?: string; port?: number; database?: string } = {},
  ) => {
    const { user = kind === "server" ? "owner" : "postgres", port = postgres.port, database = "postgres", ...options } = changes;
    await postgres.free();
    return fetchDatabase({ host: "127.0.0.1", port, user, database, ssl: "disable" }, ask, join(folder, "got"), {
      password: ownerPassword,
      allowed: ["127.0.0.1"],
      signal: new AbortController().signal,
      onBytes: () => undefined,
      ...options,
    });
  };
  const got = () => readFileSync(join(folder, "got"), "utf8").split("\n");

  test("gives a table whole, each value between quotes and nothing for NULL, dates by ISO and instants in UTC", async () => {
    expect(await fetchTo(table("town.trees"))).toEqual({ rows: 3 });
    expect(got()).toEqual([
      "sep=,",
      "id,name,height,planted,seen,felled",
      '"1","Oak, old","12.50","1987-02-03","2026-07-01 11:00:00+00","f"',
      '"2","Elm ""wych""",,,,',
      '"3","","0",,,"t"',
      "",
    ]);
  });

  test("gives what a query asks, with a comment and a semicolon at its end", async () => {
    expect(await fetchTo(query("WITH t AS (SELECT * FROM town.trees) SELECT id FROM t ORDER BY id DESC; "))).toEqual({ rows: 3 });
    expect(got()).toEqual(["sep=,", "id", '"3"', '"2"', '"1"', ""]);
    rmSync(join(folder, "got"));
    expect(await fetchTo(query("SELECT 1 AS one -- the first"))).toEqual({ rows: 1 });
  });

  test("takes names between double quotes as they are", async () => {
    expect(await fetchTo(table('town."Odd Name"'))).toEqual({ rows: 2 });
    expect(await codeOf(fetchTo(table('town."odd name"')))).toMatch(/^sources.database-no-table/);
    expect(await codeOf(fetchTo(table("town.trees; DROP TABLE big")))).toMatch(/^sources.database-no-ask/);
  });

  test.each([
    ["SELECT 1; DROP TABLE big", "sources.database-several"],
    ["SELECT 1) TO '/tmp/x' --", "sources.database-query"],
    ["SELECT 1) TO PROGRAM 'true'; COPY (SELECT 1", "sources.database-(several|query)"],
    ["SELECT 1 /* ", "sources.database-query"],
    ["SELECT 'x", "sources.database-query"],
    ["DELETE FROM big RETURNING n", "sources.database-writes"],
    ["DROP TABLE big", "sources.database-query"],
    ["SELECT nothing FROM town.trees", 'sources.database-query: .*Column "nothing" does not exist'],
    ["SELECT * FROM nowhere", 'sources.database-no-table: .*Relation "nowhere" does not exist'],
    ["SELECT name::int FROM town.trees", "sources.database-failed: .*it stopped with its code 22P02"],
    ["", "sources.database-no-ask"],
  ])("refuses %j, and leaves nothing", async (text, code) => {
    expect(await codeOf(fetchTo(query(text)))).toMatch(new RegExp(`^${code}`));
    expect(readdirSync(folder)).toEqual([]);
    expect(await fetchTo(query("SELECT count(*) FROM big"))).toEqual({ rows: 1 });
    expect(got()[2]).toBe('"20000"');
  });

  test("passes on no value of a row in what it says", async () => {
    expect(await codeOf(fetchTo(query("SELECT name::int FROM town.trees")))).not.toMatch(/Oak/);
  });

  test("a connection that breaks half-way leaves nothing", async () => {
    const proxy = await startProxy(postgres.port, 3_000_000, "cut");
    expect(await codeOf(fetchTo(table("big"), { port: proxy.port }))).toBe(
      "sources.database-failed: The data could not be fetched from the database at 127.0.0.1: the connection broke before all had come.",
    );
    proxy.stop();
    expect(readdirSync(folder)).toEqual([]);
  });

  test("one that says nothing more is given up, and so is one that is cancelled", async () => {
    const proxy = await startProxy(postgres.port, 3_000_000, "stall");
    expect(await codeOf(fetchTo(table("big"), { port: proxy.port, limits: { connectMs: 200, answerMs: 1000 } }))).toMatch(
      /^sources.database-failed: .*it did not answer in time/,
    );
    const abort = new AbortController();
    const work = codeOf(fetchTo(table("big"), { port: proxy.port, signal: abort.signal }));
    setTimeout(() => abort.abort(), 300);
    expect(await work).toMatch(/^engine.cancelled/);
    proxy.stop();
    expect(readdirSync(folder)).toEqual([]);
  });

  test("too much is stopped", async () => {
    const told: number[] = [];
    const work = fetchTo(table("big"), { limits: { bytes: 1_000_000 }, onBytes: (bytes) => told.push(bytes) });
    expect(await codeOf(work)).toBe("sources.database-too-much: The database sends more than 1 MB.");
    expect(told.at(-1)).toBeGreaterThan(1_000_000);
    expect(readdirSync(folder)).toEqual([]);
  });

  test.runIf(kind === "server")("says what is wrong with the user, the database, the rights and the time", async () => {
    await postgres.run(
      `CREATE ROLE reader LOGIN PASSWORD 'reading'; GRANT USAGE ON SCHEMA town TO reader; GRANT SELECT ON town.trees TO reader`,
    );
    expect(await fetchTo(table("town.trees"), { user: "reader", password: "reading" })).toEqual({ rows: 3 });
    rmSync(join(folder, "got"));
    const failures = [
      await codeOf(fetchTo(table("town.trees"), { user: "reader", password: "wrong" })),
      await codeOf(fetchTo(table("town.trees"), { user: "reader", password: "" })),
      await codeOf(fetchTo(table("town.trees"), { database: "nowhere" })),
      await codeOf(fetchTo(table("secret_table"), { user: "reader", password: "reading" })),
      await codeOf(fetchTo(query("SELECT pg_sleep(5)"), { limits: { answerMs: 200 } })),
    ];
    expect(failures).toEqual([
      "sources.database-password: The database at 127.0.0.1 does not let “reader” in with this password.",
      "sources.database-password: The database at 127.0.0.1 does not let “reader” in with this password.",
      "sources.database-none: There is no database “nowhere” at 127.0.0.1.",
      "sources.database-denied: “reader” may not read all that was asked for. Permission denied for table secret_table.",
      "sources.database-failed: The data could not be fetched from the database at 127.0.0.1: it did not answer in time.",
    ]);
  });

  test.runIf(kind === "server")("says that no encrypted connection is offered", async () => {
    const place = { host: "127.0.0.1", port: postgres.port, user: "owner", database: "postgres" };
    const options = {
      password: ownerPassword,
      allowed: ["127.0.0.1"],
      signal: new AbortController().signal,
      onBytes: () => undefined,
    };
    for (const ssl of ["verify-full", "require"] as const)
      expect(await codeOf(fetchDatabase({ ...place, ssl }, query("SELECT 1"), join(folder, "got"), options))).toMatch(
        /^sources.database-no-tls/,
      );
  });
});

test.runIf(bin !== undefined)(
  "a certificate that nobody vouches for is refused, unless the host is inside and it is said so",
  { timeout: 60_000 },
  async () => {
    const postgres = await startServer(bin ?? "", { tls: true });
    try {
      const ask = (ssl: "verify-full" | "require", allowed: readonly string[]) =>
        codeOf(
          fetchDatabase(
            { host: "127.0.0.1", port: postgres.port, user: "owner", database: "postgres", ssl },
            query("SELECT 1 AS one"),
            join(folder, "got"),
            {
              password: ownerPassword,
              allowed,
              signal: new AbortController().signal,
              onBytes: () => undefined,
            },
          ),
        );
      expect(await ask("verify-full", ["127.0.0.1"])).toMatch(/^sources.database-certificate: .*DEPTH_ZERO_SELF_SIGNED_CERT/);
      expect(readdirSync(folder)).toEqual([]);
      expect(await ask("require", [])).toMatch(/^sources.url-inside/);
      expect(await ask("require", ["127.0.0.1"])).toBe("done");
      expect(readFileSync(join(folder, "got"), "utf8")).toBe('sep=,\none\n"1"\n');
    } finally {
      await postgres.stop();
    }
  },
);

describe("without a database", () => {
  const ask = (url: string, allowed: readonly string[] = []) =>
    codeOf(
      fetchDatabase(readDatabaseUrl(url), query("SELECT 1"), join(folder, "got"), {
        password: "x",
        allowed,
        signal: new AbortController().signal,
        onBytes: () => undefined,
        limits: { connectMs: 2000, answerMs: 2000 },
      }),
    );

  test("addresses of this machine and of private networks are refused, by name and by number", async () => {
    for (const host of ["127.0.0.1", "localhost", "10.0.0.8", "[::1]", "192.168.1.4"])
      expect(await ask(`postgres://u@${host}/d`), host).toMatch(/^sources.url-inside/);
    expect(await ask("postgres://u@example.org/d?sslmode=disable")).toMatch(/^sources.database-unguarded/);
  });

  test("says that there is no such host, that nothing listens, and that it is no database", async () => {
    expect(await ask("postgres://u@nothing.invalid/d")).toMatch(/database-failed.*(no host of that name|could not be reached)/);
    const server = createServer((socket) =>
      socket
        .resume()
        .on("error", () => undefined)
        .end("HTTP/1.1 400 Bad Request\r\n\r\n"),
    );
    await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
    const { port } = server.address() as AddressInfo;
    expect(await ask(`postgres://u@127.0.0.1:${port}/d?sslmode=disable`, ["127.0.0.1"])).toMatch(/^sources.database-failed/);
    await new Promise((done) => server.close(done));
    expect(await ask(`postgres://u@127.0.0.1:${port}/d?sslmode=disable`, ["127.0.0.1"])).toMatch(/nothing listens there/);
  });

  test.each([
    ["postgres://u@db.example.org/d", { host: "db.example.org", port: 5432, user: "u", database: "d", ssl: "verify-full" }],
    [
      "postgresql://a%40b@[2001:db8::1]:80/d%20e?sslmode=require",
      { host: "2001:db8::1", port: 80, user: "a@b", database: "d e", ssl: "require" },
    ],
  ])("%s is read", (url, place) => {
    expect(isDatabaseUrl(url)).toBe(true);
    expect(readDatabaseUrl(url)).toEqual(place);
  });

  test.each([
    ["postgres://u:p@h/d", "postgres://u@h/d"],
    [" postgres://u:p#/:@w@h/d", " postgres://u@h/d"],
    ["https://u:p@h/d", "https://u@h/d"],
    ["postgres://u@h:5432/d", "postgres://u@h:5432/d"],
    ["https://h:8080/a@b", "https://h:8080/a@b"],
  ])("%s is given back without a password", (written, shown) => expect(withoutPassword(written)).toBe(shown));

  test.each([
    ["postgres://u:p@h/d", "sources.database-secret"],
    ["postgres://h/d", "sources.database-unusable"],
    ["postgres://u@h", "sources.database-unusable"],
    ["postgres://u@h/d?sslmode=prefer", "sources.database-unusable"],
    ["postgres://u@h/d?host=/tmp", "sources.database-unusable"],
    ["mysql://u@h/d", "sources.database-unusable"],
    ["https://u@h/d", "sources.database-unusable"],
  ])("%s is refused", (url, code) => {
    expect(() => readDatabaseUrl(url)).toThrow(expect.objectContaining({ code }));
  });
});
