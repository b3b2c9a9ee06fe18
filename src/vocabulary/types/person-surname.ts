import { fold } from "../fold.ts";
import { semanticType } from "../semantic-type.ts";
import { only } from "../steps.ts";
import { commonSurnames } from "../words/surnames.ts";
import { namePattern } from "./person-forename.ts";

/** A family name, in the same form as forenames: capitals, no accents, hyphens and apostrophes kept. */
export const personSurname = semanticType({
  id: "person.surname",
  label: "Surname",
  class: "personal",
  personal: true,
  mask: "null",
  storage: "VARCHAR",
  normal: "[A-Z]{2,}(?:[ -][A-Z]+)*",
  examples: ["O’Brien", "Smith-Jones", "van der Berg", "Ó Súilleabháin", "Wiśniewska"],
  counterExamples: ["S", "Smith2", "", "12"],
  steps: [...fold, only(namePattern)],
  detect: {
    by: "list",
    test: "the list of common surnames",
    strong: [
      "sname",
      "lname",
      "surname",
      "last name",
      "lastname",
      "family name",
      "familyname",
      "sur name",
      "s name",
      "l name",
      "maiden name",
      "birth name",
      "birth surname",
      "previous surname",
      "former surname",
      "second name",
      "family names",
    ],
    weak: [],
    whole: ["last", "family"],
    prior: -1,
    chance: 0.02,
    leastName: 2,
    recognise: (text) => commonSurnames.has(personSurname.parse(text) ?? ""),
  },
});
