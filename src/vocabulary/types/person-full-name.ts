import { fold, letters } from "../fold.ts";
import { semanticType } from "../semantic-type.ts";
import { only, replace } from "../steps.ts";
import { commonForenames } from "../words/forenames.ts";
import { commonSurnames } from "../words/surnames.ts";

const token = `[${letters}'.-]+`;

/** Two or more names in one cell. A title goes; "Surname, Forename" is turned round. */
export const personFullName = semanticType({
  id: "person.full_name",
  label: "Full name",
  class: "personal",
  personal: true,
  mask: "null",
  storage: "VARCHAR",
  examples: ["Dr Aisha Khan", "Jones, Mair", "Jean-Luc O’Neill"],
  counterExamples: ["Aisha", "1 High Street", "Smith, John, Paul", ""],
  steps: [
    ...fold,
    replace("^(?:MR|MRS|MS|MISS|MX|DR|PROF|REV|SIR|DAME|CLLR)[.]? ", ""),
    replace("^([^,]+), ?([^,]+)$", "\\2 \\1"),
    only(`${token}(?: ${token})+`),
  ],
  detect: {
    by: "list",
    test: "the lists of common forenames and surnames",
    strong: [
      "child name",
      "name of child",
      "parent name",
      "carer name",
      "tenant name",
      "customer name",
      "pupil name",
      "full name",
      "fullname",
      "person name",
      "client name",
      "resident name",
      "patient name",
      "lead name",
      "contact name",
    ],
    weak: ["name"],
    prior: -1,
    chance: 0.02,
    recognise: (text) => {
      const names = personFullName.parse(text)?.split(" ") ?? [];
      return commonForenames.has(names[0] ?? "") && commonSurnames.has(names.at(-1) ?? "");
    },
  },
});
