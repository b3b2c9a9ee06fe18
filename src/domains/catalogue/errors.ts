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
  "not-described": {
    kind: "invalid",
    message: () => "The description was not saved: some of it cannot be kept as it is.",
    remedy: "Mend what is marked.",
  },
  "not-registered": {
    kind: "conflict",
    message: () => "Only a dataset that is registered can be attested to.",
    remedy: "Give it an owner and a review date that is still to come.",
  },
  "archive-reason": {
    kind: "invalid",
    message: () => "Nobody has said why.",
    remedy: "Say in a sentence why it is archived, or why it is needed again.",
  },
  "attested-meanwhile": {
    kind: "conflict",
    message: () => "The dataset is another one than when you opened this page.",
    remedy: "Read it again before you attest.",
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
