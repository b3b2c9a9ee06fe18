import { z } from "zod";
import type { Module, PageContent, PageRequest } from "../../access/index.ts";
import type { AuditRow } from "../../audit/index.ts";
import { formatInstant } from "../../kernel/clock.ts";
import { Chip, DataTable, EmptyState, FilterForm, Input, Pagination, Select, type Tone, page } from "../../kit/index.ts";
import { namesOf } from "../people/index.ts";
import { watchActions } from "./actions.ts";
import { searchLog, type LogFilter } from "./search-log.ts";

const outcomes: Readonly<Record<string, { text: string; tone: Tone }>> = {
  done: { text: "Done", tone: "good" },
  refused: { text: "Refused", tone: "stop" },
  missing: { text: "Not available", tone: "stop" },
  failed: { text: "Failed", tone: "look" },
};

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
  pages: [{ method: "GET", path: "/audit", handle: async (request) => page(await auditContent(request)) }],
  routes: [
    {
      method: "GET",
      path: "/audit",
      summary:
        "The record of use, newest first: what your organisation did and what others did with its data. Pages by `before`.",
      query: z.object({
        action: z.string().optional(),
        dataset: z.string().optional(),
        agreement: z.string().optional(),
        outcome: z.enum(["done", "refused", "missing", "failed"]).optional(),
        reference: z.string().optional(),
        before: z.coerce.number().int().optional(),
        limit: z.coerce.number().int().min(1).max(200).default(50),
      }),
      reply: z.object({ items: z.array(entryShape), next: z.number().nullable() }),
      handle: async ({ session, house, query }) => {
        const rows = await searchLog(session, filterOf(query, Number(query["limit"] ?? 50)), house);
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
        "guildhall audit search [--action A] [--dataset D] [--agreement G] [--outcome O] [--reference R] [--limit N] [--json]",
      example: "guildhall audit search --outcome refused --limit 20",
      flags: {
        action: { type: "string", about: "Such as records.open." },
        dataset: { type: "string", about: "A dataset's id." },
        agreement: { type: "string", about: "An agreement's id." },
        outcome: { type: "string", about: "done, refused, missing or failed." },
        reference: { type: "string", about: "What somebody was told." },
        limit: { type: "string", about: "How many, at most 500." },
      },
      takes: { least: 0, most: 0 },
      run: async ({ session, house, flags, out }) => {
        const rows = await searchLog(session, filterOf(flags, Number(flags["limit"] ?? 50) || 50), house);
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

function filterOf(given: Readonly<Record<string, string | boolean | undefined>>, limit: number): LogFilter {
  const text = (name: string) => (typeof given[name] === "string" && given[name] !== "" ? { [name]: given[name] } : {});
  const outcome = given["outcome"];
  const before = Number(given["before"]);
  return {
    ...text("action"),
    ...text("dataset"),
    ...text("agreement"),
    ...text("reference"),
    ...(outcome === "done" || outcome === "refused" || outcome === "missing" || outcome === "failed" ? { outcome } : {}),
    ...(Number.isInteger(before) && before > 0 ? { before } : {}),
    limit,
  };
}

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

const pageSize = 50;

async function auditContent({ session, house, query }: PageRequest): Promise<PageContent> {
  const rows = await searchLog(session, filterOf(query, pageSize), house);
  const names = await namesOf(
    house.store,
    rows.flatMap(({ entry }) => entry.person ?? []),
  );
  const labels = new Map(house.modules.flatMap((module) => module.actions.map((known) => [known.name, known.label] as const)));
  const last = rows.at(-1);
  const address = new URLSearchParams(Object.entries(query).filter(([name]) => name !== "before"));
  if (last) address.set("before", String(last.sequence));
  return {
    title: "Record of use",
    lede: "What people of your organisation did, and what anyone did with your organisation’s data. Entries are never changed or removed.",
    wide: true,
    body: (
      <>
        <FilterForm action="/audit" button="Show" clearHref="/audit">
          <Select
            name="outcome"
            label="Ended as"
            value={query["outcome"] ?? ""}
            items={[{ value: "", text: "Anything" }, ...Object.entries(outcomes).map(([value, { text }]) => ({ value, text }))]}
          />
          <Select
            name="action"
            label="What"
            value={query["action"] ?? ""}
            items={[{ value: "", text: "Anything" }, ...[...labels].map(([value, text]) => ({ value, text }))]}
          />
          <Input name="reference" label="Reference" value={query["reference"]} classes="govuk-input--width-10" />
        </FilterForm>
        <DataTable
          caption="Entries"
          captionHidden
          rows={rows}
          empty={<EmptyState title="No entries fit">Clear the filters to see everything.</EmptyState>}
          columns={[
            { key: "at", title: "When", nowrap: true, names: true, cell: ({ entry }) => formatInstant(entry.at) },
            {
              key: "who",
              title: "Who",
              cell: ({ entry }) =>
                entry.person === null
                  ? entry.session === "operator"
                    ? "The operator"
                    : "Nobody signed in"
                  : (names.get(entry.person) ?? entry.person),
            },
            { key: "what", title: "What", cell: ({ entry }) => labels.get(entry.action) ?? entry.action },
            { key: "outcome", title: "Ended as", cell: ({ entry }) => <Outcome of={entry.outcome} reason={entry.reason} /> },
            { key: "purpose", title: "Purpose", cell: ({ entry }) => entry.purpose ?? "–" },
            {
              key: "data",
              title: "Data",
              cell: ({ entry }) =>
                entry.data.length === 0
                  ? "–"
                  : `${entry.data.length} ${entry.data.length === 1 ? "dataset" : "datasets"}, ${entry.data.reduce((sum, use) => sum + use.rows, 0)} rows`,
            },
            { key: "reference", title: "Reference", cell: ({ entry }) => <code>{entry.reference}</code> },
          ]}
        />
        {last && rows.length === pageSize ? (
          <Pagination next={{ href: `/audit?${address.toString()}`, text: "Older entries" }} />
        ) : null}
      </>
    ),
  };
}

function Outcome({ of, reason }: { of: string; reason: string | null }) {
  const { text, tone } = outcomes[of] ?? { text: of, tone: "plain" as const };
  return (
    <>
      <Chip text={text} tone={tone} />
      {reason === null ? null : <> {reason.replaceAll("_", " ")}</>}
    </>
  );
}
