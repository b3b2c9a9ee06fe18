import type { Command, Terminal } from "../../access/index.ts";
import { GuildhallError } from "../../kernel/errors.ts";
import { requestCheck, type CheckSummary } from "./check.ts";
import { getQuality, type Quality } from "./get-quality.ts";
import { asQuality } from "./http.ts";
import { dimensions } from "./model.ts";
import { foundWords, outcomeWords, scoreWords } from "./words.ts";

export const qualityCommands: readonly Command[] = [
  {
    verb: "quality check",
    summary: "Check the newest version of a dataset against its rules, and have others suggested.",
    usage: "guildhall quality check DATASET [--json]",
    example: "guildhall quality check 'Council tax'",
    flags: {},
    takes: { least: 1, most: 1 },
    run: async ({ session, house, arguments: [dataset = ""], out }) => {
      const job = await requestCheck(session, dataset, house);
      const ended = await house.jobs.wait(job.id);
      if (ended.error) throw new GuildhallError({ kind: "invalid", ...ended.error });
      if (ended.state === "cancelled") throw new GuildhallError(cancelled);
      const quality = await getQuality(session, dataset, house);
      show(quality, out);
      const { suggested } = ended.result as CheckSummary;
      if (suggested > 0) out.line(`Suggested and not decided on: ${suggested}. See /datasets/${quality.entry.datasetId}/quality`);
      out.json(asQuality(quality));
    },
  },
  {
    verb: "quality show",
    summary: "Say how good a dataset is, by dimension and rule by rule, as of its last check.",
    usage: "guildhall quality show DATASET [--json]",
    example: "guildhall quality show 'Council tax'",
    flags: {},
    takes: { least: 1, most: 1 },
    run: async ({ session, house, arguments: [dataset = ""], out }) => {
      const quality = await getQuality(session, dataset, house);
      show(quality, out);
      out.json(asQuality(quality));
    },
  },
];

const cancelled = {
  code: "quality.cancelled",
  kind: "conflict",
  message: "The check was cancelled.",
  remedy: "Ask for it again when you want it.",
} as const;

function show({ scores, accepted, exact, look }: Quality, out: Terminal): void {
  out.line(look?.version ? `Version ${look.version}, by dimension. There is no single score.` : "It was not checked yet.");
  out.table(
    ["Dimension", "Outcome", "Passes", "Of", "Rules"],
    scores.map((score) => {
      const { share, of } = scoreWords(score, exact);
      return [dimensions[score.dimension], outcomeWords[score.outcome].text, share, of.replace(/^of /, ""), score.rules];
    }),
  );
  const failing = accepted.filter(({ outcome }) => outcome === "warn" || outcome === "fail");
  if (failing.length === 0) return;
  out.table(
    ["Rule that does not pass", "Outcome", "What was counted"],
    failing.map(({ rule, title, result, outcome }) => [
      title,
      outcomeWords[outcome].text,
      result ? foundWords(rule.test, result, exact) : "–",
    ]),
  );
}
