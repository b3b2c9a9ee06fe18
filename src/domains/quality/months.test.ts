import { afterAll, beforeAll, expect, test } from "vitest";
import type { Session } from "../../access/index.ts";
import { openTestHouse, type TestHouse } from "../../../test/support/house.ts";
import { asQuality } from "./http.ts";
import { decideSuggestions, getQuality, listQuality, qualityModule, requestCheck } from "./index.ts";

/* Versions of several months, in a hub whose clock the test turns: a trend stands from the first check on. */
let now = Date.parse("2026-01-10T09:00Z");
let hub: TestHouse;
let steward: Session;
let libraries: string;

const csv = (good: number, day: string) =>
  [
    "Library ref,Area code,Counted on",
    ...Array.from({ length: 40 }, (_, at) => `LIB${100 + at},${at < good ? "E08000009" : "E0800009"},${day}`),
  ].join("\n");

async function check(): Promise<void> {
  const job = await requestCheck(steward, libraries, hub.house);
  const { error } = await hub.house.jobs.wait(job.id);
  if (error) throw new Error(error.message);
}

beforeAll(async () => {
  hub = await openTestHouse({ clock: () => now });
  const organisation = await hub.organisation("Exampleton Council");
  steward = await hub.person({ name: "Stew Ard", organisation, roles: ["steward"], purpose: "stewardship" });
  libraries = await hub.load({ name: "Libraries", organisation, csv: csv(32, "2026-01-05") });
  await hub.decide(steward, libraries, "Area code", "geo.gss_code");
  now = Date.parse("2026-02-03T09:00Z");
  await hub.refresh("Libraries", csv(30, "2026-02-01"));
  now = Date.parse("2026-02-20T09:00Z");
  await hub.refresh("Libraries", csv(36, "2026-02-14"));
  now = Date.parse("2026-03-10T09:00Z");
  await hub.refresh("Libraries", csv(40, "2026-03-08"));
}, 60_000);
afterAll(() => hub.close());

test("each month is scored by its last version, also months before the first check", async () => {
  await check();
  const { suggested } = await getQuality(steward, libraries, hub.house);
  const rules = suggested
    .filter(({ title }) => /Area code|newest|Library ref” is|share|version before/.test(title))
    .map(({ rule }) => rule.id);
  await decideSuggestions(steward, libraries, { rules, verdict: "accept", reason: "" }, hub.house);
  await check();
  const quality = await getQuality(steward, libraries, hub.house);
  const of = (name: string) => quality.scores.find(({ dimension }) => dimension === name);
  expect(of("validity")?.months).toEqual([
    { month: "2026-01", n: 40, passed: 32 },
    { month: "2026-02", n: 40, passed: 36 },
    { month: "2026-03", n: 40, passed: 40 },
  ]);
  expect(of("uniqueness")?.months.map(({ month, n, passed }) => [month, n, passed])).toEqual([
    ["2026-01", 40, 40],
    ["2026-02", 40, 40],
    ["2026-03", 40, 40],
  ]);
  expect(of("timeliness")).toMatchObject({ n: 1, passed: 1, outcome: "pass" });
});

test("a promise that is not kept any more fails when it is checked again, with the days", async () => {
  now = Date.parse("2026-05-10T09:00Z");
  await check();
  const { accepted } = await getQuality(steward, libraries, hub.house);
  const fresh = accepted.find(({ rule }) => rule.dimension === "timeliness");
  expect([fresh?.title, fresh?.outcome, fresh?.result?.days]).toEqual([
    "The newest “Counted on” is at most 7 days old",
    "fail",
    63,
  ]);
});

test("the overview has the worst first, in a dimension or in any, and the API says the same", async () => {
  const [only] = await listQuality(steward, "timeliness", hub.house);
  expect(only?.scores.map(({ dimension, outcome }) => [dimension, outcome])).toEqual([
    ["completeness", "pass"],
    ["uniqueness", "pass"],
    ["consistency", "nothing"],
    ["timeliness", "fail"],
    ["validity", "pass"],
    ["accuracy", "nothing"],
  ]);
  const told = asQuality(await getQuality(steward, libraries, hub.house));
  expect(told.dimensions.find(({ dimension }) => dimension === "validity")).toMatchObject({ n: 40, share: 1, rules: 1 });
  expect(told.dimensions.find(({ dimension }) => dimension === "accuracy")).toMatchObject({
    n: 0,
    share: null,
    outcome: "nothing",
  });
});

test("the command line checks and shows the same, and the operator may look but not check", async () => {
  const run = async (verb: string, session: Session) => {
    const lines: string[] = [];
    let json: unknown;
    const out = {
      line: (text: string) => lines.push(text),
      table: (head: readonly string[], rows: readonly (readonly (string | number)[])[]) =>
        lines.push(...[head, ...rows].map((row) => row.join(" | "))),
      json: (value: unknown) => (json = value),
      progress: () => {},
    };
    const { house, folder: cwd } = hub;
    const secret = () => Promise.resolve("");
    const request = { session, house, arguments: ["Libraries"], flags: {}, lists: {}, cwd, out, secret };
    await qualityModule.commands?.find((command) => command.verb === verb)?.run(request);
    return { lines, json };
  };
  const checked = await run("quality check", steward);
  expect(checked.lines).toEqual(
    expect.arrayContaining([
      "Version 4, by dimension. There is no single score.",
      "Timeliness | Fails | 0 % | 1 | 1",
      "Validity | Passes | 100 % | 40 | 1",
      "Accuracy | Not measured | – | Nothing to check | 0",
      "The newest “Counted on” is at most 7 days old | Fails | The newest is 63 days old",
    ]),
  );
  const operator = hub.house.gate.operatorSession();
  const shown = await run("quality show", operator);
  expect(shown.json).toEqual({ ...asQuality(await getQuality(steward, libraries, hub.house)), suggested: [] });
  await expect(run("quality check", operator)).rejects.toMatchObject({ code: "access.refused" });
});
