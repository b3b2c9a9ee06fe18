import { luhn, weightedDigits } from "../check-digits.ts";
import { semanticType } from "../semantic-type.ts";
import { ascii, either, only, remove, replace, trim } from "../steps.ts";

/** DDMMYY of a day that some century has. */
const date =
  "(?:0[1-9]|1[0-9]|2[0-8])(?:0[1-9]|1[0-2])[0-9]{2}|(?:29|30)(?:0[13-9]|1[0-2])[0-9]{2}|31(?:0[13578]|1[02])[0-9]{2}|2902(?:[02468][048]|[13579][26])";

/**
 * A Community Health Index number of NHS Scotland: a date of birth (DDMMYY), two digits, one that tells the sex, and a check by
 * modulus 11 or, since dates ran out in 2025, by Luhn. Nine digits lost a leading zero. It holds the birth date, so it is masked whole.
 */
export const chiNumber = semanticType({
  id: "chi_number",
  label: "CHI number (Scotland)",
  class: "identifier",
  personal: true,
  mask: "null",
  storage: "VARCHAR",
  examples: ["0101011237", "010133 6489", "0101201234", "101011237"],
  counterExamples: ["3201201234", "0101011238", "2902011230", "99900000"],
  steps: [
    trim,
    ascii,
    remove(" -"),
    replace("^([0-9]{9})$", "0\\1"),
    only(`(?:${date})[0-9]{4}`),
    either(weightedDigits([10, 9, 8, 7, 6, 5, 4, 3, 2, 1], 11), luhn(10, 10)),
  ],
  detect: {
    by: "values",
    test: "the date and the check digit of a CHI number",
    strong: ["chi", "chi number", "chi no", "community health index"],
    weak: [],
    prior: -2,
    chance: 0.0066,
  },
});
