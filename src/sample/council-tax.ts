import { badCsvRecords } from "./bad-records.ts";
import { addDays, ageOn, asAt, dayFirst } from "./dates.ts";
import type { Resident } from "./people.ts";
import type { Random } from "./random.ts";
import { writeDown, type Care } from "./slips.ts";
import type { Source, SourceRecord } from "./source.ts";

const columns = [
  "account_ref",
  "person_no",
  "title",
  "first_name",
  "last_name",
  "address",
  "postcode",
  "uprn",
  "ward_code",
  "band",
  "annual_charge",
  "start_date",
  "notes",
] as const;

const care: Care = { typing: 0.035, nickname: 0.1, oldSurname: 0.3, dayMonthSwapped: 0, dateSlip: 0, nhsMissing: 1, oldHome: 0 };

/** Charges of the year by band, in pounds. */
const bands = [
  ["A", 1_412.5],
  ["B", 1_648],
  ["C", 1_883.25],
  ["D", 2_118.75],
  ["E", 2_589.5],
  ["F", 3_060.25],
] as const;
const bandWeights = [30, 25, 20, 13, 8, 4];
const notes = [
  "",
  "",
  "",
  "",
  "",
  "Direct debit, first of the month",
  "Prefers letters",
  "Asked about instalments",
  "Moved in from out of area",
];

/** Council Tax: an account for each home, its liable person first, often a second one; no dates of birth, no NHS numbers. */
export function councilTax(random: Random, people: readonly Resident[]): Source {
  const records: SourceRecord[] = [];
  const households = Map.groupBy(people, ({ home }) => home);
  let serial = 4_000;
  for (const household of households.values()) {
    const adults = household.filter(({ born }) => ageOn(born, asAt) >= 18);
    serial += random.between(1, 9);
    const account = `CT-${String(serial).padStart(7, "0")}`;
    const [band, charge] = random.weighted(bands.map((band, at) => [band, bandWeights[at] ?? 1] as const));
    const start = dayFirst(addDays(asAt, -random.between(30, 9_000)));
    const uprnMissing = random.chance(0.08);
    const liable = adults.filter(({ role }, at) => at === 0 || role !== undefined || (at === 1 && random.chance(0.6)));
    liable.forEach((person, at) => {
      const written = writeDown(random, person, care);
      const fields = {
        account_ref: account,
        person_no: String(at + 1),
        title: person.sex === "M" ? "Mr" : random.pick(["Mrs", "Ms", "Miss"]),
        first_name: written.forename,
        last_name: written.surname,
        address: written.address,
        postcode: random.chance(0.1) ? written.postcode.replace(" ", "").toLowerCase() : written.postcode,
        uprn: uprnMissing ? "" : written.uprn,
        ward_code: written.ward,
        band,
        annual_charge: (adults.length === 1 ? charge * 0.75 : charge).toFixed(2),
        start_date: start,
        notes: random.pick(notes),
      };
      records.push({ recordId: `${account}/${at + 1}`, personId: person.id, fields });
    });
  }
  return {
    file: "council-tax.csv",
    columns,
    records,
    bad: badCsvRecords(random, columns, records, { ragged: 2, strayQuote: 1, brokenUtf8: 1 }),
  };
}
