import { semanticType } from "../semantic-type.ts";
import { ascii, only, remove, trim, upper } from "../steps.ts";

/**
 * A Home Office reference or the number of a residence permit (two letters, a letter X or digit, six digits). Other references have no
 * published form, so only their shape is checked.
 */
export const immigrationRef = semanticType({
  id: "immigration_ref",
  label: "Home Office reference",
  class: "identifier",
  personal: true,
  mask: "null",
  storage: "VARCHAR",
  examples: ["ZX1234567", "zxx123456", "A1234567/2"],
  counterExamples: ["1234", "Home Office", "ZX 12", "12345-"],
  steps: [
    trim,
    ascii,
    upper,
    remove(" "),
    only(
      "[A-Z]{2}[X0-9][0-9]{6}|[A-Z]{1,3}[0-9]{6,8}(?:/[0-9]{1,3})?|[0-9]{2}(?:/[0-9]{2}){2}/[0-9]{5}|[0-9]{4}-[0-9]{4}-[0-9]{4}-[0-9]{4}",
    ),
  ],
  detect: {
    by: "name",
    test: "the form of a Home Office reference",
    strong: [
      "home office reference",
      "home office ref",
      "home office number",
      "ho ref",
      "ho reference",
      "residence permit",
      "biometric residence permit",
      "brp",
      "immigration ref",
      "immigration reference",
      "immigration number",
      "nass",
      "nass ref",
      "arc number",
    ],
    weak: ["immigration", "visa"],
    prior: -2,
    chance: 0.5,
  },
});
