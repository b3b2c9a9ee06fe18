import { semanticType } from "../semantic-type.ts";
import { ascii, only, remove, replace, trim } from "../steps.ts";

/**
 * A sort code (six digits), an account number (eight, seven and six filled up), or both in one cell. Shape only: the banks’ table of
 * modulus checks is not ours to give away, so whether a pair belongs together stays unknown.
 */
export const bankAccount = semanticType({
  id: "bank.account",
  label: "Bank account",
  class: "identifier",
  personal: true,
  mask: "last4",
  storage: "VARCHAR",
  examples: ["08-99-99 66374958", "20-45-23", "66374958", "089999", "12-34-56/1234567"],
  counterExamples: ["12345", "089999663749", "20-45-2", "Bank"],
  steps: [
    trim,
    ascii,
    remove(" /-"),
    replace("^([0-9]{6})([0-9]{7})$", "\\10\\2"),
    replace("^([0-9]{7})$", "0\\1"),
    only("[0-9]{6}|[0-9]{8}|[0-9]{14}"),
  ],
  sort: (_, value) => (value === undefined ? undefined : "unknown"),
  detect: {
    by: "both",
    test: "the form of a sort code or an account number",
    strong: [
      "sort code",
      "sortcode",
      "bank sort code",
      "bank account",
      "bank account number",
      "bank account no",
      "bank acc no",
      "account number",
      "account no",
      "acc no",
      "sort code and account",
      "sort code account number",
      "bank details",
      "sort cd",
      "bank sort",
      "bank ac",
      "bank acct",
      "acc number",
      "acct number",
      "a c number",
      "a c no",
      "account num",
      "bank acc",
      "bank acc number",
      "bank account details",
      "iban or account",
      "branch sort code",
    ],
    weak: ["bank"],
    prior: -2,
    chance: 0.3,
  },
});
