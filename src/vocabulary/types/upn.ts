import { checkLetter } from "../check-digits.ts";
import { semanticType } from "../semantic-type.ts";
import { ascii, only, remove, trim, upper } from "../steps.ts";

const letters = "ABCDEFGHJKLMNPQRTUVWXYZ";

/**
 * A Unique Pupil Number: a check letter (modulus 23), the authority, the school, the year and a serial number whose last
 * character is a letter while the number is temporary and counts as its place (Department for Education, UPN 2.0).
 */
export const upn = semanticType({
  id: "upn",
  label: "Unique Pupil Number",
  class: "identifier",
  personal: true,
  mask: "pseudonym",
  storage: "VARCHAR",
  examples: ["B801200005001", "x35840300251a"],
  counterExamples: ["A801200005001", "Q207000016049", "B80120000500"],
  steps: [
    trim,
    ascii,
    upper,
    remove(" "),
    only("[A-HJ-NP-RT-Z][0-9]{11}[0-9A-HJ-NP-RT-Z]"),
    checkLetter({ at: "first", letters, alphabets: ["0123456789", letters], weights: [2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13] }),
  ],
  detect: {
    by: "values",
    test: "the check letter of a pupil number",
    strong: ["upn", "unique pupil number", "pupil number", "unique pupil no", "former upn", "pupil no", "pupil id upn"],
    weak: ["pupil", "learner"],
    prior: -2,
    chance: 1 / 23,
  },
});
