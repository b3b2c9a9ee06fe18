import { defineErrors } from "../kernel/errors.ts";

export const engineError = defineErrors("engine", {
  busy: {
    kind: "unavailable",
    message: () => "Too many questions are waiting for an answer.",
    remedy: "Wait a minute and ask again.",
  },
  deadline: {
    kind: "unavailable",
    message: (p: { seconds: number }) => `The question took longer than ${p.seconds} seconds and was stopped.`,
    remedy: "Ask about fewer rows or fewer columns.",
  },
  died: {
    kind: "unavailable",
    message: () => "The process that answers questions stopped in the middle of this one. It is starting again.",
    remedy: "Ask again. If it happens twice, tell the person who runs this hub.",
  },
  cancelled: { kind: "conflict", message: () => "The work was cancelled.", remedy: "Start it again when you want it." },
  "too-many-rows": {
    kind: "limit",
    message: (p: { limit: number }) => `The answer has more than ${p.limit} rows.`,
    remedy: "Filter or group it, or export it as a file.",
  },
  failed: {
    kind: "broken",
    message: (p: { task: string }) => `The hub could not finish “${p.task}”.`,
    remedy: "Tell the person who runs this hub; the log has the details.",
  },
  unreadable: {
    kind: "invalid",
    message: (p: { problem: string }) => p.problem,
    remedy: "Mend the file and load it again. The version that was there before is untouched.",
  },
  "not-written": {
    kind: "limit",
    message: (p: { problem: string }) => p.problem,
    remedy: "Choose another format, such as CSV.",
  },
  "no-space": {
    kind: "unavailable",
    message: () => "The disk that holds the hub's data is full or refuses to be written.",
    remedy: "Free some space, then load the file again. The version that was there before is untouched.",
  },
  overtaken: {
    kind: "conflict",
    message: () => "Another load of this dataset ended first and brought other columns.",
    remedy: "Load the file again.",
  },
  "file-changed": {
    kind: "broken",
    message: (p: { file: string }) => `The data file ${p.file} is not what it was when it was written.`,
    remedy: "Restore it from a backup, then run “guildhall verify”.",
  },
});
