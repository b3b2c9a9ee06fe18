import { z } from "zod";
import type { Module } from "../../access/index.ts";
import type { AuditRow } from "../../audit/index.ts";
import { watchActions } from "./actions.ts";
import { auditPages } from "./pages/audit-page.tsx";
import { readFilter, searchLog } from "./search-log.ts";

const entryShape = z.object({
  sequence: z.number(),
  at: z.string(),
  session: z.string(),
  person: z.string().nullable(),
  organisation: z.string().nullable(),
  action: z.string(),
  outcome: z.string(),
  reason: z.string().nullable(),
  purpose: z.string().nullable(),
  agreement: z.string().nullable(),
  evidence: z.object({ kind: z.string(), id: z.string() }).nullable(),
  data: z.array(
    z.object({
      dataset: z.string(),
      owner: z.string(),
      version: z.string().nullable(),
      columns: z.array(z.string()),
      rows: z.number(),
    }),
  ),
  subjects: z.array(z.string()),
  reference: z.string(),
});

export const watchModule: Module = {
  name: "watch",
  actions: Object.values(watchActions),
  sections: [{ verb: "Protect", text: "Record of use", href: "/audit", action: watchActions.search }],
  pages: auditPages,
  routes: [
    {
      method: "GET",
      path: "/audit",
      summary:
        "The record of use, newest first: what your organisation did and what others did with its data. Pages by `before`.",
      query: z.object({
        person: z.string().optional(),
        subject: z.string().optional(),
        action: z.string().optional(),
        dataset: z.string().optional(),
        agreement: z.string().optional(),
        outcome: z.enum(["done", "refused", "missing", "failed"]).optional(),
        reference: z.string().optional(),
        from: z.iso.date().optional(),
        until: z.iso.date().optional(),
        before: z.coerce.number().int().optional(),
        limit: z.coerce.number().int().min(1).max(200).default(50),
      }),
      reply: z.object({ items: z.array(entryShape), next: z.number().nullable() }),
      handle: async ({ session, house, query }) => {
        const rows = await searchLog(session, readFilter(query, Number(query["limit"] ?? 50)), house);
        return {
          items: rows.map(asEntry),
          next: rows.length === Number(query["limit"] ?? 50) ? (rows.at(-1)?.sequence ?? null) : null,
        };
      },
    },
  ],
  commands: [
    {
      verb: "audit search",
      summary: "Search the record of use, newest first.",
      usage:
        "guildhall audit search [--person P] [--subject S] [--action A] [--dataset D] [--agreement G] [--outcome O] [--from DAY] [--until DAY] [--reference R] [--limit N] [--json]",
      example: "guildhall audit search --outcome refused --limit 20",
      flags: {
        person: { type: "string", about: "The id of the person who acted." },
        subject: { type: "string", about: "The reference of a person whose record was opened, as the record’s page shows it." },
        action: { type: "string", about: "Such as records.open." },
        dataset: { type: "string", about: "A dataset's id." },
        agreement: { type: "string", about: "An agreement's id." },
        outcome: { type: "string", about: "done, refused, missing or failed." },
        from: { type: "string", about: "The first day, such as 2026-11-01." },
        until: { type: "string", about: "The last day." },
        reference: { type: "string", about: "What somebody was told." },
        limit: { type: "string", about: "How many, at most 500." },
      },
      takes: { least: 0, most: 0 },
      run: async ({ session, house, flags, out }) => {
        const rows = await searchLog(session, readFilter(flags, Number(flags["limit"] ?? 50) || 50), house);
        out.table(
          ["At", "Action", "Outcome", "Person", "Agreement", "Reference"],
          rows.map(({ entry }) => [
            new Date(entry.at).toISOString(),
            entry.action,
            entry.reason ? `${entry.outcome}: ${entry.reason}` : entry.outcome,
            entry.person ?? entry.session,
            entry.agreement ?? "–",
            entry.reference,
          ]),
        );
        out.json(rows.map(asEntry));
      },
    },
  ],
};

function asEntry({ sequence, entry }: AuditRow): z.infer<typeof entryShape> {
  const { id: _id, salt: _salt, at, roles: _roles, target: _target, ...rest } = entry;
  return {
    ...rest,
    sequence,
    at: new Date(at).toISOString(),
    data: entry.data.map((use) => ({ ...use, columns: [...use.columns] })),
    subjects: [...entry.subjects],
  };
}
