/** Questions: data, answered under the asker's own rights, with small counts hidden. */
export { ask, type Answer } from "./ask.ts";
export { addChart, listDashboards, openDashboard, removeChart, removeDashboard, type DrawnChart } from "./dashboards.ts";
export { insightModule } from "./module.tsx";
export { questionShape, type Question } from "./model.ts";
