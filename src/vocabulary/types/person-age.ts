import { semanticType } from "../semantic-type.ts";
import { ascii, lower, only, replace, trim } from "../steps.ts";

/** Years of age, 0 to 120; “Aged 4 years” too. */
export const personAge = semanticType({
  id: "person.age",
  label: "Age",
  class: "personal",
  personal: true,
  mask: "ageBand",
  storage: "BIGINT",
  examples: ["42", "0", "Aged 4 years", "7 yrs"],
  counterExamples: ["121", "-1", "4.5", "Adult"],
  steps: [
    trim,
    ascii,
    lower,
    replace("^(?:aged )?([0-9]{1,3}) ?(?:years?|yrs?)?(?: old)?$", "\\1"),
    only("0|[1-9][0-9]?|1[01][0-9]|120"),
  ],
  detect: {
    by: "name",
    test: "a number of years from 0 to 120",
    strong: [
      "age",
      "age years",
      "age in years",
      "current age",
      "patient age",
      "client age",
      "age at referral",
      "age at start",
      "age now",
      "age last birthday",
      "age at death",
      "years old",
      "age yrs",
      "age of child",
      "age of casualty",
      "age of driver",
      "age at assessment",
    ],
    weak: [],
    prior: -2,
    chance: 0.5,
  },
});
