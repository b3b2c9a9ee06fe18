import { semanticType } from "../semantic-type.ts";
import { only, remove, trim } from "../steps.ts";

/** A plain measure, whole or decimal; commas between thousands are dropped. Longer digit strings are codes, not numbers. */
export const number = semanticType({
  id: "number",
  label: "Number",
  class: "open",
  personal: false,
  mask: "clear",
  storage: "DOUBLE",
  normal: "-?[0-9]{1,15}(?:[.][0-9]{1,40})?",
  examples: ["12", "-3.25", "1,204", ".5", "9.1727900000000009"],
  counterExamples: ["1e5", "12%", "1,23", "", "1234567890123456"],
  steps: [
    trim,
    only("[+-]?(?:[0-9]{1,15}|[0-9]{1,3}(?:,[0-9]{3}){1,4})?(?:[.][0-9]{1,40})?"),
    only("[^0-9]*[0-9].*"),
    remove(","),
  ],
  detect: { by: "fallback", test: "a number", strong: [], weak: [], prior: -1, chance: 0.5 },
});
