import { action } from "../../access/index.ts";

export const recordsActions = {
  find: action("records.find", "Looked for the person of a referral", { persons: ["practitioner"] }),
  confirm: action("records.confirm", "Confirmed whom a referral is about", { persons: ["practitioner"] }),
  open: action("records.open", "Opened a person’s record", { persons: ["practitioner"] }),
} as const;
