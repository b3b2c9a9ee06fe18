import type { PageContent, Session } from "../../../access/index.ts";
import { civilDate, formatDate } from "../../../kernel/clock.ts";
import type { GuildhallError } from "../../../kernel/errors.ts";
import { Button, DataTable, Details, EmptyState, errorSummary, plural, PostForm } from "../../../kit/index.ts";
import { writeAddress } from "../address.ts";
import type { Answer } from "../ask.ts";
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
  const shown = charts.filter(hasFigures);
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
              {shown.map((drawn, at) => (
                <li>
                  <a class="govuk-link" href={`#chart-${at + 1}`}>
                    {titleOf(drawn)}
                  </a>
                </li>
              ))}
            </ol>
          </nav>
        )}
        {shown.map((drawn, at) => (
          <section id={`chart-${at + 1}`} class="gh-dashboard__chart">
            <Drawn drawn={drawn} id={`c${at + 1}`} />
          </section>
        ))}
        {shown.length < charts.length ? <NotDrawn charts={charts.filter((drawn) => !hasFigures(drawn))} /> : null}
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

/** Whether there is anything to draw: an answer with a figure that is not hidden. */
function hasFigures(drawn: DrawnChart): drawn is DrawnChart & { readonly answer: Answer } {
  if (!drawn.answer) return false;
  const { plan, figures } = drawn.answer;
  return plan.groups.length === 0 || figures.cells.some(({ value }) => value !== null);
}

/** What is on the page and shows nothing to this reader now, each with why. */
function NotDrawn({ charts }: { charts: readonly DrawnChart[] }) {
  return (
    <section id="not-drawn">
      <h2 class="govuk-heading-m">Not drawn for you now</h2>
      <ul class="govuk-list govuk-list--bullet">
        {charts.map((drawn) => (
          <li>
            {titleOf(drawn)}{" "}
            {drawn.error
              ? `${drawn.error.message} ${drawn.error.remedy}`
              : `${drawn.answer.dataset.title}: every figure is hidden, or there is none. ${hiddenNote(drawn.answer) ?? ""}`}{" "}
            <a class="govuk-link" href={`/questions/show?${writeAddress(drawn.chart.question)}`}>
              Open this question
            </a>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Drawn({ drawn, id }: { drawn: DrawnChart & { readonly answer: Answer }; id: string }) {
  const { chart, answer } = drawn;
  const title = titleOf(drawn);
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
        (AreaMap(words) ?? <Chart {...words} />)
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
