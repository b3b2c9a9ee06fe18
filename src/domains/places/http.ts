import { z } from "zod";
import type { Route } from "../../access/index.ts";
import { listAreas } from "./areas.ts";

const areaSet = z.object({ id: z.string(), title: z.string(), attribution: z.string(), areas: z.number(), addedAt: z.string() });

export const placesRoutes: readonly Route[] = [
  {
    method: "GET",
    path: "/areas",
    summary: "The sets of areas that maps can be drawn of, each with how many areas it has.",
    reply: z.object({ items: z.array(areaSet) }),
    handle: async ({ session }) => ({
      items: (await listAreas(session)).map(({ id, title, attribution, areas, createdAt }) => ({
        id,
        title,
        attribution,
        areas,
        addedAt: new Date(createdAt).toISOString(),
      })),
    }),
  },
];
