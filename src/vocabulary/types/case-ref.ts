import { semanticType } from "../semantic-type.ts";
import { ascii, only, trim, upper } from "../steps.ts";

/** A case or person in one service's system: social care, housing, special needs. Means nothing outside its source. */
export const caseRef = semanticType({
  id: "case_ref",
  label: "Case reference",
  class: "identifier",
  personal: true,
  mask: "pseudonym",
  storage: "VARCHAR",
  examples: ["P100234", "ASC/2026/0091", "e-77120"],
  counterExamples: ["", "Case", "12 34", "#9"],
  steps: [trim, ascii, upper, only("[A-Z0-9/.-]*[0-9][A-Z0-9/.-]*")],
  detect: {
    by: "name",
    test: "the form of a case reference",
    strong: [
      "case no",
      "case ref",
      "case reference",
      "case number",
      "case id",
      "person unique identifier",
      "client id",
      "person id",
      "event reference",
      "referral id",
      "child id",
      "linked person id",
      "tenancy ref",
    ],
    weak: ["case", "client"],
    prior: -2,
    chance: 0.5,
  },
});
