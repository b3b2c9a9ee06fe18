import { describe, expect, test } from "vitest";
import { columnWords, indexPhrases, phrasesIn, runsOf } from "./column-words.ts";
import { detect, type ColumnEvidence } from "./index.ts";

function column(name: string, values: readonly string[], nulls = 0): ColumnEvidence {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  const distinct = [...counts].map(([value, count]) => ({ value, count }));
  return { name, rows: values.length + nulls, nulls, distinct, distinctTotal: distinct.length };
}

const valid = ["9990000018", "9990000026", "9990000034", "9990000042", "9990000050"];

describe("NHS numbers by odds", () => {
  test.each([
    [2, "nhs_no", 0.992],
    [3, "ref", 0.926],
    [5, "x", 0.999],
  ])("%i valid values in a column named %s", (count, name, confidence) => {
    const found = detect(column(name, valid.slice(0, count)));
    const odds =
      found.type === "nhs_number" ? found.confidence : found.alternatives.find(({ type }) => type === "nhs_number")?.confidence;
    expect(odds).toBeCloseTo(Math.min(confidence, count === 3 ? 0.89 : 1), 2);
  });

  test("says what it saw", () => {
    const { type, evidence } = detect(column("NHS Number", [...valid, "9990000019", "NA", "N/A", " "]));
    expect(type).toBe("nhs_number");
    expect(evidence).toEqual([
      "the name contains the token nhs",
      "5 of 6 distinct values pass the NHS check digit",
      "1 of 9 rows say “na”, which is read as no value",
      "1 of 9 rows say “n/a”, which is read as no value",
    ]);
  });

  test("telephones that lost their zero are telephones, although some pass the check", () => {
    const phones = Array.from({ length: 50 }, (_, at) => String(1_614_960_000 + at * 7));
    const passing = phones.filter((text) =>
      detect(column("nhs", [text, text])).evidence.some((line) => line.startsWith("1 of 1")),
    );
    expect(passing.length).toBeGreaterThan(2);
    expect(detect(column("contact", phones)).type).toBe("phone");
  });

  test("random ten-digit ids stay unnamed", () => {
    const ids = Array.from({ length: 200 }, (_, at) => String(4_000_000_007 + at * 7_919));
    expect(detect(column("member", ids)).type).not.toBe("nhs_number");
  });
});

test.each([
  ["nhs_number", "NHSNumber"],
  ["person.date_of_birth", "DOB"],
  ["person.forename", "First Name"],
  ["uprn", "uprn"],
])("%s by name only, said as such", (type, name) => {
  const found = detect(column(name, [], 10));
  expect(found.type).toBe(type);
  expect(found.confidence).toBeLessThan(0.9);
  expect(found.evidence).toContain("no value was read, so this rests on the name alone");
});

test.each([
  ["person.forename", "given_name", ["Mair", "Aisha", "Piotr", "Zebedee", "John"]],
  ["person.surname", "Last Name", ["Jones", "Khan", "Nowak", "Quillfeather"]],
  ["person.date_of_birth", "dob", ["01/02/1980", "3/4/1999", "1971-12-30"]],
  ["time.date", "start", ["2026-01-01", "2026-01-02", "2026-01-03", "2026-01-04", "2026-01-05"]],
  ["postcode", "pc", ["ZX1 2AB", "ZX1 2AD", "ZX1 3AE", "ZX4 2AF", "ZX1 2AG"]],
  ["special.ethnicity", "Ethnicity", ["White British", "Indian", "Not stated"]],
  ["money.gbp", "annual_charge", ["1204.50", "998.10", "1,500.00"]],
  ["case_ref", "LA Person Unique Identifier", ["P100234", "P100235", "P100236"]],
  ["account_ref", "account_ref", ["CT-0004512", "CT-0004513"]],
])("finds %s in %s", (type, name, values) => expect(detect(column(name, values))).toMatchObject({ type }));

test("a name whose values refute it is not believed", () => {
  expect(detect(column("nhs_number", ["red", "green", "blue", "red", "green", "blue"])).type).toBe("category");
  expect(detect(column("postcode", ["red", "green", "blue"])).type).not.toBe("postcode");
});

test("shape decides only when meaning does not", () => {
  const codes = Array.from({ length: 30 }, (_, at) => `X${at}Q`);
  expect(detect(column("row_id", codes)).type).toBe("record_id");
  expect(detect(column("thing", codes)).type).toBe("text");
  expect(detect(column("height", ["1.2", "3.4", "5"])).type).toBe("number");
  expect(detect(column("empty", [], 5))).toMatchObject({ type: null, confidence: 0 });
});

test("evidence quotes no value", () => {
  const secret = "Zyxwvut";
  expect(JSON.stringify(detect(column("surname", [secret, "Jones", "Khan"])))).not.toContain(secret);
});

