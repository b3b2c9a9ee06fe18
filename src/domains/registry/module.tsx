import type { Module } from "../../access/index.ts";
import { registryActions } from "./actions.ts";
import { registryCommands } from "./cli.ts";
import { linkJob } from "./link-run.ts";
import { projectStrands } from "./used-in.ts";
import { forgetRecords, listProjectRows, registryMigrations, type RegistryTables } from "./store.ts";
import { registryPages } from "./pages/pages.tsx";

export const registryModule: Module = {
  name: "registry",
  actions: Object.values(registryActions),
  migrations: registryMigrations,
  jobs: [linkJob],
  commands: registryCommands,
  sections: [{ verb: "Link", text: "Link projects", href: "/links", action: registryActions.list }],
  pages: registryPages,
  contributes: {
    erased: forgetRecords,
    goesTo: projectStrands,
    exports: async (session) =>
      session.perform(registryActions.export, null, async (scope) => {
        const projects = await listProjectRows(scope.records);
        const db = scope.records.as<RegistryTables>();
        const entities = await db.selectFrom("entity_record").selectAll().orderBy("entity_id").execute();
        const runs = await db.selectFrom("link_run").selectAll().orderBy("at").execute();
        return [
          { name: "link-projects", kind: "records", count: projects.length, rows: projects },
          { name: "link-runs", kind: "records", count: runs.length, rows: runs },
          { name: "entity-records", kind: "records", count: entities.length, rows: entities },
        ];
      }),
  },
};
