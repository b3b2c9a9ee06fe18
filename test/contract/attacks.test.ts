/** What an attacker tries first: old and planted sessions, redirects, guesses, odd bodies, paths, names and times. */
import { existsSync } from "node:fs";
import { request } from "node:http";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { csrfOf, newVisitor, openSampleHub, samplePassword, type SampleHub, type Visitor } from "../support/sample-hub.ts";

const minute = 60_000;
let later = 0;
let hub: SampleHub;
beforeAll(async () => {
  hub = await openSampleHub({ clock: () => Date.now() + later });
}, 120_000);
afterAll(() => hub.close());
beforeEach(() => {
  later += 16 * minute; // a pause after too many guesses is over
});

async function post(visitor: Visitor, from: string, path: string, form: Record<string, string>) {
  return visitor.post(path, { _csrf: csrfOf((await visitor.get(from)).body), ...form });
}

/** Sends a path as it stands; `fetch` would tidy it up. */
async function raw(path: string, headers: Record<string, string> = {}): Promise<{ status: number; body: string }> {
  const { hostname, port } = new URL(hub.address);
  return new Promise((resolve, reject) => {
    request({ hostname, port, path, headers }, (reply) => {
      let body = "";
      reply.on("data", (chunk: Buffer) => (body += chunk.toString()));
      reply.on("end", () => resolve({ status: reply.statusCode ?? 0, body }));
    })
      .on("error", reject)
      .end();
  });
}

describe("a session", () => {
  test("ends after 30 minutes without use, and after 12 hours with it", async () => {
    const idle = await hub.signIn("amal@wexcombe.example");
    later += 29 * minute;
    expect((await idle.get("/datasets")).status).toBe(200);
    later += 31 * minute;
    expect((await idle.get("/datasets")).location).toMatch(/^\/sign-in/);
    const busy = await hub.signIn("amal@wexcombe.example");
    for (let at = 0; at < 28; at += 1) {
      later += 25 * minute;
      expect((await busy.get("/purpose")).status).toBe(200);
    }
    later += 25 * minute;
    expect((await busy.get("/purpose")).location).toMatch(/^\/sign-in/);
  });

  test("of a token ends on its day", async () => {
    const amal = await hub.signIn("amal@wexcombe.example");
    const made = await post(amal, "/tokens", "/tokens", { name: "x", purpose: "", days: "1" });
    const authorization = `Bearer ${/gh_[0-9a-z]{32}/.exec(made.body)?.[0] ?? ""}`;
    const status = async () => (await fetch(`${hub.address}/api/v1/me`, { headers: { authorization } })).status;
    later += 23 * 60 * minute;
    expect(await status()).toBe(200);
    later += 2 * 60 * minute;
    expect(await status()).toBe(401);
  });

  test("is not the one that was planted before the sign-in", async () => {
    const planted = "0123456789abcdefghjkmnpqrstvwxyz";
    const page = await fetch(`${hub.address}/sign-in`, { headers: { cookie: `guildhall=${planted}` } });
    const visitor = /guildhall-visitor=([0-9a-z]+)/.exec(page.headers.get("set-cookie") ?? "")?.[1] ?? "";
    const reply = await fetch(`${hub.address}/sign-in`, {
      method: "POST",
      redirect: "manual",
      headers: { cookie: `guildhall=${planted}; guildhall-visitor=${visitor}` },
      body: new URLSearchParams({ _csrf: csrfOf(await page.text()), email: "amal@wexcombe.example", password: samplePassword }),
    });
    expect(reply.status).toBe(303);
    expect(reply.headers.getSetCookie().find((line) => line.startsWith("guildhall="))).not.toContain(planted);
    const after = await fetch(`${hub.address}/datasets`, { headers: { cookie: `guildhall=${planted}` }, redirect: "manual" });
    expect(after.status).toBe(303);
  });

  test("has cookies that no script reads, no other site sends, and behind TLS no plain connection carries", async () => {
    const headers = { "x-forwarded-proto": "https" };
    const page = await fetch(`${hub.address}/sign-in`, { headers });
    const cookie = (page.headers.getSetCookie()[0] ?? "").split(";")[0] ?? "";
    const reply = await fetch(`${hub.address}/sign-in`, {
      method: "POST",
      redirect: "manual",
      headers: { ...headers, cookie },
      body: new URLSearchParams({ _csrf: csrfOf(await page.text()), email: "amal@wexcombe.example", password: samplePassword }),
    });
    const session = reply.headers.getSetCookie()[0]?.split(";")[0] ?? "";
    const purpose = await fetch(`${hub.address}/purpose`, { headers: { ...headers, cookie: session } });
    const html = await purpose.text();
    const chosen = await fetch(`${hub.address}/purpose`, {
      method: "POST",
      redirect: "manual",
      headers: { ...headers, cookie: session },
      body: new URLSearchParams({ _csrf: csrfOf(html), choice: /value="(org_[^"]+)"/.exec(html)?.[1] ?? "" }),
    });
    const set = [page, reply, chosen].flatMap((each) => each.headers.getSetCookie());
    expect(set.map((line) => line.split("=")[0])).toEqual(["guildhall-visitor", "guildhall", "guildhall-flash"]);
    for (const line of set) expect(line).toMatch(/(?=.*; HttpOnly)(?=.*; Secure)(?=.*; SameSite=Lax)/);
  });
});

