import type { PageContent, Session } from "../../../access/index.ts";
import { civilDate, formatDate } from "../../../kernel/clock.ts";
import type { GuildhallError } from "../../../kernel/errors.ts";
import { Button, DataTable, Details, EmptyState, errorSummary, InsetText, plural, PostForm } from "../../../kit/index.ts";
import { writeAddress } from "../address.ts";
import type { DrawnChart } from "../dashboards.ts";
import { findingOf } from "../finding.ts";
import type { Dashboard } from "../model.ts";
import { hiddenCount, hiddenNote, subtitleOf } from "../words.ts";
import { AnswerTable } from "./answer-page.tsx";
import { PurposeNote } from "./datasets-page.tsx";
import { AreaMap, Chart } from "./pictures.tsx";

export function listContent(dashboards: readonly Dashboard[], csrf: string | null, error?: GuildhallError): PageContent {
  return {
    title: "Pages of charts",
    lede: "Questions that belong together, asked anew each time somebody opens their page.",
    wide: true,
    mainAction: <Button href="/questions">Ask a question</Button>,
    ...errorSummary(error, "suggest"),
    body: (
      <>
        {csrf === null ? null : (
          <div id="suggest">
            <PostForm action="/dashboards/suggest" csrf={csrf} button="Suggest a page from your datasets" secondary>
              <p class="govuk-body">
                The hub asks of each dataset what its columns are good for, and keeps what shows something: maps, lines and bars.
              </p>
            </PostForm>
          </div>
        )}
        <DataTable
          caption="Pages of charts"
          captionHidden
          rows={dashboards}
          empty={
            <EmptyState title="No pages yet">
              Ask a question. Under its answer you can put it on a page of charts, which your organisation then shares.
            </EmptyState>
          }
          columns={[
            {
              key: "title",
              title: "Page",
              names: true,
              cell: ({ id, title }) => (
                <a class="govuk-link" href={`/dashboards/${id}`}>
                  {title}
                </a>
              ),
            },
            { key: "about", title: "What it shows", cell: ({ about }) => about || "–" },
            { key: "charts", title: "Charts", align: "right", cell: ({ charts }) => charts.length },
            { key: "at", title: "Changed", nowrap: true, cell: ({ changedAt }) => formatDate(civilDate(changedAt)) },
          ]}
        />
      </>
    ),
  };
}

/** One page: what each chart found, to go to, then the charts. */
export function dashboardContent(
  { dashboard, charts }: { readonly dashboard: Dashboard; readonly charts: readonly DrawnChart[] },
  session: Session,
  csrf: string | null,
): PageContent {
  const { title, about } = dashboard;
  return {
    title,
    lede: about || "Questions that belong together.",
    crumbs: [{ text: "Pages of charts", href: "/dashboards" }],
    wide: true,
    body: (
      <>
        <PurposeNote session={session} />
        {charts.length === 0 ? (
          <EmptyState title="No charts on it yet">Ask a question, and put it on this page from its answer.</EmptyState>
        ) : (
          <nav aria-label="On this page">
            <h2 class="govuk-heading-s">On this page</h2>
            <ol class="govuk-list govuk-list--number">
              {charts.map((drawn, at) => (
                <li>
                  <a class="govuk-link" href={`#chart-${at + 1}`}>
                    {titleOf(drawn)}
                  </a>
                </li>
              ))}
            </ol>
          </nav>
        )}
        {charts.map((drawn, at) => (
          <section id={`chart-${at + 1}`} class="gh-dashboard__chart">
            <Drawn drawn={drawn} id={`c${at + 1}`} />
          </section>
        ))}
        {csrf === null ? null : <ChangePage dashboard={dashboard} charts={charts} csrf={csrf} />}
      </>
    ),
  };
}

function ChangePage({
  dashboard: { id, title },
  charts,
  csrf,
}: {
  dashboard: Dashboard;
  charts: readonly DrawnChart[];
  csrf: string;
}) {
  return (
    <Details summary="Change this page">
      <p class="govuk-body">
        Put a chart on it from the answer to a question. The page is shared by everybody of your organisation.
      </p>
      {charts.map((drawn, at) => (
        <PostForm
          action={`/dashboards/${id}/charts/${at}/remove`}
          csrf={csrf}
          button={`Take chart ${at + 1} off: ${titleOf(drawn)}`}
          secondary
        />
      ))}
      <PostForm action={`/dashboards/${id}/remove`} csrf={csrf} button={`Remove “${title}”`} warning>
        <p class="govuk-body">Its {plural(charts.length, "question")} can be asked again.</p>
      </PostForm>
    </Details>
  );
}

function titleOf({ chart, answer }: DrawnChart): string {
  return chart.title || (answer ? findingOf(answer) : "A chart that cannot be drawn for you");
}

function Drawn({ drawn, id }: { drawn: DrawnChart; id: string }) {
  const { chart, answer, error } = drawn;
  const title = titleOf(drawn);
  if (!answer)
    return (
      <>
        <h2 class="govuk-heading-m">{title}</h2>
        <InsetText>
          {error.message} {error.remedy}
        </InsetText>
      </>
    );
  const note = hiddenCount(answer) === 0 ? null : hiddenNote(answer);
  const words = { answer, id, title, subtitle: subtitleOf(answer), limits: chart.limits };
  return (
    <>
      {chart.draw === "table" ? (
        <>
          <h2 class="govuk-heading-m">{title}</h2>
          <p class="govuk-body-s">{subtitleOf(answer)}</p>
          <AnswerTable answer={answer} />
        </>
      ) : chart.draw === "map" ? (
        <AreaMap {...words} />
      ) : (
        <Chart {...words} />
      )}
      <p class="govuk-body-s">
        {[chart.text, note].filter(Boolean).join(" ")}{" "}
        <a class="govuk-link" href={`/questions/show?${writeAddress(chart.question)}`}>
          Open this question
        </a>
      </p>
    </>
  );
}
