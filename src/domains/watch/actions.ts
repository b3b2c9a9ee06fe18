import { action } from "../../access/index.ts";

export const watchActions = {
  search: action("watch.search", "Searched the record of use", { persons: ["governance", "owner", "signatory"], operator: true }),
} as const;
