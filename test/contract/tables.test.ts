/** A file of several tables becomes as many sources; a newer load that spoils what was sound is refused; drift is said. */
import { createHash } from "node:crypto";
import { writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { addSource, getSource, listSources, refreshSource, type LoadResult } from "../../src/domains/sources/index.ts";
import { openTestHouse, type TestHouse } from "../support/house.ts";

let hub: TestHouse;
let organisation: string;
beforeAll(async () => {
  hub = await openTestHouse({ settings: { GUILDHALL_FETCH_INSIDE: "other.example, 127.0.0.1" } });
  organisation = await hub.organisation("Exampleton Council");
}, 60_000);
afterAll(() => hub.close());

const operator = () => hub.house.gate.operatorSession();
async function file(name: string, text: string) {
  const path = join(hub.folder, `${Math.random()}-${name}`);
  await writeFile(path, text);
  return { name, path, keep: true };
}
async function ended(job: { id: string }) {
  const done = await hub.house.jobs.wait(job.id);
  await hub.house.jobs.idle();
  return done;
}
const rows = (count: number, bad = 0) =>
  ["id,ward", ...Array.from({ length: count }, (_, at) => (at < bad ? `${at},a,b` : `${at},Ward ${at % 3}`))].join("\n");

describe("a file of several tables", () => {
  const book = JSON.stringify({
    pupils: [{ id: "1" }, { id: "2" }],
    staff: [{ ref: "7", post: "Head" }],
    rooms: [{ room: "A" }],
  });

  test("becomes as many sources, each with its own rows, and says so", async () => {
    const { source, job } = await addSource(
      operator(),
      { name: "School", organisation, files: [await file("school.json", book)] },
      hub.house,
    );
    const result = (await ended(job)).result as LoadResult;
    expect(result.notes.join(" ")).toContain(
      "The file holds 3 tables. The others are sources of their own: “School – staff”, “School – rooms”.",
    );
    const states = await listSources(operator(), hub.house);
    expect(states.map(({ source: own, version }) => [own.name, version?.rows])).toEqual([
      ["School", 2],
      ["School – rooms", 1],
      ["School – staff", 1],
    ]);
    // a newer file of it is read for its own table, and makes nothing new
    const newer = book.replace('{"id":"2"}', '{"id":"2"},{"id":"3"}');
    await ended((await refreshSource(operator(), source.id, [await file("school.json", newer)], hub.house)).job);
    expect((await listSources(operator(), hub.house)).map(({ version }) => version?.rows)).toEqual([3, 1, 1]);
  });

  test("is read for one table where that was asked for, and refused by name where there is none", async () => {
    const only = await addSource(
      operator(),
      { name: "Staff", organisation, files: [await file("school.json", book)], part: "staff" },
      hub.house,
    );
    expect(((await ended(only.job)).result as LoadResult).rowsLoaded).toBe(1);
    const none = await addSource(
      operator(),
      { name: "Nobody", organisation, files: [await file("school.json", book)], part: "governors" },
      hub.house,
    );
    expect((await ended(none.job)).error?.message).toContain(
      "There is no table “governors” in the file. It holds: pupils, staff, rooms.",
    );
  });
});

describe("a source on the web", () => {
  test("is fetched, fetched again where it changed, and what cannot be loaded comes again", async () => {
    let body = rows(3);
    let sent = 0;
    const server = createServer((request, reply) => {
      const etag = `"${createHash("sha256").update(body).digest("hex")}"`;
      if (request.headers["if-none-match"] === etag) return void reply.writeHead(304).end();
      sent += 1;
      return void reply.writeHead(200, { etag }).end(body);
    });
    await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/bins.csv`;
    try {
      const added = await addSource(operator(), { name: "Web", organisation, files: [], url }, hub.house);
      expect((await ended(added.job)).result).toMatchObject({ version: 1, rowsLoaded: 3, unchanged: false });
      const again = async () => ended((await refreshSource(operator(), "Web", [], hub.house)).job);
      expect((await again()).result).toMatchObject({ version: 1, rowsLoaded: 3, unchanged: true });
      expect(sent).toBe(1);
      body = '{"nothing": 1}';
      expect((await again()).error?.code).toBe("sources.unknown-format");
      expect((await again()).error?.code).toBe("sources.unknown-format");
      body = rows(4);
      expect((await again()).result).toMatchObject({ version: 2, rowsLoaded: 4 });
    } finally {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    }
    const inside = await addSource(
      operator(),
      { name: "Inside", organisation, files: [], url: url.replace("127.0.0.1", "localhost") },
      hub.house,
    );
    expect((await ended(inside.job)).error?.code).toBe("sources.url-inside");
  });
});

describe("a newer load", () => {
  test("that leaves more unread than the source allows is refused; the version before stays, and the owner may allow more", async () => {
    await ended(
      (await addSource(operator(), { name: "Members", organisation, files: [await file("m.csv", rows(100))] }, hub.house)).job,
    );
    const spoilt = await refreshSource(operator(), "Members", [await file("m.csv", rows(100, 6))], hub.house);
    expect((await ended(spoilt.job)).error?.message).toContain(
      "6 of 100 records could not be read, which is more than the 5 % this source allows.",
    );
    expect((await getSource(operator(), "Members", hub.house)).version?.number).toBe(1);
    const allowed = await refreshSource(operator(), "Members", [await file("m.csv", rows(100, 6))], hub.house, { badShare: 0.1 });
    expect((await ended(allowed.job)).result).toMatchObject({ version: 2, rowsLoaded: 94, rowsQuarantined: 6 });
    const few = await refreshSource(operator(), "Members", [await file("m.csv", rows(100, 9))], hub.house);
    expect((await ended(few.job)).result).toMatchObject({ version: 3 });
  });

  test("whose columns are others says which are new and which are gone", async () => {
    const job = await refreshSource(operator(), "Members", [await file("m.csv", "id,area\n1,North\n2,South\n")], hub.house);
    const result = (await ended(job.job)).result as LoadResult;
    expect(result.notes).toEqual(["The column “ward” is not in it any more.", "The column “area” is new."]);
  });
});
