/**
 * Three real files of Trafford, put into an empty hub by hand through the web: loaded whole, typed, described, asked and
 * drawn; lent to a partner under an agreement of two signatures, and gone at the next request after its end. The expected
 * figures are counted here from the files themselves. Skipped where the open data is absent.
 */
import { existsSync, readFileSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { runProgram, startProgram, type Running } from "../support/program.ts";
import { csrfOf, newVisitor, type Visitor } from "../support/sample-hub.ts";

const reference = process.env["GUILDHALL_REFERENCE_DATA"] ?? fileURLToPath(new URL("../../../shared/data", import.meta.url));
const trafford = join(reference, "trafford");
const files = ["schools.csv", "road_casualties_2019-2024.csv", "population_lsoa_2024.csv"] as const;

/** None of the three quotes a field that holds a line end or a comma in the columns that are looked at here. */
function rowsOf(name: (typeof files)[number]): readonly Readonly<Record<string, string>>[] {
  const [header = "", ...lines] = readFileSync(join(trafford, name), "utf8").trimEnd().split(/\r?\n/);
  const names = header.split(",");
  return lines.map((line) => Object.fromEntries(line.split(",").map((cell, at) => [names[at] ?? "", cell])));
}

describe.skipIf(!existsSync(trafford))("three files of Trafford (skipped where the open data is absent)", () => {
  let folder: string;
  let data: string;
  let hub: Running;
  let sam: Visitor;
  let pat: Visitor;
  const datasets = new Map<string, string>();

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "guildhall-trafford-"));
    data = join(folder, "data");
    hub = await startProgram(["--empty"], { data });
    sam = newVisitor(hub.address);
    const link = /\/set-up\/\w+/.exec(hub.out())?.[0] ?? "";
    await sam.post(link, {
      _csrf: csrfOf((await sam.get(link)).body),
      place: "Exampleton",
      organisation: "Exampleton Council",
      kind: "council",
      name: "Sam Example",
      email: "sam@example.org",
      password: "three words apart",
    });
  }, 60_000);
  afterAll(async () => {
    await hub.stop();
    await rm(folder, { recursive: true, force: true });
  });

  const day = (later: number) => new Date(Date.now() + later * 86_400_000).toISOString().slice(0, 10);
  const send = async (who: Visitor, at: string, path: string, form: Record<string, string>) => {
    const reply = await who.post(path, { _csrf: csrfOf((await who.get(at)).body), ...form });
    expect([path, reply.status]).toEqual([path, 303]);
    return reply.location ?? "";
  };
  const columnOf = (html: string, name: string) =>
    new RegExp(`<option value="(\\d+)"[^>]*>${name.replaceAll("_", "[_ ]")}\\b`, "i").exec(html)?.[1] ?? "";
  const ask = async (who: Visitor, dataset: string, query: Record<string, string>) =>
    who.get(`/questions/show?${new URLSearchParams({ dataset, ...query }).toString()}`);

  test("each is loaded whole, and its columns are known for what they are", { timeout: 60_000 }, async () => {
    const types = {
      "schools.csv": ["Postcode", "Web address", "Latitude"],
      "road_casualties_2019-2024.csv": ["Date", "Sex", "Longitude"],
      "population_lsoa_2024.csv": ["Area code (GSS)", "Date", "Number"],
    };
    for (const name of files) {
      const body = readFileSync(join(trafford, name), "utf8");
      const { location } = await sam.upload("/sources/new", csrfOf((await sam.get("/sources/new")).body), { name, body });
      let page = "";
      do page = (await sam.get(location ?? "")).body;
      while (/Cancel the load|queued/i.test(page));
      const dataset = /\/datasets\/(dst_\w+)/.exec(page)?.[1] ?? "";
      datasets.set(name, dataset);
      expect(page).toContain(rowsOf(name).length.toLocaleString("en-GB"));
      const shown = (await sam.get(`/datasets/${dataset}`)).body;
      for (const type of types[name]) expect(shown).toContain(type);
    }
  });

  test("a question is answered as table, chart and map", { timeout: 60_000 }, async () => {
    const places = datasets.get("population_lsoa_2024.csv") ?? "";
    const sex =
      /href="(\/datasets\/\w+\/columns\/\d+)"[^>]*>\s*sex\s*</.exec((await sam.get(`/datasets/${places}`)).body)?.[1] ?? "";
    await send(sam, sex, sex, { type: "category" }); // the sexes are groups here, not persons
    await send(sam, `/datasets/${places}/describe`, `/datasets/${places}/describe`, {
      title: "Population",
      description: "Residents of each area, by sex.",
      owner: "Head of insight",
      lawfulBasis: "",
      dpia: "",
      openness: "open",
      opennessReason: "",
      attribution: "Office for National Statistics",
      reviewDate: "2027-06-01",
      people: "no",
      peopleReason: "Estimates for areas, no rows of people.",
    });
    const boundaries = readFileSync(join(trafford, "boundaries/lsoa-2021.geojson"), "utf8");
    const page = await sam.get("/areas/new");
    const areas = await sam.upload("/areas/new", csrfOf(page.body), { name: "lsoa-2021.geojson", body: boundaries });
    expect(areas.status).toBe(303);
    const choice = /name="choice"[^>]*value="([^"]+ planning)"/.exec((await sam.get("/purpose")).body)?.[1] ?? "";
    await send(sam, "/purpose", "/purpose", { choice });
    const builder = (await sam.get(`/questions/new?dataset=${places}`)).body;
    const answer = await ask(sam, places, {
      measure: "value",
      how: "sum",
      of: columnOf(builder, "all_ages"),
      by: columnOf(builder, "area_code"),
      c1: columnOf(builder, "sex"),
      o1: "is",
      v1: "Persons",
    });
    expect(answer.status).toBe(200);
    expect(answer.body.match(/<svg[^>]*role="img"/g)?.length).toBeGreaterThanOrEqual(2);
    const persons = rowsOf("population_lsoa_2024.csv").filter(({ sex }) => sex === "Persons");
    expect(persons.length).toBeGreaterThan(100);
    const total = persons.reduce((sum, row) => sum + Number(row["all_ages"]), 0);
    expect(answer.body).toContain(total.toLocaleString("en-GB"));
    for (const row of persons.slice(0, 5)) expect(answer.body).toContain(Number(row["all_ages"]).toLocaleString("en-GB"));
  });

  test("lent under an agreement of two signatures, and gone when it ends", { timeout: 60_000 }, async () => {
    const casualties = datasets.get("road_casualties_2019-2024.csv") ?? "";
    await writeFile(join(folder, "password"), "four words far apart");
    const guildhall = async (...argv: string[]) => {
      const ended = await runProgram(argv, { data });
      expect([argv[0], ended.code, ended.err]).toEqual([argv[0], 0, ""]);
    };
    await guildhall("organisation", "add", "Exampleton Police", "--kind", "police");
    const details = ["--name", "Pat Partner", "--organisation", "Exampleton Police", "--roles", "analyst,governance,signatory"];
    await guildhall("person", "add", "pat@example.org", ...details, "--password-file", join(folder, "password"));
    pat = newVisitor(hub.address);
    await send(pat, "/sign-in", "/sign-in", { email: "pat@example.org", password: "four words far apart" });
    await send(pat, "/password", "/password", { now: "four words far apart", next: "five words that are apart" });
    const choice = /name="choice"[^>]*value="([^"]+ planning)"/.exec((await pat.get("/purpose")).body)?.[1] ?? "";
    await send(pat, "/purpose", "/purpose", { choice });
    expect((await ask(pat, casualties, { measure: "count" })).status).toBe(404);

    const draft = await sam.get("/agreements/new");
    const police = /<option value="(org_\w+)"[^>]*>Exampleton Police/.exec(draft.body)?.[1] ?? "";
    const agreement = await send(sam, "/agreements/new", "/agreements/new", {
      title: "Safer roads",
      partner: police,
      objective: "To see where people are hurt on the roads; counts by place and kind are enough.",
      lawfulBasis: "Road Traffic Act 1988, section 39",
      dpia: "DPIA-2026-007",
      telling: "On the council's page on road safety.",
      startsOn: day(0),
      endsOn: day(700),
      minCell: "10",
    });
    const lendPage = await sam.get(`${agreement}/lend?dataset=${casualties}&use=planning`);
    const number = (name: string) => new RegExp(`<label[^>]*for="(c\\d+)"[^>]*>\\s*${name}\\s*<`).exec(lendPage.body)?.[1] ?? "";
    await send(sam, agreement, `${agreement}/lend`, {
      dataset: casualties,
      use: "planning",
      [number("casualty_severity")]: "clear",
      [number("area_name")]: "clear",
    });
    const sign = async (who: Visitor) => {
      const { body } = await who.get(agreement);
      return who.post(`${agreement}/sign`, {
        _csrf: csrfOf(body),
        terms: /name="terms" value="(\w+)"/.exec(body)?.[1] ?? "",
      });
    };
    await send(sam, "/people", "/people", {
      name: "Sil Signatory",
      email: "sil@example.org",
      password: "four words far apart",
      roles: "signatory",
    });
    const sil = newVisitor(hub.address);
    await send(sil, "/sign-in", "/sign-in", { email: "sil@example.org", password: "four words far apart" });
    await send(sil, "/password", "/password", { now: "four words far apart", next: "six words that stand apart" });
    expect((await sign(sam)).status).toBe(403); // whoever set the hub up does not sign for the organisation
    expect((await sign(sil)).status).toBe(303);
    expect((await ask(pat, casualties, { under: agreement.split("/")[2] ?? "", measure: "count" })).status).not.toBe(200);
    expect((await sign(pat)).status).toBe(303);

    const under = agreement.split("/")[2] ?? "";
    const builder = (await pat.get(`/questions/new?dataset=${casualties}&under=${under}`)).body;
    expect(builder).not.toContain("ageband");
    const bySeverity = { under, measure: "count", by: columnOf(builder, "casualty_severity") };
    const answer = await ask(pat, casualties, bySeverity);
    expect(answer.status).toBe(200);
    const rows = rowsOf("road_casualties_2019-2024.csv");
    for (const severity of new Set(rows.map((row) => row["casualty_severity"] ?? ""))) {
      const count = rows.filter((row) => row["casualty_severity"] === severity).length;
      expect(answer.body).toContain(severity);
      expect(answer.body).toContain((Math.round(count / 5) * 5).toLocaleString("en-GB"));
    }
    await send(sam, agreement, `${agreement}/end`, { reason: "The work is done." });
    const after = await ask(pat, casualties, bySeverity);
    expect(after.status).toBe(404);
    expect(after.body).not.toMatch(/Serious|Fatal/);
  });
});
