import { semanticType } from "../semantic-type.ts";
import { ascii, only, remove, trim, upper } from "../steps.ts";

/** The number of a United Kingdom passport: nine digits; older ones a letter and six digits, or the reverse. It has no check of its own. */
export const passportGb = semanticType({
  id: "passport_gb",
  label: "Passport number (UK)",
  class: "identifier",
  personal: true,
  mask: "null",
  storage: "VARCHAR",
  examples: ["925076473", "L123456", "123456l"],
  counterExamples: ["92507647", "AB1234567", "passport"],
  steps: [trim, ascii, upper, remove(" "), only("[0-9]{9}|[A-Z][0-9]{6}|[0-9]{6}[A-Z]")],
  detect: {
    by: "both",
    test: "the form of a passport number",
    strong: ["passport", "passport number", "passport no"],
    weak: [],
    prior: -2,
    chance: 0.3,
  },
});
