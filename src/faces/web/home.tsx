import { collect, type House, type Page, type PageContent, type Session } from "../../access/index.ts";
import { formatInstant } from "../../kernel/clock.ts";
import { pageSize } from "../../kernel/paging.ts";
import {
  Button,
  DataTable,
  EmptyState,
  FilterForm,
  Figure,
  formatAge,
  formatNumber,
  Input,
  Steps,
  TaskList,
} from "../../kit/index.ts";
import type { FrameFacts } from "./frame.tsx";

/** Home, the public front page and search: the pages that speak for all domains. */
export function sharedPages(facts: () => Promise<FrameFacts>): readonly Page[] {
  return [
    {
      method: "GET",
      path: "/",
      public: true,
      handle: async ({ session, house }) => ({
        kind: "page",
        content: session.kind === "public" ? publicHome(await facts()) : await home(session, house),
      }),
    },
    {
      method: "GET",
      path: "/search",
      handle: async ({ session, house, query }) => ({
        kind: "page",
        content: await searchContent(session, house, query["q"] ?? ""),
      }),
    },
  ];
}

function publicHome(facts: FrameFacts): PageContent {
  return {
    title: `${facts.place} community information hub`,
    lede: "The council and its partners look after information here: what they hold, why, and under which agreements they share it.",
    mainAction: <Button href="/sign-in">Sign in</Button>,
    body: (
      <>
        <h2 class="govuk-heading-m">What this is</h2>
        <p class="govuk-body">
          A hub brings a few data sets of different bodies together, so that people do not have to tell their story twice. Data is
          shared only under an agreement that is signed, in force, and for a stated purpose. Every use is put on record.
        </p>
        <h2 class="govuk-heading-m">Nothing is public yet</h2>
        <p class="govuk-body">Open data and the list of agreements will be here once the council publishes them.</p>
      </>
    ),
  };
}

async function home(session: Session, house: House): Promise<PageContent> {
  const now = house.clock();
  const tasks = (await collect(house.modules, (contributions) => contributions.tasks?.(session, house))).toSorted(
    (left, right) => left.since - right.since,
  );
  const figures = (await collect(house.modules, (contributions) => contributions.figures?.(session, house))).slice(0, 6);
  const starting = tasks.length === 0 && figures.every((figure) => figure.value === 0);
  const first = session.person?.name.split(" ")[0] ?? "";
  return {
    title:
      tasks.length === 0
        ? `Good to see you, ${first}`
        : tasks.length > pageSize
          ? `More than ${pageSize} things need you`
          : tasks.length === 1
            ? "1 thing needs you"
            : `${tasks.length} things need you`,
    lede:
      tasks.length === 0
        ? "Nothing waits for you."
        : tasks.length > pageSize
          ? `The ${pageSize} oldest are here. The others follow as you deal with these.`
          : "Oldest first.",
    body: (
      <>
        {starting ? (
          <Steps
            steps={[
              {
                title: "Add a file",
                state: "current",
                children: (
                  <a class="govuk-link" href="/sources/new">
                    Load an export from one of your systems
                  </a>
                ),
              },
              {
                title: "See what it holds",
                state: "later",
                children: "Each column is typed, with the evidence, and its class is set.",
              },
              { title: "Ask a question", state: "later", children: "Count, group and map it, with small numbers protected." },
            ]}
          />
        ) : (
          <TaskList
            tasks={tasks.slice(0, pageSize).map((task) => ({
              title: task.title,
              href: task.href,
              why: task.why,
              age: formatAge(task.since, now),
              action: { text: task.action, href: task.href },
            }))}
            empty={<p class="govuk-body">You have done everything that was waiting. The verbs on the left lead on.</p>}
          />
        )}
        {figures.length === 0 ? null : (
          <Figure
            figures={figures.map(({ label, value, href }) => ({
              label,
              value: formatNumber(value),
              asAt: formatInstant(now),
              ...(href === undefined ? {} : { href }),
            }))}
          />
        )}
      </>
    ),
  };
}

async function searchContent(session: Session, house: House, words: string): Promise<PageContent> {
  const asked = words.trim().slice(0, 200);
  const found =
    asked === "" ? [] : await collect(house.modules, (contributions) => contributions.search?.(session, asked, house));
  return {
    title: asked === "" ? "Search" : `Results for “${asked}”`,
    lede: "Search finds what you may see. People are found from their case or referral, not by name.",
    body: (
      <>
        <FilterForm action="/search" button="Search">
          <Input name="q" label="Search for" value={asked} type="search" />
        </FilterForm>
        {asked === "" ? null : (
          <DataTable
            caption="Results"
            rows={found}
            empty={<EmptyState title="Nothing found">Try fewer words, or one word of the title.</EmptyState>}
            columns={[
              {
                key: "title",
                title: "Name",
                names: true,
                cell: (row) => (
                  <a class="govuk-link" href={row.href}>
                    {row.title}
                  </a>
                ),
              },
              { key: "kind", title: "Kind", cell: (row) => row.kind },
              { key: "text", title: "About", cell: (row) => row.text || "–" },
            ]}
          />
        )}
      </>
    ),
  };
}
