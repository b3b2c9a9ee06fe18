import type { House, Strand } from "../../access/index.ts";
import { findEntry } from "../catalogue/index.ts";
import { listDashboardRows } from "./dashboard-store.ts";
import type { Question } from "./model.ts";

/** The pages of charts of its own organisation that a dataset is drawn on, chart by chart. */
export async function chartStrands(dataset: string, house: House): Promise<readonly Strand[]> {
  const owner = (await findEntry(house.store, dataset))?.organisation;
  if (owner === undefined) return [];
  return (await listDashboardRows(house.store, owner)).flatMap(({ id, title, charts }) =>
    charts
      .filter(({ question }) => question.dataset === dataset)
      .map((chart) => ({
        kind: "Chart",
        title: chart.title === "" ? title : `${title}: ${chart.title}`,
        href: `/dashboards/${id}`,
        columns: columnsAsked(chart.question),
      })),
  );
}

/** The columns that a question goes by, once each. */
export function columnsAsked({ groupBy, measure, filters }: Question): readonly number[] {
  const measured =
    measure.kind === "count"
      ? []
      : measure.kind === "share"
        ? [measure.of.column]
        : measure.kind === "ratio"
          ? [measure.column, measure.per]
          : [measure.column];
  return [...new Set([...groupBy, ...measured, ...filters.map(({ column }) => column)])];
}
