import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Session } from "../../access/index.ts";
import { recordJoins } from "../catalogue/index.ts";
import { openTestHouse, type TestHouse } from "../../../test/support/house.ts";
import {
  answerIssue,
  changeRule,
  decideSuggestions,
  getIssue,
  getQuality,
  listFailing,
  pageIssues,
  raiseIssue,
  requestCheck,
  type Quality,
} from "./index.ts";
import { issueTasks } from "./issue-tasks.ts";

// Faults as they were met in open council data: names that say “NA”, an area code a digit short, telephones without their zero.
const header = "Post ref,Name,Area code,Telephone,Started on,Ended on";
const telephone = (at: number) => `161496${String(at).padStart(4, "0")}`;
const line = (at: number) =>
  [
    `P${1000 + at}`,
    at < 78 ? "NA" : ["Ann Example", "Bob Example"][at - 78],
    at === 5 ? "E0800009" : ["E08000009", "E08000001", "E08000002", "E08000003"][at % 4],
    at >= 56 ? "" : at < 54 ? telephone(at) : `0${telephone(at)}`,
    "2024-01-05",
    at === 9 ? "2023-01-05" : "2025-01-05",
  ].join(",");
const lines = (count: number) => Array.from({ length: count }, (_, at) => line(at));

let hub: TestHouse;
let steward: Session;
let analyst: Session;
let stranger: Session;
let posts: string;

async function check(session: Session, dataset: string): Promise<Quality> {
  const job = await requestCheck(session, dataset, hub.house);
  const ended = await hub.house.jobs.wait(job.id);
  if (ended.error) throw new Error(ended.error.message);
  return getQuality(session, dataset, hub.house);
}

beforeAll(async () => {
  hub = await openTestHouse();
  const organisation = await hub.organisation("Exampleton Council");
  const other = await hub.organisation("Otherton Council");
  steward = await hub.person({ name: "Stew Ard", organisation, roles: ["steward"], purpose: "stewardship" });
  analyst = await hub.person({ name: "An Alyst", organisation, roles: ["analyst"], purpose: "planning" });
  stranger = await hub.person({ name: "Stran Ger", organisation: other, roles: ["steward"], purpose: "stewardship" });
  posts = await hub.load({ name: "Posts", organisation, csv: [header, ...lines(80)].join("\n") });
}, 60_000);
afterAll(() => hub.close());

