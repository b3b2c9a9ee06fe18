/** What holds of every door: strangers are turned away, forms must be ours, errors have one shape, public routes say so. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { modules } from "../../src/build-house.ts";
import { errorShape } from "../../src/faces/http/api.ts";
import { csrfOf, openSampleHub, samplePeople, type SampleHub } from "../support/sample-hub.ts";

let hub: SampleHub;
beforeAll(async () => {
  hub = await openSampleHub();
}, 120_000);
afterAll(() => hub.close());

const pages = modules.flatMap((module) => module.pages ?? []);
const routes = modules.flatMap((module) => module.routes ?? []);
const concrete = (path: string) => path.replaceAll(/:\w+/g, "x");

test("there are doors to try", () => {
  expect(pages.length).toBeGreaterThan(40);
  expect(routes.length).toBeGreaterThan(8);
});

describe("a stranger", () => {
  test.each(pages.filter(({ method, public: open }) => method === "GET" && !open).map(({ path }) => path))(
    "is asked to sign in at %s",
    async (path) => {
      const reply = await hub.stranger().get(concrete(path));
      expect([reply.status, reply.location?.split("?")[0]]).toEqual([303, "/sign-in"]);
    },
  );

  test.each(pages.filter(({ method }) => method === "POST").map(({ path }) => path))("cannot post to %s", async (path) => {
    const reply = await hub.stranger().post(concrete(path), { name: "x" });
    expect([`303 ${reply.location?.split("?")[0]}`, "403 null"]).toContain(
      `${reply.status} ${reply.location}`.replace(/\?.*/, ""),
    );
    expect(reply.location ?? "/sign-in").toMatch(/^\/sign-in/);
  });

  test.each(routes.filter(({ public: open }) => !open).map(({ method, path }) => `${method} ${path}`))(
    "without a token is turned away at %s",
    async (route) => {
      const [method = "", path = ""] = route.split(" ");
      for (const authorization of ["", "Bearer gh_00000000000000000000000000000000", "Bearer x", "Basic eDp5"]) {
        const reply = await fetch(`${hub.address}/api/v1${concrete(path)}`, {
          method,
          headers: { authorization, "content-type": "application/json" },
          ...(method === "GET" ? {} : { body: "{}" }),
        });
        expect(reply.status).toBe(401);
        expect(errorShape.parse(await reply.json()).error.code).toBe("api.no-token");
      }
    },
  );

  test("gets one error shape from the API, whatever is wrong", async () => {
    for (const path of ["/api/v1/nothing", "/api/nothing", "/api/v1/datasets/%00", "/api/v1/datasets?limit=no"]) {
      const reply = await fetch(hub.address + path);
      expect(reply.status).toBeLessThan(500);
      expect(errorShape.safeParse(await reply.json()).success).toBe(true);
    }
  });
});

describe("a signed-in person", () => {
  test.each(pages.filter(({ method, path }) => method === "POST" && path !== "/sign-out").map(({ path }) => path))(
    "cannot be made to post to %s from elsewhere",
    async (path) => {
      const visitor = await hub.signIn("amal@wexcombe.example");
      const reply = await visitor.post(concrete(path), { _csrf: "00000000000000000000000000000000" });
      expect(reply.status).toBe(403);
      expect(reply.body).toContain("did not come from a page that you have open here");
    },
  );

  test("is refused with one sentence and a reference, and the record of use has it", async () => {
    const visitor = await hub.signIn("bram@wexcombe.example");
    const reply = await visitor.get("/referrals");
    expect(reply.status).toBe(403);
    const reference = /Reference ([0-9A-Z]{8})/.exec(reply.body)?.[1] ?? /<code>([0-9A-Z]{8})<\/code>/.exec(reply.body)?.[1];
    expect(reply.body).toContain("Not found, or not available to you");
    const found = hub.house.audit.search({ reference: reference ?? "", limit: 5 });
    expect(found.map(({ entry }) => [entry.action, entry.outcome, entry.reason])).toEqual([["cases.list", "refused", "role"]]);
  });

  test("keeps no way in with a forged, an old or a replayed cookie", async () => {
    for (const cookie of ["guildhall=forged", `guildhall=${"0".repeat(32)}`, "guildhall=; guildhall-visitor=x"]) {
      const reply = await fetch(`${hub.address}/datasets`, { headers: { cookie }, redirect: "manual" });
      expect(reply.status).toBe(303);
    }
    const visitor = await hub.signIn("amal@wexcombe.example");
    const page = await visitor.get("/");
    expect((await visitor.post("/sign-out", { _csrf: csrfOf(page.body) })).status).toBe(303);
    expect((await visitor.get("/datasets")).status).toBe(303);
  });

  test("is signed out by a wrong password's count only for a while", async () => {
    const stranger = hub.stranger();
    const form = { email: "nobody@wexcombe.example", password: "wrong", _csrf: csrfOf((await stranger.get("/sign-in")).body) };
    for (let tries = 0; tries < 10; tries += 1) expect((await stranger.post("/sign-in", form)).status).toBe(401);
    expect((await stranger.post("/sign-in", form)).body).toContain("too many wrong tries");
  });
});

describe("the descriptions", () => {
  test("OpenAPI names every route, and only public ones have empty security", async () => {
    const description = (await (await fetch(`${hub.address}/api/openapi.json`)).json()) as {
      openapi: string;
      paths: Record<string, Record<string, { security?: unknown[]; summary?: string }>>;
    };
    expect(description.openapi).toBe("3.1.0");
    for (const route of routes) {
      const operation = description.paths[`/api/v1${route.path.replaceAll(/:(\w+)/g, "{$1}")}`]?.[route.method.toLowerCase()];
      expect(operation?.summary, route.path).toBe(route.summary);
      expect(operation?.security, route.path).toEqual(route.public ? [] : undefined);
    }
  });

  test("every page carries the policy that allows no inline script", async () => {
    const reply = await hub.stranger().get("/sign-in");
    expect(reply.headers).toMatch(/content-security-policy: default-src 'none';script-src 'self';style-src 'self'/);
    expect(reply.body).not.toMatch(/<script(?![^>]*src=)/);
    expect(reply.body).not.toMatch(/ style="/);
  });

  test("every sample person is said to be invented on every page", async () => {
    expect(samplePeople.length).toBeGreaterThan(5);
    expect((await hub.stranger().get("/")).body).toContain("Everyone here is invented");
  });
});
