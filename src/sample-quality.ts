import type { House } from "./access/index.ts";
import { findPersonFacts } from "./domains/people/index.ts";
import { decideSuggestions, getQuality, raiseIssue, requestCheck } from "./domains/quality/index.ts";
import type { SampleCast } from "./sample-sharing.ts";

/** What a steward would accept first; the fault among them is raised to the owner. */
const wanted = [
  "Every row has “Has Unpaid Carer”",
  "No two rows share “Event Reference”",
  "“Event Start Date” is not after “Event End Date”",
  "“NHS Number” is valid as NHS number",
  "“Postcode” is valid as Postcode",
] as const;

/** The steward has the adult social care data checked, accepts a few rules, and leaves the other suggestions to be decided on. */
export async function checkSample(house: House, { persons, datasets }: SampleCast): Promise<void> {
  const amal = persons.get("Amal Steward");
  const facts = amal && (await findPersonFacts(house.store, amal.id, amal.organisation));
  if (!facts) throw new Error("The sample has no steward.");
  const session = house.gate.personSession(facts, "stewardship");
  const dataset = datasets.get("Adult social care") ?? "";
  const job = await requestCheck(session, dataset, house);
  const ended = await house.jobs.wait(job.id);
  if (ended.state !== "done") throw new Error(`The sample could not be checked: ${ended.error?.message ?? ended.state}`);
  const { suggested } = await getQuality(session, dataset, house);
  const rules = wanted.map((title) => suggested.find((state) => state.title === title)?.rule.id ?? "");
  await decideSuggestions(session, dataset, { rules, verdict: "accept", reason: "" }, house);
  await raiseIssue(session, dataset, rules[0] ?? "", "The form offers N/A where it should ask.", house);
}
