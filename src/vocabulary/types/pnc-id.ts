import { checkLetter } from "../check-digits.ts";
import { semanticType } from "../semantic-type.ts";
import { ascii, only, remove, replace, trim, upper } from "../steps.ts";

/**
 * A Police National Computer identity: year, serial number and a check letter, modulus 23 on the year's last two digits and
 * the serial. That somebody has one says that the police dealt with them.
 */
export const pncId = semanticType({
  id: "pnc_id",
  label: "Police National Computer number",
  class: "criminal",
  personal: true,
  mask: "null",
  storage: "VARCHAR",
  examples: ["2002/0073319Z", "1979/0163001b", "20020073319Z"],
  counterExamples: ["2003/0011985Z", "2002/73319Z", "02/0073319Z"],
  steps: [
    trim,
    ascii,
    upper,
    remove(" /"),
    only("[0-9]{11}[A-HJ-NP-RT-Z]"),
    // the century takes no part in the check
    checkLetter({
      at: "last",
      letters: "ZABCDEFGHJKLMNPQRTUVWXY",
      alphabets: ["0123456789"],
      weights: [0, 0, ...Array.from({ length: 9 }, (_, at) => 10 ** (8 - at) % 23)],
    }),
    replace("^(.{4})(.*)$", "\\1/\\2"),
  ],
  detect: {
    by: "values",
    test: "the check letter of a Police National Computer number",
    strong: [
      "pnc",
      "pnc id",
      "pnc number",
      "pncid",
      "police national computer",
      "pnc no",
      "pnc ref",
      "pnc identifier",
      "police national computer id",
      "police national computer number",
    ],
    weak: ["police"],
    prior: -2,
    chance: 1 / 23,
  },
});