test.each([
  ["email", "Email_Address"],
  ["email", "email_addr"],
  ["account_ref", "rent_account_no"],
  ["person.date_of_birth", "D.O.B."],
  ["person.full_name", "Name of child"],
  ["special.health", "Primary Support Reason"],
  ["case_ref", "CaseNo"],
])("the longer words win: %s from %s", (type, name) => expect(detect(column(name, [], 5))).toMatchObject({ type }));

test("a health word in a name goes to a person, whatever stands below it", () => {
  const found = detect(column("Dementia", ["Yes", "No", "Yes", "No"]));
  expect(found.type).toBe("special.health");
  expect(found.confidence).toBeLessThan(0.99); // between 0.9 and 0.99 a find is reviewed
});

test("notes are free text, however few there are", () => {
  expect(detect(column("notes", ["Ring first", "Ring first", "Ring first", "Dog"])).type).toBe("text");
});

test("column names split into whole words", () => {
  expect(columnWords("NHSNumber2_patientID")).toEqual(["nhs", "number", "patient", "id"]);
  expect(phrasesIn(runsOf(columnWords("acid_level")), indexPhrases([["card", ["cid"]] as const])).size).toBe(0);
});

test.each([
  ["person.forename", "Elector Forename"],
  ["person.surname", "ElectorSurname"],
  ["nino", "NI No"],
  ["postcode", "PCode"],
  ["phone", "Tel"],
  ["case_ref", "Child Unique ID"],
  ["special.ethnicity", "ETHNIC"],
  ["account_ref", "ctax_acc_no"],
  ["org.company_number", "Recipient Org:Company Number"],
  ["postcode", "Postcode of school"],
  ["postcode", "School postcode"],
  ["money.gbp", "Total (£)"],
])("reads %s from the name %s", (type, name) => expect(detect(column(name, [], 5)).type).toBe(type));

test.each([
  "Age band",
  "Job Title",
  "Place of birth",
  "NHS number status",
  "council_tax_band",
  "Number of referrals",
  "Expenditure code",
  "DOB_SCORE",
  "uprn_source",
  "Contact ID",
])("a longer name may mean something else: %s", (name) => expect(detect(column(name, [], 5)).type).toBeNull());

test("rivals are those within one unit of odds", () => {
  const { type, confidence, alternatives } = detect(column("account number", ["12345678", "23456789", "34567890", "45678901"]));
  expect(type).not.toBeNull();
  expect(alternatives.map((rival) => rival.type)).toContain(type === "bank.account" ? "account_ref" : "bank.account");
  const odds = (share: number) => Math.log10(share / (1 - share));
  for (const rival of alternatives) expect(odds(confidence) - odds(rival.confidence)).toBeLessThanOrEqual(1);
});

test("types that a few values refute are not tried on all of them", () => {
  let reads = 0;
  const distinct = Array.from({ length: 2_000 }, (_, at) => ({
    get value() {
      reads += 1;
      return `a text of no kind, ${at} words long`;
    },
    count: 1,
  }));
  detect({ name: "words", rows: 2_000, nulls: 0, distinct, distinctTotal: 2_000 });
  expect(reads).toBeLessThan(20_000);
});

describe("what is said of a thing is not that thing", () => {
  const faiths = ["Catholic", "Church of Elmfield", "Christian", "Voluntary aided", "Does not apply", "Community", "Trust"];
  test.each([
    ["Income Rank (where 1 is most deprived)", "money.gbp", Array.from({ length: 60 }, (_, at) => String(at + 1))],
    ["Income Decile (where 1 is most deprived 10% of areas)", "money.gbp", Array.from({ length: 10 }, (_, at) => String(at + 1))],
    ["Recipient Org:Identifier", "org.name", Array.from({ length: 20 }, (_, at) => `GB-CHC-${1_100_000 + at}`)],
    ["lowest_admission_age", "person.age", ["3", "4", "5", "7", "11", "16"]],
    ["StatutoryLowAge", "person.age", ["3", "4", "5", "7", "11", "16"]],
    ["religion", "special.religion", faiths],
  ])("%s is not proposed as %s", (name, lure, values) => {
    const { type, confidence } = detect(column(name, values));
    expect(type === lure && confidence >= 0.9).toBe(false);
  });

  test("and the thing itself still is", () => {
    expect(detect(column("religion", ["Christian", "Muslim", "Hindu", "Sikh", "No religion", "Jewish"]))).toMatchObject({
      type: "special.religion",
    });
    expect(detect(column("age", ["3", "14", "35", "67", "81", "16"]))).toMatchObject({ type: "person.age" });
  });
});

test("small counts with a few large ones are numbers, whatever lists have 1 and 2 in them", () => {
  const counts = Array.from({ length: 400 }, (_, at) => (at % 40 === 39 ? String(100 + at) : String(1 + (at % 2))));
  const found = detect(column("03:00", counts, 2000));
  expect(found.type === null || ["measure", "number"].includes(found.type)).toBe(true);
  expect(
    detect(
      column(
        "Sex",
        counts.map((count) => (count.length > 1 ? "9" : count)),
      ),
    ).type,
  ).toBe("person.sex");
});
