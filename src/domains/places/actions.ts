import { action } from "../../access/index.ts";

export const placesActions = {
  list: action("places.list", "Looked at areas", { persons: "signed-in", operator: true, across: true }),
  add: action("places.add", "Added areas and their boundaries", {
    persons: ["steward", "owner", "administrator"],
    operator: true,
  }),
  lookUp: action("places.look-up", "Had areas looked up for a dataset", { persons: ["steward", "owner"], operator: true }),
  remove: action("places.remove", "Removed areas", { persons: ["steward", "owner", "administrator"], operator: true }),
} as const;
