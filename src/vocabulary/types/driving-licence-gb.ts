import { semanticType } from "../semantic-type.ts";
import { ascii, only, remove, replace, trim, upper } from "../steps.ts";

const surname = "[A-Z]{5}|[A-Z]{4}9|[A-Z]{3}99|[A-Z]{2}999|[A-Z]9999";

/** Decade, month, day, year of a day that the calendar has; February 29 only in leap years. */
const born = [
  "[0-9][05](?:[1-9](?:0[1-9]|1[0-9]|2[0-8])|[13-9](?:29|30)|[13578]31)[0-9]",
  "[0-9][16](?:[012](?:0[1-9]|1[0-9]|2[0-9]|30)|[02]31)[0-9]",
  "[02468][05]229[048]|[13579][05]229[26]",
].join("|");

/**
 * A driver number of the DVLA: five of the surname filled up with nines, the decade of birth, month (fifty more for women), day and
 * year, two initials, and three more that are not public; an issue number after it is dropped. It holds name, birth date and sex.
 */
export const drivingLicenceGb = semanticType({
  id: "driving_licence_gb",
  label: "Driver number (Great Britain)",
  class: "identifier",
  personal: true,
  mask: "null",
  storage: "VARCHAR",
  examples: ["MORGA657054SM9IJ", "smith802290ab1cd", "MORGA 657054 SM9IJ 35"],
  counterExamples: ["MORGA613054SM9IJ", "99999657054SM9IJ", "MO9G9657054SM9IJ", "SMITH802291AB1CD"],
  steps: [
    trim,
    ascii,
    upper,
    remove(" -"),
    replace("^([A-Z0-9]{16})[0-9]{2}$", "\\1"),
    only(`(?:${surname})(?:${born})(?:[A-Z][A-Z9]|99)[A-Z0-9][A-Z]{2}`),
  ],
  detect: {
    by: "values",
    test: "the form of a driver number, with a date in it",
    strong: [
      "driving licence",
      "driving licence number",
      "driving licence no",
      "driver number",
      "licence number",
      "driver licence",
    ],
    weak: ["licence", "driver"],
    prior: -2,
    chance: 0.001,
  },
});
