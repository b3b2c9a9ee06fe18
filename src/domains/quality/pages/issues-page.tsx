import type { House, Page, PageContent, Session } from "../../../access/index.ts";
import { formatInstant } from "../../../kernel/clock.ts";
import { isMendable, type GuildhallError } from "../../../kernel/errors.ts";
import {
  Button,
  Chip,
  DataTable,
  EmptyState,
  errorSummary,
  page,
  pageFrom,
  PageLinks,
  PostForm,
  rangeText,
  SummaryList,
  Textarea,
  WarningText,
} from "../../../kit/index.ts";
import { namesOf } from "../../people/index.ts";
import type { IssueNote, IssueState, NoteKind } from "../issue-store.ts";
import { answerIssue, getIssue, pageIssues } from "../issues.ts";

export const issuesPages: readonly Page[] = [
  {
    method: "GET",
    path: "/issues",
    handle: async ({ session, house, query }) => page(await listContent(session, pageFrom(query), house)),
  },
  {
    method: "GET",
    path: "/issues/:id",
    handle: async ({ session, house, params, csrf }) => page(await issueContent(session, params["id"] ?? "", house, csrf)),
  },
  {
    method: "POST",
    path: "/issues/:id",
    handle: async ({ session, house, params, form, csrf }) => {
      const id = params["id"] ?? "";
      const verdict = form["verdict"] === "mended" ? ("mended" as const) : ("comment" as const);
      try {
        await answerIssue(session, id, { verdict, text: form["text"] ?? "" }, house);
      } catch (error) {
        if (!isMendable(error) || error.kind === "missing") throw error;
        return page(await issueContent(session, id, house, csrf, { error, text: form["text"] ?? "" }), 400);
      }
      const flash =
        verdict === "mended"
          ? "You said that it is mended. The next version that is loaded will show."
          : "Your comment was added.";
      return { kind: "redirect", to: `/issues/${id}`, flash };
    },
  },
];

const states: Readonly<Record<IssueState, { text: string; tone: "stop" | "look" | "good" }>> = {
  open: { text: "Open", tone: "stop" },
  mended: { text: "Said to be mended", tone: "look" },
  closed: { text: "Closed", tone: "good" },
};

async function listContent(session: Session, wanted: number, house: House): Promise<PageContent> {
  const found = await pageIssues(session, wanted);
  const names = await namesOf(
    house.store,
    found.rows.map(({ raisedBy }) => raisedBy),
  );
  return {
    title: "Quality issues",
    lede: "What is to be mended where the data comes from. An issue closes by itself when a newer version passes its rule.",
    wide: true,
    body: (
      <>
        <DataTable
          caption="Quality issues"
          captionHidden
          count={rangeText(found, "issue")}
          rows={found.rows}
          empty={
            <EmptyState title="No issue has been raised">
              Open a rule that fails, on the quality page of a dataset, and raise an issue to the owner of the source.
            </EmptyState>
          }
          columns={[
            {
              key: "title",
              title: "Issue",
              names: true,
              cell: (row) => (
                <a class="govuk-link" href={`/issues/${row.id}`}>
                  {row.title}
                </a>
              ),
            },
            { key: "dataset", title: "Dataset", cell: ({ dataset }) => dataset },
            { key: "state", title: "State", cell: ({ state }) => <Chip {...states[state]} /> },
            { key: "since", title: "Since", nowrap: true, cell: ({ since }) => formatInstant(since) },
            { key: "by", title: "Raised by", cell: ({ raisedBy }) => names.get(raisedBy) ?? "Somebody" },
          ]}
        />
        <PageLinks of={found} path="/issues" />
      </>
    ),
  };
}

interface Refused {
  readonly error: GuildhallError;
  readonly text: string;
}

async function issueContent(session: Session, id: string, house: House, csrf: string, refused?: Refused): Promise<PageContent> {
  const { issue, title, entry, notes } = await getIssue(session, id, house);
  const people = [issue.raisedBy, ...notes.flatMap(({ by }) => (by === null ? [] : [by]))];
  const names = await namesOf(house.store, people);
  const rule = `/datasets/${issue.datasetId}/quality/rules/${issue.ruleId}`;
  return {
    title: issue.title,
    lede: `A quality issue of “${title}”.`,
    state: states[issue.state],
    crumbs: [{ text: "Issues", href: "/issues" }],
    ...errorSummary(refused?.error, "text"),
    body: (
      <>
        <SummaryList
          rows={[
            {
              key: "Rule",
              value:
                entry === null ? (
                  "The dataset was removed"
                ) : (
                  <a class="govuk-link" href={rule}>
                    See what was counted, version by version
                  </a>
                ),
            },
            { key: "For the owner of the source", value: entry?.owner ?? "No owner is recorded: any owner of the organisation" },
            { key: "Raised", value: `By ${names.get(issue.raisedBy) ?? "somebody"}, ${formatInstant(issue.raisedAt)}` },
            { key: "Found last in", value: `Version ${issue.version}` },
          ]}
        />
        <DataTable
          caption="What happened"
          rows={notes}
          empty="Nothing yet."
          columns={[
            { key: "at", title: "When", names: true, cell: ({ at }) => formatInstant(at) },
            { key: "what", title: "What", cell: (note) => noteTitle(note, names) },
            { key: "text", title: "In words", cell: ({ text }) => text },
          ]}
        />
        {entry === null ? null : (
          <PostForm
            action={`/issues/${issue.id}`}
            csrf={csrf}
            button="Add the comment"
            secondary
            name="verdict"
            value="comment"
            beside={
              issue.state === "open" ? (
                <Button name="verdict" value="mended">
                  Say that it is mended
                </Button>
              ) : null
            }
          >
            <Textarea
              name="text"
              label="What you found or did"
              hint="Such as “The export cut the first zero; from Monday on it is text”."
              rows={3}
              value={refused?.text}
              error={refused?.error.fields["text"]}
            />
            <ImpersonalWarning />
          </PostForm>
        )}
      </>
    ),
  };
}

/** What stands beside each box for the text of an issue. */
export function ImpersonalWarning() {
  return (
    <WarningText>
      Write nothing about a person: no name, number, address or date of birth. Name record numbers instead.
    </WarningText>
  );
}

const noteWords: Readonly<Record<NoteKind, string>> = {
  raised: "Raised",
  comment: "Comment",
  mended: "Said to be mended",
  still: "Checked again: still there",
  closed: "Checked again: closed",
  reopened: "Opened again",
};

function noteTitle({ kind, by }: IssueNote, names: ReadonlyMap<string, string>): string {
  return by === null ? noteWords[kind] : `${noteWords[kind]}, by ${names.get(by) ?? "somebody"}`;
}
