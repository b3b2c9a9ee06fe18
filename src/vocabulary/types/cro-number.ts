import { remainderLetter } from "../check-digits.ts";
import { semanticType } from "../semantic-type.ts";
import { ascii, only, remove, replace, trim, upper } from "../steps.ts";

/**
 * A number of the Criminal Records Office: a serial number and a year, or SF, a year and a serial number, with a check letter by
 * modulus 23. Kept with the serial number in six digits, as it is checked; the SF form is left as it is. That somebody has one says
 * that there is a criminal record.
 */
export const croNumber = semanticType({
  id: "cro_number",
  label: "Criminal Records Office number",
  class: "criminal",
  personal: true,
  mask: "null",
  storage: "VARCHAR",
  examples: ["065656/91H", "65656/91h", "SF83/50058Z"],
  counterExamples: ["85227/65G", "065656/91J", "SF83/50058A", "65656"],
  steps: [
    trim,
    ascii,
    upper,
    remove(" "),
    replace("^([0-9]{1,6})/([0-9]{2})([A-Z])$", "\\2/00000\\1\\3"),
    replace("^([0-9]{2})/0*([0-9]{6}[A-Z])$", "\\1/\\2"),
    only(`(?:[0-9]{2}/[0-9]{6}|SF[0-9]{2}/[0-9]{1,6})[A-HJ-NP-RT-Z]`),
    remainderLetter("ZABCDEFGHJKLMNPQRTUVWXY"),
    replace("^([0-9]{2})/([0-9]{6})([A-Z])$", "\\2/\\1\\3"),
  ],
  detect: {
    by: "both",
    test: "the check letter of a Criminal Records Office number",
    strong: ["cro", "cro number", "cro no", "criminal records office"],
    weak: ["criminal"],
    prior: -2,
    chance: 1 / 23,
  },
});
