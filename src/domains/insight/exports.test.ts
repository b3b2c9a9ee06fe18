import { createHash } from "node:crypto";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import * as fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openTestHouse, type TestHouse } from "../../../test/support/house.ts";
import { zipMembers } from "../../../test/support/zip.ts";
import type { Session } from "../../access/index.ts";
import type { RowsFormat } from "../../engine/index.ts";
import { addSource } from "../sources/index.ts";
import { cancelExport, describeExports, fetchExport, startExport, type ExportResult } from "./exports.ts";

let hub: TestHouse;
let now = Date.parse("2026-11-24T12:00:00Z");
let council: string;
let analyst: Session;
let files = 0;

beforeAll(async () => {
  hub = await openTestHouse({ clock: () => now });
  council = await hub.organisation("Testford Council");
  analyst = await hub.person({ name: "Ian Analyst", organisation: council, roles: ["analyst"], purpose: "planning" });
}, 60_000);
afterAll(() => hub.close());

/** What is hard to keep: zeros, quotes, lines, blanks, what stands for nothing, formulas, other scripts. */
const nasty = [
  "00042",
  "N/A",
  "NA",
  "NULL",
  "",
  " ",
  " led",
  'a "quoted" word',
  '"',
  "one, two",
  "a;b\tc|d",
  "two\nlines",
  "two\r\nlines",
  "=1+1",
  "+44",
  "-5",
  "@sum",
  "'quoted",
  "ﬁ – naïve 東京 😀",
  "﻿bom",
  "1e5",
  "1.50",
  "TRUE",
  "31/12/2026",
  "\\N",
  "<a & b>",
  "_x0041_",
  "lone\rreturn",
  "\ufffe",
  "\u0001 control",
] as const;

async function loadFile(name: string, bytes: Buffer | string): Promise<string> {
  files += 1;
  const path = join(hub.folder, `given-${files}-${name}`);
  await writeFile(path, bytes);
  const source = `${name} ${files}`;
  const { source: made, job } = await addSource(
    hub.house.gate.operatorSession(),
    { name: source, organisation: council, files: [{ name, path, keep: true }], dpia: "" },
    hub.house,
  );
  const ended = await hub.house.jobs.wait(job.id);
  await hub.house.jobs.idle();
  expect(ended.error).toBeNull();
  await hub.withoutPeople(made.datasetId);
  return made.datasetId;
}

async function exported(dataset: string, format: RowsFormat, version: number | null = null) {
  const { id } = await startExport(analyst, { dataset, format, version, on: null }, hub.house);
  const job = await hub.house.jobs.wait(id);
  expect(job.error).toBeNull();
  const made = await fetchExport(analyst, dataset, id, hub.house);
  const members = await zipMembers(await readFile(made.path));
  return { id, made, members, data: members.get(`data.${format}`) ?? Buffer.alloc(0) };
}

const csvOf = (rows: readonly (readonly string[])[]) =>
  rows.map((row) => `${row.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(",")}\n`).join("");
const hashOf = async (dataset: string) => (await hub.house.lake.findVersion(dataset))?.contentHash;
const sha256 = (bytes: Buffer) => createHash("sha256").update(bytes).digest("hex");

