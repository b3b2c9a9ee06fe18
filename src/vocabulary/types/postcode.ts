import { semanticType } from "../semantic-type.ts";
import { ascii, only, remove, replace, trim, upper } from "../steps.ts";

/** The outward part, A9 to AA9A; letters that Royal Mail does not use in a place are left out. */
const outcodeRest = "(?:[0-9]{1,2}|[0-9][A-HJKPSTUW]|[A-HK-Y][0-9]{1,2}|[A-HK-Y][0-9][ABEHMNPRVWXY])";
export const outcodePattern = `[A-PR-UWYZ]${outcodeRest}`;
const inwardPattern = "[0-9][ABD-HJLNP-UW-Z]{2}";

/**
 * A whole UK postcode, kept with one space. `ZZ99` codes are placeholders (no fixed abode, unknown), not places, and are
 * refused; outward codes alone are too.
 */
export const postcode = semanticType({
  id: "postcode",
  label: "Postcode",
  class: "personal",
  classAlone: "open",
  personal: false,
  mask: "outcode",
  storage: "VARCHAR",
  normal: `[A-PR-UWY]${outcodeRest} ${inwardPattern}`,
  examples: ["EC1A 1BB", "W1A 1HQ", "gir 0aa", "m337zf", "ZX1 2AB"],
  counterExamples: ["QA1 1AA", "M1 1CA", "ZZ99 3VZ", "M33", "WA14 1", "M32 OXZ"],
  steps: [
    trim,
    ascii,
    upper,
    remove(" "),
    only(`GIR0AA|${outcodePattern}${inwardPattern}`),
    replace("^ZZ99.*$", ""),
    replace("^(.*)(...)$", "\\1 \\2"),
  ],
  detect: {
    by: "values",
    test: "the form of a postcode",
    strong: [
      "postcode",
      "post code",
      "postal code",
      "pcd",
      "pcds",
      "p code",
      "pst code",
      "post cd",
      "pcode",
      "postal cd",
      "home post",
      "pl post",
      "placement postcode",
      "zip code",
      "zipcode",
      "post c",
      "p cd",
      "postcd",
    ],
    weak: ["zip"],
    whole: ["pc", "post", "zip"],
    prior: -1,
    chance: 0.001,
  },
});
