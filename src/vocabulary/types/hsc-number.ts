import { weightedDigits } from "../check-digits.ts";
import { semanticType } from "../semantic-type.ts";
import { ascii, only, remove, replace, trim } from "../steps.ts";

/** A health and care number of Northern Ireland: as an NHS number, from the block 320 000 001 to 399 999 999. */
export const hscNumber = semanticType({
  id: "hsc_number",
  label: "Health and care number (Northern Ireland)",
  class: "identifier",
  personal: true,
  mask: "pseudonym",
  storage: "VARCHAR",
  examples: ["3200000015", "320 000 0023"],
  counterExamples: ["9990000018", "3200000005", "3200000016", "4000000004"],
  steps: [
    trim,
    ascii,
    remove(" -"),
    only("3[2-9][0-9]{8}"),
    replace("^320000000[0-9]$", ""),
    weightedDigits([10, 9, 8, 7, 6, 5, 4, 3, 2, 1], 11),
  ],
  detect: {
    by: "both",
    test: "the check digit and the block of a health and care number",
    strong: [
      "hsc",
      "hcn",
      "hsc number",
      "h and c number",
      "health and care number",
      "health care number",
      "h c number",
      "h c no",
      "hc number",
      "hc no",
    ],
    weak: [],
    prior: -2,
    chance: 1 / 11,
  },
});
