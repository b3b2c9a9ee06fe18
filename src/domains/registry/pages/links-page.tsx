import { purposes, type House, type PageContent, type Session, type Page } from "../../../access/index.ts";
import { formatInstant } from "../../../kernel/clock.ts";
import { Button, DataTable, EmptyState, formatNumber, page, pageFrom, PageLinks, rangeText } from "../../../kit/index.ts";
import { registryActions } from "../actions.ts";
import { pageProjects } from "../projects.ts";

export const linksPages: readonly Page[] = [
  {
    method: "GET",
    path: "/links",
    handle: async ({ session, house, query }) => page(await listContent(session, pageFrom(query), house)),
  },
];

async function listContent(session: Session, wanted: number, house: House): Promise<PageContent> {
  const found = await pageProjects(session, wanted, house);
  const mayCreate = session.may(registryActions.create);
  return {
    title: "Link projects",
    lede: "Which records are of the same person is worked out for one stated purpose, under one agreement, and never just because data was loaded.",
    wide: true,
    mainAction: mayCreate ? <Button href="/links/new">Set up a link project</Button> : undefined,
    body: (
      <>
        <DataTable
          caption="Link projects"
          captionHidden
          count={found.total > found.size ? rangeText(found, "project") : undefined}
          rows={found.rows}
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
        <PageLinks of={found} path="/links" />
      </>
    ),
  };
}
