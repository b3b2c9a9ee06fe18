import type { House, Session } from "../../access/index.ts";
import { GuildhallError } from "../../kernel/errors.ts";
import { plural } from "../../kit/index.ts";
import { ask, type Answer } from "./ask.ts";
import type { Usable } from "./columns.ts";
import { exampleGroup, listAskable, type Askable } from "./datasets.ts";
import { saveDashboard } from "./dashboards.ts";
import { insightError } from "./errors.ts";
import { dashboardLimits, questionShape, type Chart, type Dashboard, type NewDashboard, type Question } from "./model.ts";

export const suggestedTitle = "First look";
/** More datasets are not gone through: the largest are. */
const mostDatasets = 20;
/** A picture of one bar says nothing, nor do bars that are all alike; one of very many says little. */
export const [fewestGroups, mostGroups] = [2, 400];

/**
 * Makes a page of charts of what the own datasets are found to be: a map where rows lie in areas, a line where there is a date,
 * bars for a short list, and an amount by any of these. Each question is asked first, and kept where its answer shows something.
 * A page that was suggested before gives way to it. Fails with `insight.nothing-to-suggest`.
 */
export async function suggestPage(session: Session, house: House): Promise<Dashboard> {
  const own = (await listAskable(session, house)).filter(({ under, loadedAt }) => under === "own" && loadedAt !== null);
  const byDataset: Chart[][] = [];
  for (const askable of largestOf(own)) {
    const charts: Chart[] = [];
    for (const question of questionsFor(askable)) {
      const answer = await answerOf(session, question, house);
      if (!answer || !showsSomething(answer)) continue;
      charts.push({ title: "", text: "", question, draw: answer.areas === null ? "chart" : "map", limits: [] });
    }
    if (charts.length > 0) byDataset.push(charts);
  }
  const page = pageOf(suggestedTitle, byDataset);
  if (page.charts.length === 0) throw insightError("nothing-to-suggest", {});
  return saveDashboard(session, session.organisation ?? "", page, house);
}

/** The datasets that are gone through. */
export function largestOf(askables: readonly Askable[]): readonly Askable[] {
  return askables.toSorted((one, other) => (other.rows ?? 0) - (one.rows ?? 0)).slice(0, mostDatasets);
}

/** A page of what each dataset is good for: the first chart of each, then the second of each, and so on. */
export function pageOf(title: string, byDataset: readonly (readonly Chart[])[]): NewDashboard {
  const about = `Suggested from what the columns of ${plural(byDataset.length, "dataset")} are. Take off what says nothing to you.`;
  return { title, about, charts: inTurn(byDataset).slice(0, dashboardLimits.charts) };
}

/** The questions that are worth a try of a dataset, the likeliest to say something first. */
export function questionsFor({ entry, columns }: Pick<Askable, "entry" | "columns">): readonly Question[] {
  const areas = columns.find(({ type, group }) => group !== null && type === "geo.gss_code");
  const date = columns.find(({ group }) => group === "period");
  const list = exampleGroup(columns.filter(({ type, group }) => group === "plain" && type !== "geo.gss_code")); // one map is enough
  const amount = columns.find((column) => column.amount && column !== list && column.group === null);
  const groups = [areas, date, list].filter((column): column is Usable => column !== undefined);
  const question = (group: Usable, measure: Question["measure"]) =>
    questionShape.parse({ dataset: entry.datasetId, groupBy: [group.number], measure });
  const [first] = groups;
  return [
    ...groups.map((group) => question(group, { kind: "count" })),
    ...(first && amount ? [question(first, { kind: "avg", column: amount.number })] : []),
  ];
}

/** Nothing where it is refused, too much, or nothing is left of it: another question may do. */
async function answerOf(session: Session, question: Question, house: House): Promise<Answer | undefined> {
  try {
    return await ask(session, question, house);
  } catch (error) {
    if (error instanceof GuildhallError && error.kind !== "unavailable") return undefined;
    throw error;
  }
}

function showsSomething({ figures }: Answer): boolean {
  const shown = figures.cells.flatMap(({ value }) => (value === null ? [] : [value]));
  return shown.length >= fewestGroups && shown.length <= mostGroups && new Set(shown).size > 1;
}

function inTurn<T>(lists: readonly (readonly T[])[]): readonly T[] {
  const longest = Math.max(0, ...lists.map(({ length }) => length));
  return Array.from({ length: longest }, (_, at) => lists.flatMap((list) => list.slice(at, at + 1))).flat();
}
