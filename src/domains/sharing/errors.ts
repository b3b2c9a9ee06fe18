import { defineErrors } from "../../kernel/errors.ts";

export const sharingError = defineErrors("sharing", {
  "no-agreement": {
    kind: "missing",
    message: () => "There is no such agreement, or it is not available to you.",
    remedy: "Look for it in the list of agreements.",
  },
  "no-end": {
    kind: "invalid",
    message: () => "An agreement needs a day on which it ends.",
    remedy: "Give a date after the start, at most three years on. It can be agreed anew before then.",
  },
  "bad-dates": {
    kind: "invalid",
    message: () => "The dates do not fit together.",
    remedy: "The end comes after the start, and at most three years after it.",
  },
  incomplete: {
    kind: "invalid",
    message: (p: { missing: string }) => `The agreement cannot be signed yet: ${p.missing}.`,
    remedy: "Add what is missing, then sign.",
  },
  "one-party": {
    kind: "invalid",
    message: () => "An agreement has at least two parties.",
    remedy: "Choose the other organisation.",
  },
  "not-draft": {
    kind: "conflict",
    message: () => "The agreement has been signed by a party and can no longer be changed.",
    remedy: "End it and propose a new one.",
  },
  "already-signed": {
    kind: "conflict",
    message: () => "Your organisation has signed these terms already.",
    remedy: "Nothing more is needed from you.",
  },
  "same-person": {
    kind: "refused",
    message: () => "You have signed this agreement for another organisation, and one person cannot sign for two.",
    remedy: "Another signatory of this organisation must sign.",
  },
  "terms-changed": {
    kind: "conflict",
    message: () => "The terms have changed since you opened the page.",
    remedy: "Read them again, then sign.",
  },
  "not-live": { kind: "conflict", message: () => "The agreement has ended already.", remedy: "Nothing more is needed." },
  "no-reason": {
    kind: "invalid",
    message: () => "Ending an agreement needs a reason.",
    remedy: "Write one sentence; the other party reads it.",
  },
  "not-your-dataset": {
    kind: "refused",
    message: () => "An organisation lends its own datasets only.",
    remedy: "Ask the owner to add it.",
  },
  "no-such-column": {
    kind: "invalid",
    message: (p: { column: number }) => `Column ${p.column} cannot be lent that way.`,
    remedy: "Load the page again and choose from its lists.",
  },
  "no-value": {
    kind: "invalid",
    message: (p: { column: string }) => `The condition on “${p.column}” has no value, so it would lend no row.`,
    remedy: "Write the values of the rows that are lent, or take the condition away.",
  },
  "no-such-value": {
    kind: "invalid",
    message: (p: { column: string; value: string; type: string }) =>
      `“${p.value}” cannot be a value of “${p.column}”, which holds: ${p.type}.`,
    remedy: "Write it as it stands in the dataset.",
  },
  "too-many-values": {
    kind: "invalid",
    message: (p: { column: string; limit: number }) => `The condition on “${p.column}” has more than ${p.limit} values.`,
    remedy: "Use a coarser column.",
  },
  "too-many-conditions": {
    kind: "invalid",
    message: (p: { limit: number }) => `There are more than ${p.limit} conditions.`,
    remedy: "Take some away.",
  },
  "no-dataset": {
    kind: "missing",
    message: () => "There is no such dataset, or it is not available to you.",
    remedy: "Look for it in the catalogue.",
  },
  "own-dataset": {
    kind: "invalid",
    message: () => "The dataset is your organisation's own.",
    remedy: "Nothing needs to be asked: see what your role may do with it on its page.",
  },
  "no-why": {
    kind: "invalid",
    message: () => "The request does not say what it is for.",
    remedy: "Say what you would do with the data, and for whom.",
  },
  "asked-already": {
    kind: "conflict",
    message: () => "Your organisation has asked for this dataset already, and the answer is awaited.",
    remedy: "Look at the request; its owner has it on their list.",
  },
  "no-request": {
    kind: "missing",
    message: () => "There is no such request, or it is not available to you.",
    remedy: "Look for it in the list of requests.",
  },
  "answered-already": {
    kind: "conflict",
    message: () => "The request has been answered.",
    remedy: "Look at the answer.",
  },
  "no-answer": {
    kind: "invalid",
    message: () => "The answer does not say why.",
    remedy: "Write one sentence; whoever asked reads it.",
  },
  "no-columns": { kind: "invalid", message: () => "No column was chosen.", remedy: "Choose at least one." },
});
