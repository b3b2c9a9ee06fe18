import type { Module } from "../../access/index.ts";
import { insightActions } from "./actions.ts";
import { exportCommands } from "./export-cli.ts";
import { insightCommands } from "./cli.ts";
import { exportJob } from "./export-job.ts";
import { insightRoutes } from "./http.ts";
import { insightPages } from "./pages/pages.tsx";
import { insightMigrations, listQuestions } from "./store.ts";

export const insightModule: Module = {
  name: "insight",
  actions: Object.values(insightActions),
  migrations: insightMigrations,
  pages: insightPages,
  routes: insightRoutes,
  commands: [...insightCommands, ...exportCommands],
  jobs: [exportJob],
  sections: [{ verb: "Use", text: "Questions", href: "/questions", action: insightActions.ask }],
  contributes: {
    exports: async (session) =>
      session.perform(insightActions.exportAsked, null, async (scope) => {
        const rows = await listQuestions(scope.records);
        return [{ name: "questions-asked", kind: "records", count: rows.length, rows }];
      }),
  },
};
