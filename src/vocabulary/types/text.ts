import { semanticType } from "../semantic-type.ts";
import { trim } from "../steps.ts";

/**
 * Text of no known kind. What free text holds is not known until someone looks, so it is restricted and masked whole.
 */
export const text = semanticType({
  id: "text",
  label: "Text",
  class: "restricted",
  classAlone: "internal",
  personal: false,
  mask: "null",
  storage: "VARCHAR",
  examples: ["Any words at all"],
  counterExamples: ["", "\t"],
  steps: [trim],
  detect: { by: "fallback", test: "text", strong: [], weak: [], prior: -1, chance: 1 },
});