describe("a file with known faults", () => {
  let found: Quality;
  const idOf = (title: string) => found.suggested.find((each) => each.title === title)?.rule.id ?? "";

  test("each is named, in its dimension, with what was counted", async () => {
    found = await check(steward, posts);
    expect(found.accepted).toEqual([]);
    expect(
      found.suggested.map(({ rule, title, result }) => [rule.dimension, title, `${result?.passed} of ${result?.n}`]),
    ).toEqual([
      ["completeness", "Every row has “Area code”", "80 of 80"],
      ["completeness", "Every row has “Ended on”", "80 of 80"],
      ["completeness", "Every row has “Name”", "2 of 80"],
      ["completeness", "Every row has “Post ref”", "80 of 80"],
      ["completeness", "Every row has “Started on”", "80 of 80"],
      ["uniqueness", "No two rows share “Post ref”", "80 of 80"],
      ["consistency", "“Started on” is not after “Ended on”", "79 of 80"],
      ["validity", "“Area code” is valid as Area code (GSS)", "79 of 80"],
      ["validity", "“Ended on” is valid as Date", "80 of 80"],
      ["validity", "“Started on” is valid as Date", "80 of 80"],
      ["validity", "“Telephone” holds no value that is kept for testing", "0 of 56"],
      ["validity", "“Telephone” is valid as Telephone", "56 of 56"],
      ["validity", "“Telephone” is written with its leading zero", "2 of 56"],
    ]);
    expect(found.scores.map(({ rules }) => rules)).toEqual([0, 0, 0, 0, 0, 0]); // what nobody accepted scores nothing
  });

  test("what is accepted scores by dimension, and accuracy is never made up", async () => {
    const rules = found.suggested.filter(({ title }) => !title.includes("kept for testing")).map(({ rule }) => rule.id);
    await decideSuggestions(steward, posts, { rules, verdict: "accept", reason: "" }, hub.house);
    found = await getQuality(steward, posts, hub.house);
    expect(found.scores.map(({ dimension, n, passed, outcome }) => [dimension, passed, n, outcome])).toEqual([
      ["completeness", 322, 400, "fail"],
      ["uniqueness", 80, 80, "pass"],
      ["consistency", 79, 80, "warn"],
      ["timeliness", 0, 0, "nothing"],
      ["validity", 297, 352, "fail"],
      ["accuracy", 0, 0, "nothing"],
    ]);
  });

  test("what is declined needs a reason and is not suggested again", async () => {
    const rules = [idOf("“Telephone” holds no value that is kept for testing")];
    const decline = (reason: string) => decideSuggestions(steward, posts, { rules, verdict: "decline", reason }, hub.house);
    await expect(decline(" ")).rejects.toMatchObject({ code: "quality.no-reason" });
    await decline("They are numbers for drama.");
    found = await check(steward, posts);
    expect(found.suggested).toEqual([]);
    expect(found.declined.map(({ rule }) => rule.reason)).toEqual(["They are numbers for drama."]);
  });

  test("failing rows are told by record number, and of people with no value at all", async () => {
    const rule = (title: string) => found.accepted.find((each) => each.title === title)?.rule.id ?? "";
    const rows = await listFailing(steward, posts, rule("“Area code” is valid as Area code (GSS)"), hub.house);
    expect(rows).toMatchObject({ version: 1, masked: true, columns: [{ name: "Area code", hidden: false }] });
    expect(rows.rows.map(({ record, cells }) => [record, cells])).toEqual([[6, ["A9999999"]]]);
    const telephones = await listFailing(steward, posts, rule("“Telephone” is written with its leading zero"), hub.house);
    expect(telephones.rows).toHaveLength(50);
    expect(new Set(telephones.rows.flatMap(({ cells }) => cells))).toEqual(new Set(["9999999999"]));
    const names = await listFailing(steward, posts, rule("Every row has “Name”"), hub.house);
    expect(new Set(names.rows.flatMap(({ cells }) => cells))).toEqual(new Set([null]));
    expect(JSON.stringify([rows, telephones, names])).not.toMatch(/P1\d\d\d|161496|E080000/);
  });

  test("a newer version is checked by itself, for the same person, and a rule's threshold holds", async () => {
    const title = "“Area code” is valid as Area code (GSS)";
    const { rule } = found.accepted.find((each) => each.title === title) ?? {};
    await changeRule(steward, posts, rule?.id ?? "", { warn: "90", fail: "50%", reason: "One is late." }, hub.house);
    await expect(
      changeRule(steward, posts, rule?.id ?? "", { warn: "50", fail: "90", reason: "" }, hub.house),
    ).rejects.toMatchObject({ code: "quality.bad-threshold" });
    await hub.refresh("Posts", [header, ...lines(79)].join("\n"));
    found = await getQuality(steward, posts, hub.house);
    const area = found.accepted.find((each) => each.title === title);
    expect([area?.result?.version, area?.result?.n, area?.result?.passed, area?.outcome]).toEqual([2, 79, 78, "pass"]);
    expect(found.look?.version).toBe(2);
    const uses = hub.house.audit.search({ dataset: posts, outcome: "done", limit: 100 });
    expect(uses.filter(({ entry }) => entry.action === "quality.check" && entry.session === "service").length).toBeGreaterThan(2);
    expect(found.suggested.map(({ title: said, result }) => [said, `${result?.passed} of ${result?.n}`])).toEqual([
      ["As many rows as the version before, or more", "79 of 80"],
    ]);
  });

  test("others of the organisation read of people to the nearest five, and decide nothing", async () => {
    const seen = await getQuality(analyst, posts, hub.house);
    expect([seen.exact, seen.mayDecide, seen.suggested, seen.declined]).toEqual([false, false, [], []]);
    await expect(requestCheck(analyst, posts, hub.house)).rejects.toMatchObject({ code: "access.refused" });
    const [{ rule } = { rule: undefined }] = found.accepted;
    await expect(listFailing(analyst, posts, rule?.id ?? "", hub.house)).rejects.toMatchObject({ code: "access.refused" });
  });

  test("another organisation does not learn that the dataset is there", async () => {
    const [{ rule } = { rule: undefined }] = found.accepted;
    const attempts = [
      () => getQuality(stranger, posts, hub.house),
      () => requestCheck(stranger, posts, hub.house),
      () => listFailing(stranger, posts, rule?.id ?? "", hub.house),
      () => decideSuggestions(stranger, posts, { rules: [rule?.id ?? ""], verdict: "accept", reason: "" }, hub.house),
      () => changeRule(stranger, posts, rule?.id ?? "", { warn: "1", fail: "1", reason: "" }, hub.house),
    ];
    for (const attempt of attempts) await expect(attempt()).rejects.toMatchObject({ code: "quality.no-dataset" });
  });

  test("without the purpose of looking after data no row is counted or shown", async () => {
    const idle = await hub.person({ name: "Id Le", organisation: steward.organisation ?? "", roles: ["steward"] });
    const [{ rule } = { rule: undefined }] = found.accepted;
    await expect(listFailing(idle, posts, rule?.id ?? "", hub.house)).rejects.toMatchObject({ code: "access.refused" });
  });
});

