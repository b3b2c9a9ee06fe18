import { defineErrors } from "../../kernel/errors.ts";

export const retentionError = defineErrors("retention", {
  "no-dataset": {
    kind: "missing",
    message: (p: { name: string }) => `There is no dataset “${p.name}”, or it is not available to you.`,
    remedy: "Check its name in the catalogue.",
  },
  "no-column": {
    kind: "invalid",
    message: (p: { column: string }) => `The dataset has no column “${p.column}”.`,
    remedy: "Write it as it stands in the catalogue.",
  },
  "no-condition": {
    kind: "invalid",
    message: () => "It is not said which records are meant.",
    remedy: "Give a column and its value, such as --where 'nhs_number=9990000018'.",
  },
  "nothing-set": {
    kind: "invalid",
    message: () => "It is not said what is corrected to what.",
    remedy: "Give a column and its right value, such as --set 'surname=Example'.",
  },
  "no-reason": {
    kind: "invalid",
    message: (p: { what: string }) => `${p.what} is missing.`,
    remedy: "Say why, and under which law, such as “Article 17(1)(d) UK GDPR”.",
  },
  "no-change": {
    kind: "missing",
    message: () => "There is no such erasure or correction, or it is not available to you.",
    remedy: "Look at the list.",
  },
  "not-waiting": {
    kind: "conflict",
    message: (p: { state: string }) => `This one does not wait for a decision any more: it is ${p.state}.`,
    remedy: "Look at the list.",
  },
  "same-person": {
    kind: "refused",
    message: () => "Two people decide on this, and you are the one who asked.",
    remedy: "Ask a colleague who is an information asset owner or governance officer to decide.",
  },
});
