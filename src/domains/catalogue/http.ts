import { z } from "zod";
import type { Route } from "../../access/index.ts";
import { getEntry, listEntries, type EntrySummary } from "./entries.ts";

const dataset = z.object({
  id: z.string(),
  title: z.string(),
  description: z.string(),
  organisation: z.string(),
  state: z.enum(["draft", "registered", "archived"]),
  openness: z.enum(["undecided", "open", "shared", "closed"]),
  /** Null for another organisation’s dataset. */
  class: z.string().nullable(),
  rows: z.number().nullable(),
  version: z.number().nullable(),
});

const column = z.object({
  number: z.number(),
  name: z.string(),
  type: z.string(),
  class: z.string(),
  decidedBy: z.enum(["detected", "kit", "steward", "recipe"]),
  confidence: z.number(),
  evidence: z.array(z.string()),
});

export const catalogueRoutes: readonly Route[] = [
  {
    method: "GET",
    path: "/datasets",
    summary:
      "Datasets you may know of. `words` narrows by title, description and, for your own, columns. Pages by `after`, the last id.",
    query: z.object({
      words: z.string().max(200).optional(),
      after: z.string().optional(),
      limit: z.coerce.number().int().min(1).max(200).default(50),
    }),
    reply: z.object({ items: z.array(dataset), next: z.string().nullable() }),
    handle: async ({ session, house, query }) => {
      const { words, after } = query;
      const limit = Number(query["limit"] ?? 50);
      const search = { ...(words === undefined ? {} : { words }), ...(after === undefined ? {} : { after }) };
      const found = await listEntries(session, { ...search, order: "id", limit: limit + 1 }, house);
      const items = found.slice(0, limit).map(asDataset);
      return { items, next: found.length > limit ? (items.at(-1)?.id ?? null) : null };
    },
  },
  {
    method: "GET",
    path: "/datasets/:id",
    summary: "One dataset; its columns with types and evidence when it is your organisation's own.",
    params: z.object({ id: z.string() }),
    reply: dataset.extend({ columns: z.array(column) }),
    handle: async ({ session, house, params }) => {
      const page = await getEntry(session, params["id"] ?? "", house);
      const columns = page.fields.map(({ number, name, type, class: columnClass, decidedBy, detection }) => ({
        number,
        name,
        type,
        class: columnClass,
        decidedBy,
        confidence: detection.confidence,
        evidence: [...detection.evidence],
      }));
      return { ...asDataset(page), columns };
    },
  },
];

function asDataset({ entry, class: highest, rows, version }: EntrySummary): z.infer<typeof dataset> {
  return {
    id: entry.datasetId,
    title: entry.title,
    description: entry.description,
    organisation: entry.organisation,
    state: entry.state,
    openness: entry.openness,
    class: highest,
    rows,
    version: version?.number ?? null,
  };
}
