import { action } from "../../access/index.ts";

export const catalogueActions = {
  browse: action("catalogue.browse", "Looked through the catalogue", { persons: "signed-in", operator: true, across: true }),
  show: action("catalogue.show", "Opened a dataset's page", { persons: "signed-in", operator: true, across: true }),
  describe: action("catalogue.describe", "Described a dataset", { persons: ["steward", "owner"], operator: true }),
  declarePeople: action("catalogue.declare-people", "Declared whether a dataset describes people", {
    persons: ["owner"],
    operator: true,
  }),
  attest: action("catalogue.attest", "Attested to a dataset's description", { persons: ["owner"] }),
  archive: action("catalogue.archive", "Archived a dataset, or took it out of the archive", { persons: ["owner"] }),
  editMany: action("catalogue.edit-many", "Edited many datasets at once", { persons: ["steward", "owner"], operator: true }),
  decideType: action("catalogue.decide-type", "Decided a column's type", { persons: ["steward", "owner"] }),
} as const;
