import { semanticType } from "../semantic-type.ts";
import { trim } from "../steps.ts";
import { isFlagOrTerm } from "../flag-or-term.ts";

/** A political opinion or the membership of a trade union. Special category data (UK GDPR, Article 9); a person decides on it. */
export const specialBelief = semanticType({
  id: "special.belief",
  label: "Political opinion or trade union",
  class: "special",
  personal: true,
  mask: "null",
  storage: "VARCHAR",
  examples: ["Labour", "Member", "UNISON", "Yes"],
  counterExamples: ["", " "],
  steps: [trim],
  detect: {
    by: "name",
    test: "being a party, a union or a flag",
    strong: [
      "political opinion",
      "political affiliation",
      "political party",
      "political view",
      "party membership",
      "trade union",
      "trade union member",
      "trade union membership",
      "union member",
      "union membership",
      "political opinions",
      "political membership",
      "party affiliation",
      "union name",
      "tu membership",
      "trade union name",
    ],
    weak: ["political"],
    whole: ["union"],
    prior: -1,
    chance: 0.5,
    reviewOnly: true,
    recognise: isFlagOrTerm,
  },
});
