import type { Module } from "../../access/index.ts";
import { roundCount } from "../../disclosure/index.ts";
import { catalogueActions } from "./actions.ts";
import { catalogueCommands } from "./cli.ts";
import { editJob } from "./edit-job.ts";
import { listEntries } from "./entries.ts";
import { listAllChanges } from "./history.ts";
import { catalogueRoutes } from "./http.ts";
import { cataloguePages } from "./pages/pages.tsx";
import { ownRules } from "./policy.ts";
import { upkeepTasks } from "./upkeep-tasks.ts";
import { catalogueMigrations, listEntryRows, listFields, sumHoldings } from "./store.ts";

export const catalogueModule: Module = {
  name: "catalogue",
  actions: Object.values(catalogueActions),
  migrations: catalogueMigrations,
  pages: cataloguePages,
  routes: catalogueRoutes,
  commands: catalogueCommands,
  jobs: [editJob],
  sections: [{ verb: "Know", text: "Catalogue", href: "/datasets", action: catalogueActions.browse }],
  contributes: {
    rules: ownRules,
    tasks: upkeepTasks,
    figures: async (session, house) => {
      const held = await sumHoldings(house.store, session.organisation ?? "");
      const exact = session.may(catalogueActions.describe, session.organisation);
      const told = (count: number) => (exact ? count : roundCount(count)); // most rows are of people
      return [
        { label: "Datasets", value: held.datasets, href: "/datasets" },
        { label: "Rows held", value: told(held.rows) },
        { label: "In quarantine", value: told(held.quarantined) },
      ];
    },
    search: async (session, words, house) =>
      (await listEntries(session, { words, limit: 20 }, house)).map(({ entry }) => ({
        title: entry.title,
        href: `/datasets/${entry.datasetId}`,
        kind: "Dataset",
        text: entry.description,
      })),
    exports: async (session, house) =>
      session.perform(catalogueActions.browse, null, async (scope) => {
        const entries = await listEntryRows(scope.records);
        const changes = await listAllChanges(scope.records);
        const fields = (await Promise.all(entries.map((entry) => listFields(house.store, entry.datasetId)))).flat();
        return [
          { name: "catalogue-entries", kind: "records", count: entries.length, rows: entries },
          { name: "catalogue-fields", kind: "records", count: fields.length, rows: fields },
          { name: "catalogue-changes", kind: "records", count: changes.length, rows: changes },
        ];
      }),
  },
};
