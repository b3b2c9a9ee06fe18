import { action } from "../../access/index.ts";

export const sharingActions = {
  list: action("sharing.list", "Looked at agreements", { persons: "signed-in", operator: true, across: true }),
  propose: action("sharing.propose", "Proposed or changed an agreement", { persons: ["governance"], across: true }),
  sign: action("sharing.sign", "Signed an agreement", { persons: ["signatory"], across: true }),
  end: action("sharing.end", "Ended an agreement", { persons: ["governance", "signatory"], across: true }),
  ask: action("sharing.ask", "Asked for access to a dataset", { persons: "signed-in", across: true }),
  requests: action("sharing.requests", "Looked at requests for access", { persons: "signed-in", across: true }),
  answer: action("sharing.answer", "Answered a request for access", { persons: ["owner", "governance"] }),
} as const;
