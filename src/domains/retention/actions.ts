import { action } from "../../access/index.ts";

export const retentionActions = {
  ask: action("retention.ask", "Asked for data to be erased or corrected", { persons: ["steward", "owner", "governance"] }),
  decide: action("retention.decide", "Decided on an erasure or a correction", { persons: ["owner", "governance"] }),
  apply: action("retention.apply", "Erased or corrected data", { persons: ["owner", "governance"] }),
  list: action("retention.list", "Looked at erasures and corrections", { persons: ["steward", "owner", "governance"] }),
  export: action("retention.export", "Exported the list of erasures and corrections", { operator: true }),
} as const;
