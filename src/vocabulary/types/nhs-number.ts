import { sql, type Fragment } from "../../sql/fragment.ts";
import { semanticType } from "../semantic-type.ts";
import { check, only, remove, trim } from "../steps.ts";

/**
 * Ten digits, the last a modulus 11 check on the first nine (NHS Data Dictionary, NHS NUMBER). Ten equal digits hold
 * the check and are refused. Examples use the 999 range, which is kept for testing and given to nobody.
 */
export const nhsNumber = semanticType({
  id: "nhs_number",
  label: "NHS number",
  class: "identifier",
  personal: true,
  mask: "pseudonym",
  storage: "VARCHAR",
  examples: ["999 000 0018", "9990000050", "999-000-0018"],
  counterExamples: ["9990000019", "9990000000", "9999999999", "99900000", "0161 496 0123"],
  steps: [trim, remove(" -"), only("[0-9]{10}"), check(passesModulus11, modulus11Sql)],
  testValues: "999[0-9]{7}",
  detect: {
    by: "values",
    test: "the NHS check digit",
    strong: ["nhs"],
    weak: ["patient", "health"],
    prior: -2,
    chance: 1 / 11,
  },
});

/** The weighted sum of all ten digits, check digit weighted 1, is a multiple of 11. A check of 10 cannot be written. */
function passesModulus11(digits: string): boolean {
  const sum = Array.from(digits, Number).reduce((sum, digit, at) => sum + digit * (10 - at), 0);
  return sum % 11 === 0 && new Set(digits).size > 1;
}

function modulus11Sql(digits: Fragment): Fragment {
  return sql`length(${digits}) = 10 AND list_dot_product(
    CAST(string_split(${digits}, '') AS DOUBLE[]), [10, 9, 8, 7, 6, 5, 4, 3, 2, 1]::DOUBLE[]) % 11 = 0
    AND ${digits} <> repeat(left(${digits}, 1), 10)`;
}