describe("sign-in", () => {
  test.each([
    ["//evil.example", "/"],
    ["https://evil.example/", "/"],
    ["/\\evil.example", "/"],
    ["/\t/evil.example", "/"],
    ["javascript:alert(1)", "/"],
    ["/datasets\r\nset-cookie: guildhall=planted", "/"],
    ["/datasets\u0000", "/"],
    ["/datasets?words=\u2713", "/"],
    ["/datasets?words=tax", "/datasets?words=tax"],
  ])("leads on to %j as %s", async (next, to) => {
    const visitor = newVisitor(hub.address);
    const reply = await post(visitor, "/sign-in", "/sign-in", { email: "amal@wexcombe.example", password: samplePassword, next });
    expect([reply.status, reply.location]).toEqual([303, to]);
    expect(reply.headers).not.toContain("planted");
  });

  test("gives one address a hundred wrong guesses over all accounts, and others theirs", async () => {
    const guess = async (email: string, address: string) => {
      const page = await fetch(`${hub.address}/sign-in`);
      const cookie = (page.headers.getSetCookie()[0] ?? "").split(";")[0] ?? "";
      const body = new URLSearchParams({ _csrf: csrfOf(await page.text()), email, password: "Summer2026!!" });
      const headers = { cookie, "x-forwarded-for": address };
      return (await fetch(`${hub.address}/sign-in`, { method: "POST", headers, body })).text();
    };
    const replies: string[] = [];
    for (let at = 0; at < 108; at += 9)
      replies.push(
        ...(await Promise.all(Array.from({ length: 9 }, (_, more) => guess(`person${at + more}@wexcombe.example`, "192.0.2.7")))),
      );
    expect(replies.filter((body) => body.includes("too many wrong tries")).length).toBe(8);
    expect(await guess("somebody@wexcombe.example", "192.0.2.8")).not.toContain("too many wrong tries");
  });

  test("takes as long for an address that has no account", async () => {
    const visitor = newVisitor(hub.address);
    const csrf = csrfOf((await visitor.get("/sign-in")).body);
    const time = async (email: string) => {
      const from = performance.now();
      await visitor.post("/sign-in", { _csrf: csrf, email, password: "a wrong password" });
      return performance.now() - from;
    };
    const known: number[] = [];
    const unknown: number[] = [];
    for (let at = 0; at < 8; at += 1) {
      known.push(await time("gwen@vale.example"));
      unknown.push(await time("nobody@vale.example"));
    }
    const ratio = Math.min(...unknown) / Math.min(...known); // the least of each is the least disturbed
    expect(ratio).toBeGreaterThan(0.5);
    expect(ratio).toBeLessThan(2);
  });

  test("cannot be got around at the page that changes a password", async () => {
    const farid = await hub.signIn("farid@vale.example");
    const guess = async (now: string) => post(farid, "/password", "/password", { now, next: "another three words" });
    for (let at = 0; at < 10; at += 1) expect((await guess(`guess ${at}`)).body).toContain("not your password");
    const right = await guess(samplePassword);
    expect(right.location).toBeNull();
    expect(right.body).toContain("too many wrong tries");
  });
});

