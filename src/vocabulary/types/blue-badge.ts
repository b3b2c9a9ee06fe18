import { semanticType } from "../semantic-type.ts";
import { ascii, only, remove, trim, upper } from "../steps.ts";

/** The number of a Blue Badge. Having one implies a disability, so it is special category data. Known by name only. */
export const blueBadge = semanticType({
  id: "blue_badge",
  label: "Blue Badge number",
  class: "special",
  personal: true,
  mask: "null",
  storage: "VARCHAR",
  examples: ["AB12CD", "0123456789 X 0127"],
  counterExamples: ["", "Yes", "Blue"],
  steps: [trim, ascii, upper, remove(" "), only("[A-Z0-9/-]*[0-9][A-Z0-9/-]*")],
  detect: {
    by: "name",
    test: "the form of a badge number",
    strong: [
      "blue badge number",
      "blue badge no",
      "blue badge ref",
      "blue badge id",
      "blue badge",
      "badge number",
      "badge no",
      "pass permit number",
      "badge ref",
      "badge id",
      "badge serial",
      "disabled badge number",
    ],
    weak: ["badge"],
    prior: -2,
    chance: 0.5,
  },
});
