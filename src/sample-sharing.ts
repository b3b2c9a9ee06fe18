import { purposesOf, type House, type Purpose, type Session } from "./access/index.ts";
import {
  attestEntry,
  declarePeople,
  decideType,
  describeEntry,
  factsToAttest,
  getEntry,
  listFields,
} from "./domains/catalogue/index.ts";
import { openReferral } from "./domains/cases/index.ts";
import { findPersonFacts } from "./domains/people/index.ts";
import { createProject, startRun } from "./domains/registry/index.ts";
import { getAgreement, proposeAgreement, setItem, signAgreement, type Use } from "./domains/sharing/index.ts";
import { listQuarantine, sendRecord } from "./domains/sources/index.ts";
import { civilDate } from "./kernel/clock.ts";
import type { Mask } from "./vocabulary/index.ts";

/** Who signs, runs and works in the sample, by the name that `samplePeople` gives them. */
export interface SampleCast {
  readonly persons: ReadonlyMap<string, { readonly id: string; readonly organisation: string }>;
  readonly datasets: ReadonlyMap<string, string>;
}

interface Lent {
  readonly source: string;
  readonly use: Use;
  readonly columns: readonly string[];
  readonly masked?: readonly (readonly [string, Mask])[];
}

/** What each party lends under the sample's one agreement. Notes, ethnicity, charges and support reasons stay at home. */
const lentByCouncil: readonly Lent[] = [
  {
    source: "Adult social care",
    use: "care",
    columns: [
      "NHS Number",
      "First Name",
      "Last Name",
      "Date of Birth",
      "Gender",
      "Postcode",
      "Client Type",
      "Event Type",
      "Event Start Date",
      "Event End Date",
      "Service Type",
      "Has Unpaid Carer",
    ],
  },
  {
    source: "Adult social care",
    use: "matching",
    columns: ["NHS Number", "First Name", "Last Name", "Date of Birth", "Gender", "Postcode"],
  },
  {
    source: "Adult social care",
    use: "planning",
    columns: ["Client Type", "Event Type", "Service Type", "Gender", "Event Start Date"],
  },
  { source: "Council tax", use: "care", columns: ["first_name", "last_name", "address", "postcode", "start_date"] },
  { source: "Council tax", use: "matching", columns: ["first_name", "last_name", "postcode", "uprn"] },
];

const lentByHealth: readonly Lent[] = [
  {
    source: "GP registrations",
    use: "care",
    columns: [
      "nhs_number",
      "given_name",
      "family_name",
      "date_of_birth",
      "sex",
      "address",
      "postcode",
      "practice_code",
      "registered_on",
    ],
  },
  {
    source: "GP registrations",
    use: "matching",
    columns: ["nhs_number", "given_name", "family_name", "date_of_birth", "sex", "postcode"],
  },
  {
    source: "GP registrations",
    use: "planning",
    columns: ["sex", "practice_code", "registered_on"],
    masked: [["date_of_birth", "ageBand"]],
  },
];

interface Description {
  readonly text: string;
  readonly owner: string;
  readonly purpose: string;
  readonly basis: string;
  readonly dpia: string;
  readonly retention: string;
  readonly by: string;
  /** One is left for its owner to attest to. */
  readonly attested: boolean;
}

const descriptions: Readonly<Record<string, Description>> = {
  "Council tax": {
    text: "Who is liable for each home, with its band and charge.",
    owner: "Head of revenues",
    purpose: "To bill and collect council tax.",
    basis: "Public task; Local Government Finance Act 1992",
    dpia: "DPIA-2026-014",
    retention: "6 years after the year of the bill",
    by: "Amal Steward",
    attested: true,
  },
  "Adult social care": {
    text: "Requests, assessments, services and reviews of adults, in the client level data shape.",
    owner: "Director of adult services",
    purpose: "To assess adults’ needs, arrange their care and account for it.",
    basis: "Public task; Care Act 2014",
    dpia: "DPIA-2026-009",
    retention: "8 years after the last contact",
    by: "Amal Steward",
    attested: false,
  },
  "GP registrations": {
    text: "Who is registered with the practices of the place.",
    owner: "Primary care lead",
    purpose: "To know who is registered where, and plan primary care.",
    basis: "Public task; National Health Service Act 2006",
    dpia: "DPIA-2026-021",
    retention: "10 years after death or emigration",
    by: "Gwen Steward",
    attested: true,
  },
  "Population by ward": {
    text: "How many people live in each ward, by sex and age band.",
    owner: "Head of insight",
    purpose: "To plan services from published counts.",
    basis: "",
    dpia: "",
    retention: "Until the next edition",
    by: "Amal Steward",
    attested: true,
  },
};