describe("what is sent", () => {
  test("as JSON where a form is meant is no fault", async () => {
    const page = await fetch(`${hub.address}/sign-in`);
    const cookie = (page.headers.getSetCookie()[0] ?? "").split(";")[0] ?? "";
    const token = csrfOf(await page.text());
    for (const body of [{ _csrf: token, email: { a: 1 }, password: ["x"] }, { _csrf: [token], email: 7 }, [], "x", null]) {
      const reply = await fetch(`${hub.address}/sign-in`, {
        method: "POST",
        headers: { cookie, "content-type": "application/json" },
        body: JSON.stringify(body),
      });
      expect(reply.status, JSON.stringify(body)).toBeLessThan(500);
    }
  });

  test("as a path with dots leads nowhere", async () => {
    for (const path of [
      "/assets/../main.js",
      "/assets/..%2fmain.js",
      "/assets/%2e%2e/%2e%2e/package.json",
      "/assets/..%5c..%5cpackage.json",
      "/assets//etc/passwd",
      "/../../etc/passwd",
      "/sources/..%2f..%2fetc%2fpasswd",
    ]) {
      const { status, body } = await raw(path);
      expect([303, 400, 403, 404], path).toContain(status);
      expect(body, path).not.toMatch(/root:|"name": "guildhall"|runCli/);
    }
  });

  test("as a file's name with dots names no other place", async () => {
    const amal = await hub.signIn("amal@wexcombe.example");
    const page = await amal.get("/sources/new");
    const name = "../../../../escaped.csv";
    const reply = await amal.upload("/sources/new", csrfOf(page.body), { name, body: "tree,height\nOak,12\n" });
    expect(reply.location).toMatch(/^\/sources\/src_/);
    for (let { body } = await amal.get(reply.location ?? "/"); body.includes("Cancel the load");)
      ({ body } = await amal.get(reply.location ?? "/"));
    expect((await amal.get(reply.location ?? "/")).body).toContain("Loaded from the file escaped.csv");
    let at = hub.house.folder.landing;
    for (let up = 0; up < 5; up += 1, at = dirname(at)) expect(existsSync(join(at, "escaped.csv"))).toBe(false);
  });

  test("as a record that a spreadsheet would run stands in a file as text", async () => {
    const amal = await hub.signIn("amal@wexcombe.example");
    const page = await amal.get("/sources/new");
    const body = 'a,b\n1,2\n=HYPERLINK("http://evil.example"),2,3\n@SUM(A1),2,3\n+1,2,3\n-1,2,3\n';
    const reply = await amal.upload("/sources/new", csrfOf(page.body), { name: "formula.csv", body });
    for (let shown = (await amal.get(reply.location ?? "/")).body; shown.includes("Cancel the load");)
      shown = (await amal.get(reply.location ?? "/")).body;
    const csv = (await amal.get(`${reply.location}/quarantine.csv`)).body;
    const raws = csv
      .trimEnd()
      .split("\r\n")
      .slice(1)
      .map((line) => /"((?:[^"]|"")*)"$/.exec(line)?.[1]);
    expect(raws).toEqual([`'=HYPERLINK(""http://evil.example""),2,3`, "'@SUM(A1),2,3", "'+1,2,3", "'-1,2,3"]);
  });
});

describe("what is told", () => {
  test("is kept by no cache, whoever asks and however it ends", async () => {
    const amal = await hub.signIn("amal@wexcombe.example");
    const told = [
      ...(await Promise.all(
        ["/", "/datasets", "/nothing", "/sources/x", "/tokens", "/sign-in"].map(async (path) => amal.get(path)),
      )),
      ...(await Promise.all(
        ["/datasets", "/api/v1/me", "/api/nothing", "/api/openapi.json", "/healthz"].map(async (path) =>
          hub.stranger().get(path),
        ),
      )),
    ];
    expect(told.filter(({ headers }) => !headers.includes("cache-control: no-store"))).toEqual([]);
    expect((await amal.get("/assets/style.css")).headers).toContain("cache-control: public, max-age=3600");
  });

  test("of another organisation's link project is what is told of none", async () => {
    const gwen = await hub.signIn("gwen@vale.example");
    const { id } = await hub.house.store
      .as<{ link_project: { id: string } }>()
      .selectFrom("link_project")
      .select("id")
      .executeTakeFirstOrThrow();
    const words = ({ status, body }: { status: number; body: string }) =>
      `${status} ${/<main.*<\/main>/s.exec(body)?.[0].replaceAll(/[0-9A-Z]{8}|lnk_\w+/g, "") ?? ""}`;
    const none = id.replace(/...$/, "000");
    for (const [method, path] of [
      ["GET", ""],
      ["POST", "/run"],
      ["GET", "/why?left=dst_x:1&right=dst_y:2"],
    ] as const) {
      const ask = async (project: string) =>
        words(
          method === "GET"
            ? await gwen.get(`/links/${project}${path}`)
            : await post(gwen, "/purpose", `/links/${project}${path}`, {}),
        );
      expect(await ask(id), path).toBe(await ask(none));
    }
  });

  test("of records that could not be read is exact for who looks after them, and rounded for others", async () => {
    const source = await hub.house.store
      .as<{ source: { name: string; dataset_id: string } }>()
      .selectFrom("source")
      .select("dataset_id")
      .where("name", "=", "Council tax")
      .executeTakeFirstOrThrow();
    const version = await hub.house.lake.findVersion(source.dataset_id);
    const [rows, bad] = [version?.rows ?? 0, version?.quarantined ?? 0];
    expect([rows % 5 === 0, bad > 0 && bad < 10]).toEqual([false, true]);
    const shown = async (email: string, path: string) =>
      (await (await hub.signIn(email)).get(path)).body.replaceAll(/<[^>]*>/g, " ").replaceAll(/\s+/g, " ");
    const page = `/datasets/${source.dataset_id}`;
    const exact = rows.toLocaleString("en-GB");
    expect(await shown("amal@wexcombe.example", page)).toMatch(new RegExp(`Rows ${exact}.*Quarantined ${bad} `));
    for (const path of [page, "/datasets", "/questions"]) {
      const told = await shown("bram@wexcombe.example", path);
      expect(told, path).not.toContain(exact);
      expect(told, path).not.toMatch(new RegExp(`Quarantined ${bad} `));
    }
  });
});
