import { semanticType } from "../semantic-type.ts";
import { ascii, only, remove, trim, upper } from "../steps.ts";

/**
 * A number on the electoral roll: the letters of a polling district and a number in it, which is renumbered each December. Useless
 * without the district, and known by the name of its column only.
 */
export const electoralNumber = semanticType({
  id: "electoral_number",
  label: "Electoral roll number",
  class: "identifier",
  personal: true,
  mask: "pseudonym",
  storage: "VARCHAR",
  examples: ["PD-123/1", "AB 1204", "842"],
  counterExamples: ["Elector", "", "PD-", "123456"],
  steps: [trim, ascii, upper, remove(" "), only("(?:[A-Z]{1,3}[0-9]?-?)?[0-9]{1,5}(?:/[0-9]{1,2})?")],
  detect: {
    by: "name",
    test: "the form of an electoral roll number",
    strong: [
      "elector number",
      "elector no",
      "electoral number",
      "electoral no",
      "electoral register reference number",
      "electoral roll number",
      "electoral roll no",
      "electoral roll",
      "elector id",
      "roll number",
      "roll no",
      "elector num",
      "electoral ref",
      "electoral reference",
      "electoral register no",
      "electoral register number",
      "elector roll number",
      "elector ref",
      "polling number",
      "register number elector",
    ],
    weak: ["elector", "electoral"],
    prior: -2,
    chance: 0.5,
  },
});
