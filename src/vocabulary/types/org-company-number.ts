import { semanticType } from "../semantic-type.ts";
import { ascii, only, remove, replace, trim, upper } from "../steps.ts";

const prefixes = "AC|CE|CS|EN|ES|FC|FE|GE|GN|GS|LP|NA|NC|NF|NI|NL|NZ|OC|OE|R0|RC|SA|SC|SE|SF|SG|SL|SO|SZ|ZC";

/** A number of the register of companies: eight digits, or two letters and six; digits that lost leading zeros get them back. */
export const orgCompanyNumber = semanticType({
  id: "org.company_number",
  label: "Company number",
  class: "open",
  personal: false,
  mask: "clear",
  storage: "VARCHAR",
  normal: `[0-9]{8}|(?:${prefixes})[0-9]{6}`,
  examples: ["00445790", "445790", "sc 123456", "CE123456", "IP12345R"],
  counterExamples: ["123456789", "XX123456", "12345", "Companies House"],
  steps: [
    trim,
    ascii,
    upper,
    remove(" "),
    replace("^([0-9]{6})$", "00\\1"),
    replace("^([0-9]{7})$", "0\\1"),
    only(`[0-9]{8}|(?:${prefixes})[0-9]{6}|(?:IP|SP|NP|RS|SO)[0-9A-Z]{6}`),
  ],
  detect: {
    by: "both",
    test: "the form of a company number",
    strong: [
      "company number",
      "company no",
      "company registration number",
      "companies house number",
      "company reg no",
      "crn",
      "company registration no",
      "company reg",
      "companies house no",
      "companies house reg",
      "companies house id",
      "companies house registration",
      "registered company number",
      "registered number",
      "reg company no",
      "co number",
      "co no",
      "co reg no",
      "company house number",
      "company regno",
      "company id number",
      "charity company registration number",
    ],
    weak: ["company", "companies house"],
    prior: -2,
    chance: 0.2,
  },
});
