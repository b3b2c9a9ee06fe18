import { sql } from "../../sql/fragment.ts";
import { semanticType } from "../semantic-type.ts";
import { ascii, check, only, remove, replace, trim, upper } from "../steps.ts";

const weights = [6, 7, 8, 9, 10, 5, 4, 3, 2] as const;
const first = "21987654321";

/** A Unique Taxpayer Reference: ten digits, the first a modulus 11 check on the others (HMRC); a K after it is dropped. */
export const utr = semanticType({
  id: "utr",
  label: "Unique Taxpayer Reference",
  class: "identifier",
  personal: true,
  mask: "pseudonym",
  storage: "VARCHAR",
  examples: ["1955839661", "2000000000", "19558 39661K"],
  counterExamples: ["2955839661", "1111111111", "195583966"],
  steps: [
    trim,
    ascii,
    upper,
    remove(" "),
    replace("^([0-9]{10})K$", "\\1"),
    only("[0-9]{10}"),
    check(
      (value) =>
        first[weights.reduce((sum, weight, at) => sum + weight * Number(value[at + 1]), 0) % 11] === value[0] &&
        new Set(value).size > 1,
      (value) => sql`length(${value}) = 10 AND substr(${first}, CAST(list_dot_product(
        CAST(string_split(substr(${value}, 2), '') AS DOUBLE[]), CAST(${weights} AS DOUBLE[])) AS BIGINT) % 11 + 1, 1) = left(${value}, 1)
        AND ${value} <> repeat(left(${value}, 1), 10)`,
    ),
  ],
  detect: {
    by: "both",
    test: "the check digit of a taxpayer reference",
    strong: [
      "utr",
      "taxpayer reference",
      "unique taxpayer reference",
      "tax reference",
      "tax ref",
      "tax ref no",
      "sa utr",
      "self assessment reference",
      "self assessment utr",
      "taxpayer ref",
    ],
    weak: ["tax"],
    prior: -2,
    chance: 0.1,
  },
});
