import type { House, Session } from "../../access/index.ts";
import { GuildhallError } from "../../kernel/errors.ts";
import { newId } from "../../kernel/ids.ts";
import { insightActions } from "./actions.ts";
import { ask, type Answer } from "./ask.ts";
import { deleteDashboard, findDashboard, listDashboardRows, saveDashboardRow } from "./dashboard-store.ts";
import { insightError } from "./errors.ts";
import { dashboardLimits, dashboardShape, type Chart, type Dashboard, type NewDashboard } from "./model.ts";

/** A chart with its answer, or with why there is none for this reader. */
export type DrawnChart = { readonly chart: Chart } & (
  { readonly answer: Answer; readonly error?: never } | { readonly error: GuildhallError; readonly answer?: never }
);

/** Keeps a page of charts for an organisation; one of the same title gives way to it. Fails with `insight.bad-dashboard`. */
export async function saveDashboard(
  session: Session,
  organisation: string,
  given: NewDashboard,
  house: House,
): Promise<Dashboard> {
  const title = given.title.trim();
  return session.perform(insightActions.keep, { kind: "dashboard", id: title.slice(0, 100), organisation }, (scope) =>
    scope.transaction(async (records) => {
      const parsed = dashboardShape.safeParse(given);
      if (!parsed.success) throw badDashboard(parsed.error.issues.map(({ message }) => message).join(" "));
      const held = (await listDashboardRows(records, organisation)).find((one) => one.title === parsed.data.title);
      const dashboard = { ...parsed.data, id: held?.id ?? newId("dash", house.clock()), organisation, changedAt: house.clock() };
      await saveDashboardRow(records, dashboard);
      return dashboard;
    }),
  );
}

/** Puts a chart on a page of the own organisation, which is made where there is none of that title. */
export async function addChart(session: Session, to: { readonly title: string }, chart: Chart, house: House): Promise<Dashboard> {
  const organisation = session.organisation ?? "";
  const held = (await listDashboards(session)).find(({ title }) => title === to.title.trim());
  if (to.title.trim() === "") throw badDashboard("It has no title.", { title: "Give the page a title." });
  if (held && held.charts.length >= dashboardLimits.charts)
    throw badDashboard(`It has ${dashboardLimits.charts} charts already, which is the most.`);
  const { title, about } = held ?? { title: to.title, about: "" };
  return saveDashboard(session, organisation, { title, about, charts: [...(held?.charts ?? []), chart] }, house);
}

/** Takes a chart off a page, by its place from 0. */
export async function removeChart(session: Session, id: string, at: number, house: House): Promise<Dashboard> {
  const { organisation, title, about, charts } = await getDashboard(session, id);
  if (!charts[at]) throw insightError("no-dashboard", {});
  return saveDashboard(session, organisation, { title, about, charts: charts.filter((_, place) => place !== at) }, house);
}

export async function removeDashboard(session: Session, id: string): Promise<Dashboard> {
  const dashboard = await getDashboard(session, id);
  await session.perform(insightActions.keep, { kind: "dashboard", id, organisation: dashboard.organisation }, (scope) =>
    scope.transaction((records) => deleteDashboard(records, id)),
  );
  return dashboard;
}

export async function listDashboards(session: Session): Promise<readonly Dashboard[]> {
  return session.perform(insightActions.dashboards, null, (scope) =>
    listDashboardRows(scope.records, session.organisation ?? ""),
  );
}

/** Draws a page: each question is asked anew, under the reader's own rights, and is a use of its own in the record. */
export async function openDashboard(
  session: Session,
  id: string,
  house: House,
): Promise<{ readonly dashboard: Dashboard; readonly charts: readonly DrawnChart[] }> {
  const dashboard = await getDashboard(session, id);
  const charts: DrawnChart[] = [];
  for (const chart of dashboard.charts) {
    try {
      charts.push({ chart, answer: await ask(session, chart.question, house) });
    } catch (error) {
      if (!(error instanceof GuildhallError)) throw error;
      charts.push({ chart, error });
    }
  }
  return { dashboard, charts };
}

async function getDashboard(session: Session, id: string): Promise<Dashboard> {
  return session.perform(insightActions.dashboards, { kind: "dashboard", id, organisation: null }, async (scope) => {
    const dashboard = await findDashboard(scope.records, id);
    if (!dashboard || (session.kind !== "operator" && dashboard.organisation !== session.organisation))
      throw insightError("no-dashboard", {});
    return dashboard;
  });
}

function badDashboard(why: string, fields: Readonly<Record<string, string>> = {}): GuildhallError {
  return insightError("bad-dashboard", { why }, fields);
}
