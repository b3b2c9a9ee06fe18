import { civilDate, isSomeDate } from "../dates.ts";
import { semanticType } from "../semantic-type.ts";
import { replace } from "../steps.ts";

/** Placeholders that systems write for "not known". They would make strangers look alike, so they are not valid. */
const defaults = "^(?:1900-01-01|1901-01-01|1911-11-11)$";

/** A date of birth, day first. Whether it lies in the future is for the reader of the day to say: types know no clock. */
export const personDateOfBirth = semanticType({
  id: "person.date_of_birth",
  label: "Date of birth",
  class: "personal",
  personal: true,
  mask: "year",
  storage: "DATE",
  normal: "(?:18[0-9]{2}|19[2-9][0-9]|2[01][0-9]{2})-(?:0[1-9]|1[0-2])-(?:0[1-9]|1[0-9]|2[0-8])",
  examples: ["29/02/2000", "2000-02-29", "1-3-1985", "19850301", "3 Mar 1985"],
  counterExamples: ["29/02/1900", "31/04/1990", "1900-01-01", "01/02/85", "March 1985"],
  steps: [...civilDate(), replace(defaults, "")],
  dated: (reading) => [...civilDate(reading), replace(defaults, "")],
  detect: {
    by: "both",
    test: "a real date",
    strong: [
      "d o b",
      "dob",
      "date of birth",
      "birth date",
      "birthdate",
      "dateofbirth",
      "born",
      "birth",
      "date birth",
      "birth dt",
      "dt of birth",
      "dob dt",
      "d birth",
      "person birth date",
      "date of birth of",
      "dofb",
      "expected date of birth",
      "mother date of birth",
    ],
    weak: ["birthday"],
    whole: ["birthday"],
    prior: -1,
    chance: 0.01,
    recognise: isSomeDate,
  },
});
