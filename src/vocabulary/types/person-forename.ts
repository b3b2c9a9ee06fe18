import { fold, letters } from "../fold.ts";
import { semanticType } from "../semantic-type.ts";
import { only } from "../steps.ts";
import { commonForenames } from "../words/forenames.ts";

/** Two or more letters with the marks names have; kept in capitals, without accents. */
export const namePattern = `[${letters}](?:[${letters}'. -]*[${letters}.])`;

export const personForename = semanticType({
  id: "person.forename",
  label: "Forename",
  class: "personal",
  personal: true,
  mask: "null",
  storage: "VARCHAR",
  normal: "[A-Z]{2,}(?:[ -][A-Z]+)*",
  examples: ["Zoë", "ANNE-MARIE", "Siân", "Łukasz", "أحمد", "Mary Ann"],
  counterExamples: ["J", "Anna2", "", "-", "x@example.org"],
  steps: [...fold, only(namePattern)],
  detect: {
    by: "list",
    test: "the list of common forenames",
    strong: [
      "forenames",
      "given names",
      "fname",
      "forename",
      "first name",
      "firstname",
      "given name",
      "givenname",
      "middle name",
      "middlename",
      "middle names",
      "middlenames",
      "other given name",
      "other names",
      "known as",
      "preferred name",
      "preferred forename",
      "christian name",
      "given",
      "fore name",
      "first names",
      "f name",
      "initials and forename",
      "forename name",
    ],
    weak: ["first"],
    whole: ["first", "given", "known as"],
    prior: -1,
    chance: 0.02,
    recognise: (text) => (personForename.parse(text) ?? "").split(/[ -]/).every((name) => commonForenames.has(name)),
  },
});
