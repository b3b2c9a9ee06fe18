/**
 * Canaries: words and amounts that occur nowhere else stand in columns that no agreement covers, in rows that nobody has
 * a need for, and in records that cannot be read. A crawler goes to every page, link, filter form, download and API route
 * as every sample person under each of their purposes, and as nobody, with errors provoked on the way. Not one canary may
 * turn up in a reply, a header, the log, the record of use or a file left over, but for those of quarantined records with
 * who looks after the source: that these do turn up there shows that the crawler gets around and would find the others.
 */
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { purposesOf } from "../../src/access/index.ts";
import { modules } from "../../src/build-house.ts";
import { listFields } from "../../src/domains/catalogue/index.ts";
import { findPersonFacts } from "../../src/domains/people/index.ts";
import { startRun } from "../../src/domains/registry/index.ts";
import { canaryOf, generateTown, numberCanaryOf, writeTown } from "../../src/sample/index.ts";
import { besideName, findCanaries, numbersIn, type Finder } from "../support/canaries.ts";
import { crawl } from "../support/crawler.ts";
import { openDuckDB } from "../support/duckdb.ts";
import { csrfOf, openSampleHub, samplePeople, type SampleHub, type Visitor } from "../support/sample-hub.ts";

const mostPages = 260;
let hub: SampleHub;
let finder: Finder;
/** Where each canary was found, and for whom. */
const found: { readonly text: string; readonly who: string; readonly path: string }[] = [];
/** What was read beside the name of a small group. */
const beside: { readonly name: string; readonly path: string; readonly text: string; readonly who: string }[] = [];
/** Each number that an answer about a dataset with a small group told. */
const told: { readonly file: string; readonly numbers: readonly number[]; readonly path: string }[] = [];

const council = "Wexcombe Council";
const files = [
  { file: "council-tax.csv", source: "Council tax", organisation: council },
  { file: "adult-social-care.csv", source: "Adult social care", organisation: council },
  { file: "gp-registrations.ndjson", source: "GP registrations", organisation: "Wexcombe and Vale Health" },
] as const;

beforeAll(async () => {
  hub = await openSampleHub({ canaries: true });
  finder = findCanaries(hub.manifest.canaries.map(({ text }) => text));
}, 120_000);
afterAll(() => hub.close());

test("canaries are planted, in each source, for each reason", () => {
  const planted = Map.groupBy(hub.manifest.canaries, ({ file, kept }) => `${file} ${kept}`);
  expect([...planted.keys()].toSorted()).toEqual([
    "adult-social-care.csv column",
    "adult-social-care.csv quarantine",
    "council-tax.csv column",
    "council-tax.csv quarantine",
    "council-tax.csv row",
    "gp-registrations.ndjson column",
    "gp-registrations.ndjson quarantine",
    "gp-registrations.ndjson row",
  ]);
  expect(hub.manifest.canaries.filter(({ text }) => text.startsWith("zqx")).length).toBeGreaterThanOrEqual(50);
  expect(hub.manifest.canaries.filter(({ text }) => text.startsWith("7")).length).toBeGreaterThanOrEqual(50);
});

test("each stands in the data that pages are made from, so that a page could show it", async () => {
  const database = await openDuckDB();
  try {
    const held = new Set<string>();
    for (const { file } of files) {
      const version = await hub.house.lake.findVersion(await datasetOf(file));
      for (const layer of ["typed", "quarantine"] as const)
        for (const path of await hub.house.lake.filesOf(version?.id ?? "", layer))
          for (const text of await finder.inFile(path, database)) held.add(text);
    }
    expect(hub.manifest.canaries.filter(({ text }) => !held.has(text))).toEqual([]);
  } finally {
    database.close();
  }
});

