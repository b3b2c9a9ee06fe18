import { z } from "zod";
import type { PlaceFilePart } from "../../access/index.ts";
import { GuildhallError } from "../../kernel/errors.ts";
import { listFields } from "../catalogue/index.ts";
import { saveDashboard } from "./dashboards.ts";
import { suggestFolderPage } from "./suggest-folder-page.ts";
import { insightError } from "./errors.ts";
import { chartShape, questionShape, type Question } from "./model.ts";
import { readWords, type NamedColumn, type QuestionWords } from "./question-words.ts";

const words = z.string().trim().min(1).max(500);
const chart = chartShape
  .omit({ question: true })
  .partial()
  .extend({
    /** The file that is asked of. */
    of: words,
    by: z.array(words).max(2).optional(),
    where: z.array(words).max(10).optional(),
    sum: words.optional(),
    avg: words.optional(),
    min: words.optional(),
    max: words.optional(),
    share: words.optional(),
    ratio: words.optional(),
    limits: z
      .array(z.strictObject({ value: z.coerce.number(), text: words }))
      .max(4)
      .optional(),
  });
const shape = z.array(z.strictObject({ title: words, about: z.string().trim().optional(), charts: z.array(chart.strict()) }));

/** Pages of charts that a place file describes: questions in the words of the command line, columns by their names. */
export const placeDashboards: PlaceFilePart = {
  key: "dashboards",
  shape,
  load: async (session, said, { organisation, datasetOf }, house) => {
    const made: string[] = [];
    for (const { title, about = "", charts } of shape.parse(said)) {
      const drawn = [];
      for (const [at, { of, draw, title: heading = "", text = "", limits = [], ...question }] of charts.entries()) {
        const dataset = datasetOf(of);
        const columns = (await listFields(house.store, dataset)).map(({ number, name }) => ({ number, name, label: name }));
        drawn.push(
          chartShape.parse({
            title: heading,
            text,
            draw,
            limits,
            question: readQuestion(question, { title, at, dataset, columns }),
          }),
        );
      }
      await saveDashboard(session, organisation, { title, about, charts: drawn }, house);
      made.push(`The page “${title}” has ${drawn.length} charts.`);
    }
    return made;
  },
  otherwise: suggestFolderPage,
};

/** Fails with `insight.bad-dashboard`, which names the page and the chart. */
function readQuestion(
  words: QuestionWords,
  { title, at, dataset, columns }: { title: string; at: number; dataset: string; columns: readonly NamedColumn[] },
): Question {
  try {
    return questionShape.parse({ dataset, ...readWords(words, columns) });
  } catch (error) {
    if (!(error instanceof GuildhallError)) throw error;
    throw insightError("bad-dashboard", { why: `Chart ${at + 1} of “${title}”: ${error.message}` });
  }
}
