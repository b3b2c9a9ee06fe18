import { semanticType } from "../semantic-type.ts";
import { ascii, only, trim, upper } from "../steps.ts";

/** An area code of the Office for National Statistics: a letter for the country, two digits for the kind, six more. */
export const geoGssCode = semanticType({
  id: "geo.gss_code",
  label: "Area code (GSS)",
  class: "open",
  personal: false,
  mask: "clear",
  storage: "VARCHAR",
  normal: "[EWSNKJLM][0-9]{8}",
  examples: ["E08000009", "e05015239", "W06000001"],
  counterExamples: ["E0800009", "X08000009", "E080000091", "08000009"],
  steps: [trim, ascii, upper, only("[EWSNKJLM][0-9]{8}")],
  detect: {
    by: "values",
    test: "the form of an ONS area code",
    strong: ["gss", "area code", "lsoa", "msoa", "ward code", "wd cd", "lad cd", "lad", "lsoa code"],
    weak: ["area", "ward", "geography"],
    prior: -1,
    chance: 0.001,
  },
});
