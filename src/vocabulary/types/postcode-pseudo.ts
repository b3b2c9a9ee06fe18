import { semanticType } from "../semantic-type.ts";
import { ascii, only, remove, replace, trim, upper } from "../steps.ts";

/** A postcode of the NHS that stands for no place: no fixed abode (ZZ99 3VZ), unknown (ZZ99 3WZ), a country abroad. */
export const postcodePseudo = semanticType({
  id: "postcode.pseudo",
  label: "Pseudo postcode",
  class: "special",
  personal: false,
  mask: "null",
  storage: "VARCHAR",
  examples: ["ZZ99 3VZ", "zz993wz"],
  counterExamples: ["ZX99 3VZ", "ZZ99 3VA", "ZZ99"],
  steps: [trim, ascii, upper, remove(" "), only("ZZ99[0-9][A-Z]Z"), replace("^(....)(...)$", "\\1 \\2")],
  detect: {
    by: "values",
    test: "the form of a pseudo postcode",
    strong: ["pseudo postcode"],
    weak: ["postcode"],
    prior: -2,
    chance: 0.001,
  },
});
