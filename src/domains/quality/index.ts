/** The quality of data: rules by dimension, what was counted, and issues to who answers for the source. */
export { requestCheck, type CheckSummary } from "./check.ts";
export { changeRule, decideSuggestions, retireRule } from "./decide-rules.ts";
export { listFailing, type FailingRows } from "./failing.ts";
export { answerIssue, getIssue, pageIssues, raiseIssue } from "./issues.ts";
export { getQuality, getRule, listQuality, type Quality } from "./get-quality.ts";
export { qualityModule } from "./module.tsx";