describe("an issue", () => {
  const title = "“Ref” is valid as Area code (GSS)";
  const csv = (bad: number) =>
    ["Ref,Count", ...Array.from({ length: 30 }, (_, at) => `${at < bad ? "E0800009" : "E08000009"},${at}`)].join("\n");
  let owner: Session;
  let areas: string;
  let rule: string;
  let id: string;
  const kinds = async () =>
    (await getIssue(steward, id, hub.house)).notes.map(({ kind, by }) => `${kind}${by ? "" : " by a check"}`);
  const state = async () => (await getIssue(steward, id, hub.house)).issue.state;
  const tasks = async (session: Session) => (await issueTasks(session, hub.house)).map(({ title: said }) => said);

  beforeAll(async () => {
    const organisation = steward.organisation ?? "";
    owner = await hub.person({ name: "Own Er", organisation, roles: ["owner"], purpose: "stewardship" });
    areas = await hub.load({ name: "Areas", organisation, csv: csv(3) });
    await hub.decide(steward, areas, "Ref", "geo.gss_code");
    await check(steward, areas);
    const { suggested } = await getQuality(steward, areas, hub.house);
    rule = suggested.find((each) => each.title === title)?.rule.id ?? "";
    await decideSuggestions(steward, areas, { rules: [rule], verdict: "accept", reason: "" }, hub.house);
  });

  test("is raised from a rule that fails, once, and waits for the owners", async () => {
    const raise = (text: string) => raiseIssue(steward, areas, rule, text, hub.house);
    await expect(raise("See 999 000 0018 please")).rejects.toMatchObject({ code: "quality.personal-text" });
    await expect(raise("Ask ann.example@example.org.")).rejects.toMatchObject({ code: "quality.personal-text" });
    ({ id } = await raise("The zero after the 8 is missing."));
    expect((await raise("Again.")).id).toBe(id);
    const { notes } = await getIssue(owner, id, hub.house);
    expect(notes[0]?.text).toBe("3 of 30 cells are not valid (90 % pass), in version 1. The zero after the 8 is missing.");
    expect(await tasks(owner)).toEqual(["Mend “Areas” at its source"]);
    expect(await tasks(steward)).toEqual([]);
  });

  test("stays open when the same version is checked again, or a newer one still fails", async () => {
    await check(steward, areas);
    expect(await kinds()).toEqual(["raised", "comment"]);
    await hub.refresh("Areas", csv(2));
    expect([await state(), (await kinds()).at(-1)]).toEqual(["open", "still by a check"]);
  });

  test("that was said to be mended opens again when it was not", async () => {
    await expect(answerIssue(owner, id, { verdict: "mended", text: " " }, hub.house)).rejects.toMatchObject({
      code: "quality.no-text",
    });
    await answerIssue(owner, id, { verdict: "mended", text: "The export writes text now." }, hub.house);
    expect([await state(), await tasks(owner)]).toEqual(["mended", []]);
    await hub.refresh("Areas", csv(4));
    expect([await state(), (await kinds()).at(-1)]).toEqual(["open", "reopened by a check"]);
  });

  test("closes by itself when a newer version passes, with the figures, and opens again when one fails", async () => {
    await hub.refresh("Areas", csv(0));
    const closed = await getIssue(steward, id, hub.house);
    expect([closed.issue.state, closed.notes.at(-1)?.text]).toEqual(["closed", "Every one of 30 cells is valid, in version 4."]);
    expect(await tasks(owner)).toEqual([]);
    await expect(raiseIssue(steward, areas, rule, "", hub.house)).rejects.toMatchObject({ code: "quality.not-checked" });
    await expect(answerIssue(owner, id, { verdict: "mended", text: "Done." }, hub.house)).rejects.toMatchObject({
      code: "quality.issue-closed",
    });
    await hub.refresh("Areas", csv(5));
    expect([await state(), await tasks(owner)]).toEqual(["open", ["Mend “Areas” at its source"]]);
  });

  test("is read by nobody else", async () => {
    await expect(getIssue(stranger, id, hub.house)).rejects.toMatchObject({ code: "quality.no-issue" });
    await expect(getIssue(analyst, id, hub.house)).rejects.toMatchObject({ code: "access.refused" });
    expect((await pageIssues(stranger, 1)).rows).toEqual([]);
    expect((await pageIssues(owner, 1)).rows.map(({ dataset }) => dataset)).toEqual(["Areas"]);
  });
});

