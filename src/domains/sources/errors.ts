import { defineErrors } from "../../kernel/errors.ts";

export const sourcesError = defineErrors("sources", {
  "no-source": {
    kind: "missing",
    message: (p: { name: string }) => `There is no source “${p.name}”, or it is not available to you.`,
    remedy: "Check the name in the list of sources.",
  },
  "name-taken": {
    kind: "conflict",
    message: (p: { name: string }) => `There is already a source called “${p.name}”.`,
    remedy: "Choose another name, or refresh the source that exists.",
  },
  "no-name": { kind: "invalid", message: () => "A source needs a name.", remedy: "Write a name of 1 to 100 characters." },
  "none-chosen": {
    kind: "invalid",
    message: () => "No file was chosen.",
    remedy: "Choose the file that your system exported.",
  },
  "no-file": {
    kind: "invalid",
    message: (p: { path: string }) => `There is no file ${p.path}, or it cannot be read.`,
    remedy: "Check the path and that you may read the file.",
  },
  "unknown-format": {
    kind: "unsupported",
    message: (p: { name: string }) => `“${p.name}” is not a kind of file that Guildhall reads.`,
    remedy: "Save it as CSV (UTF-8) or as NDJSON, with a name that ends in .csv, .tsv, .txt, .ndjson or .jsonl.",
  },
  "no-table": {
    kind: "missing",
    message: (p: { name: string; tables: string }) => `There is no table “${p.name}” in the file. It holds: ${p.tables}.`,
    remedy: "Choose one of those tables by its name.",
  },
  "nothing-read": {
    kind: "invalid",
    message: (p: { records: number }) => `None of the ${p.records} records in the file could be read.`,
    remedy: "Check that the header has as many fields as the rows. The version that was there before is untouched.",
  },
  "no-organisation": {
    kind: "invalid",
    message: () => "A source belongs to an organisation, and this hub has none yet.",
    remedy: "Finish setting up the hub first: start it and open the set-up link.",
  },
});
