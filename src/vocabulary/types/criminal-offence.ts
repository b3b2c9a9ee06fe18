import { semanticType } from "../semantic-type.ts";
import { trim } from "../steps.ts";
import { isFlagOrTerm } from "../flag-or-term.ts";

/**
 * An offence, caution, conviction, order or the result of a criminal record check (UK GDPR, Article 10). Found by the words of the
 * name, so a person decides on it.
 */
export const criminalOffence = semanticType({
  id: "criminal.offence",
  label: "Offence or conviction",
  class: "criminal",
  personal: false,
  mask: "null",
  storage: "VARCHAR",
  examples: ["Theft from a motor vehicle", "Convicted", "Yes", "8/01"],
  counterExamples: ["", " "],
  steps: [trim],
  detect: {
    by: "name",
    test: "being an offence or a flag",
    strong: [
      "offence",
      "offences",
      "offence code",
      "offence type",
      "offence description",
      "offence category",
      "index offence",
      "conviction",
      "convictions",
      "convicted",
      "criminal conviction",
      "criminal record",
      "previous convictions",
      "caution",
      "cautions",
      "cautioned",
      "dbs",
      "dbs result",
      "dbs outcome",
      "dbs check",
      "arrest reason",
      "charged",
      "sentence",
      "community order",
      "criminal behaviour order",
    ],
    weak: ["criminal"],
    prior: -1,
    chance: 0.5,
    reviewOnly: true,
    recognise: isFlagOrTerm,
  },
});
