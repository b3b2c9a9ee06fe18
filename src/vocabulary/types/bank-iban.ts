import { sql } from "../../sql/fragment.ts";
import { semanticType } from "../semantic-type.ts";
import { ascii, check, only, remove, trim, upper } from "../steps.ts";

/** An International Bank Account Number: two letters, two check digits (modulus 97), up to thirty characters (ISO 13616). */
export const bankIban = semanticType({
  id: "bank.iban",
  label: "Bank account (IBAN)",
  class: "identifier",
  personal: true,
  mask: "last4",
  storage: "VARCHAR",
  examples: ["GB82 WEST 1234 5698 7654 32", "gb82west12345698765432", "DE89370400440532013000"],
  counterExamples: ["GB94BARC10201530093450", "GB82WEST1234569876543", "GB00"],
  steps: [
    trim,
    ascii,
    upper,
    remove(" "),
    only("[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30}"),
    check(
      (value) => value.length > 14 && modulo97(value.slice(4) + value.slice(0, 4)) === 1,
      // letters count as 10 to 35; the remainder is carried from character to character
      (value) => sql`length(${value}) > 14 AND list_reduce(list_prepend(0::BIGINT, list_transform(
        string_split(substr(${value}, 5) || left(${value}, 4), ''), lambda c: CAST(instr('0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ', c) - 1 AS BIGINT))),
        lambda sum, n: CASE WHEN n > 9 THEN (sum * 100 + n) % 97 ELSE (sum * 10 + n) % 97 END) = 1`,
    ),
  ],
  detect: {
    by: "values",
    test: "the check digits of an IBAN",
    strong: ["iban", "international bank account number"],
    weak: ["bank"],
    prior: -2,
    chance: 1 / 97,
  },
});

function modulo97(text: string): number {
  return Array.from(text, (character) => Number.parseInt(character, 36)).reduce(
    (sum, n) => (n > 9 ? sum * 100 + n : sum * 10 + n) % 97,
    0,
  );
}
