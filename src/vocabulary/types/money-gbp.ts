import { semanticType } from "../semantic-type.ts";
import { only, remove, replace, trim } from "../steps.ts";

/** Pounds sterling; pence after the point. Brackets and a minus before or after the sign are credits. */
export const moneyGbp = semanticType({
  id: "money.gbp",
  label: "Amount in pounds",
  class: "open",
  personal: false,
  mask: "bucket",
  storage: "DOUBLE",
  normal: "-?[0-9]{1,15}(?:[.][0-9]{1,6})?",
  examples: ["£1,234.50", "-12", "(45.00)", "£-3.5", "1200.75"],
  counterExamples: ["12.345.6", "1,23", "£", "65000 - 69999", "NA"],
  steps: [
    trim,
    replace("^[(]([^()]*)[)]$", "-\\1"),
    replace("^£-", "-"),
    replace("^(-?)£ ?", "\\1"),
    only("-?(?:[0-9]{1,15}|[0-9]{1,3}(?:,[0-9]{3}){1,4})(?:[.][0-9]{1,6})?"),
    remove(","),
  ],
  detect: {
    by: "both",
    test: "the form of an amount",
    strong: [
      "amount",
      "gbp",
      "cost",
      "price",
      "salary",
      "charge",
      "spend",
      "payment",
      "rent",
      "annual charge",
      "unit cost",
      "balance",
      "fee",
    ],
    weak: ["total", "net", "gross", "vat", "value"],
    prior: -1,
    chance: 0.5,
  },
});
