import { purposes, type House, type Module, type PageContent, type PageReply, type Session } from "../../access/index.ts";
import { formatInstant } from "../../kernel/clock.ts";
import { GuildhallError } from "../../kernel/errors.ts";
import {
  Button,
  DataTable,
  Details,
  EmptyState,
  Figure,
  formatNumber,
  Input,
  InsetText,
  Live,
  plural,
  PostForm,
  Progress,
  Select,
  SummaryList,
} from "../../kit/index.ts";
import { thresholds } from "../linkage/index.ts";
import { listAgreements } from "../sharing/index.ts";
import { registryActions } from "./actions.ts";
import { registryCommands } from "./cli.ts";
import { linkJob } from "./link-run.ts";
import { createProject, explainRecords, getProject, listProjects, startRun } from "./projects.ts";
import { listProjectRows, registryMigrations, type RecordKey, type RegistryTables, type ReviewPair } from "./store.ts";

const whys: Readonly<Record<ReviewPair["why"], string>> = {
  review: "Between joined and kept apart: a person decides",
  size: "Kept apart: the person would have too many records",
  nhs: "Kept apart: two different NHS numbers would meet",
};

export const registryModule: Module = {
  name: "registry",
  actions: Object.values(registryActions),
  migrations: registryMigrations,
  jobs: [linkJob],
  commands: registryCommands,
  sections: [{ verb: "Link", text: "Link projects", href: "/links", action: registryActions.list }],
  pages: [
    { method: "GET", path: "/links", handle: async ({ session, house }) => page(await listContent(session, house)) },
    {
      method: "GET",
      path: "/links/new",
      handle: async ({ session, house, csrf }) => page(await newContent(session, house, csrf, {})),
    },
    {
      method: "POST",
      path: "/links/new",
      handle: async ({ session, house, csrf, form }) => {
        try {
          const id = await createProject(
            session,
            {
              title: form["title"] ?? "",
              purpose: form["purpose"] ?? "",
              agreement: form["agreement"] ?? "",
              dpia: form["dpia"] ?? "",
              owner: form["owner"] ?? "",
            },
            house,
          );
          return { kind: "redirect", to: `/links/${id}`, flash: "The link project is set up." };
        } catch (error) {
          if (!(error instanceof GuildhallError) || error.code !== "registry.incomplete") throw error;
          return page(await newContent(session, house, csrf, form, error), 400);
        }
      },
    },
    {
      method: "GET",
      path: "/links/:id",
      handle: async ({ session, house, params, csrf }) => page(await projectContent(session, params["id"] ?? "", house, csrf)),
    },
    {
      method: "POST",
      path: "/links/:id/run",
      handle: async ({ session, house, params }) => {
        await startRun(session, params["id"] ?? "", house);
        return { kind: "redirect", to: `/links/${params["id"] ?? ""}` };
      },
    },
    {
      method: "GET",
      path: "/links/:id/why",
      handle: async ({ session, house, params, query }) => page(await whyContent(session, params["id"] ?? "", query, house)),
    },
  ],
  contributes: {
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

function page(content: PageContent, status?: number): PageReply {
  return { kind: "page", content, ...(status === undefined ? {} : { status }) };
}

async function listContent(session: Session, house: House): Promise<PageContent> {
  const states = await listProjects(session, house);
  const mayCreate = session.may(registryActions.create);
  return {
    title: "Link projects",
    lede: "Which records are of the same person is worked out for one stated purpose, under one agreement, and never just because data was loaded.",
    verb: "Link",
    wide: true,
    mainAction: mayCreate ? <Button href="/links/new">Set up a link project</Button> : undefined,
    body: (
      <DataTable
        caption="Link projects"
        captionHidden
        rows={states}
        empty={
          <EmptyState title="No link projects yet">
            An agreement that lends datasets for matching comes first; then a project names its purpose and owner.
          </EmptyState>
        }
        columns={[
          {
            key: "title",
            title: "Project",
            names: true,
            cell: ({ project }) => (
              <a class="govuk-link" href={`/links/${project.id}`}>
                {project.title}
              </a>
            ),
          },
          { key: "purpose", title: "Purpose", cell: ({ project }) => purposes[project.purpose].label },
          { key: "sources", title: "Sources", align: "right", cell: ({ project }) => String(project.datasets.length) },
          {
            key: "people",
            title: "People found",
            align: "right",
            cell: ({ run }) => (run ? formatNumber(run.report.entities) : "–"),
          },
          { key: "at", title: "Last run", nowrap: true, cell: ({ run }) => (run ? formatInstant(run.at) : "Not run yet") },
        ]}
      />
    ),
  };
}

async function newContent(
  session: Session,
  house: House,
  csrf: string,
  form: Readonly<Record<string, string>>,
  error?: GuildhallError,
): Promise<PageContent> {
  const live = (await listAgreements(session, house)).filter(
    ({ state, agreement }) => state === "live" && agreement.terms.items.some((item) => item.use === "matching"),
  );
  return {
    title: "Set up a link project",
    lede: "Nothing is linked without a purpose, an agreement in force, an impact assessment and an owner.",
    crumbs: [{ text: "Link projects", href: "/links" }],
    verb: "Link",
    ...(error === undefined ? {} : { errors: [{ text: error.message, href: "#title" }] }),
    body:
      live.length === 0 ? (
        <InsetText>
          No agreement in force lends datasets for matching.{" "}
          <a class="govuk-link" href="/agreements">
            Look at the agreements
          </a>
          .
        </InsetText>
      ) : (
        <PostForm
          action="/links/new"
          csrf={csrf}
          button="Set up the project"
          beside={
            <a class="govuk-link" href="/links">
              Back to the projects
            </a>
          }
        >
          <Input name="title" label="Title" value={form["title"]} />
          <Select
            name="purpose"
            label="Purpose"
            value={form["purpose"]}
            items={(["care", "planning"] as const).map((purpose) => ({ value: purpose, text: purposes[purpose].label }))}
          />
          <Select
            name="agreement"
            label="Under which agreement"
            value={form["agreement"]}
            items={live.map(({ agreement }) => ({ value: agreement.id, text: agreement.terms.title }))}
          />
          <Input name="dpia" label="Impact assessment" hint="The reference of the approved one." value={form["dpia"]} />
          <Input name="owner" label="Owner" hint="The person who answers for what is linked." value={form["owner"]} />
        </PostForm>
      ),
  };
}

async function projectContent(session: Session, id: string, house: House, csrf: string): Promise<PageContent> {
  const { project, run, job, review, titles } = await getProject(session, id, house);
  const busy = job?.state === "queued" || job?.state === "running";
  const mayRun = session.may(registryActions.run, project.organisation);
  return {
    title: project.title,
    lede: `Links ${[...titles.values()].join(", ")}, for ${purposes[project.purpose].label.toLowerCase()}.`,
    state: busy
      ? { text: "Running", tone: "note" }
      : run
        ? { text: "Linked", tone: "good" }
        : { text: "Not run yet", tone: "look" },
    crumbs: [{ text: "Link projects", href: "/links" }],
    verb: "Link",
    wide: true,
    ...(busy ? { refreshSeconds: 2 } : {}),
    body: (
      <Live id="run" href={busy ? `/links/${id}` : undefined}>
        {busy && job ? (
          <Progress
            what={job.progress?.step ?? "Waiting for its turn"}
            done={job.progress?.done ?? 0}
            total={job.progress?.total}
            amount={job.progress ? `Step ${job.progress.done + 1} of ${job.progress.total}` : "Waiting"}
          />
        ) : null}
        {!busy && job?.state === "failed" && job.error ? (
          <InsetText>
            <strong>{job.error.message}</strong> {job.error.remedy}
          </InsetText>
        ) : null}
        {run ? <Report run={run} titles={titles} /> : null}
        {!busy && mayRun ? (
          <PostForm
            action={`/links/${id}/run`}
            csrf={csrf}
            button={run ? "Run it again" : "Run the project"}
            secondary={run !== null}
          />
        ) : null}
        <SummaryList
          rows={[
            {
              key: "Agreement",
              value: (
                <a class="govuk-link" href={`/agreements/${project.agreement}`}>
                  Read the agreement
                </a>
              ),
            },
            { key: "Impact assessment", value: project.dpia },
            { key: "Owner", value: project.owner },
          ]}
        />
        {review.length === 0 ? null : (
          <DataTable
            caption="Pairs to look at"
            count={`The first ${plural(review.length, "pair")}, strongest first`}
            rows={review}
            empty=""
            columns={[
              { key: "left", title: "One record", names: true, cell: (pair) => nameOf(pair.left, titles) },
              { key: "right", title: "The other", cell: (pair) => nameOf(pair.right, titles) },
              { key: "why", title: "What happened", cell: (pair) => whys[pair.why] },
              { key: "weight", title: "Bits", align: "right", cell: (pair) => pair.weight.toFixed(1) },
              {
                key: "explain",
                title: "Why",
                cell: (pair) =>
                  session.may(registryActions.explain, project.organisation) ? (
                    <a class="govuk-link" href={`/links/${id}/why?left=${idOf(pair.left)}&right=${idOf(pair.right)}`}>
                      Explain
                    </a>
                  ) : (
                    "–"
                  ),
              },
            ]}
          />
        )}
      </Live>
    ),
  };
}

function Report({
  run,
  titles,
}: {
  run: NonNullable<Awaited<ReturnType<typeof getProject>>["run"]>;
  titles: ReadonlyMap<string, string>;
}) {
  const { report } = run;
  const asAt = formatInstant(run.at);
  return (
    <>
      <Figure
        figures={[
          { label: "Records", value: formatNumber(report.records.reduce((sum, source) => sum + source.records, 0)), asAt },
          { label: "People found", value: formatNumber(report.entities), asAt },
          { label: "With several records", value: formatNumber(report.joined), asAt },
          { label: "To look at", value: formatNumber(report.review), asAt },
        ]}
      />
      <DataTable
        caption="What was read"
        rows={report.records}
        empty=""
        columns={[
          { key: "source", title: "Source", names: true, cell: (row) => titles.get(row.dataset) ?? row.dataset },
          { key: "version", title: "Version", align: "right", cell: (row) => String(row.version) },
          { key: "records", title: "Records", align: "right", cell: (row) => formatNumber(row.records) },
          { key: "unlinkable", title: "Too little to link by", align: "right", cell: (row) => formatNumber(row.unlinkable) },
        ]}
      />
      <Details summary="How it was worked out">
        <ul class="govuk-list govuk-list--bullet">
          <li>{`${formatNumber(report.compared)} pairs were compared: those that share an NHS number, a date of birth, or a postcode and the first letter of the surname.`}</li>
          <li>{`${formatNumber(report.linked)} pairs scored ${thresholds.upper} bits or more and were joined, strongest first.`}</li>
          <li>{`${formatNumber(report.refused.nhs)} joins were refused because two different NHS numbers would meet, ${formatNumber(report.refused.size)} because a person would have too many records.`}</li>
          {report.cut
            .filter((cut) => cut.keys > 0)
            .map((cut) => (
              <li>{`${formatNumber(cut.keys)} values of ${cut.rule} are shared by so many records that they were left out (${formatNumber(cut.pairs)} pairs).`}</li>
            ))}
          <li>{`Since the run before: ${formatNumber(report.changes.kept)} people kept, ${formatNumber(report.changes.fresh)} new, ${formatNumber(report.changes.merged)} merged, ${formatNumber(report.changes.split)} split, ${formatNumber(report.changes.gone)} gone.`}</li>
          <li>The weights are stated constants; how many links are missed or wrong by group is not measured yet.</li>
        </ul>
      </Details>
    </>
  );
}

async function whyContent(
  session: Session,
  id: string,
  query: Readonly<Record<string, string>>,
  house: House,
): Promise<PageContent> {
  const explained = await explainRecords(session, id, parseKey(query["left"]), parseKey(query["right"]), house);
  return {
    title: "Why these two records?",
    lede: explained.verdict,
    state:
      explained.band === "link"
        ? { text: "Joined", tone: "good" }
        : explained.band === "review"
          ? { text: "A person decides", tone: "look" }
          : { text: "Kept apart", tone: "plain" },
    crumbs: [
      { text: "Link projects", href: "/links" },
      { text: "The project", href: `/links/${id}` },
    ],
    verb: "Link",
    body: (
      <DataTable
        caption="The evidence, strongest first"
        rows={explained.lines}
        empty=""
        total={{ label: "Together", cells: { bits: explained.weight.toFixed(1) } }}
        columns={[
          {
            key: "text",
            title: "What agrees or differs",
            names: true,
            cell: (line) => line.text.replace(/: [+−][\d.]+ bits$/, ""),
          },
          {
            key: "bits",
            title: "Bits for one person",
            align: "right",
            cell: (line) => (line.bits > 0 ? `+${line.bits.toFixed(1)}` : line.bits.toFixed(1).replace("-", "−")),
          },
        ]}
      />
    ),
  };
}

function nameOf(key: RecordKey, titles: ReadonlyMap<string, string>): string {
  return `${titles.get(key.dataset) ?? key.dataset}, record ${formatNumber(key.record)}`;
}

function idOf({ dataset, record }: RecordKey): string {
  return `${dataset}:${record}`;
}

function parseKey(text: string | undefined): RecordKey {
  const [dataset = "", record = ""] = (text ?? "").split(":");
  return { dataset, record: Number(record) || 0 };
}
