/** Where a dataset and each of its columns come from and go to, through the use cases that made it so; what is another's is not told. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Session, Strand } from "../../src/access/index.ts";
import { getLineage } from "../../src/domains/catalogue/lineage.ts";
import { addChart } from "../../src/domains/insight/index.ts";
import { addLookUp } from "../../src/domains/places/index.ts";
import { decideSuggestions, getQuality, requestCheck } from "../../src/domains/quality/index.ts";
import { createProject } from "../../src/domains/registry/index.ts";
import { endAgreement, getAgreement, proposeAgreement, setItem, signAgreement } from "../../src/domains/sharing/index.ts";
import { openTestHouse, type TestHouse } from "../support/house.ts";

const lsoas = ["E01000001", "E01000002", "E01000003"];
const homes = Array.from({ length: 12 }, (_, at) => `H${100 + at},${lsoas[at % 3]},${at + 1},plain`);

let hub: TestHouse;
let health: string;
let homesId: string;
let lookUpId: string;
let steward: Session;
let analyst: Session;
let governor: Session;
let partner: Session;
let partnerSteward: Session;
let lent: string;

async function done(job: { readonly id: string } | undefined): Promise<void> {
  const ended = await hub.house.jobs.wait(job?.id ?? "");
  await hub.house.jobs.idle();
  if (ended.state !== "done") throw new Error(`The job ended as ${ended.state}.`);
}

async function agree(title: string, signed: boolean): Promise<string> {
  const day = (days: number) => new Date(hub.house.clock() + days * 86_400_000).toISOString().slice(0, 10);
  const proposal = { objective: "Planning", lawfulBasis: "Public task", dpia: "D-1", telling: "Website", minCell: 10 };
  const dates = { startsOn: day(-1), endsOn: day(100) };
  const id = await proposeAgreement(governor, { ...proposal, ...dates, title, partner: health }, hub.house);
  const columns = async (...names: string[]) =>
    Promise.all(names.map(async (name) => ({ number: await hub.column(homesId, name), mask: "clear" as const })));
  await setItem(governor, id, { dataset: homesId, use: "planning", columns: await columns("lsoa") });
  await setItem(governor, id, { dataset: homesId, use: "matching", columns: await columns("ref") });
  if (signed)
    for (const party of [governor, partner])
      await signAgreement(party, id, (await getAgreement(party, id, hub.house)).termsHash, hub.house);
  return id;
}

beforeAll(async () => {
  hub = await openTestHouse();
  const council = await hub.organisation("Exampleton Council");
  health = await hub.organisation("Exampleton Health");
  steward = await hub.person({ name: "Ste Ward", organisation: council, roles: ["steward"], purpose: "stewardship" });
  analyst = await hub.person({ name: "Ana Lyst", organisation: council, roles: ["analyst"], purpose: "planning" });
  const signs = { roles: ["governance", "signatory"], purpose: "governance" } as const;
  governor = await hub.person({ name: "Gov Ernor", organisation: council, ...signs });
  partner = await hub.person({ name: "Part Ner", organisation: health, ...signs });
  partnerSteward = await hub.person({ name: "Hea Lth", organisation: health, roles: ["steward"], purpose: "stewardship" });
  const pairs = lsoas.map((code, at) => `${code},E0500000${at + 1}`);
  lookUpId = await hub.load({ name: "Lookup", organisation: council, csv: ["lsoa_code,ward_code", ...pairs].join("\n") });
  homesId = await hub.load({
    name: "Homes",
    organisation: council,
    csv: ["ref,lsoa,residents,remark", ...homes, "H999,E01000001"].join("\n"),
  });
  await hub.withoutPeople(homesId);
  const codes = { column: "lsoa", in: lookUpId, key: "lsoa_code", value: "ward_code" };
  await done(await addLookUp(steward, { dataset: homesId, ...codes }, hub.house));
  await done(await requestCheck(steward, homesId, hub.house));
  const { suggested } = await getQuality(steward, homesId, hub.house);
  const rule = suggested.find(({ title }) => title === "No two rows share “ref”");
  await decideSuggestions(steward, homesId, { rules: [rule?.rule.id ?? ""], verdict: "accept", reason: "" }, hub.house);
  lent = await agree("Homes for planning", true);
  await agree("Not signed by anybody", false);
  const project = { purpose: "planning", agreement: lent, dpia: "D-1", owner: "Director" };
  await createProject(governor, { ...project, title: "Council homes" }, hub.house);
  await createProject(partner, { ...project, title: "Health homes" }, hub.house);
  const residents = await hub.column(homesId, "residents");
  const ward = await hub.column(homesId, "ward_code by lsoa_code");
  const chart = { title: "By ward", text: "", draw: "chart", limits: [] } as const;
  const question = { dataset: homesId, under: "own", groupBy: [ward], filters: [] };
  await addChart(
    analyst,
    { title: "Our homes" },
    { ...chart, limits: [], question: { ...question, measure: { kind: "sum", column: residents } } },
    hub.house,
  );
}, 120_000);
afterAll(() => hub.close());

const told = (strands: readonly Strand[]) => strands.map(({ kind, title }) => `${kind}: ${title}`).toSorted();

async function lineageOf(session: Session, dataset: string) {
  const lineage = await getLineage(session, dataset, hub.house);
  return {
    ...lineage,
    from: told(lineage.from),
    to: told(lineage.to),
    columns: Object.fromEntries(lineage.columns.map(({ field, from, to }) => [field.name, [told(from), told(to)]])),
  };
}

describe("a dataset that is loaded, looked up, checked, lent, linked and drawn", () => {
  test("comes from its source, with the rows of each file counted", async () => {
    const { from, files } = await lineageOf(steward, homesId);
    expect(from).toEqual(["Source: Homes"]);
    expect(
      files.map(({ name, version, rowsInFile, rows, quarantined }) => [name, version, rowsInFile, rows, quarantined]),
    ).toEqual([["Homes.csv", 1, 13, 12, 1]]);
  });

  test("is told to the column", async () => {
    expect((await lineageOf(steward, homesId)).columns).toEqual({
      ref: [[], ["Agreement: Homes for planning, for matching", "Quality rule: No two rows share “ref”"]],
      lsoa: [[], ["Agreement: Homes for planning, for planning"]],
      residents: [[], ["Chart: Our homes: By ward"]],
      remark: [[], []],
      "ward_code by lsoa_code": [["Look-up: Lookup, by lsoa"], ["Chart: Our homes: By ward"]],
    });
  });

  test("goes as a whole to the own link project, and not to one that the reader would not find", async () => {
    expect((await lineageOf(steward, homesId)).to).toEqual(["Link project: Council homes"]);
  });

  test("is seen from the other end of the look-up", async () => {
    const use = [[], ["Look-up: Homes"]];
    expect((await lineageOf(steward, lookUpId)).columns).toEqual({ lsoa_code: use, ward_code: use });
  });

  test("is the same for everyone of its organisation, and does not exist for anyone else", async () => {
    expect((await lineageOf(analyst, homesId)).columns).toEqual((await lineageOf(steward, homesId)).columns);
    for (const stranger of [partner, partnerSteward])
      await expect(getLineage(stranger, homesId, hub.house)).rejects.toMatchObject({ code: "catalogue.no-dataset" });
  });

  test("is not lent any more once the agreement has ended", async () => {
    await endAgreement(partner, lent, "Over", hub.house);
    const { columns } = await lineageOf(steward, homesId);
    expect(columns["lsoa"]).toEqual([[], []]);
    expect(columns["ref"]).toEqual([[], ["Quality rule: No two rows share “ref”"]]);
  });
});
