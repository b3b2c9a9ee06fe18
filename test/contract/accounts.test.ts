/** Accounts can be ended, and what a stranger sends costs nothing and is on record. */
import { readdir } from "node:fs/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { listMemberships } from "../../src/domains/people/index.ts";
import { logIn } from "../../src/domains/people/sign-in.ts";
import { csrfOf, openSampleHub, samplePassword, type SampleHub, type Visitor } from "../support/sample-hub.ts";

let hub: SampleHub;
let administrator: Visitor;
beforeAll(async () => {
  hub = await openSampleHub();
  administrator = await hub.signIn("edie@wexcombe.example");
}, 120_000);
afterAll(() => hub.close());

async function idOf(email: string): Promise<string> {
  const row = await hub.house.store
    .as<{ person: { id: string; email: string } }>()
    .selectFrom("person")
    .select("id")
    .where("email", "=", email)
    .executeTakeFirstOrThrow();
  return row.id;
}

async function post(visitor: Visitor, path: string, form: Record<string, string>) {
  return visitor.post(path, { _csrf: csrfOf((await visitor.get("/people")).body), ...form });
}

async function tokenOf(visitor: Visitor): Promise<string> {
  const page = await visitor.get("/tokens");
  const reply = await visitor.post("/tokens", { _csrf: csrfOf(page.body), name: "test", purpose: "", days: "abc" });
  return /gh_[0-9a-z]{32}/.exec(reply.body)?.[0] ?? "";
}

const ask = (token: string) => fetch(`${hub.address}/api/v1/me`, { headers: { authorization: `Bearer ${token}` } });

test("suspending an account ends its sessions and tokens at once, and opening it lets the person in again", async () => {
  const bram = await hub.signIn("bram@wexcombe.example");
  const token = await tokenOf(bram);
  expect((await ask(token)).status).toBe(200);
  const id = await idOf("bram@wexcombe.example");
  expect((await post(administrator, `/people/${id}/state`, { state: "suspended" })).status).toBe(303);
  expect((await bram.get("/datasets")).location).toMatch(/^\/sign-in/);
  expect((await ask(token)).status).toBe(401);
  await expect(hub.signIn("bram@wexcombe.example")).rejects.toThrow("401");
  await post(administrator, `/people/${id}/state`, { state: "active" });
  expect((await (await hub.signIn("bram@wexcombe.example")).get("/datasets")).status).toBe(200);
});

test("a role that is taken away is gone at the next request", async () => {
  const carys = await hub.signIn("carys@wexcombe.example");
  expect((await carys.get("/referrals")).status).toBe(200);
  const id = await idOf("carys@wexcombe.example");
  await post(administrator, `/people/${id}/roles`, { roles: "analyst" });
  expect((await carys.get("/referrals")).status).toBe(303);
  expect((await (await hub.signIn("carys@wexcombe.example")).get("/referrals")).status).toBe(403);
  expect((await listMemberships(hub.house.store, id)).flatMap(({ roles }) => roles)).toEqual(["analyst"]);
});

test("an administrator changes neither another organisation's people nor their own account", async () => {
  const gwen = await idOf("gwen@vale.example");
  expect((await post(administrator, `/people/${gwen}/state`, { state: "suspended" })).status).toBe(404);
  expect((await administrator.get(`/people/${gwen}`)).status).toBe(404);
  expect((await post(administrator, `/people/${await idOf("edie@wexcombe.example")}/state`, { state: "suspended" })).status).toBe(
    409,
  );
});

test("who was given a password chooses their own before anything else", async () => {
  await post(administrator, "/people", {
    name: "Noor New",
    email: "noor@wexcombe.example",
    password: samplePassword,
    roles: "analyst",
  });
  const noor = await hub.signIn("noor@wexcombe.example");
  expect((await noor.get("/datasets")).location).toBe("/password");
  const credentials = { email: "noor@wexcombe.example", password: samplePassword, address: "127.0.0.1", purpose: "" };
  await expect(logIn(credentials, hub.house)).rejects.toMatchObject({ code: "people.must-change" });
  const page = await noor.get("/password");
  const same = await noor.post("/password", { _csrf: csrfOf(page.body), now: samplePassword, next: samplePassword });
  expect(same.status).toBe(400);
  await noor.post("/password", { _csrf: csrfOf(page.body), now: samplePassword, next: "another three words" });
  expect((await noor.get("/datasets")).status).toBe(200);
  await expect(hub.signIn("noor@wexcombe.example")).rejects.toThrow("401");
});

test("wrong passwords count however many come at once, and are on record without what was typed", async () => {
  const stranger = hub.stranger();
  const csrf = csrfOf((await stranger.get("/sign-in")).body);
  const tries = await Promise.all(
    Array.from({ length: 24 }, (_, at) =>
      stranger.post("/sign-in", { _csrf: csrf, email: "amal@wexcombe.example", password: `guess ${at}` }),
    ),
  );
  expect(tries.filter(({ body }) => body.includes("too many wrong tries")).length).toBe(14);
  const entries = hub.house.audit.search({ action: "people.sign-in", outcome: "refused", limit: 100 }).map(({ entry }) => entry);
  expect(entries.filter(({ person }) => person !== null).length).toBeGreaterThanOrEqual(24);
  expect(JSON.stringify(entries)).not.toMatch(/guess|amal@/);
});

test("nothing a stranger uploads is kept, token or none", async () => {
  for (const [path, token] of [
    ["/sign-in", ""],
    ["/sources/new", "x"],
    ["/people", ""],
  ] as const) {
    const form = new FormData();
    form.set("_csrf", token);
    form.set("file", new Blob(["x".repeat(500_000)]), "big.csv");
    const reply = await fetch(hub.address + path, { method: "POST", body: form, redirect: "manual" });
    expect([303, 403]).toContain(reply.status);
  }
  expect(await readdir(hub.house.folder.landing)).toEqual([]);
});

test("a file that comes before the form's token is not kept", async () => {
  const amal = await hub.house.store.as<{ person: { id: string } }>().selectFrom("person").select("id").executeTakeFirst();
  expect(amal).toBeDefined();
  const body = '--b\r\ncontent-disposition: form-data; name="file"; filename="x.csv"\r\n\r\na,b\r\n--b--\r\n';
  const reply = await fetch(`${hub.address}/sources/new`, {
    method: "POST",
    body,
    headers: { "content-type": "multipart/form-data; boundary=b" },
    redirect: "manual",
  });
  expect([303, 403]).toContain(reply.status);
  expect(await readdir(hub.house.folder.landing)).toEqual([]);
});

test("a malformed origin is refused like any foreign one", async () => {
  const reply = await fetch(`${hub.address}/sign-in`, {
    method: "POST",
    headers: { origin: "nonsense" },
    body: new URLSearchParams({ email: "x" }),
  });
  expect(reply.status).toBe(403);
});
