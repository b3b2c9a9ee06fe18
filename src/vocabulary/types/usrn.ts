import { semanticType } from "../semantic-type.ts";
import { only, replace, trim } from "../steps.ts";

/** Unique Street Reference Number (GeoPlace): one to eight digits, no check digit, leading zeros without meaning. */
export const usrn = semanticType({
  id: "usrn",
  label: "Street reference (USRN)",
  class: "open",
  personal: false,
  mask: "clear",
  storage: "VARCHAR",
  examples: ["23001234", "0008100123"],
  counterExamples: ["123456789", "0", "12A4", "M1 1AA"],
  steps: [trim, replace("^0+", ""), only("[1-9][0-9]{0,7}")],
  detect: {
    by: "both",
    test: "the form of a USRN, up to eight digits",
    strong: [
      "usrn",
      "unique street reference",
      "unique street reference number",
      "street reference number",
      "street reference",
      "nsg ref",
      "nsg reference",
      "unique street ref",
      "unique street reference no",
      "nsg usrn",
    ],
    weak: [],
    prior: -2,
    chance: 0.6,
    recognise: (text) => /^\s*0*[1-9]\d{3,7}\s*$/.test(text),
  },
});
