import type { Module } from "../../access/index.ts";
import { insightActions } from "./actions.ts";
import { exportCommands } from "./export-cli.ts";
import { insightCommands } from "./cli.ts";
import { exportJob } from "./export-job.ts";
import { insightRoutes } from "./http.ts";
import { listAllDashboards } from "./dashboard-store.ts";
import { listDashboards } from "./dashboards.ts";
import { insightPages } from "./pages/pages.tsx";
import { placeDashboards } from "./place-dashboards.ts";
import { insightMigrations, listQuestions } from "./store.ts";
import { chartStrands } from "./used-in.ts";

export const insightModule: Module = {
  name: "insight",
  actions: Object.values(insightActions),
  migrations: insightMigrations,
  pages: insightPages,
  routes: insightRoutes,
  commands: [...insightCommands, ...exportCommands],
  jobs: [exportJob],
  sections: [
    { verb: "Use", text: "Questions", href: "/questions", action: insightActions.ask },
    { verb: "Use", text: "Pages of charts", href: "/dashboards", action: insightActions.dashboards },
  ],
  contributes: {
    placeFile: placeDashboards,
    goesTo: chartStrands,
    search: async (session, words) => {
      if (!session.may(insightActions.dashboards)) return [];
      const wanted = words.toLowerCase().split(/\s+/).filter(Boolean);
      return (await listDashboards(session))
        .filter(({ title, about }) => wanted.every((word) => `${title} ${about}`.toLowerCase().includes(word)))
        .map(({ id, title, about }) => ({ title, href: `/dashboards/${id}`, kind: "Page of charts", text: about }));
    },
    exports: async (session) =>
      session.perform(insightActions.exportAsked, null, async (scope) => {
        const rows = await listQuestions(scope.records);
        const dashboards = await listAllDashboards(scope.records);
        return [
          { name: "questions-asked", kind: "records", count: rows.length, rows },
          { name: "dashboards", kind: "records", count: dashboards.length, rows: dashboards },
        ];
      }),
  },
};