test("values that a list of another own dataset lacks are told, where the register found that the two fit", async () => {
  const organisation = steward.organisation ?? "";
  const codes = Array.from({ length: 20 }, (_, at) => `W${at + 10}`);
  const wards = await hub.load({ name: "Wards", organisation, csv: ["Ward ref", ...codes].join("\n") });
  const visits = await hub.load({
    name: "Visits",
    organisation,
    csv: ["Ward ref,Visits", ...codes.slice(1).map((code, at) => `${code},${at}`), "W99,4", ",1"].join("\n"),
  });
  const side = async (dataset: string) => ({
    dataset,
    number: await hub.column(dataset, "Ward ref"),
    distinct: 20,
    unique: true,
  });
  const join = { from: await side(visits), to: await side(wards), meet: 19 };
  await recordJoins(hub.house.store, [visits, wards], [join]);
  await hub.withoutPeople(visits);
  const { suggested } = await check(steward, visits);
  const found = suggested.find(({ title }) => title === "“Ward ref” is in “Ward ref” of “Wards”");
  expect(found?.result).toMatchObject({ n: 20, passed: 19 });
  const id = found?.rule.id ?? "";
  await decideSuggestions(steward, visits, { rules: [id], verdict: "accept", reason: "" }, hub.house);
  const failing = await listFailing(steward, visits, id, hub.house);
  expect(failing).toMatchObject({ masked: false, rows: [{ record: 20, cells: ["W99"] }] }); // it describes no people
});