describe("the same rows back in", () => {
  let dataset: string;
  beforeAll(async () => {
    const rows = Array.from({ length: 60 }, (_, at) => [
      String(at + 1).padStart(4, "0"),
      nasty[at % nasty.length] ?? "",
      nasty[(at * 7) % nasty.length] ?? "",
      `word ${at}`,
    ]);
    dataset = await loadFile("nasty.csv", csvOf([["code", "first cell", 'a "second", cell', "word"], ...rows]));
  }, 60_000);

  test("as CSV give a version whose content hash is that of the file, and the same file again", async () => {
    const { data, made } = await exported(dataset, "csv");
    expect(made.rows).toBe(60);
    expect(made.rowsHash).toBe(sha256(data));
    const again = await loadFile("data.csv", data);
    expect(await hashOf(again)).toBe(made.rowsHash);
    const second = await exported(again, "csv");
    expect(second.data.equals(data)).toBe(true);
    const third = await loadFile("data.csv", second.data);
    expect(await hashOf(third)).toBe(await hashOf(again));
  });

  test.each<RowsFormat>(["parquet", "xlsx"])("as %s give the same rows hash", async (format) => {
    const { data, made } = await exported(dataset, format);
    const again = await loadFile(`data.${format}`, data);
    const second = await exported(again, "csv");
    expect(second.made.rowsHash).toBe((await exported(dataset, "csv")).made.rowsHash);
    expect(second.made.rowsHash).toBe(made.rowsHash);
  });

  test("whatever the cells are", { timeout: 120_000 }, async () => {
    const cell = fc.oneof(
      fc.constantFrom(...nasty),
      fc.string({ maxLength: 6 }).filter((text) => !text.includes("\0")),
    );
    const rows = fc.array(fc.tuple(cell, cell, cell), { minLength: 20, maxLength: 60 });
    await fc.assert(
      fc.asyncProperty(rows, fc.constantFrom<RowsFormat>("csv", "parquet"), async (cells, format) => {
        const first = await loadFile(
          "any.csv",
          csvOf([["name of it", "what it is", "where"], ...cells.map((row, at) => [`row ${at}`, ...row.slice(1)])]),
        );
        const { data, made } = await exported(first, format);
        const second = await exported(await loadFile(`data.${format}`, data), "csv");
        expect(second.made.rowsHash).toBe(made.rowsHash);
      }),
      { seed: 7, numRuns: 4, endOnFailure: true },
    );
  });
});

describe("a delivery", () => {
  test("says what it is, whose, and what each column is, for people and for programs", async () => {
    const dataset = await loadFile("pools.csv", "code,name,lat,lon\n001,North pool,53.4,-2.3\n002,South pool,,\n");
    const steward = await hub.person({ name: "Geo Steward", organisation: council, roles: ["steward"], purpose: "stewardship" });
    await hub.decide(steward, dataset, "lat", "geo.latitude");
    await hub.decide(steward, dataset, "lon", "geo.longitude");
    const { members, made, data } = await exported(dataset, "geojson");
    expect([...members.keys()].toSorted()).toEqual(["README.txt", "data.geojson", "datapackage.json", "dictionary.csv"]);
    expect(JSON.parse(data.toString())).toEqual({
      type: "FeatureCollection",
      features: [
        {
          type: "Feature",
          properties: { code: "001", name: "North pool", lat: "53.4", lon: "-2.3" },
          geometry: { type: "Point", coordinates: [-2.3, 53.4] },
        },
        { type: "Feature", properties: { code: "002", name: "South pool", lat: "", lon: "" }, geometry: null },
      ],
    });
    const readme = members.get("README.txt")?.toString() ?? "";
    for (const said of [
      "Source: ",
      "Testford Council, version 1",
      "Attribution: none recorded",
      "Licence: none recorded",
      sha256(data),
      made.rowsHash,
    ])
      expect(readme).toContain(said);
    expect(members.get("dictionary.csv")?.toString().split("\r\n")[3]).toMatch(/^lat,3,geo\.latitude,Latitude,/);
    const described = JSON.parse(members.get("datapackage.json")?.toString() ?? "") as {
      resources: { hash: string; rows: number }[];
    };
    expect(described.resources[0]).toMatchObject({ path: "data.geojson", hash: `sha256:${sha256(data)}`, rows: 2 });
  });

  test("of a sheet has text alone, so that no formula runs", async () => {
    const dataset = await loadFile("sums.csv", "code,name\n001,=1+1\n002,+2\n");
    const { data } = await exported(dataset, "xlsx");
    const sheet = (await zipMembers(data)).get("xl/worksheets/sheet1.xml")?.toString() ?? "";
    expect(sheet).toContain("=1+1");
    expect(sheet).not.toContain("<f>");
    expect(sheet).not.toMatch(/<v>/);
  });

  test("of a sheet is refused where a cell is longer than a sheet's", async () => {
    const dataset = await loadFile("long.csv", `code,text\n1,${"x".repeat(32_768)}\n`);
    const { id } = await startExport(analyst, { dataset, format: "xlsx", version: null, on: null }, hub.house);
    const job = await hub.house.jobs.wait(id);
    expect(job.error).toMatchObject({ code: "engine.not-written", message: expect.stringContaining("row 1 is longer") });
  });

  test("of an older version is of its rows", async () => {
    const dataset = await loadFile("grows.csv", "code,name\n1,a\n2,b\n");
    await hub.refresh(`grows.csv ${files}`, "code,name\n1,a\n");
    expect((await exported(dataset, "csv", 1)).made.rows).toBe(2);
    expect((await exported(dataset, "csv")).data.toString()).toBe("code,name\n1,a\n");
  });

  test("is refused where the format cannot hold it", async () => {
    const plain = await loadFile("plain.csv", "Name,name\na,b\n");
    const start = (format: string) => startExport(analyst, { dataset: plain, format, version: null, on: null }, hub.house);
    await expect(start("geojson")).rejects.toMatchObject({ code: "insight.export-no-place" });
    await expect(start("parquet")).rejects.toMatchObject({ code: "insight.export-names" });
    await expect(start("pdf")).rejects.toMatchObject({ code: "insight.export-format" });
  });
});

