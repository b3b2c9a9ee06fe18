import { semanticType } from "../semantic-type.ts";
import { ascii, only, trim, upper } from "../steps.ts";

/** A Council Tax, rent, benefit or rates account. Local, no national check; it names a household, not a person. */
export const accountRef = semanticType({
  id: "account_ref",
  label: "Account reference",
  class: "identifier",
  personal: true,
  mask: "last4",
  storage: "VARCHAR",
  examples: ["CT-0004512", "80012345", "ab/1204"],
  counterExamples: ["", "Account", "12 34", "12_34"],
  steps: [trim, ascii, upper, only("[A-Z0-9/.-]*[0-9][A-Z0-9/.-]*")],
  detect: {
    by: "name",
    test: "the form of an account reference",
    strong: [
      "rent account no",
      "council tax account",
      "account ref",
      "account reference",
      "account number",
      "account no",
      "rent account",
      "account",
    ],
    weak: [],
    prior: -2,
    chance: 0.5,
  },
});
