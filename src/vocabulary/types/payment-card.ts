import { luhn } from "../check-digits.ts";
import { semanticType } from "../semantic-type.ts";
import { ascii, only, remove, trim } from "../steps.ts";

/** The number of a payment card: 13 to 19 digits that pass the Luhn check (ISO/IEC 7812). It should not be kept at all. */
export const paymentCard = semanticType({
  id: "payment_card",
  label: "Payment card number",
  class: "identifier",
  personal: true,
  mask: "null",
  storage: "VARCHAR",
  examples: ["4111 1111 1111 1111", "4111-1111-1111-1111", "378282246310005"],
  counterExamples: ["4111111111111112", "0000000000000000", "411111111111"],
  steps: [trim, ascii, remove(" -"), only("[0-9]{13,19}"), luhn(13, 19)],
  detect: {
    by: "values",
    test: "the Luhn check of a card number",
    strong: [
      "card number",
      "card no",
      "payment card",
      "credit card",
      "debit card",
      "pan",
      "credit card number",
      "debit card number",
      "card num",
      "payment card number",
      "long card number",
      "cc number",
      "card pan",
    ],
    weak: ["card"],
    prior: -2,
    chance: 0.1,
  },
});
