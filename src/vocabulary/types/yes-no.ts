import { semanticType } from "../semantic-type.ts";
import { ascii, lookUp, lower, trim } from "../steps.ts";

const words = new Map([
  ["yes", "Y"],
  ["y", "Y"],
  ["true", "Y"],
  ["no", "N"],
  ["n", "N"],
  ["false", "N"],
]);

/** Yes or no, from the words, the letters Y and N, true and false. */
export const yesNo = semanticType({
  id: "yes_no",
  label: "Yes or no",
  class: "open",
  personal: false,
  mask: "clear",
  storage: "VARCHAR",
  examples: ["Yes", "n", "TRUE", "No"],
  counterExamples: ["1", "maybe", "", "Unknown"],
  steps: [trim, ascii, lower, lookUp(words)],
  detect: {
    by: "fallback",
    test: "yes or no",
    strong: [],
    weak: [],
    prior: -1,
    chance: 0.5,
  },
});
