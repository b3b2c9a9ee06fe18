import { semanticType } from "../semantic-type.ts";
import { trim } from "../steps.ts";

/** One of a short list of values. */
export const category = semanticType({
  id: "category",
  label: "Category",
  class: "open",
  personal: false,
  mask: "clear",
  storage: "VARCHAR",
  examples: ["Open", "Band D"],
  counterExamples: ["", "  "],
  steps: [trim],
  detect: { by: "fallback", test: "a short list", strong: [], weak: [], prior: -1, chance: 0.5 },
});
