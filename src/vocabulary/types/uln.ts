import { weightedDigits } from "../check-digits.ts";
import { semanticType } from "../semantic-type.ts";
import { ascii, only, remove, trim } from "../steps.ts";

/** A Unique Learner Number: ten digits whose weighted sum leaves ten when divided by eleven (HESA), so never an NHS number. */
export const uln = semanticType({
  id: "uln",
  label: "Unique Learner Number",
  class: "identifier",
  personal: true,
  mask: "pseudonym",
  storage: "VARCHAR",
  examples: ["9276308686", "92763 08686"],
  counterExamples: ["9990000018", "9276308687", "0276308686"],
  steps: [trim, ascii, remove(" "), only("[1-9][0-9]{9}"), weightedDigits([10, 9, 8, 7, 6, 5, 4, 3, 2, 1], 11, 10)],
  detect: {
    by: "both",
    test: "the check digit of a learner number",
    strong: ["uln", "unique learner number", "learner number", "unique learner no", "learner uln"],
    weak: ["learner"],
    prior: -2,
    chance: 0.082,
  },
});
