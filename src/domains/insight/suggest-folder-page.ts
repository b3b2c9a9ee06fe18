import type { House, LoadedFolder, Session } from "../../access/index.ts";
import { plural } from "../../kit/index.ts";
import type { Records } from "../../store/index.ts";
import { listFields, type Field } from "../catalogue/index.ts";
import { findAreasFor } from "../places/index.ts";
import { insightActions } from "./actions.ts";
import type { Usable } from "./columns.ts";
import { describeOwn, type Askable } from "./datasets.ts";
import { listDashboardRows } from "./dashboard-store.ts";
import { saveDashboard } from "./dashboards.ts";
import { dashboardLimits, type Chart, type Question } from "./model.ts";
import { fewestGroups, largestOf, mostGroups, pageOf, questionsFor } from "./suggest-page.ts";

/** Of fewer records of people for each group, most groups would be hidden. */
const fewestEach = 10;

/**
 * A page of charts, and a first question to ask, of a folder that was just loaded. Whoever loads it need not be one who may see
 * its figures, so it goes by what the columns are, and each chart is drawn under the rights of whoever opens the page. A page of
 * that title stays as it is.
 */
export async function suggestFolderPage(session: Session, folder: LoadedFolder, house: House): Promise<readonly string[]> {
  const { organisation } = folder;
  const title = `First look at ${folder.name}`.slice(0, dashboardLimits.title);
  const suggested = await session.perform(insightActions.keep, { kind: "dashboard", id: title, organisation }, async (scope) => {
    if ((await listDashboardRows(scope.records, organisation)).some((held) => held.title === title)) return [];
    const datasets = (await describeOwn(scope.records, organisation, house)).filter(
      ({ entry, loadedAt }) => loadedAt !== null && folder.datasets.includes(entry.datasetId),
    );
    return Promise.all(largestOf(datasets).map(async (askable) => ({ askable, charts: await chartsOf(scope.records, askable) })));
  });
  const shown = suggested.filter(({ charts }) => charts.length > 0);
  const page = pageOf(
    title,
    shown.map((one) => one.charts),
  );
  const { charts } = page;
  const [first] = charts;
  if (!first) return [];
  const { id } = await saveDashboard(session, organisation, page, house);
  const maps = charts.filter(({ draw }) => draw === "map").length;
  return [
    `Suggested: the page “${title}” (/dashboards/${id}) with ${plural(charts.length, "chart")}${maps === 0 ? "" : `, of which ${plural(maps, "map")}`}.`,
    `A first question: ${inWords(
      shown.map(({ askable }) => askable),
      first,
    )}`,
  ];
}

/** Without those that would show one bar, hundreds, or bars that are all alike or hidden, as far as that is known of a column. */
async function chartsOf(records: Records, askable: Askable): Promise<readonly Chart[]> {
  const { entry, columns, people } = askable;
  const fields = await listFields(records, entry.datasetId);
  const charts: Chart[] = [];
  for (const question of questionsFor(askable)) {
    const group = columns.find(({ number }) => number === question.groupBy[0]);
    const field = fields.find(({ number }) => number === group?.number);
    if (!group || !field || !tells(field, group, question, { rows: askable.rows ?? 0, people })) continue;
    const codes = field.top.map(({ value }) => value);
    const strangers = field.recipe === null && codes.length > 0 && (await findAreasFor(records, codes)) === undefined;
    const draw = group.type === "geo.gss_code" && !strangers ? "map" : "chart"; // a map without areas is drawn as a chart
    const outside = field.recipe !== null && field.nulls > 0; // shares are then of the rows that lie in an area
    const filters: Question["filters"] = outside ? [{ column: field.number, op: "is not empty", values: [] }] : [];
    charts.push({ title: "", text: "", question: { ...question, filters }, draw, limits: [] });
  }
  return charts;
}

function tells(
  { recipe, distinct, top }: Field,
  { group }: Usable,
  { measure }: Question,
  { rows, people }: { readonly rows: number; readonly people: boolean },
): boolean {
  if (recipe !== null) return true; // of a column that is worked out the values are not counted
  if (distinct < fewestGroups) return false;
  if (group === "period") return !people || rows >= 2 * fewestEach; // days become months or years
  if (distinct > mostGroups || (people && rows < distinct * fewestEach)) return false;
  const alike = rows === distinct || new Set(top.map(({ count }) => count)).size === 1;
  return measure.kind !== "count" || !alike;
}

/** A question as it is asked at a terminal. */
function inWords(datasets: readonly Askable[], { question }: Chart): string {
  const askable = datasets.find(({ entry }) => entry.datasetId === question.dataset);
  const group = askable?.columns.find(({ number }) => number === question.groupBy[0]);
  return `guildhall question ask ${quoted(askable?.entry.title ?? question.dataset)} --group ${quoted(group?.name ?? "")}`;
}

function quoted(words: string): string {
  return `'${words.replaceAll("'", "'\\''")}'`;
}
