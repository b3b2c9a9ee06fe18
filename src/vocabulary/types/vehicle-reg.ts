import { semanticType } from "../semantic-type.ts";
import { ascii, only, remove, trim, upper } from "../steps.ts";

/**
 * A registration mark in one of the forms that carry a date: of 2001 on, with a letter before, with a letter after (DVLA).
 * Dateless and Northern Ireland marks look like too much else and are not taken.
 */
export const vehicleReg = semanticType({
  id: "vehicle_reg",
  label: "Vehicle registration",
  class: "personal",
  personal: true,
  mask: "pseudonym",
  storage: "VARCHAR",
  examples: ["AB51 ABC", "k1abc", "ABC 123D"],
  counterExamples: ["AB35ABC", "AB51AIB", "I123BCD", "SW1A 1AA"],
  steps: [
    trim,
    ascii,
    upper,
    remove(" -"),
    only(
      "[A-HJ-PR-Y]{2}(?:0[2-9]|[12][0-9]|5[1-9]|[67][0-9])[A-HJ-PR-Z]{3}|[A-HJ-NPR-TV-Y][1-9][0-9]{0,2}[A-HJ-PR-Y][A-HJ-PR-Z]{2}|[A-HJ-PR-Z]{3}[1-9][0-9]{0,2}[A-HJ-NPR-TV-Y]",
    ),
  ],
  detect: {
    by: "values",
    test: "the form of a registration mark",
    strong: [
      "vrm",
      "vehicle registration",
      "registration mark",
      "vehicle reg",
      "reg plate",
      "number plate",
      "reg no",
      "reg number",
      "reg mark",
      "registration number",
      "registration no",
      "vehicle registration number",
      "vehicle registration mark",
      "vehicle reg no",
      "vehicle number plate",
      "veh reg",
      "car reg",
      "car registration",
      "plate number",
      "vehicle vrm",
      "v5 reg",
      "taxi plate",
      "index mark",
      "vrn",
    ],
    weak: ["vehicle", "registration"],
    whole: ["reg", "registration", "plate", "vehicle", "vrn"],
    prior: -2,
    chance: 0.01,
  },
});
