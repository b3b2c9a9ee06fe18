import { purposes, type PageContent, type Page, type PageRequest } from "../../../access/index.ts";
import { formatInstant } from "../../../kernel/clock.ts";
import {
  DataTable,
  Details,
  Figure,
  formatNumber,
  InsetText,
  Live,
  page,
  pageFrom,
  PageLinks,
  PostForm,
  Progress,
  rangeText,
  SummaryList,
} from "../../../kit/index.ts";
import { thresholds } from "../../linkage/index.ts";
import { registryActions } from "../actions.ts";
import { getProject, startRun } from "../projects.ts";
import type { ReviewPair } from "../store.ts";
import { idOf, nameOf } from "./record-key.ts";

export const linkProjectPages: readonly Page[] = [
  {
    method: "GET",
    path: "/links/:id",
    handle: async (request) => page(await projectContent(request)),
  },
  {
    method: "POST",
    path: "/links/:id/run",
    handle: async ({ session, house, params }) => {
      await startRun(session, params["id"] ?? "", house);
      return { kind: "redirect", to: `/links/${params["id"] ?? ""}` };
    },
  },
];

const whys: Readonly<Record<ReviewPair["why"], string>> = {
  review: "Between joined and kept apart: a person decides",
  size: "Kept apart: the person would have too many records",
  nhs: "Kept apart: two different NHS numbers would meet",
};

async function projectContent({ session, house, params, query, csrf }: PageRequest): Promise<PageContent> {
  const id = params["id"] ?? "";
  const { project, run, job, review, titles } = await getProject(session, id, pageFrom(query), house);
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
    wide: true,
    ...(busy ? { refreshSeconds: 2 } : {}),
    body: (
      <Live id="run" href={busy ? `/links/${id}?page=${review.page}` : undefined}>
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
        {review.total === 0 ? null : (
          <div id="pairs">
            <DataTable
              caption="Pairs to look at"
              count={`${rangeText(review, "pair")}, strongest first`}
              rows={review.rows}
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
            <PageLinks of={review} path={`/links/${id}`} at="pairs" />
          </div>
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