test("nobody finds one but who looks after the source", { timeout: 240_000 }, async () => {
  const datasets = await datasetsWithGroups();
  const look = (who: string) => (path: string, text: string) => {
    for (const canary of finder.inText(text)) found.push({ text: canary, who, path });
    for (const { value } of hub.manifest.groups)
      for (const near of besideName(text, value)) beside.push({ name: value, path, text: near, who });
    if (!path.includes("/questions")) return;
    const numbers = numbersIn(text.replaceAll(/<[^>]*>/g, " "));
    for (const { file, dataset } of datasets) if (path.includes(dataset)) told.push({ file, numbers, path });
  };
  const strange = ["/", "/sign-in", "/sources", "/datasets", "/api/v1/datasets", "/assets/../../hub.db"];
  const reached = [await crawl("nobody", hub.stranger(), strange, mostPages, look("nobody"))];
  expect(reached[0]).toBeGreaterThan(4);
  for (const person of samplePeople) {
    const see = look(person.name);
    for (const purpose of purposesOf(person.roles)) {
      const visitor = await hub.signIn(person.email);
      await choose(visitor, purpose);
      if (purpose === "care") await confirmReferrals(visitor);
      const starts = [
        "/",
        ...modules.flatMap((module) => (module.sections ?? []).map((section) => section.href)),
        "/tokens",
        "/api/docs",
        "/nothing",
        ...errors(),
        ...searches(),
        ...(purpose === "planning" ? datasets.flatMap(({ questions }) => questions) : []),
      ];
      await apiRoutes(visitor, see);
      expect(await crawl(person.name, visitor, starts, mostPages, see), `${person.name} for ${purpose}`).toBeGreaterThan(25);
    }
  }
  const readers = new Map(
    hub.manifest.canaries.map((canary) => [canary.text, canary.kept === "quarantine" ? stewardsOf(canary.file) : []]),
  );
  expect(found.filter(({ text, who }) => !readers.get(text)?.includes(who))).toEqual([]);
  const met = new Set(found.map(({ text, who }) => `${text} ${who}`));
  const missed = [...readers].flatMap(([text, names]) => names.map((name) => `${text} ${name}`)).filter((pair) => !met.has(pair));
  expect(missed, "the crawler did not get to what may be read").toEqual([]);
});

test("new versions bring new ones while people look on, and nobody finds those either", { timeout: 120_000 }, async () => {
  const uploads = await newVersions();
  const planted = uploads.flatMap(({ canaries }) => canaries);
  const look = findCanaries(planted.map(({ text }) => text));
  const met: { readonly text: string; readonly who: string; readonly path: string }[] = [];
  const visitors = await Promise.all(
    [...samplePeople, { name: "nobody", email: "", roles: [] }].map(async ({ name, email, roles }) => {
      const visitor = email === "" ? hub.stranger() : await hub.signIn(email);
      const purpose = purposesOf(roles)[0];
      if (purpose !== undefined) await choose(visitor, purpose);
      if (purpose === "care") await confirmReferrals(visitor);
      return { name, visitor, token: email !== "" };
    }),
  );
  const pass = async (most: number) => {
    for (const { name, visitor, token } of visitors) {
      const see = (path: string, text: string) =>
        met.push(...look.inText(text).map((canary) => ({ text: canary, who: name, path })));
      const sections = modules.flatMap((module) => (module.sections ?? []).map(({ href }) => href));
      await crawl(name, visitor, ["/", ...sections, "/search?q=zqx"], most, see);
      if (token && most > 50) await apiRoutes(visitor, see);
    }
  };
  const state = { ended: false };
  const uploading = (async () => {
    for (const { email, source, file, body } of uploads) await uploadVersion(await hub.signIn(email), source, file, body);
    state.ended = true;
  })();
  let passes = 0;
  try {
    for (; !state.ended; passes += 1) await pass(30);
  } finally {
    await uploading;
  }
  expect(passes).toBeGreaterThan(0);
  await pass(60);
  const readers = new Map(planted.map(({ text, readers: names }) => [text, names]));
  expect(met.filter(({ text, who }) => !readers.get(text)?.includes(who))).toEqual([]);
  const seen = new Set(met.map(({ text }) => text));
  expect(planted.filter(({ text, readers: names }) => names.length > 0 && !seen.has(text))).toEqual([]);
});

