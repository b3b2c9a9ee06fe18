import type { Module } from "../../access/index.ts";
import { qualityActions } from "./actions.ts";
import { checkAgain, checkJob } from "./check.ts";
import { qualityCommands } from "./cli.ts";
import { qualityRoutes } from "./http.ts";
import { listIssueRows } from "./issue-store.ts";
import { issueTasks } from "./issue-tasks.ts";
import { qualityPages } from "./pages/pages.tsx";
import { listRulesOf, qualityMigrations } from "./store.ts";
import { ruleStrands } from "./used-in.ts";

export const qualityModule: Module = {
  name: "quality",
  actions: Object.values(qualityActions),
  migrations: qualityMigrations,
  pages: qualityPages,
  routes: qualityRoutes,
  commands: qualityCommands,
  jobs: [checkJob],
  sections: [
    { verb: "Know", text: "Quality", href: "/quality", action: qualityActions.show },
    { verb: "Know", text: "Quality issues", href: "/issues", action: qualityActions.issues },
  ],
  contributes: {
    datasetPages: (dataset) => [{ text: "How good the data is", href: `/datasets/${dataset}/quality` }],
    goesTo: ruleStrands,
    typed: checkAgain,
    tasks: issueTasks,
    exports: async (session) =>
      session.perform(qualityActions.export, null, async (scope) => {
        const rules = await listRulesOf(scope.records, null, null);
        const issues = await listIssueRows(scope.records, null);
        return [
          { name: "quality-rules", kind: "records", count: rules.length, rows: rules },
          { name: "quality-issues", kind: "records", count: issues.length, rows: issues },
        ];
      }),
  },
};
