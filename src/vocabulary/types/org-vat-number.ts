import { sql } from "../../sql/fragment.ts";
import { semanticType } from "../semantic-type.ts";
import { ascii, check, only, remove, replace, trim, upper } from "../steps.ts";

const weights = [8, 7, 6, 5, 4, 3, 2, 10, 1] as const;

/**
 * A VAT registration: nine digits, a check of modulus 97 with or without 55 (HMRC), three more for a branch; government and
 * health bodies have GD or HA and three digits.
 */
export const orgVatNumber = semanticType({
  id: "org.vat_number",
  label: "VAT number",
  class: "open",
  personal: false,
  mask: "clear",
  storage: "VARCHAR",
  examples: ["GB 980 7806 84", "100000034", "980780684001", "GD001", "HA599"],
  counterExamples: ["802311781", "98078068", "GD500", "HA100"],
  steps: [
    trim,
    ascii,
    upper,
    remove(" .-"),
    replace("^(?:GB|XI)", ""),
    only("[0-9]{9}(?:[0-9]{3})?|GD[0-4][0-9]{2}|HA[5-9][0-9]{2}"),
    check(
      (value) => !/^\d{9}/.test(value) || passes(value),
      (value) => sql`length(${value}) = 5 OR (length(${value}) >= 9 AND (
        list_dot_product(CAST(string_split(CASE WHEN length(${value}) >= 9 THEN left(${value}, 9) ELSE '000000000' END, '') AS DOUBLE[]), CAST(${weights} AS DOUBLE[])) % 97 = 0
        OR (left(${value}, 3) >= '100' AND list_dot_product(CAST(string_split(CASE WHEN length(${value}) >= 9 THEN left(${value}, 9) ELSE '000000000' END, '') AS DOUBLE[]), CAST(${weights} AS DOUBLE[])) % 97 IN (42, 55))))`,
    ),
  ],
  detect: {
    by: "both",
    test: "the check of a VAT number",
    strong: [
      "vat number",
      "vat no",
      "vat registration number",
      "vat reg no",
      "vat reg",
      "vat reg number",
      "vat registration",
      "vat registration no",
      "vat id",
    ],
    weak: ["vat"],
    prior: -2,
    chance: 0.0288,
  },
});

function passes(value: string): boolean {
  const rest = weights.reduce((sum, weight, at) => sum + weight * Number(value[at]), 0) % 97;
  return rest === 0 || (value.slice(0, 3) >= "100" && (rest === 42 || rest === 55));
}