test("after a new version, and when it has been linked, a worker still reads the record of the same person", async () => {
  const carys = await hub.signIn("carys@wexcombe.example");
  const list = await carys.get("/referrals");
  const paths = [...new Set([...list.body.matchAll(/href="(\/referrals\/ref_[^"/]+)"/g)].map((match) => match[1] ?? ""))];
  const read = async () => {
    const pages = await Promise.all(paths.map(async (path) => (await carys.get(`${path}/record`)).body));
    return pages.map((body) =>
      ["AMINA", "AMIRA", "RHIANNON", "17 May 1991", "8 November 1990"].filter((told) => body.includes(told)),
    );
  };
  const wanted = [
    ["AMINA", "17 May 1991"],
    ["RHIANNON", "8 November 1990"],
  ];
  expect(await read()).toEqual(expect.arrayContaining(wanted));
  const amal = samplePeople.find(({ name }) => name === "Amal Steward");
  const db = hub.house.store.as<{ person: { id: string; email: string }; link_project: { id: string; organisation: string } }>();
  const { id } = await db
    .selectFrom("person")
    .select("id")
    .where("email", "=", amal?.email ?? "")
    .executeTakeFirstOrThrow();
  const project = await db.selectFrom("link_project").select(["id", "organisation"]).executeTakeFirstOrThrow();
  const facts = await findPersonFacts(hub.house.store, id, project.organisation);
  if (!facts) throw new Error("Amal was not found.");
  const run = await startRun(hub.house.gate.personSession(facts, "stewardship"), project.id, hub.house);
  expect((await hub.house.jobs.wait(run.id)).state).toBe("done");
  expect(await read()).toEqual(expect.arrayContaining(wanted));
});

test("nothing is logged, recorded or left behind", async () => {
  const finder = findCanaries([
    ...hub.manifest.canaries.map(({ text }) => text),
    ...(await newVersions()).flatMap(({ canaries }) => canaries.map(({ text }) => text)),
  ]);
  expect(finder.inText(hub.logged())).toEqual([]);
  const database = await openDuckDB();
  try {
    const { folder, audit } = hub.house;
    await audit.drain();
    expect(await finder.inFolders([folder.landing, folder.temporary], database)).toEqual([]);
    expect(finder.inText(JSON.stringify(audit.search({ limit: 100_000 })))).toEqual([]);
  } finally {
    database.close();
  }
});

test("no figure of a small group is told, nor one that gives it away", async () => {
  for (const { value, count, file } of hub.manifest.groups) {
    const rows = beside.filter(({ name }) => name === value);
    const hidden = rows.filter(({ text, path }) => path.includes("/questions") && text.includes("[c]"));
    expect(hidden.length, `answers that name ${value}`).toBeGreaterThan(2);
    expect(
      rows.filter(({ text }) => numbersIn(text).includes(count)),
      value,
    ).toEqual([]);
    const rowsInAll = await rowsOf(file);
    const answers = told.filter((answer) => answer.file === file);
    expect(answers.length, `answers about ${file}`).toBeGreaterThan(10);
    // a number that ends in 0 or 5 may be another that was rounded
    const secret = [rowsInAll - count, rowsInAll].filter((number) => number % 5 !== 0);
    const telling = answers.flatMap(({ numbers, path }) =>
      numbers.filter((number) => secret.includes(number)).map((number) => `${number} at ${path}`),
    );
    expect(telling).toEqual([]);
  }
});

function stewardsOf(file: string): readonly string[] {
  const organisation = files.find((held) => held.file === file)?.organisation;
  return samplePeople
    .filter((person) => person.organisation === organisation && (person.roles as readonly string[]).includes("steward"))
    .map(({ name }) => name);
}

/**
 * The sources' next versions: each begins with new rows, so that every record has another number than before; each has
 * new canaries in columns that nobody is lent, in rows nobody has a need for, in what cannot be read, and in the names
 * and cells of columns that were called otherwise, one of them lent.
 */
async function newVersions() {
  const folder = await mkdtemp(join(tmpdir(), "guildhall-next-"));
  try {
    await writeTown(generateTown(1), folder);
    const versions = [];
    for (const [at, { file, source, organisation }] of files.entries()) {
      const word = (place: number) => canaryOf(1000 + at * 100 + place);
      const amount = (place: number) => numberCanaryOf(1000 + at * 100 + place);
      const stewards = stewardsOf(file);
      const own = [...samplePeople].filter((person) => person.organisation === organisation).map(({ name }) => name);
      const header = word(50);
      const original = await readFile(join(folder, file));
      const csv = file.endsWith(".csv");
      const notes = csv ? (at === 0 ? "notes" : "Event Description") : "notes";
      const address = at === 1 ? "Service Type" : "address";
      const body = csv
        ? nextCsv(original.toString("latin1"), { notes, address, header, word, amount })
        : nextJson(original.toString("latin1"), { notes, address, header, word, amount });
      versions.push({
        email: stewards[0] === "Amal Steward" ? "amal@wexcombe.example" : "gwen@vale.example",
        source,
        file,
        body: Buffer.from(body, "latin1"),
        canaries: [
          ...[word(1), word(2), word(3), amount(1), amount(2)].map((text) => ({ text, readers: [] as readonly string[] })),
          ...[word(10), amount(10)].map((text) => ({ text, readers: stewards })),
          { text: header, readers: own },
        ],
      });
    }
    return versions;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

interface Next {
  /** A column that is lent to nobody, and one that is lent and is called otherwise from now on. */
  readonly notes: string;
  readonly address: string;
  readonly header: string;
  readonly word: (place: number) => string;
  readonly amount: (place: number) => string;
}

/** Five new rows, copies of the last one but for the canaries, and a record that cannot be read. */
function newRows(last: Readonly<Record<string, string>>, { notes, address, word, amount }: Next) {
  const row = (changes: Record<string, string>) => ({ ...last, ...changes });
  return [
    row({ [notes]: word(1) }),
    row({ [notes]: amount(1) }),
    row({ [address]: `${word(2)} Mill Lane` }),
    row({ [address]: `${amount(2)} Mill Lane` }),
    row({ [notes]: word(3), [address]: "1 Mill Lane" }),
  ];
}

function nextCsv(text: string, next: Next): string {
  const [head = "", ...lines] = text.split("\n").filter((line) => line !== "");
  const columns = head.split(",").map((name) => name.replaceAll('"', ""));
  const good = lines.findLast((line) => !line.includes('"') && line.split(",").length === columns.length) ?? "";
  const last = Object.fromEntries(good.split(",").map((cell, at) => [columns[at] ?? "", cell]));
  const rows = newRows(last, next).map((row) => columns.map((column) => row[column as keyof typeof row] ?? "").join(","));
  const bad = `${next.word(10)},${next.amount(10)}`;
  return [head.replace(next.address, next.header), ...rows, bad, ...lines, ""].join("\n");
}

function nextJson(text: string, next: Next): string {
  const lines = text.split("\n").filter((line) => line !== "");
  const last = JSON.parse(lines.at(-1) ?? "{}") as Record<string, string>;
  const bad = `{"notes": "${next.word(10)}", "address": ${next.amount(10)},`;
  const rows = newRows(last, next).map((row) => JSON.stringify(row));
  return [...rows, bad, ...lines, ""].join("\n").replaceAll(`"${next.address}":`, `"${next.header}":`);
}

async function uploadVersion(visitor: Visitor, source: string, name: string, body: Uint8Array<ArrayBuffer>): Promise<void> {
  const row = await hub.house.store
    .as<{ source: { id: string; name: string; last_job: string } }>()
    .selectFrom("source")
    .select("id")
    .where("name", "=", source)
    .executeTakeFirstOrThrow();
  const upload = async () => {
    const page = await visitor.get(`/sources/${row.id}`);
    const reply = await visitor.upload(`/sources/${row.id}/refresh`, csrfOf(page.body), { name, body });
    expect([reply.status, reply.location]).toEqual([303, `/sources/${row.id}`]);
    const { last_job: job } = await hub.house.store
      .as<{ source: { id: string; last_job: string } }>()
      .selectFrom("source")
      .select("last_job")
      .where("id", "=", row.id)
      .executeTakeFirstOrThrow();
    return hub.house.jobs.wait(job);
  };
  let ended = await upload();
  if (ended.error?.code === "sources.would-break") {
    // a column that an agreement lends has another name in it
    const page = await visitor.get(`/sources/${row.id}`);
    await visitor.post(`/sources/${row.id}/shape`, { _csrf: csrfOf(page.body), do: "accept" });
    ended = await upload();
  }
  expect([ended.state, ended.error, (ended.result as { version: number } | null)?.version]).toEqual(["done", null, 2]);
}

async function datasetOf(file: string): Promise<string> {
  const name = files.find((held) => held.file === file)?.source ?? "";
  const row = await hub.house.store
    .as<{ source: { name: string; dataset_id: string } }>()
    .selectFrom("source")
    .select("dataset_id")
    .where("name", "=", name)
    .executeTakeFirstOrThrow();
  return row.dataset_id;
}

async function rowsOf(file: string): Promise<number> {
  return (await hub.house.lake.findVersion(await datasetOf(file)))?.rows ?? 0;
}

/** Every way in which an analyst might ask about a small group: split, split twice, alone, all but it, as a share, as a mean. */
async function datasetsWithGroups() {
  const agreement = await hub.house.store
    .as<{ agreement: { id: string } }>()
    .selectFrom("agreement")
    .select("id")
    .executeTakeFirstOrThrow();
  return Promise.all(
    hub.manifest.groups.map(async ({ file, column, value }) => {
      const dataset = await datasetOf(file);
      const fields = await listFields(hub.house.store, dataset);
      const number = fields.find(({ name }) => name === column)?.number ?? 0;
      const lists = fields.filter(({ type, number: other }) => ["category", "person.sex"].includes(type) && other !== number);
      const amounts = fields.filter(({ type }) => ["money.gbp", "number"].includes(type));
      const under = files.find((held) => held.file === file)?.organisation === council ? "" : `&under=${agreement.id}`;
      const base = `dataset=${dataset}${under}`;
      const asked = [
        `by=${number}`,
        `by2=${number}`,
        ...["is", "is not"].map((op) => `c1=${number}&o1=${op}&v1=${value}`),
        `measure=share&sc=${number}&so=is&sv=${value}`,
        ...lists
          .slice(0, 4)
          .flatMap(({ number: other }) => [
            `by=${number}&by2=${other}`,
            `by=${other}&by2=${number}`,
            `by=${other}&c1=${number}&o1=is not&v1=${value}`,
            `by=${other}&measure=share&sc=${number}&so=is not&sv=${value}`,
          ]),
        ...amounts
          .slice(0, 3)
          .flatMap(({ number: of }) => [
            `by=${number}&measure=value&how=avg&of=${of}`,
            `by=${number}&measure=value&how=sum&of=${of}`,
            `by=${number}&measure=value&how=max&of=${of}`,
          ]),
      ];
      return {
        file,
        dataset,
        questions: asked.flatMap((ask) => [`/questions/show?${base}&${ask}`, `/questions.csv?${base}&${ask}`]),
      };
    }),
  );
}

function errors(): readonly string[] {
  const ids = ["dst_00000000000000000000000000", "..%2f..%2fetc%2fpasswd", "'%20OR%201=1--", "%00", "a".repeat(180)];
  const paths = [
    "/datasets/:id",
    "/sources/:id",
    "/sources/:id/quarantine",
    "/sources/:id/quarantine.csv",
    "/agreements/:id",
    "/links/:id",
    "/links/:id/why?left=x:1&right=y:2",
    "/referrals/:id",
    "/referrals/:id/record",
    "/api/v1/datasets/:id",
  ];
  return paths.flatMap((path) => ids.map((id) => path.replace(":id", id)));
}

function searches(): readonly string[] {
  return hub.manifest.canaries
    .slice(0, 4)
    .flatMap(({ text }) => [`/search?q=${encodeURIComponent(text)}`, `/datasets?words=${encodeURIComponent(text)}`]);
}

/** Every GET route of the API, asked with a token of the visitor's own. */
async function apiRoutes(visitor: Visitor, see: (path: string, text: string) => void): Promise<void> {
  const made = await visitor.get("/tokens");
  const purpose = /<option[^>]*value="([a-z]+)"/.exec(made.body)?.[1] ?? "";
  const reply = await visitor.post("/tokens", { _csrf: csrfOf(made.body), name: "crawler", purpose, days: "1" });
  const token = /gh_[0-9a-z]{32}/.exec(reply.body)?.[0] ?? "";
  expect(token).not.toBe("");
  const authorization = `Bearer ${token}`;
  for (const route of modules.flatMap((module) => module.routes ?? []).filter(({ method }) => method === "GET")) {
    const ids = route.path.includes(":id") ? await idsFor(route.path) : [""];
    for (const id of ids) {
      const path = `/api/v1${route.path.replace(":id", encodeURIComponent(id))}`;
      const answer = await visitor.get(path, { authorization });
      expect(answer.status, path).toBeLessThan(500);
      see(path, `${answer.headers}\n${answer.body}`);
    }
  }
  for (const { dataset, questions } of purpose === "planning" ? await datasetsWithGroups() : []) {
    const query = new URLSearchParams(questions[0]?.split("?")[1]);
    const path = `/api/v1/questions/answer#${dataset}`;
    const reply = await fetch(hub.address + path, {
      method: "POST",
      headers: { authorization, "content-type": "application/json" },
      body: JSON.stringify({
        dataset,
        under: query.get("under") ?? "own",
        groupBy: [Number(query.get("by"))],
        measure: { kind: "count" },
        filters: [],
      }),
    });
    expect([200, 403], path).toContain(reply.status); // refused where it would tell the newest rows from those before
    see(path, await reply.text());
  }
}

async function idsFor(path: string): Promise<readonly string[]> {
  const table = path.startsWith("/datasets")
    ? "entry"
    : path.startsWith("/sources")
      ? "source"
      : path.startsWith("/agreements")
        ? "agreement"
        : "referral";
  const column = table === "entry" ? "dataset_id" : "id";
  const rows = await hub.house.store.as<Record<string, Record<string, string>>>().selectFrom(table).select(column).execute();
  return rows.map((row) => row[column] ?? "");
}

/** Confirms the first candidate of each open referral, so that the crawler opens joined records too. */
async function confirmReferrals(visitor: Visitor): Promise<void> {
  const list = await visitor.get("/referrals");
  const referrals = [...new Set([...list.body.matchAll(/href="(\/referrals\/ref_[^"/]+)"/g)].map((match) => match[1] ?? ""))];
  expect(referrals.length).toBeGreaterThan(1);
  for (const referral of referrals) {
    const page = await visitor.get(referral);
    const subject = /name="subject" value="([^"]+)"/.exec(page.body)?.[1];
    if (subject === undefined && page.body.includes("Open the record")) continue;
    const reply = await visitor.post(`${referral}/confirm`, { _csrf: csrfOf(page.body), subject: subject ?? "" });
    expect(reply.location, referral).toBe(`${referral}/record`);
    expect((await visitor.get(`${referral}/record`)).body).toContain("Who they are");
  }
}

async function choose(visitor: Visitor, purpose: string): Promise<void> {
  const page = await visitor.get("/purpose");
  const choice = [...page.body.matchAll(/value="([^"]+ [a-z]+)"/g)]
    .map((match) => match[1] ?? "")
    .find((value) => value.endsWith(` ${purpose}`));
  expect(choice, `${purpose} can be chosen`).toBeDefined();
  await visitor.post("/purpose", { _csrf: csrfOf(page.body), choice: choice ?? "" });
}
