import { defineErrors } from "../../kernel/errors.ts";

export const qualityError = defineErrors("quality", {
  "no-dataset": {
    kind: "missing",
    message: (p: { name: string }) => `There is no dataset “${p.name}” with rows, or it is not available to you.`,
    remedy: "Check its name in the catalogue.",
  },
  "no-rule": {
    kind: "missing",
    message: () => "There is no such quality rule, or it is not available to you.",
    remedy: "Go back to the quality page of the dataset.",
  },
  "no-issue": {
    kind: "missing",
    message: () => "There is no such quality issue, or it is not available to you.",
    remedy: "Look at the list of issues.",
  },
  "none-chosen": {
    kind: "invalid",
    message: () => "No suggestion was chosen.",
    remedy: "Tick the rules that you accept or decline.",
  },
  "no-reason": {
    kind: "invalid",
    message: () => "Nobody has said why the rule does not fit.",
    remedy: "Say it in a sentence: whoever looks after the data next will want to know.",
  },
  "bad-threshold": {
    kind: "invalid",
    message: () => "The shares do not make sense together.",
    remedy: "Give two shares from 0 to 100 %, the one below which it fails no larger than the other.",
  },
  "bad-days": {
    kind: "invalid",
    message: () => "The number of days is not one.",
    remedy: "Give a whole number of days from 1 to 3,660.",
  },
  "bad-rule": {
    kind: "invalid",
    message: (p: { problem: string }) => `The rule cannot be used. ${p.problem}`,
    remedy: "Leave it out.",
  },
  "not-checked": {
    kind: "conflict",
    message: () => "The rule passes by its thresholds, or was not checked yet, so there is nothing to raise.",
    remedy: "Check the dataset, or ask more of the rule.",
  },
  "no-rows": {
    kind: "conflict",
    message: () => "The rule is about the dataset as a whole, so no single row fails it.",
    remedy: "Look at its figures.",
  },
  "no-text": {
    kind: "invalid",
    message: () => "Nothing was written.",
    remedy: "Say in a sentence what is wrong or what was done.",
  },
  "personal-text": {
    kind: "invalid",
    message: (p: { what: string }) => `The text seems to hold a person's details (${p.what}).`,
    remedy: "Name the rule and the record numbers instead. An issue is read by people who have no need for the person.",
  },
  "issue-closed": {
    kind: "conflict",
    message: () => "The issue is closed.",
    remedy: "It opens again by itself when the rule fails on a newer version.",
  },
});
