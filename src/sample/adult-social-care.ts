import { care, columns, outcomes, reasons, routes, services } from "./adult-social-care-lists.ts";
import { badCsvRecords } from "./bad-records.ts";
import { addDays, ageOn, asAt, dayFirst } from "./dates.ts";
import { practices } from "./gp-registrations.ts";
import type { Resident } from "./people.ts";
import type { Random } from "./random.ts";
import { oneDigitWrong, writeDown } from "./slips.ts";
import type { Source, SourceRecord } from "./source.ts";

const periodStart = "2025-04-01";
const daysInPeriod = 364;
const peopleWanted = 260;

/**
 * Adult social care in the shape of the Client Level Data return (release 2): one row an event, person details repeated.
 * Mostly older people, some younger ones and carers. The planted mother is a carer, with one digit of her NHS number wrong.
 */
export function adultSocialCare(random: Random, people: readonly Resident[]): Source {
  const adults = people.filter(({ born }) => ageOn(born, asAt) >= 18);
  const planted = adults.filter(({ role }) => role !== undefined && role !== "uncle");
  const others = random
    .shuffled(adults.filter(({ role }) => role === undefined))
    .map((person) => ({ person, need: needOf(person) * random.next() }))
    .sort((one, other) => other.need - one.need)
    .map(({ person }) => person);
  const known = [...planted, ...others.slice(0, peopleWanted - planted.length)];
  const records = random.shuffled(known).flatMap((person, at) => eventsOf(random, person, `P${100_200 + at * 3}`));
  return {
    file: "adult-social-care.csv",
    columns,
    records,
    bad: badCsvRecords(random, columns, records, { ragged: 8, strayQuote: 3, brokenUtf8: 3 }),
  };
}

function needOf({ born }: Resident): number {
  const age = ageOn(born, asAt);
  return age >= 85 ? 8 : age >= 75 ? 5 : age >= 65 ? 2 : 1;
}

function eventsOf(random: Random, person: Resident, id: string): readonly SourceRecord[] {
  const details = personFields(random, person, id);
  const kinds = random.weighted([
    [["Request"], 20],
    [["Request", "Assessment"], 25],
    [["Request", "Assessment", "Service"], 30],
    [["Service", "Review"], 15],
    [["Request", "Assessment", "Service", "Review", "Service"], 12],
  ] as const);
  let day = addDays(periodStart, random.between(0, 200));
  return kinds.map((kind, at) => {
    const start = day;
    day = addDays(start, random.between(5, 45));
    const end = kind === "Service" && random.chance(0.6) ? "" : addDays(start, random.between(0, 30));
    const fields = {
      ...details,
      ...eventFields(random, kind, at === kinds.length - 1),
      ...eventDates(`${id}-${at + 1}`, start, end),
    };
    return { recordId: id, personId: person.id, fields };
  });
}

function personFields(random: Random, person: Resident, id: string): Readonly<Record<string, string>> {
  const written = writeDown(random, person, care);
  const carer = person.role === "mother" || random.chance(0.12);
  return {
    "LA Code": "799",
    "Reporting Period Start Date": dayFirst(periodStart),
    "Reporting Period End Date": dayFirst(addDays(periodStart, daysInPeriod)),
    "NHS Number": person.role === "mother" ? oneDigitWrong(written.nhsNumber) : written.nhsNumber,
    "LA Person Unique Identifier": id,
    "First Name": written.forename,
    "Last Name": random.chance(0.06) ? written.surname.toUpperCase() : written.surname,
    "GP Practice Code": random.pick(practices),
    Gender: random.chance(0.01) ? "Unknown" : person.sex === "F" ? "Female" : "Male",
    Ethnicity: random.chance(0.06) ? "Not stated" : person.ethnicity,
    "Date of Birth": dayFirst(written.born),
    "Client Type": carer ? "Unpaid carer" : "Service user",
    "Primary Support Reason": random.pick(reasons),
    Postcode: written.postcode,
    "Accommodation Status": "Settled accommodation",
    "Employment Status": ageOn(person.born, asAt) >= 66 ? "Retired" : "Not in paid employment",
    "Has Unpaid Carer": random.pick(["Yes", "No", "Unknown"]),
    Dementia: random.chance(0.15) ? "Yes" : "No",
  };
}

function eventFields(random: Random, kind: string, last: boolean): Readonly<Record<string, string>> {
  const outcome = last ? random.pick(outcomes.ended) : random.pick(outcomes.onward);
  const shared = { "Event Type": kind, "Event Outcome": outcome };
  if (kind === "Request") return { ...shared, "Request: Route of Access": random.pick(routes) };
  if (kind === "Assessment") {
    return {
      ...shared,
      "Assessment Type": "Long term assessment",
      "Method of Assessment": "In person",
      "Eligible Needs Identified": random.pick(["Yes", "No"]),
    };
  }
  if (kind === "Review")
    return { ...shared, "Review Reason": random.pick(["Planned", "Unplanned"]), "Method of Review": "In person" };
  const [type, component] = random.pick(services);
  return {
    ...shared,
    "Service Type": type,
    "Service Component": component,
    "Delivery Mechanism": random.pick(["Direct payment", "CASSR managed personal budget", "CASSR commissioned support"]),
    "Client Funding Status": random.pick([
      "Fully client funded",
      "Joint client and social care funded",
      "Fully social care funded",
    ]),
    "Unit Cost": (random.between(1_400, 3_200) / 100).toFixed(2),
    "Cost Frequency (Unit Type)": "Hourly",
    "Planned units per week": String(random.between(2, 28)),
  };
}

function eventDates(reference: string, start: string, end: string): Readonly<Record<string, string>> {
  return { "Event Reference": reference, "Event Start Date": dayFirst(start), "Event End Date": end === "" ? "" : dayFirst(end) };
}
