import { isFlagOrTerm } from "../flag-or-term.ts";
import { semanticType } from "../semantic-type.ts";
import { trim } from "../steps.ts";

/**
 * Diagnosis, medication, disability, support need. Special category data (UK GDPR, Article 9). Found by words in the
 * column's name only, so a person always has the last word on it; until then it is treated as what it seems to be.
 */
export const specialHealth = semanticType({
  id: "special.health",
  label: "Health or disability",
  class: "special",
  classAlone: "open",
  personal: false,
  mask: "null",
  storage: "VARCHAR",
  examples: ["Yes", "Asthma"],
  counterExamples: ["", " "],
  steps: [trim],
  detect: {
    by: "name",
    test: "being a term or a flag",
    strong: [
      "diagnosis",
      "diagnoses",
      "medication",
      "disability",
      "disabilities",
      "disabled",
      "impairment",
      "dementia",
      "autism",
      "adhd",
      "mental health",
      "health condition",
      "long term condition",
      "pregnant",
      "pregnancy",
      "allergy",
      "allergies",
      "support reason",
      "sen need",
      "primary need",
    ],
    weak: [],
    prior: -1,
    chance: 0.5,
    reviewOnly: true,
    recognise: isFlagOrTerm,
  },
});
