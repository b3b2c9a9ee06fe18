import { renderToString } from "preact-render-to-string";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openTestHouse, type TestHouse } from "../../../test/support/house.ts";
import type { PageRequest, Session } from "../../access/index.ts";
import type { AuditEntry } from "../../audit/index.ts";
import { auditPages } from "./pages/audit-page.tsx";
import { readFilter, searchLog } from "./search-log.ts";

let hub: TestHouse;
let governance: Session;
let worker: Session;
const noon = Date.UTC(2026, 6, 1, 12);

beforeAll(async () => {
  hub = await openTestHouse({ clock: () => noon });
  const council = await hub.organisation("Exampleton Council");
  const other = await hub.organisation("Exampleton Health");
  governance = await hub.person({ name: "Gov One", organisation: council, roles: ["governance"], purpose: "governance" });
  worker = await hub.person({ name: "Wyn Worker", organisation: council, roles: ["practitioner"], purpose: "care" });
  for (let at = 1; at <= 60; at += 1) await hub.house.audit.append(entry(at, council, worker, `lnk_1/ent_${at % 3}`));
  await hub.house.audit.append(entry(61, other, null, "lnk_1/ent_0"));
}, 60_000);
afterAll(() => hub.close());

/** One entry a day, at noon. */
function entry(at: number, organisation: string, person: Session | null, subject: string): AuditEntry {
  return {
    id: `aud_test${at}`,
    at: noon + at * 86_400_000,
    salt: "s",
    session: "person",
    person: person?.person?.id ?? null,
    organisation,
    roles: [],
    action: "records.open",
    outcome: "done",
    reason: null,
    purpose: "care",
    evidence: null,
    agreement: null,
    target: null,
    data: [],
    subjects: [subject],
    reference: `TEST${String(at).padStart(4, "0")}`,
  };
}

const found = async (given: Record<string, string>) =>
  (await searchLog(governance, readFilter(given, 500), hub.house)).map(({ entry: row }) => row.reference);

test("the record is searched by whose record it was, and only in what the organisation may see", async () => {
  const about = await found({ subject: "lnk_1/ent_0" });
  expect(about.length).toBe(20);
  expect(about).not.toContain("TEST0061");
  expect(await found({ subject: "lnk_1/ent_%" })).toEqual([]);
  const asked = hub.house.audit.search({ subject: "lnk_1/ent_0", action: "watch.search", limit: 5 });
  expect(asked.map(({ entry: row }) => row.person)).toEqual([governance.person?.id]);
});

test("days are whole days in London, the last one too", async () => {
  expect(await found({ from: "2026-07-03", until: "2026-07-04", action: "records.open" })).toEqual(["TEST0003", "TEST0002"]);
  expect((await found({ from: "3 July", until: "2026-02-31", action: "records.open" })).length).toBe(60);
});

const show = async (query: Record<string, string>) => {
  const request = { session: governance, house: hub.house, query } as unknown as PageRequest;
  const reply = await auditPages[0]?.handle(request);
  return reply?.kind === "page" ? renderToString(<>{reply.content.body}</>) : "";
};
const references = (html: string) => [...html.matchAll(/<code>(TEST\d+)<\/code>/g)].map(([, reference]) => reference);

test("the page finds a person by email address, keeps the filters from page to page, and leads back", async () => {
  const { email } = await hub.house.store
    .as<{ person: { id: string; email: string } }>()
    .selectFrom("person")
    .select("email")
    .where("id", "=", worker.person?.id ?? "")
    .executeTakeFirstOrThrow();
  const first = await show({ person: email, until: "2026-12-31" });
  expect(references(first).length).toBe(50);
  const older = /href="([^"]*before=\d+[^"]*)"/.exec(first)?.[1]?.replaceAll("&amp;", "&") ?? "";
  const address = new URL(older, "http://hub.example");
  expect([address.pathname, address.searchParams.get("person"), address.searchParams.get("until")]).toEqual([
    "/audit",
    email,
    "2026-12-31",
  ]);
  const second = await show(Object.fromEntries(address.searchParams));
  expect(references(second)).toEqual(Array.from({ length: 10 }, (_, at) => `TEST${String(10 - at).padStart(4, "0")}`));
  expect(second).toContain("Newest entries");
  expect(await show({ person: "nobody@example.org" })).toContain("No entries fit");
});

test("what is asked for comes back escaped", async () => {
  expect(await show({ subject: '"><script>' })).not.toContain("<script>");
});
