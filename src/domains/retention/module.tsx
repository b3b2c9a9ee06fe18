import type { Module } from "../../access/index.ts";
import { retentionActions } from "./actions.ts";
import { applyJob } from "./apply-change.ts";
import { retentionCommands } from "./cli.ts";
import { askPages } from "./pages/ask-page.tsx";
import { changesPages } from "./pages/changes-page.tsx";
import { listChangeRows, retentionMigrations } from "./store.ts";

export const retentionModule: Module = {
  name: "retention",
  actions: Object.values(retentionActions),
  migrations: retentionMigrations,
  pages: [...changesPages, ...askPages],
  commands: retentionCommands,
  jobs: [applyJob],
  sections: [{ verb: "Protect", text: "Erase and correct", href: "/changes", action: retentionActions.list }],
  contributes: {
    tasks: async (session, house) => {
      if (!session.may(retentionActions.decide, session.organisation)) return [];
      const waiting = (await listChangeRows(house.store, session.organisation ?? "", { limit: 200, offset: 0 })).filter(
        ({ state, askedBy }) => state === "asked" && askedBy !== session.person?.id,
      );
      return waiting.map(({ kind, askedAt, reason }) => ({
        title: kind === "erase" ? "Decide on an erasure" : "Decide on a correction",
        href: "/changes",
        why: reason,
        since: askedAt,
        action: "Look at it",
      }));
    },
    exports: async (session) =>
      session.perform(retentionActions.export, null, async (scope) => {
        const rows = await listChangeRows(scope.records, null);
        return [{ name: "erasures-and-corrections", kind: "records", count: rows.length, rows }];
      }),
  },
};