/** Describes the sample's datasets, agrees what is shared, links the sources and records two referrals: all as people would. */
export async function shareSample(house: House, cast: SampleCast): Promise<void> {
  for (const [name, about] of Object.entries(descriptions)) await describeAs(house, cast, name, about);
  const dev = await sessionOf(house, cast, "Dev Governance", "governance");
  const farid = await sessionOf(house, cast, "Farid Guardian", "governance");
  const now = house.clock();
  const agreement = await proposeAgreement(
    dev,
    {
      title: "Adult front door",
      objective:
        "So that a worker at the council’s front door for adults sees at once which services know the person who calls, and the partners can plan from totals. Asking each service by telephone took days.",
      lawfulBasis: "Public task; Care Act 2014 sections 6 and 7; Health and Social Care Act 2012 section 251B",
      dpia: "DPIA-2026-030",
      telling: "On both bodies’ websites and in the letter that follows each contact, since March 2026",
      startsOn: civilDate(now),
      endsOn: civilDate(now + 365 * 86_400_000),
      minCell: 10,
      partner: cast.persons.get("Farid Guardian")?.organisation ?? "",
    },
    house,
  );
  for (const lent of lentByCouncil) await lend(house, cast, dev, agreement, lent);
  for (const lent of lentByHealth) await lend(house, cast, farid, agreement, lent);
  for (const signatory of [dev, farid])
    await signAgreement(signatory, agreement, (await getAgreement(signatory, agreement, house)).termsHash, house);
  for (const [name, { by, attested }] of Object.entries(descriptions)) {
    if (!attested) continue;
    const owner = await sessionOf(house, cast, by, "stewardship");
    const page = await getEntry(owner, cast.datasets.get(name) ?? "", house);
    await attestEntry(owner, page.entry.datasetId, JSON.stringify(factsToAttest(page)), house);
  }
  const project = await createProject(
    dev,
    { title: "Front door", purpose: "care", agreement, dpia: "DPIA-2026-030", owner: "Director of adult services" },
    house,
  );
  const run = await startRun(await sessionOf(house, cast, "Amal Steward", "stewardship"), project, house);
  const ended = await house.jobs.wait(run.id);
  if (ended.state !== "done") throw new Error(`The sample could not be linked: ${ended.error?.message ?? ended.state}`);
  await sendBadRecord(await sessionOf(house, cast, "Amal Steward", "stewardship"), house);
  const carys = await sessionOf(house, cast, "Carys Worker", "care");
  await openReferral(
    carys,
    {
      givenName: "Amina",
      familyName: "Rahman",
      dateOfBirth: "1991-05-17",
      postcode: "ZX2 5WN",
      reason: "Her sister rang: she has not been seen since her carer left.",
    },
    house,
  );
  await openReferral(
    carys,
    {
      givenName: "Rhiannon",
      familyName: "Hollis",
      dateOfBirth: "1990-11-08",
      postcode: "ZX1 1AG",
      reason: "Asks for help as a carer; school is worried about her son.",
    },
    house,
  );
}

/** The first record of the client level data that could not be read goes to its owner. */
async function sendBadRecord(session: Session, house: House): Promise<void> {
  const { source, found } = await listQuarantine(session, "Adult social care", { page: 1, size: 1 }, house);
  const [first] = found.rows;
  if (!first) throw new Error("The sample’s client level data has no record in quarantine.");
  const comment = "This line came broken out of the export. Please send the event again with the next file.";
  await sendRecord(session, source.id, { record: first.record, comment }, house);
}

async function describeAs(house: House, cast: SampleCast, name: string, about: Description): Promise<void> {
  const session = await sessionOf(house, cast, about.by, "stewardship");
  const entry = {
    title: name,
    description: about.text,
    owner: about.owner,
    purpose: about.purpose,
    retention: about.retention,
    lawfulBasis: about.basis,
    dpia: about.dpia,
    attribution: "Wexcombe, an invented place",
    openness: name === "Population by ward" ? "open" : "shared",
    opennessReason:
      name === "Population by ward" ? "It describes no person." : "It describes people: shared under agreements only.",
    reviewDate: civilDate(house.clock() + 180 * 86_400_000),
  };
  await describeEntry(session, cast.datasets.get(name) ?? "", entry, house);
  if (name !== "Population by ward") return;
  const dataset = cast.datasets.get(name) ?? "";
  const sex = (await listFields(house.store, dataset)).find((field) => field.name === "sex");
  if (sex) {
    const job = await decideType(session, dataset, sex.number, "category", house);
    await house.jobs.wait(job.id);
  }
  const reason = "Each row is a published count of a ward’s residents by sex and age band.";
  await declarePeople(session, dataset, { people: "no", reason }, house);
}

async function lend(house: House, cast: SampleCast, session: Session, agreement: string, lent: Lent): Promise<void> {
  const dataset = cast.datasets.get(lent.source) ?? "";
  const fields = await listFields(house.store, dataset);
  const numberOf = (name: string) => {
    const field = fields.find((candidate) => candidate.name === name);
    if (!field) throw new Error(`The sample's ${lent.source} has no column ${name}.`);
    return field.number;
  };
  const columns = [
    ...lent.columns.map((name) => ({ number: numberOf(name), mask: "clear" as const })),
    ...(lent.masked ?? []).map(([name, mask]) => ({ number: numberOf(name), mask })),
  ];
  await setItem(session, agreement, { dataset, use: lent.use, columns });
}

async function sessionOf(house: House, cast: SampleCast, name: string, purpose: Purpose): Promise<Session> {
  const person = cast.persons.get(name);
  const facts = person && (await findPersonFacts(house.store, person.id, person.organisation));
  if (!facts || !purposesOf(facts.roles).includes(purpose)) throw new Error(`${name} cannot work for ${purpose} in the sample.`);
  return house.gate.personSession(facts, purpose);
}
