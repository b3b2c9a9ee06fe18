import { semanticType } from "../semantic-type.ts";
import { only, replace, trim } from "../steps.ts";

/** Unique Property Reference Number (GeoPlace): one to twelve digits, no check digit, leading zeros without meaning. */
export const uprn = semanticType({
  id: "uprn",
  label: "Property reference (UPRN)",
  class: "personal",
  classAlone: "open",
  personal: false,
  mask: "null",
  storage: "VARCHAR",
  normal: "[1-9][0-9]{0,11}",
  examples: ["100012345678", "000010023456"],
  counterExamples: ["1000123456789", "12A4", "0", "M1 1AA", "10.5"],
  steps: [trim, replace("^0+", ""), only("[1-9][0-9]{0,11}")],
  detect: {
    by: "both",
    test: "the form of a UPRN, up to twelve digits",
    strong: [
      "uprn",
      "unique property reference",
      "property reference number",
      "unique property reference number",
      "unique property ref",
      "unique property ref number",
      "unique property reference no",
      "gazetteer uprn",
      "llpg uprn",
      "property urn",
      "blpu uprn",
    ],
    weak: ["property"],
    prior: -2,
    chance: 0.6,
    recognise: (text) => /^\s*0*[1-9]\d{3,11}\s*$/.test(text),
  },
});
