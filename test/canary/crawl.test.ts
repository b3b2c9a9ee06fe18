/**
 * Canaries: strings that occur nowhere else stand in columns that no agreement covers and no page shows. A crawler goes
 * to every page, link, filter form, download and API route as every sample person under each of their purposes, and as
 * nobody, with errors provoked on the way. Not one canary may turn up in a reply, a header, the log or a file left over.
 */
import { afterAll, beforeAll, expect, test } from "vitest";
import { purposesOf } from "../../src/access/index.ts";
import { modules } from "../../src/build-house.ts";
import { csrfOf, openSampleHub, samplePeople, type SampleHub, type Visitor } from "../support/sample-hub.ts";

const mostPages = 260;
let hub: SampleHub;
const seen: { who: string; path: string; text: string }[] = [];

beforeAll(async () => {
  hub = await openSampleHub({ canaries: true });
}, 120_000);
afterAll(() => hub.close());

test("canaries are planted, in each source", () => {
  expect(hub.manifest.canaries.length).toBeGreaterThanOrEqual(30);
  expect(new Set(hub.manifest.canaries.map(({ file }) => file)).size).toBe(3);
});

test("nobody finds one", { timeout: 240_000 }, async () => {
  const reached = new Map<string, number>();
  reached.set(
    "nobody",
    await crawl("nobody", hub.stranger(), ["/", "/sign-in", "/sources", "/datasets", "/api/v1/datasets", "/assets/../../hub.db"]),
  );
  for (const person of samplePeople) {
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
      ];
      reached.set(
        `${person.email} for ${purpose}`,
        await crawl(`${person.email} for ${purpose}`, visitor, [
          ...starts,
          ...errors(),
          ...searches(),
          ...(await apiRoutes(visitor)),
        ]),
      );
    }
  }
  for (const [who, pages] of reached) expect(pages, who).toBeGreaterThan(who === "nobody" ? 4 : 25);
  const canaries = hub.manifest.canaries.map(({ text }) => text);
  const leaks = seen.flatMap(({ who, path, text }) =>
    canaries.filter((canary) => holds(text, canary)).map((canary) => `${canary} at ${path} for ${who}`),
  );
  expect(leaks).toEqual([]);
  const left = `${hub.logged()}\n${await hub.leftBehind()}`;
  expect(canaries.filter((canary) => holds(left, canary))).toEqual([]);
});

/** Whether a text holds a canary as such, or as it stands in an address or in base 64. */
function holds(text: string, canary: string): boolean {
  const encoded = Buffer.from(canary).toString("base64").slice(2, -4); // the same at any of two alignments, near enough
  return text.includes(canary) || text.includes(encodeURIComponent(canary)) || text.includes(encoded);
}

async function crawl(who: string, visitor: Visitor, starts: readonly string[]): Promise<number> {
  const waiting = [...starts];
  const asked = new Set<string>();
  while (waiting.length > 0 && asked.size < mostPages) {
    const path = waiting.shift() ?? "/";
    if (asked.has(path)) continue;
    asked.add(path);
    const reply = await visitor.get(path);
    const own = withoutEcho(reply.body, path);
    seen.push({ who, path, text: `${reply.headers}\n${own}` });
    expect(reply.status, `${path} for ${who}`).toBeLessThan(500);
    expect(own, `${path} for ${who}`).not.toMatch(/\bat .+\.(?:ts|js):\d+/); // no stack trace
    if (reply.location !== null) waiting.push(reply.location);
    if (reply.type.includes("html")) waiting.push(...linksIn(reply.body));
  }
  return asked.size;
}

/** A search page says what was searched for; that is the asker's own text and gives nothing away. */
function withoutEcho(body: string, path: string): string {
  const query = new URL(path, "http://hub").searchParams;
  const words = query.get("q") ?? query.get("words") ?? "";
  return words === "" ? body : body.replaceAll(words, "").replaceAll(encodeURIComponent(words), "");
}

function linksIn(html: string): readonly string[] {
  const links = [...html.matchAll(/(?:href|data-live)="([^"#]+)"/g)].map((match) => unescape(match[1] ?? ""));
  const forms = [...html.matchAll(/<form[^>]*method="get"[^>]*action="([^"]+)"[^>]*>(.*?)<\/form>/gs)].flatMap((form) =>
    submissions(form[1] ?? "/", form[2] ?? ""),
  );
  return [...links, ...forms].filter((link) => link.startsWith("/") && !link.startsWith("//") && !link.startsWith("/assets/"));
}

/** A filter form as it stands, and once with each choice of each list in it. */
function submissions(action: string, form: string): readonly string[] {
  const selects = [...form.matchAll(/<select[^>]*name="([^"]+)"[^>]*>(.*?)<\/select>/gs)].map((match) => ({
    name: match[1] ?? "",
    values: [...(match[2] ?? "").matchAll(/<option[^>]*value="([^"]*)"/g)].map((option) => unescape(option[1] ?? "")),
  }));
  const hidden = [...form.matchAll(/<input[^>]*type="hidden"[^>]*name="([^"]+)"[^>]*value="([^"]*)"/g)].map(
    (match) => [match[1] ?? "", unescape(match[2] ?? "")] as const,
  );
  const base: [string, string][] = [
    ...hidden.map(([name, value]): [string, string] => [name, value]),
    ...selects.map(({ name, values }): [string, string] => [name, values[0] ?? ""]),
  ];
  const choices = selects.flatMap(({ name, values }) =>
    values
      .slice(0, 40)
      .map((value) => base.map(([other, held]): [string, string] => (other === name ? [other, value] : [other, held]))),
  );
  return [base, ...choices].map((fields) => `${action}?${new URLSearchParams(fields).toString()}`);
}

function unescape(text: string): string {
  return text.replaceAll("&amp;", "&").replaceAll("&quot;", '"').replaceAll("&lt;", "<").replaceAll("&gt;", ">");
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
async function apiRoutes(visitor: Visitor): Promise<readonly string[]> {
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
      seen.push({ who: "an API token", path, text: `${answer.headers}\n${answer.body}` });
    }
  }
  return [];
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
    const subject = /name="subject" value="([^"]+)"/.exec(page.body)?.[1] ?? "";
    const reply = await visitor.post(`${referral}/confirm`, { _csrf: csrfOf(page.body), subject });
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
