import { action } from "../../access/index.ts";

export const registryActions = {
  list: action("registry.list", "Looked at link projects", { persons: ["governance", "steward", "owner"] }),
  create: action("registry.create", "Set up a link project", { persons: ["governance"] }),
  run: action("registry.run", "Ran a link project", { persons: ["governance", "steward"] }),
  explain: action("registry.explain", "Asked why two records were compared as they were", { persons: ["steward"] }),
  export: action("registry.export", "Exported link projects", { operator: true }),
} as const;
