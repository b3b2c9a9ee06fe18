import { z } from "zod";
import type { Route } from "../../access/index.ts";
import { roundingBase } from "../../disclosure/index.ts";
import { ask, type Answer } from "./ask.ts";
import { findingOf } from "./finding.ts";
import { questionShape } from "./model.ts";
import { listedRows, rowOf, type ViewRow } from "./view.ts";
import { groupTitle, hiddenCount, hiddenNote, measureTitle, plainQuestion, sourceLine, subtitleOf } from "./words.ts";

const figureShape = z.object({
  keys: z.array(z.string().nullable()),
  labels: z.array(z.string()),
  /** The base count; null where it is hidden. */
  n: z.number().nullable(),
  value: z.number().nullable(),
  shown: z.boolean(),
  text: z.string(),
  mark: z.enum(["", "c", "x"]),
});

export const answerShape = z.object({
  title: z.string(),
  question: z.string(),
  subtitle: z.string(),
  groups: z.array(z.object({ column: z.number(), title: z.string() })),
  measure: z.string(),
  rows: z.array(figureShape),
  totals: z.array(figureShape),
  conditions: z.array(z.string()),
  hidden: z.number(),
  notes: z.array(z.string()),
  minCell: z.number(),
  /** Counts are to the nearest of this; null where they are exact. */
  nearest: z.number().nullable(),
  source: z.string(),
  boundaries: z.string().nullable(),
  version: z.number(),
});

export const insightRoutes: readonly Route[] = [
  {
    method: "POST",
    path: "/questions/answer",
    summary:
      "Answers a question under your own rights; where the dataset describes people, counts are rounded and small ones hidden.",
    body: questionShape,
    reply: answerShape,
    handle: async ({ session, house, body }) => asAnswer(await ask(session, questionShape.parse(body), house)),
  },
];

export function asAnswer(answer: Answer): z.infer<typeof answerShape> {
  const { plan, figures } = answer;
  const note = hiddenNote(answer);
  return {
    title: findingOf(answer),
    question: plainQuestion(plan),
    subtitle: subtitleOf(answer),
    groups: plan.groups.map((group) => ({ column: group.column.number, title: groupTitle(group) })),
    measure: measureTitle(plan.measure),
    rows: plan.groups.length === 0 ? [] : listedRows(answer).map(asFigure),
    totals: figures.totals.map((figure) => asFigure(rowOf(figure, answer))),
    conditions: [...plan.conditions],
    hidden: hiddenCount(answer),
    notes: note === null ? [] : [note],
    minCell: answer.minCell,
    nearest: answer.people ? roundingBase : null,
    source: sourceLine(answer),
    boundaries: answer.areas?.set.title ?? null,
    version: answer.version.number,
  };
}

function asFigure({ figure, labels, text, mark }: ViewRow): z.infer<typeof figureShape> {
  return { keys: [...figure.keys], labels: [...labels], n: figure.n, value: figure.value, shown: figure.shown, text, mark };
}
