import { semanticType } from "../semantic-type.ts";
import { ascii, only, trim, upper } from "../steps.ts";
import { outcodePattern } from "./postcode.ts";

/** The outward part of a postcode: a district of some thousand addresses. */
export const postcodeOutcode = semanticType({
  id: "postcode.outcode",
  label: "Postcode district",
  class: "open",
  personal: false,
  mask: "clear",
  storage: "VARCHAR",
  examples: ["M33", "ec1a", "WA14"],
  counterExamples: ["M33 7ZF", "QA1", "WA", "ZZ9Z"],
  steps: [trim, ascii, upper, only(outcodePattern)],
  detect: {
    by: "both",
    test: "the form of an outward postcode",
    strong: [
      "outcode",
      "outward code",
      "postcode district",
      "postal district",
      "outward postcode",
      "district postcode",
      "pcd district",
      "postcode out",
      "postcode outward",
      "postcode area",
      "postcode sector",
    ],
    weak: ["postcode", "postcode prefix"],
    prior: -2,
    chance: 0.05,
  },
});
