import { civilDate, isSomeDate } from "../dates.ts";
import { semanticType } from "../semantic-type.ts";

/** The date somebody died. Whether it follows the birth and is past is for who reads both. */
export const personDateOfDeath = semanticType({
  id: "person.date_of_death",
  label: "Date of death",
  class: "personal",
  personal: true,
  mask: "year",
  storage: "DATE",
  examples: ["29/02/2020", "2020-02-29", "3 Mar 2015"],
  counterExamples: ["29/02/2019", "31/04/1990", "Yes"],
  steps: civilDate(),
  dated: civilDate,
  detect: {
    by: "both",
    test: "a real date",
    strong: [
      "date of death",
      "dod",
      "death date",
      "date died",
      "deceased date",
      "date deceased",
      "death",
      "date of decease",
      "deceased on",
      "death dt",
      "person death date",
      "dt of death",
    ],
    weak: ["deceased"],
    prior: -1,
    chance: 0.01,
    recognise: isSomeDate,
  },
});