describe("an export", () => {
  let dataset: string;
  beforeAll(async () => {
    dataset = await loadFile("things.csv", "code,name\n1,a\n2,b\n");
  });
  const gone = { code: "insight.export-gone" };

  test("is for the person who asked alone, and each step is on record", async () => {
    const { id } = await exported(dataset, "csv");
    const colleague = await hub.person({ name: "Col League", organisation: council, roles: ["analyst"], purpose: "planning" });
    await expect(fetchExport(colleague, dataset, id, hub.house)).rejects.toMatchObject(gone);
    await expect(cancelExport(colleague, dataset, id, hub.house)).rejects.toMatchObject(gone);
    expect((await describeExports(colleague, dataset, hub.house)).exports).toEqual([]);
    await hub.house.audit.drain();
    const noted = hub.house.audit.search({ dataset, limit: 50 }).map(({ entry }) => entry);
    const of = (action: string) => noted.find((entry) => entry.action === action && entry.outcome === "done");
    expect(of("insight.export")).toMatchObject({
      session: "service",
      person: analyst.person?.id,
      purpose: "planning",
      data: [{ rows: 2 }],
    });
    expect(of("insight.fetch-export")?.data.at(-1)).toMatchObject({ dataset, rows: 2 });
  });

  test("is gone after a day", async () => {
    const { id } = await exported(dataset, "csv");
    now += 86_400_000;
    await expect(fetchExport(analyst, dataset, id, hub.house)).rejects.toMatchObject(gone);
  });

  test("is not given out once the dataset describes people", async () => {
    const { id } = await exported(dataset, "csv");
    const steward = await hub.person({ name: "Una Steward", organisation: council, roles: ["steward"], purpose: "stewardship" });
    await hub.decide(steward, dataset, "name", "person.surname");
    await expect(fetchExport(analyst, dataset, id, hub.house)).rejects.toMatchObject({ code: "access.refused" });
    await expect(startExport(analyst, { dataset, format: "csv", version: null, on: null }, hub.house)).rejects.toMatchObject({
      code: "insight.rows-of-people",
    });
  });

  test("of people, of others and by the operator is not made", async () => {
    const people = await hub.load({ name: "Residents", organisation: council, csv: "surname,born\nArkwright,1950-01-01\n" });
    const start = (session: Session, of: string) =>
      startExport(session, { dataset: of, format: "csv", version: null, on: null }, hub.house);
    await expect(start(analyst, people)).rejects.toMatchObject({ code: "insight.rows-of-people" });
    await expect(start(hub.house.gate.operatorSession(), dataset)).rejects.toMatchObject({ code: "insight.export-person" });
    const elsewhere = await hub.organisation("Elsewhere Council");
    const stranger = await hub.person({ name: "Sam Else", organisation: elsewhere, roles: ["analyst"], purpose: "planning" });
    await expect(start(stranger, people)).rejects.toMatchObject({ code: "access.missing" });
  });

  test("result tells what was written", async () => {
    const other = await loadFile("more.csv", "code,name\n1,a\n");
    const { id } = await exported(other, "csv");
    const [job] = (await describeExports(analyst, other, hub.house)).exports;
    expect(job?.id).toBe(id);
    expect(job?.result as ExportResult).toMatchObject({ rows: 1, name: expect.stringMatching(/ v1 csv\.zip$/) });
  });
});
