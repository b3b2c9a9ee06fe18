import type { Records } from "../../store/index.ts";
import type { Chart, Dashboard } from "./model.ts";
import type { InsightTables } from "./store.ts";

export async function listDashboardRows(records: Records, organisation: string): Promise<readonly Dashboard[]> {
  const query = records.as<InsightTables>().selectFrom("dashboard").selectAll().where("organisation", "=", organisation);
  return (await query.orderBy("title").execute()).map(dashboardOf);
}

export async function listAllDashboards(records: Records): Promise<readonly Dashboard[]> {
  return (await records.as<InsightTables>().selectFrom("dashboard").selectAll().orderBy("id").execute()).map(dashboardOf);
}

export async function findDashboard(records: Records, id: string): Promise<Dashboard | undefined> {
  const row = await records.as<InsightTables>().selectFrom("dashboard").selectAll().where("id", "=", id).executeTakeFirst();
  return row && dashboardOf(row);
}

/** Puts it in the place of the one with its id. */
export async function saveDashboardRow(records: Records, dashboard: Dashboard): Promise<void> {
  const { id, organisation, title, about, changedAt } = dashboard;
  const row = { organisation, title, about, charts: JSON.stringify(dashboard.charts), changed_at: changedAt };
  await records
    .as<InsightTables>()
    .insertInto("dashboard")
    .values({ id, ...row })
    .onConflict((conflict) => conflict.column("id").doUpdateSet(row))
    .execute();
}

export async function deleteDashboard(records: Records, id: string): Promise<void> {
  await records.as<InsightTables>().deleteFrom("dashboard").where("id", "=", id).execute();
}

function dashboardOf(row: InsightTables["dashboard"]): Dashboard {
  return {
    id: row.id,
    organisation: row.organisation,
    title: row.title,
    about: row.about,
    charts: JSON.parse(row.charts) as Chart[],
    changedAt: row.changed_at,
  };
}
