import type { Command, CommandRequest } from "../../access/index.ts";
import { ask } from "./ask.ts";
import { listAskable, type Askable } from "./datasets.ts";
import { insightError } from "./errors.ts";
import { findingOf } from "./finding.ts";
import { asAnswer } from "./http.ts";
import { questionShape, type Question } from "./model.ts";
import { readWords } from "./question-words.ts";
import { listedRows, rowOf, type ViewRow } from "./view.ts";
import { groupTitle, hiddenNote, measureTitle, sourceLine } from "./words.ts";

export const insightCommands: readonly Command[] = [
  {
    verb: "question ask",
    summary: "Ask a question of a dataset: counts, totals or shares by group, with small numbers hidden.",
    usage:
      "guildhall question ask DATASET [--group COLUMN]… [--sum C | --avg C | --min C | --max C | --share 'COL=VALUE' | --ratio 'COL / COL'] [--where 'COL=VALUE']… [--under AGREEMENT] [--on DAY] [--json]",
    example: "guildhall question ask 'Council tax' --group ward_code --where 'band=A|B'",
    flags: {
      group: {
        type: "string",
        many: true,
        about: "A column to group by; twice at most. COLUMN:hour, :weekday, :month or :year for a part of a date or a time.",
      },
      sum: { type: "string", about: "Add this column up." },
      avg: { type: "string", about: "Average this column." },
      min: { type: "string", about: "The lowest of this column." },
      max: { type: "string", about: "The highest of this column." },
      share: { type: "string", about: "The share of records that meet this condition." },
      ratio: { type: "string", about: "One column added up, divided by another added up: 'COL / COL'." },
      where: {
        type: "string",
        many: true,
        about: "Only records that meet this: COL=A|B, COL!=A, COL>=5, COL<=5, COL= for empty, COL!= for not empty.",
      },
      on: {
        type: "string",
        about: "Your own data as it stood at the end of this day, such as 2026-03-31; as it stands now when left out.",
      },
      under: { type: "string", about: "The agreement it is lent under, by id or title; your own data when left out." },
    },
    takes: { least: 1, most: 1 },
    run: async (request) => {
      const { session, house, out } = request;
      const answer = await ask(session, await questionOf(request), house);
      const { plan, figures } = answer;
      out.line(findingOf(answer));
      const line = ({ labels, figure, text, mark }: ViewRow) => [
        ...labels.map((label) => label || "All"),
        mark === "" ? text : `[${mark}] ${text}`,
        ...(plan.measure.kind === "count" ? [] : [figure.n ?? "[c]"]),
      ];
      out.table(
        [...plan.groups.map(groupTitle), measureTitle(plan.measure), ...(plan.measure.kind === "count" ? [] : ["n"])],
        [
          ...(plan.groups.length === 0 ? [] : listedRows(answer).map(line)),
          ...figures.totals.map((figure) => line(rowOf(figure, answer))),
        ],
      );
      const note = hiddenNote(answer);
      if (note !== null) out.line(note);
      out.line(sourceLine(answer));
      out.json(asAnswer(answer));
    },
  },
];

async function questionOf({ session, house, arguments: [name = ""], flags, lists }: CommandRequest): Promise<Question> {
  const under = typeof flags["under"] === "string" ? flags["under"] : "own";
  const fits = ({ entry, under: held }: Askable) =>
    (entry.datasetId === name || entry.title.toLowerCase() === name.toLowerCase()) &&
    (held === "own" ? under === "own" : held.id === under || held.title.toLowerCase() === under.toLowerCase());
  const askable = (await listAskable(session, house)).find(fits);
  if (!askable) throw insightError("no-dataset", {});
  const text = (flag: string) => (typeof flags[flag] === "string" ? flags[flag] : undefined);
  const { groupBy, parts, measure, filters } = readWords(
    {
      by: lists["group"] ?? [],
      where: lists["where"] ?? [],
      ...Object.fromEntries(["sum", "avg", "min", "max", "share", "ratio"].map((flag) => [flag, text(flag)])),
    },
    askable.columns,
  );
  const lent = askable.under === "own" ? "own" : askable.under.id;
  return questionShape.parse({ dataset: askable.entry.datasetId, under: lent, groupBy, parts, measure, filters, on: text("on") });
}
