import { semanticType } from "../semantic-type.ts";
import { ascii, only, remove, replace, trim, upper } from "../steps.ts";

/**
 * A National Insurance number: two letters, six digits and a suffix A to D that may be absent. There is no check digit; the
 * prefixes that HMRC does not give are refused (gov.uk, NIM39110); one of them, QQ, stands in its own examples.
 */
export const nino = semanticType({
  id: "nino",
  label: "National Insurance number",
  class: "identifier",
  personal: true,
  mask: "pseudonym",
  storage: "VARCHAR",
  examples: ["AA123456B", "OA 12 34 56 C", "ab-123456"],
  counterExamples: ["BG123612A", "AO123456A", "FQ000000C", "QQ123456A", "AA12345B"],
  steps: [
    trim,
    ascii,
    upper,
    remove(" .-"),
    only("[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z][0-9]{6}[A-D]?"),
    replace("^(?:BG|GB|KN|NK|NT|TN|ZZ).*$", ""),
  ],
  sort: (text) => (/^\s*QQ[ -]?(?:\d\d[ -]?){3}[A-D]?\s*$/i.test(text) ? "test" : undefined),
  detect: {
    by: "values",
    test: "the form of a National Insurance number",
    strong: [
      "nino",
      "ni number",
      "ni no",
      "national insurance number",
      "national insurance no",
      "national insurance",
      "nat ins",
      "nat ins no",
      "nat ins number",
      "national ins",
      "national ins no",
      "insurance number",
      "ni num",
      "ni",
      "nins",
    ],
    weak: ["insurance"],
    prior: -2,
    chance: 0.085,
  },
});
