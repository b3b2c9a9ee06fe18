import type { Module } from "../../access/index.ts";
import { sourcesActions } from "./actions.ts";
import { sourcesCommands } from "./cli.ts";
import { sourcesRoutes } from "./http.ts";
import { loadJob, typeJob } from "./load.ts";
import { sourcesPages } from "./pages/pages.tsx";
import { listSources } from "./sources.ts";
import { listSourceRows, sourcesMigrations } from "./store.ts";

export const sourcesModule: Module = {
  name: "sources",
  actions: Object.values(sourcesActions),
  migrations: sourcesMigrations,
  pages: sourcesPages,
  routes: sourcesRoutes,
  commands: sourcesCommands,
  jobs: [loadJob, typeJob],
  sections: [{ verb: "Pool", text: "Sources", href: "/sources", action: sourcesActions.list }],
  contributes: {
    tasks: async (session, house) => {
      if (!session.may(sourcesActions.quarantine)) return [];
      const states = await listSources(session, house);
      const failed = states
        .filter(({ job }) => job?.state === "failed")
        .map(({ source, job }) => ({
          title: `“${source.name}” could not be loaded`,
          href: `/sources/${source.id}`,
          why: job?.error?.message ?? "The load failed.",
          since: job?.finishedAt ?? source.createdAt,
          action: "See why",
        }));
      const quarantined = states
        .filter(({ version }) => version !== null && version.quarantined > 0)
        .map(({ source, version }) => ({
          title: `Mend ${version?.quarantined === 1 ? "1 record" : `${version?.quarantined ?? 0} records`} of “${source.name}”`,
          href: `/sources/${source.id}/quarantine`,
          why: "They could not be read and wait in quarantine. Nothing is lost.",
          since: version?.committedAt ?? source.createdAt,
          action: "Look at them",
        }));
      return [...failed, ...quarantined];
    },
    exports: async (session) =>
      session.perform(sourcesActions.list, null, async (scope) => {
        const sources = await listSourceRows(scope.records, null);
        return [{ name: "sources", kind: "records", count: sources.length, rows: sources }];
      }),
  },
};
