import { action } from "../../access/index.ts";

export const qualityActions = {
  show: action("quality.show", "Looked at the quality of data", { persons: "signed-in", operator: true }),
  check: action("quality.check", "Checked the quality of a dataset", { persons: ["steward", "owner"] }),
  decide: action("quality.decide", "Decided on a quality rule", { persons: ["steward", "owner"] }),
  inspect: action("quality.inspect", "Looked at rows that fail a quality rule", { persons: ["steward", "owner"] }),
  issues: action("quality.issues", "Looked at quality issues", { persons: ["steward", "owner"] }),
  raise: action("quality.raise", "Raised a quality issue", { persons: ["steward", "owner"] }),
  answer: action("quality.answer", "Answered a quality issue", { persons: ["steward", "owner"] }),
  export: action("quality.export", "Exported quality rules and issues", { operator: true }),
} as const;
