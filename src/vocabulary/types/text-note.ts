import { semanticType } from "../semantic-type.ts";
import { trim } from "../steps.ts";

/** Sentences that somebody wrote: a case note, a narrative. Anything may stand in them, so they are as sensitive as what may. */
export const textNote = semanticType({
  id: "text.note",
  label: "Free text",
  class: "restricted",
  personal: false,
  mask: "null",
  storage: "VARCHAR",
  examples: ["Rang her on Monday; no answer."],
  counterExamples: ["", "\t"],
  steps: [trim],
  detect: {
    by: "fallback",
    test: "long and different texts",
    strong: [
      "note",
      "notes",
      "comment",
      "comments",
      "description",
      "details",
      "narrative",
      "remarks",
      "summary",
      "free text",
      "case note",
      "case notes",
      "observations",
    ],
    weak: ["reason", "outcome", "action", "text", "detail", "statement", "feedback", "response", "concern", "story", "minutes"],
    prior: -1,
    chance: 1,
  },
});
