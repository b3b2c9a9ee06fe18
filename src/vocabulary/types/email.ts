import { semanticType } from "../semantic-type.ts";
import { ascii, lower, only, trim } from "../steps.ts";

const lowerCase = "[!#$%&'*+/0-9=?^_`{|}~a-z.-]{1,64}@(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?[.])+[a-z]{2,63}";

/** An address for mail, in lower case. Quoted local parts and international domains are refused: no council exports them. Names kept for examples (RFC 2606) are a test. */
export const email = semanticType({
  id: "email",
  label: "Email address",
  class: "personal",
  personal: true,
  mask: "pseudonym",
  storage: "VARCHAR",
  normal: lowerCase,
  examples: ["a.b@example.org", "Front.Desk+1@EXAMPLE.com"],
  counterExamples: ["data at food.gov.uk", "a@b", "a b@example.org", "@example.org", "a@-x.org"],
  steps: [trim, ascii, lower, only(lowerCase)],
  testValues: ".*[@.](?:example(?:[.](?:com|org|net))?|test|invalid)",
  detect: {
    by: "values",
    test: "the form of an email address",
    strong: [
      "email addr",
      "e mail address",
      "email",
      "e mail",
      "email address",
      "mail",
      "email id",
      "e mail addr",
      "mail address",
      "email contact",
      "e mails",
      "emails",
    ],
    weak: ["contact"],
    prior: -1,
    chance: 0.001,
  },
});
