import { action } from "../../access/index.ts";

export const sharingActions = {
  list: action("sharing.list", "Looked at agreements", { persons: "signed-in", operator: true, across: true }),
  propose: action("sharing.propose", "Proposed or changed an agreement", { persons: ["governance"], across: true }),
  sign: action("sharing.sign", "Signed an agreement", { persons: ["signatory"], across: true }),
  end: action("sharing.end", "Ended an agreement", { persons: ["governance", "signatory"], across: true }),
} as const;
