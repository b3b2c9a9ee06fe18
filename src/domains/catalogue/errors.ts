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
  "no-organisation": {
    kind: "missing",
    message: (p: { name: string }) => `There is no organisation “${p.name}”.`,
    remedy: "Give its name as the page “People and roles” has it.",
  },
  "not-written": {
    kind: "invalid",
    message: (p: { path: string; why: string }) => `The register could not be written to ${p.path} (${p.why}).`,
    remedy: "Name a file that does not exist yet, in a folder that you may write to.",
  },
  "no-sheet": {
    kind: "invalid",
    message: () => "No spreadsheet was chosen.",
    remedy: "Choose the file that you downloaded and edited, as CSV, XLSX or ODS.",
  },
  "sheet-missing": {
    kind: "missing",
    message: (p: { path: string }) => `There is no file ${p.path}, or it cannot be read.`,
    remedy: "Look at its name and folder.",
  },
  "sheet-size": {
    kind: "limit",
    message: (p: { megabytes: number }) => `The spreadsheet is larger than ${p.megabytes} MB.`,
    remedy: "Leave out the rows that you did not change, and send it in parts.",
  },
  "sheet-rows": {
    kind: "limit",
    message: (p: { rows: number; most: number }) => `The spreadsheet has ${p.rows} rows; at most ${p.most} are read.`,
    remedy: "Leave out the rows that you did not change, and send it in parts.",
  },
  "not-the-register": {
    kind: "invalid",
    message: (p: { name: string }) => `“${p.name}” has no column “Id”, so nobody can say which dataset a row is about.`,
    remedy: "Download the register again and edit that file. Keep its first row and its column “Id” as they are.",
  },
  "no-edit": {
    kind: "missing",
    message: () => "There is no such edit, or it is not available to you.",
    remedy: "Send the spreadsheet again.",
  },
  "edit-not-ready": {
    kind: "conflict",
    message: () => "The edit cannot be saved as it is.",
    remedy: "Mend in the spreadsheet what the page names, and send it again. Nothing was changed.",
  },
  "edited-meanwhile": {
    kind: "conflict",
    message: (p: { what: string }) => `Somebody changed the register since the spreadsheet was read: ${p.what}.`,
    remedy: "Send the spreadsheet again to see what would change now. Nothing was changed.",
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
