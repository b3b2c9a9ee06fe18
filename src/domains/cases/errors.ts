import { defineErrors } from "../../kernel/errors.ts";

export const casesError = defineErrors("cases", {
  "no-referral": {
    kind: "missing",
    message: () => "There is no such referral, or it is not yours.",
    remedy: "Look in the list of your referrals.",
  },
  incomplete: {
    kind: "invalid",
    message: () => "A referral needs a name, a date of birth and a reason.",
    remedy: "Fill in what is missing. The details are what the person is found by.",
  },
  "too-many": {
    kind: "limit",
    message: (p: { limit: number }) => `You have recorded ${p.limit} referrals in the last day.`,
    remedy: "Ask your manager to record this one, and your administrator if this is wrong.",
  },
  closed: { kind: "conflict", message: () => "The referral is closed.", remedy: "Record a new one if there is a new need." },
});
