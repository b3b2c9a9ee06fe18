import { semanticType } from "../semantic-type.ts";
import { only, remove, trim } from "../steps.ts";

/** A share of a hundred, written with its sign, as a number: “12.5 %” is 12.5. */
export const percentage = semanticType({
  id: "percentage",
  label: "Percentage",
  class: "open",
  personal: false,
  mask: "clear",
  storage: "DOUBLE",
  examples: ["12%", "-3.5 %", "100.0%"],
  counterExamples: ["%", "1,5%", "half"],
  steps: [trim, only("[+-]?[0-9]{1,9}(?:[.][0-9]{1,40})?(?: ?%)?"), remove(" %+")],
  detect: {
    by: "fallback",
    test: "a percentage",
    strong: [],
    weak: [],
    prior: -1,
    chance: 0.5,
  },
});
