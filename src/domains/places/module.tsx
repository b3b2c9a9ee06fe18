import type { Module } from "../../access/index.ts";
import { placesActions } from "./actions.ts";
import { areaColumnsOf } from "./area-columns.ts";
import { listAreas } from "./areas.ts";
import { placesCommands } from "./cli.ts";
import { placesRoutes } from "./http.ts";
import { placesPages } from "./pages/pages.tsx";
import { layoutOf } from "./layout.ts";
import { placesMigrations } from "./store.ts";
import { areaStrands, lookUpStrands } from "./strands.ts";

export const placesModule: Module = {
  name: "places",
  actions: Object.values(placesActions),
  migrations: placesMigrations,
  pages: placesPages,
  routes: placesRoutes,
  commands: placesCommands,
  sections: [{ verb: "Know", text: "Areas", href: "/areas", action: placesActions.list }],
  contributes: {
    areaColumns: areaColumnsOf,
    layout: layoutOf,
    comesFrom: areaStrands,
    goesTo: lookUpStrands,
    search: async (session, words) => {
      const wanted = words.toLowerCase().split(/\s+/).filter(Boolean);
      return (await listAreas(session))
        .filter(({ title }) => wanted.every((word) => title.toLowerCase().includes(word)))
        .map(({ title, areas }) => ({ title, href: "/areas", kind: "Areas", text: `${areas.toLocaleString("en-GB")} areas` }));
    },
    exports: async (session) => {
      const sets = await listAreas(session);
      return [{ name: "area-sets", kind: "records", count: sets.length, rows: sets }];
    },
  },
};
