import { z } from "zod";
import type { House, Module, PageContent, Session } from "../../access/index.ts";
import { formatDate, formatInstant } from "../../kernel/clock.ts";
import { GuildhallError } from "../../kernel/errors.ts";
import { Button, DataTable, EmptyState, InsetText, page, plural, PostForm, SummaryList } from "../../kit/index.ts";
import { getReferral, type Referral } from "../cases/index.ts";
import { recordsActions } from "./actions.ts";
import type { Fact, PersonRecordView } from "./assemble-record.ts";
import { confirmSubject, findCandidates, type Candidate } from "./find-subject.ts";
import { openRecord } from "./open-record.ts";

const recordShape = z.object({
  facts: z.array(
    z.object({
      label: z.string(),
      values: z.array(z.object({ text: z.string(), origins: z.array(z.object({ source: z.string(), loadedAt: z.number() })) })),
    }),
  ),
  sections: z.array(
    z.object({
      origin: z.object({ source: z.string(), loadedAt: z.number() }),
      columns: z.array(z.string()),
      rows: z.array(z.array(z.string())),
    }),
  ),
});

export const recordsModule: Module = {
  name: "records",
  actions: Object.values(recordsActions),
  pages: [
    {
      method: "GET",
      path: "/referrals/:id",
      handle: async ({ session, house, params, csrf }) => page(await referralContent(session, params["id"] ?? "", house, csrf)),
    },
    {
      method: "POST",
      path: "/referrals/:id/confirm",
      handle: async ({ session, house, params, form }) => {
        await confirmSubject(session, params["id"] ?? "", form["subject"] ?? "", house);
        return { kind: "redirect", to: `/referrals/${params["id"] ?? ""}/record` };
      },
    },
    {
      method: "GET",
      path: "/referrals/:id/record",
      handle: async ({ session, house, params }) => page(await recordContent(session, params["id"] ?? "", house)),
    },
  ],
  routes: [
    {
      method: "GET",
      path: "/referrals/:id/record",
      summary: "The joined record of the person that one of your own referrals is about.",
      params: z.object({ id: z.string() }),
      reply: recordShape,
      handle: async ({ session, house, params }) => openRecord(session, params["id"] ?? "", house),
    },
  ],
};

async function referralContent(session: Session, id: string, house: House, csrf: string): Promise<PageContent> {
  const referral = await getReferral(session, id);
  const name = `${referral.givenName} ${referral.familyName}`;
  const open = referral.closedAt === null;
  const search = open && referral.subject === null ? await trySearch(session, id, house) : undefined;
  return {
    title: name,
    lede: referral.reason,
    state: open ? { text: "Open referral", tone: "note" } : { text: "Closed", tone: "plain" },
    crumbs: [{ text: "My referrals", href: "/referrals" }],
    mainAction: open && referral.subject !== null ? <Button href={`/referrals/${id}/record`}>Open the record</Button> : undefined,
    body: (
      <>
        <SummaryList
          rows={[
            { key: "Name given", value: name },
            { key: "Date of birth given", value: formatDate(referral.dateOfBirth) },
            { key: "Postcode given", value: referral.postcode || "None" },
            { key: "Recorded", value: formatInstant(referral.openedAt) },
            ...(referral.subject === null ? [] : [subjectRow(referral.subject)]),
          ]}
        />
        {search === undefined ? null : "problem" in search ? (
          <InsetText>{search.problem}</InsetText>
        ) : (
          <Candidates candidates={search.candidates} id={id} csrf={csrf} />
        )}
        {open ? (
          <CloseForm referral={referral} csrf={csrf} />
        ) : (
          <InsetText>
            The referral is closed, so nothing is opened under it.{" "}
            <a class="govuk-link" href="/referrals/new">
              Record a new one
            </a>{" "}
            if the person asks again.
          </InsetText>
        )}
      </>
    ),
  };
}

async function trySearch(
  session: Session,
  id: string,
  house: House,
): Promise<{ candidates: readonly Candidate[] } | { problem: string }> {
  try {
    return { candidates: await findCandidates(session, id, house) };
  } catch (error) {
    if (!(error instanceof GuildhallError)) throw error;
    return { problem: `${error.message} ${error.remedy}` };
  }
}

