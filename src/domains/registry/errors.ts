import { defineErrors } from "../../kernel/errors.ts";

export const registryError = defineErrors("registry", {
  "no-project": {
    kind: "missing",
    message: () => "There is no such link project, or it is not available to you.",
    remedy: "Look in the list of link projects.",
  },
  incomplete: {
    kind: "refused",
    message: (p: { missing: string }) => `Nothing is linked without a stated purpose and cover. Missing: ${p.missing}.`,
    remedy: "Record what is missing, then try again.",
  },
  "no-agreement": {
    kind: "refused",
    message: () => "The agreement of this link project is not in force.",
    remedy: "Renew the agreement. What was linked before stays closed until then.",
  },
  "no-columns": {
    kind: "invalid",
    message: (p: { dataset: string }) => `“${p.dataset}” lends no column that people can be matched by.`,
    remedy: "Lend at least a date of birth, a name or an NHS number of it for matching.",
  },
  "too-many-pairs": {
    kind: "limit",
    message: (p: { limit: number }) => `More than ${p.limit} pairs score high enough to matter.`,
    remedy: "Link fewer or smaller datasets in one project.",
  },
  "no-pair": {
    kind: "missing",
    message: () => "One of the two records is not in this link project.",
    remedy: "Choose a pair from the project's list.",
  },
});
