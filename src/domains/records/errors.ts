import { defineErrors } from "../../kernel/errors.ts";

export const recordsError = defineErrors("records", {
  "no-project": {
    kind: "missing",
    message: () => "No link project for care that your organisation takes part in has been run.",
    remedy: "Ask your information governance officer.",
  },
  "too-many": {
    kind: "invalid",
    message: () => "Too many people fit these details.",
    remedy: "Record the referral again with a postcode or the full name.",
  },
  "not-a-candidate": {
    kind: "invalid",
    message: () => "The details of the referral do not fit that person.",
    remedy: "Look again, and choose from the list.",
  },
  confirmed: {
    kind: "conflict",
    message: () => "This referral is confirmed to be about somebody already.",
    remedy: "If it was the wrong person, close the referral and record it again.",
  },
  "no-subject": {
    kind: "missing",
    message: () => "Nobody has confirmed yet whom the referral is about, or the person’s records have changed.",
    remedy: "Go back to the referral and find the record.",
  },
});
