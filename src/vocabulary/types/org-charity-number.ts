import { semanticType } from "../semantic-type.ts";
import { ascii, only, remove, trim, upper } from "../steps.ts";

/** A number of a register of charities: England and Wales (a linked charity after a hyphen), Scotland, Northern Ireland. */
export const orgCharityNumber = semanticType({
  id: "org.charity_number",
  label: "Charity number",
  class: "open",
  personal: false,
  mask: "clear",
  storage: "VARCHAR",
  normal: "[1-9][0-9]{5,6}(?:-[0-9]{1,3})?|SC0[0-9]{5}|NIC[0-9]{6}",
  examples: ["1089464", "207544", "234887-1", "sc 012345", "NIC100012"],
  counterExamples: ["12345", "SC123456", "NI100012", "0207544"],
  steps: [trim, ascii, upper, remove(" "), only("[1-9][0-9]{5,6}(?:-[0-9]{1,3})?|SC0[0-9]{5}|NIC[0-9]{6}")],
  detect: {
    by: "both",
    test: "the form of a charity number",
    strong: [
      "charity number",
      "charity no",
      "registered charity number",
      "charity registration number",
      "charity reg no",
      "charity reg",
      "charity registration no",
      "charity regno",
      "charity id",
      "registered charity no",
      "registered charity",
      "ccew number",
      "oscr number",
      "linked charity number",
      "charity commission number",
      "reg charity number",
    ],
    weak: ["charity"],
    prior: -2,
    chance: 0.3,
  },
});
