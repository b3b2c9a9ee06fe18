import { action } from "../../access/index.ts";

export const casesActions = {
  list: action("cases.list", "Looked at own referrals", { persons: ["practitioner"] }),
  open: action("cases.open", "Recorded a referral", { persons: ["practitioner"] }),
  show: action("cases.show", "Opened a referral", { persons: ["practitioner"] }),
  close: action("cases.close", "Closed a referral", { persons: ["practitioner"] }),
  export: action("cases.export", "Exported referrals", { operator: true }),
} as const;
