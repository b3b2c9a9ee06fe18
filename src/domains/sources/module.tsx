import type { Module } from "../../access/index.ts";
import { plural } from "../../kit/index.ts";
import { sourcesActions } from "./actions.ts";
import { sourceStrands } from "./came-from.ts";
import { sourcesCommands } from "./cli.ts";
import { compareJob } from "./compare-versions.ts";
import { sourcesRoutes } from "./http.ts";
import { kitFacts } from "./kit-facts.ts";
import { letGoJob, letGoLoop } from "./let-go.ts";
import { mendJob } from "./mend-job.ts";
import { readMendsJob } from "./mend-file.ts";
import { shapeTasks } from "./shape.ts";
import { sentTasks } from "./sent.ts";
import { loadJob } from "./load.ts";
import { folderJob } from "./load-folder.ts";
import { listDatabases } from "./database-store.ts";
import { listSchedules } from "./schedule-store.ts";
import { failuresInRow, stoppedTasks } from "./schedule-tasks.ts";
import { dropJob } from "./take-dropped.ts";
import { listWatchedFolders } from "./watch-store.ts";
import { watchLoop } from "./watch-folder.ts";
import { dropTasks } from "./watch-tasks.ts";
import { scheduleLoop } from "./turn-schedules.ts";
import { sourcesPages } from "./pages/pages.tsx";
import { typeJob } from "./type-job.ts";
import { listFailed, listQuarantined, listSourceRows, sourcesMigrations } from "./store.ts";

export const sourcesModule: Module = {
  name: "sources",
  actions: Object.values(sourcesActions),
  migrations: sourcesMigrations,
  pages: sourcesPages,
  routes: sourcesRoutes,
  commands: sourcesCommands,
  jobs: [loadJob, folderJob, dropJob, typeJob, compareJob, mendJob, readMendsJob, letGoJob],
  loops: [scheduleLoop, watchLoop, letGoLoop],
  sections: [{ verb: "Pool", text: "Sources", href: "/sources", action: sourcesActions.list }],
  contributes: {
    datasetPages: (dataset, session) =>
      session.may(sourcesActions.unread) ? [{ text: "What could not be read", href: `/datasets/${dataset}/unread` }] : [],
    layout: kitFacts,
    comesFrom: sourceStrands,
    tasks: async (session, house) => {
      if (!session.may(sourcesActions.quarantine)) return [];
      const organisation = session.organisation ?? "";
      const failed = await Promise.all(
        (await listFailed(house.store, organisation)).map(async ({ source, why, since }) => ({
          title: `“${source.name}” could not be loaded`,
          href: `/sources/${source.id}`,
          why: `${why ?? "The load failed."}${await failuresInRow(source, house)}`,
          since,
          action: "See why",
        })),
      );
      const quarantined = (await listQuarantined(house.store, organisation)).map(({ source, records, since }) => ({
        title: `Mend ${plural(records, "record")} of “${source.name}”`,
        href: `/sources/${source.id}/quarantine`,
        why: "They could not be read and wait in quarantine. Nothing is lost.",
        since,
        action: "Look at them",
      }));
      return [
        ...failed,
        ...(await stoppedTasks(organisation, house)),
        ...(await dropTasks(organisation, house)),
        ...(await shapeTasks(organisation, house)),
        ...quarantined,
        ...(await sentTasks(session, house)),
      ];
    },
    exports: async (session) =>
      session.perform(sourcesActions.list, null, async (scope) => {
        const sources = await listSourceRows(scope.records, null);
        const schedules = [...(await listSchedules(scope.records)).values()];
        const folders = await listWatchedFolders(scope.records, null);
        // of a database all but the password, which is of no use without this hub's key
        const databases = (await listDatabases(scope.records)).map(({ sourceId, ask }) => ({ sourceId, ...ask }));
        return [
          { name: "sources", kind: "records", count: sources.length, rows: sources },
          { name: "source-schedules", kind: "records", count: schedules.length, rows: schedules },
          { name: "watched-folders", kind: "records", count: folders.length, rows: folders },
          { name: "source-databases", kind: "records", count: databases.length, rows: databases },
        ];
      }),
  },
};
