import type { Module } from "../../access/index.ts";
import { peopleActions } from "./actions.ts";
import { peopleCommands } from "./cli.ts";
import { peopleRoutes } from "./http.ts";
import { listOrganisations } from "./find-person.ts";
import { peoplePages } from "./pages/pages.tsx";
import { peopleMigrations, type PeopleTables } from "./store.ts";

export const peopleModule: Module = {
  name: "people",
  actions: Object.values(peopleActions),
  migrations: peopleMigrations,
  pages: peoplePages,
  routes: peopleRoutes,
  commands: peopleCommands,
  sections: [{ verb: "Protect", text: "People and roles", href: "/people", action: peopleActions.list }],
  contributes: {
    exports: async (session) =>
      session.perform(peopleActions.list, null, async (scope) => {
        const organisations = await listOrganisations(scope.records);
        const db = scope.records.as<PeopleTables>();
        const persons = await db.selectFrom("person").select(["id", "name", "email", "state", "created_at"]).execute();
        const memberships = await db.selectFrom("membership").selectAll().execute();
        return [
          { name: "organisations", kind: "records", count: organisations.length, rows: organisations },
          { name: "persons", kind: "records", count: persons.length, rows: persons },
          { name: "memberships", kind: "records", count: memberships.length, rows: memberships },
        ];
      }),
  },
};