function Candidates({ candidates, id, csrf }: { candidates: readonly Candidate[]; id: string; csrf: string }) {
  return (
    <DataTable
      caption="Who might it be?"
      rows={candidates.map((candidate, at) => ({ candidate, at }))}
      empty={
        <EmptyState title="Nobody fits two of these details" action={<Button href="/referrals/new">Record it again</Button>}>
          The partners may hold the person under other details, or not at all. Check the spelling and the date with the caller,
          and record the referral again.
        </EmptyState>
      }
      columns={[
        { key: "person", title: "Person", names: true, cell: ({ at }) => `Candidate ${at + 1}` },
        { key: "agree", title: "Details that agree", cell: ({ candidate }) => listed(candidate.agree) },
        {
          key: "differ",
          title: "Details that do not",
          cell: ({ candidate }) => (candidate.differ.length === 0 ? "None" : listed(candidate.differ)),
        },
        {
          key: "confirm",
          title: "Confirm",
          cell: ({ candidate, at }) => (
            <PostForm
              action={`/referrals/${id}/confirm`}
              csrf={csrf}
              button={`It is candidate ${at + 1}`}
              secondary={at > 0}
              classes="gh-form--inline"
            >
              <input type="hidden" name="subject" value={candidate.subject} />
            </PostForm>
          ),
        },
      ]}
    />
  );
}

function CloseForm({ referral, csrf }: { referral: Referral; csrf: string }) {
  return <PostForm action={`/referrals/${referral.id}/close`} csrf={csrf} button="Close the referral" secondary />;
}

async function recordContent(session: Session, id: string, house: House): Promise<PageContent> {
  const referral = await getReferral(session, id);
  const record = await openRecord(session, id, house);
  return {
    title: `${referral.givenName} ${referral.familyName}`,
    lede: `What the partners hold, for your referral: ${referral.reason}`,
    state: { text: "Your use is on record", tone: "note" },
    crumbs: [
      { text: "My referrals", href: "/referrals" },
      { text: "The referral", href: `/referrals/${id}` },
    ],
    wide: true,
    body: (
      <>
        <Record record={record} />
        {referral.subject === null ? null : <SummaryList rows={[subjectRow(referral.subject)]} />}
      </>
    ),
  };
}

function Record({ record }: { record: PersonRecordView }) {
  return (
    <>
      <DataTable
        caption="Who they are"
        rows={record.facts.flatMap((fact) => fact.values.map((value, at) => ({ fact, value, at })))}
        empty={
          <EmptyState title="Nothing is lent for care">The agreement lends no column that says who the person is.</EmptyState>
        }
        columns={[
          { key: "fact", title: "Detail", names: true, cell: ({ fact, at }) => (at === 0 ? fact.label : `${fact.label}, also`) },
          {
            key: "value",
            title: "Value",
            cell: ({ fact, value }) => (differs(fact) ? <strong>{value.text}</strong> : value.text),
          },
          { key: "source", title: "Held by", cell: ({ value }) => listed(value.origins.map(({ source }) => source)) },
          {
            key: "date",
            title: "As of",
            nowrap: true,
            cell: ({ value }) => formatInstant(Math.max(...value.origins.map(({ loadedAt }) => loadedAt))),
          },
        ]}
      />
      {record.sections.map((section) => (
        <DataTable
          caption={section.origin.source}
          count={`${plural(section.rows.length, "entry", "entries")}, as of ${formatInstant(section.origin.loadedAt)}`}
          rows={section.rows}
          empty="Nothing more."
          columns={section.columns.map((title, at) => ({
            key: `c${at}`,
            title,
            names: at === 0,
            cell: (row: readonly string[]) => row[at] ?? "–",
          }))}
        />
      ))}
    </>
  );
}

/** How the record of use knows the person: it says nothing of who they are. */
function subjectRow(subject: string) {
  return { key: "Reference in the record of use", value: <code>{subject}</code> };
}

/** Whether the sources disagree, so that the reader checks with the person. */
function differs(fact: Fact): boolean {
  return fact.values.length > 1;
}

function listed(words: readonly string[]): string {
  return words.length < 2 ? (words[0] ?? "Nothing") : `${words.slice(0, -1).join(", ")} and ${words.at(-1) ?? ""}`;
}
