import { verhoeff } from "../check-digits.ts";
import { semanticType } from "../semantic-type.ts";
import { ascii, only, trim } from "../steps.ts";

/** An identifier of SNOMED CT: six to eighteen digits that pass the Verhoeff check. */
export const specialSnomed = semanticType({
  id: "special.snomed",
  label: "Clinical term (SNOMED CT)",
  class: "special",
  personal: true,
  mask: "null",
  storage: "VARCHAR",
  examples: ["22298006", "73211009", "195967001"],
  counterExamples: ["73211008", "12345", "022298006"],
  steps: [trim, ascii, only("[1-9][0-9]{5,17}"), verhoeff],
  detect: {
    by: "both",
    test: "the check digit of a SNOMED CT identifier",
    strong: [
      "snomed",
      "snomed ct",
      "snomed code",
      "snomed ct code",
      "sctid",
      "snomed concept id",
      "concept id",
      "snomed id",
      "snomed term id",
      "snomed concept",
      "snomedct",
      "snomed ct id",
      "ct concept id",
      "snomed procedure",
      "procedure snomed",
      "concept code",
    ],
    weak: ["concept"],
    prior: -2,
    chance: 0.1,
  },
});
