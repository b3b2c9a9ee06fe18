import { semanticType } from "../semantic-type.ts";
import { ascii, lookUp, lower, trim } from "../steps.ts";

const codes = new Map([
  ["1", "M"],
  ["m", "M"],
  ["male", "M"],
  ["males", "M"],
  ["2", "F"],
  ["f", "F"],
  ["female", "F"],
  ["females", "F"],
]);

/** M or F, from the words and from the NHS codes 1 and 2; 0 and 9 (not known, not specified) are no value. */
export const personSex = semanticType({
  id: "person.sex",
  label: "Sex",
  class: "personal",
  personal: true,
  mask: "clear",
  storage: "VARCHAR",
  examples: ["Male", "f", "1", "2"],
  counterExamples: ["0", "9", "unknown", "B", ""],
  steps: [trim, ascii, lower, lookUp(codes)],
  detect: {
    by: "list",
    test: "the list of sexes",
    strong: ["sex", "gender", "sex at birth", "legal sex", "gender code", "sex code", "birth sex", "gender current"],
    weak: [],
    prior: -1,
    chance: 0.02,
    recognise: (text) => /^\s*(?:[12mf]|fe?males?|males?|(?:all )?persons|unknown|not known|-1)\s*$/i.test(text),
  },
});
