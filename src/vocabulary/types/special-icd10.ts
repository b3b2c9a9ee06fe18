import { semanticType } from "../semantic-type.ts";
import { ascii, only, remove, trim, upper } from "../steps.ts";

/** A code of the International Classification of Diseases, tenth revision; the dot is dropped, a dagger or asterisk too. */
export const specialIcd10 = semanticType({
  id: "special.icd10",
  label: "Diagnosis code (ICD-10)",
  class: "special",
  personal: true,
  mask: "null",
  storage: "VARCHAR",
  examples: ["F84.5", "E119", "j45", "C50.9"],
  counterExamples: ["U071", "A", "12.3", "AB12"],
  steps: [trim, ascii, upper, remove(".*+ "), only("[A-TV-Z][0-9][0-9AB][0-9A-Z]{0,4}")],
  detect: {
    by: "both",
    test: "the form of an ICD-10 code",
    strong: [
      "icd",
      "icd code",
      "icd 10",
      "icd10 code",
      "diagnosis code",
      "primary diagnosis code",
      "diag code",
      "primary diagnosis",
      "cause of death code",
      "icd diagnosis",
      "diagnosis icd",
      "icd10",
      "icd primary",
      "primary icd",
      "secondary diagnosis code",
      "diagnosis code icd",
      "underlying cause",
      "diag primary",
      "diagnosis primary",
    ],
    weak: ["diagnosis", "diag", "cause of death"],
    prior: -1,
    chance: 0.05,
  },
});
