import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { fetchUrl, type FetchOptions } from "./fetch-url.ts";
import { isInside } from "./inside-network.ts";

let folder: string;
let servers: Server[] = [];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "guildhall-fetch-"));
});
afterEach(async () => {
  for (const server of servers) {
    server.closeAllConnections();
    await new Promise((done) => server.close(done));
  }
  servers = [];
  rmSync(folder, { recursive: true, force: true });
});

async function serve(answer: RequestListener): Promise<string> {
  const server = createServer(answer);
  servers.push(server);
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
const fetchTo = (address: string, changes: Partial<FetchOptions> = {}) =>
  fetchUrl(address, join(folder, "got"), {
    held: { etag: null, lastModified: null },
    allowed: ["127.0.0.1"],
    signal: new AbortController().signal,
    ...changes,
  });
const codeOf = (work: Promise<unknown>) =>
  work.then(
    () => "done",
    (error: { code?: string; message: string }) => `${error.code ?? "?"}: ${error.message}`,
  );

describe("a web address", () => {
  test("is fetched whole, with its name and what the server says of it; the next time it need not send it", async () => {
    const asked: (string | undefined)[] = [];
    const address = await serve((request, reply) => {
      asked.push(request.headers["if-none-match"]);
      if (request.headers["if-none-match"] === '"one"') reply.writeHead(304).end();
      else reply.writeHead(200, { etag: '"one"', "last-modified": "Tue, 03 Nov 2026 10:00:00 GMT" }).end("a,b\n1,2\n");
    });
    const first = await fetchTo(`${address}/exports/bin%20rounds.csv?year=2026`);
    expect(first).toEqual({
      kind: "file",
      name: "bin rounds.csv",
      validators: { etag: '"one"', lastModified: "Tue, 03 Nov 2026 10:00:00 GMT" },
    });
    expect(readFileSync(join(folder, "got"), "utf8")).toBe("a,b\n1,2\n");
    expect(await fetchTo(address, { held: { etag: '"one"', lastModified: null } })).toEqual({ kind: "unchanged" });
    expect(asked).toEqual([undefined, '"one"']);
  });

  test("takes the name that the server gives, without a folder", async () => {
    const address = await serve((_, reply) =>
      reply.writeHead(200, { "content-disposition": 'attachment; filename="../../etc/list.csv"' }).end("x"),
    );
    expect(await fetchTo(address)).toMatchObject({ name: "list.csv" });
  });
});

describe("this machine and private networks", () => {
  test.each([
    "127.0.0.1", "127.9.9.9", "10.1.2.3", "172.16.0.1", "172.31.255.255", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0",
    "224.0.0.1", "255.255.255.255", "::1", "::", "fe80::1", "fd00::1", "fc00::1", "::ffff:127.0.0.1", "::ffff:7f00:1", "64:ff9b::7f00:1", "not an address",
  ])("%s is inside", (address) => expect(isInside(address)).toBe(true)); // prettier-ignore
  test.each(["1.1.1.1", "172.32.0.1", "192.169.0.1", "100.128.0.1", "2a00:1450:4009::1", "::ffff:8.8.8.8"])(
    "%s is not",
    (address) => expect(isInside(address)).toBe(false),
  );

  test.each([
    "http://127.0.0.1:1/x",
    "http://localhost:1/x",
    "http://[::1]:1/x",
    "http://2130706433/x",
    "http://0x7f.1/x",
    "http://[::ffff:127.0.0.1]/x",
  ])("%s is refused unless it is allowed", async (address) => {
    expect(await codeOf(fetchTo(address, { allowed: [] }))).toMatch(/^sources\.url-inside: .* private network/);
  });

  test("are refused after a redirect as well, and nothing was asked there", async () => {
    let asked = 0;
    const secret = await serve((_, reply) => {
      asked += 1;
      reply.end("secret");
    });
    const port = new URL(secret).port;
    const address = await serve((_, reply) => reply.writeHead(302, { location: `http://localhost:${port}/` }).end());
    expect(await codeOf(fetchTo(address))).toMatch(/^sources\.url-inside: localhost/);
    expect([asked, readdirSync(folder)]).toEqual([0, []]);
  });
});

describe("what goes wrong is told, and leaves nothing", () => {
  const cases: readonly (readonly [string, RequestListener, RegExp])[] = [
    ["an error", (_, reply) => void reply.writeHead(500).end("no"), /answered with status 500/],
    ["a ring of redirects", (_, reply) => void reply.writeHead(302, { location: "/" }).end(), /redirects more than 5 times/],
    ["another scheme", (_, reply) => void reply.writeHead(302, { location: "file:///etc/passwd" }).end(), /is no web address/],
    ["more than is allowed", (_, reply) => void reply.end(Buffer.alloc(2_000_000)), /sends more than 1 MB/],
    [
      "a byte now and then",
      (_, reply) => {
        reply.writeHead(200);
        const drip = setInterval(() => reply.write("x"), 40);
        reply.on("close", () => clearInterval(drip));
      },
      /sends too slowly/,
    ],
    ["silence", () => undefined, /did not answer in time/],
    [
      "a connection that breaks half-way",
      (_, reply) => {
        reply.writeHead(200, { "content-length": "100" });
        reply.write("half");
        setTimeout(() => reply.destroy(), 20);
      },
      /the connection broke/,
    ],
  ];
  test.each(cases)("%s", async (_, answer, words) => {
    const address = await serve(answer);
    const limits = { bytes: 1_000_000, answerMs: 300, slowMs: 200, slowBytes: 1000 };
    expect(await codeOf(fetchTo(address, { limits }))).toMatch(words);
    expect(readdirSync(folder)).toEqual([]);
  });

  test.each([
    ["ftp://example.org/x", /is no web address/],
    ["nothing at all", /is no web address/],
    ["https://user:word@example.org/x", /holds a user name or a password/],
  ])("%s is not asked", async (address, words) => {
    expect(await codeOf(fetchTo(address))).toMatch(words);
  });

  test("a load that is cancelled stops at once", async () => {
    const abort = new AbortController();
    const address = await serve((_, reply) => {
      reply.writeHead(200);
      reply.write("begun");
      setTimeout(() => abort.abort(), 30);
    });
    await expect(fetchTo(address, { signal: abort.signal })).rejects.toMatchObject({ code: "engine.cancelled" });
    expect(readdirSync(folder)).toEqual([]);
  });
});
