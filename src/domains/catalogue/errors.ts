import { defineErrors } from "../../kernel/errors.ts";

export const catalogueError = defineErrors("catalogue", {
  "no-dataset": {
    kind: "missing",
    message: () => "There is no such dataset, or it is not available to you.",
    remedy: "Look for it in the catalogue.",
  },
  "no-column": { kind: "missing", message: () => "The dataset has no such column.", remedy: "Go back to the dataset's page." },
  "no-type": {
    kind: "invalid",
    message: (p: { type: string }) => `There is no type called “${p.type}”.`,
    remedy: "Choose a type from the list.",
  },
  "people-reason": {
    kind: "invalid",
    message: () => "Nobody has said why the dataset describes no people.",
    remedy: "Say in a sentence what each row stands for, such as “one row for each library”.",
  },
  "people-columns": {
    kind: "conflict",
    message: (p: { columns: string }) => `The dataset holds columns about people: ${p.columns}.`,
    remedy: "If one of them holds something else, decide its type on its own page first.",
  },
  "people-unready": {
    kind: "refused",
    message: (p: { columns: string }) => `The file describes people (${p.columns}), and this hub keeps registers only.`,
    remedy:
      "Give the reference of an approved impact assessment and the name of the owner, then load it again. Nothing was kept.",
  },
});
