import { z } from "zod";
import type { Route } from "../../access/index.ts";
import { getSource, listSources, type SourceState } from "./sources.ts";

const source = z.object({
  id: z.string(),
  name: z.string(),
  fileName: z.string(),
  datasetId: z.string(),
  version: z
    .object({
      number: z.number(),
      rowsInFile: z.number(),
      rows: z.number(),
      quarantined: z.number(),
      hash: z.string(),
      at: z.string(),
    })
    .nullable(),
  load: z.object({ state: z.string(), step: z.string().nullable(), done: z.number(), total: z.number() }).nullable(),
});

export const sourcesRoutes: readonly Route[] = [
  {
    method: "GET",
    path: "/sources",
    summary: "Your organisation's sources, each with its newest version and last load.",
    reply: z.object({ items: z.array(source) }),
    handle: async ({ session, house }) => ({ items: (await listSources(session, house)).map(asSource) }),
  },
  {
    method: "GET",
    path: "/sources/:id",
    summary: "One source, by id or name.",
    params: z.object({ id: z.string() }),
    reply: source,
    handle: async ({ session, house, params }) => asSource(await getSource(session, params["id"] ?? "", house)),
  },
];

export function asSource({ source: held, version, job }: SourceState): z.infer<typeof source> {
  return {
    id: held.id,
    name: held.name,
    fileName: held.fileName,
    datasetId: held.datasetId,
    version: version && {
      number: version.number,
      rowsInFile: version.rowsInFile,
      rows: version.rows,
      quarantined: version.quarantined,
      hash: version.contentHash,
      at: new Date(version.committedAt).toISOString(),
    },
    load: job && {
      state: job.state,
      step: job.progress?.step ?? null,
      done: job.progress?.done ?? 0,
      total: job.progress?.total ?? 0,
    },
  };
}
