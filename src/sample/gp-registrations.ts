import { badJsonRecords } from "./bad-records.ts";
import { addDays, asAt } from "./dates.ts";
import type { Resident } from "./people.ts";
import type { Random } from "./random.ts";
import { writeDown, type Care } from "./slips.ts";
import type { Source, SourceRecord } from "./source.ts";

export const practices = ["X99001", "X99002", "X99003", "X99004"] as const; // invented; no practice has a code in X

const columns = [
  "registration_id",
  "nhs_number",
  "given_name",
  "family_name",
  "date_of_birth",
  "sex",
  "address",
  "postcode",
  "practice_code",
  "registered_on",
  "notes",
] as const;

const care: Care = {
  typing: 0.012,
  nickname: 0.02,
  oldSurname: 0.5,
  dayMonthSwapped: 0.008,
  dateSlip: 0.006,
  nhsMissing: 0.015,
  oldHome: 0.5,
};

const registeredShare = 0.91;
const twiceShare = 0.02;

/**
 * GP registrations: nearly everyone, children too, well kept, with surnames and addresses that lag behind. Some people
 * who moved practice stand in it twice. The planted mother and child are still there under the former surname at the
 * former address, and the child a second time under the new one, without an NHS number.
 */
export function gpRegistrations(random: Random, people: readonly Resident[]): Source {
  const records: SourceRecord[] = [];
  const register = (person: Resident, number: string) => {
    const written = writeDown(random, person, care);
    const recordId = `R${String(20_001 + records.length)}`;
    const fields = {
      registration_id: recordId,
      nhs_number: number === "" ? "" : written.nhsNumber,
      given_name: written.forename,
      family_name: written.surname,
      date_of_birth: written.born,
      sex: person.sex === "F" ? "2" : "1",
      address: written.address,
      postcode: written.postcode,
      practice_code: random.pick(practices),
      registered_on: addDays(asAt, -random.between(10, 8_000)),
      notes: "",
    };
    records.push({ recordId, personId: person.id, fields });
  };
  for (const person of people) {
    if (person.role === undefined && !random.chance(registeredShare)) continue;
    register(beforeTheChange(person), person.nhsNumber);
    if (person.role === "child") register(person, "");
    else if (person.role === undefined && random.chance(twiceShare)) register(person, random.chance(0.3) ? "" : person.nhsNumber);
  }
  return { file: "gp-registrations.ndjson", columns, records, bad: badJsonRecords(random, records, 5) };
}

function beforeTheChange(person: Resident): Resident {
  if (person.role !== "mother" && person.role !== "child") return person;
  return { ...person, surname: person.formerSurname ?? person.surname, home: person.formerHome ?? person.home };
}
