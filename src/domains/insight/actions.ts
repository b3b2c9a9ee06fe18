import { action } from "../../access/index.ts";

export const insightActions = {
  list: action("insight.list", "Looked at what questions may be asked of", { persons: ["analyst"] }),
  ask: action("insight.ask", "Asked a question", { persons: ["analyst"], across: true }),
  look: action("insight.look", "Looked at the rows of a dataset", { persons: ["analyst", "steward", "owner"], across: true }),
  startExport: action("insight.start-export", "Asked for an export", { persons: ["analyst", "steward", "owner"], across: true }),
  export: action("insight.export", "Exported a dataset", { persons: ["analyst", "steward", "owner"], across: true }),
  fetchExport: action("insight.fetch-export", "Downloaded an export", { persons: ["analyst", "steward", "owner"], across: true }),
  dashboards: action("insight.dashboards", "Looked at pages of charts", {
    persons: ["analyst", "steward", "owner"],
    operator: true,
  }),
  keep: action("insight.keep", "Changed a page of charts", { persons: ["analyst", "steward", "owner"], operator: true }),
  exportAsked: action("insight.export-asked", "Exported the questions that were asked", { operator: true }),
} as const;
