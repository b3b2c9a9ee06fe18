import type { House, Page, PageContent, PageReply, Session } from "../../../access/index.ts";
import { civilDate, formatDate, formatInstant } from "../../../kernel/clock.ts";
import { GuildhallError } from "../../../kernel/errors.ts";
import {
  Button,
  Chip,
  DataTable,
  Details,
  EmptyState,
  Input,
  InsetText,
  PostForm,
  Select,
  SummaryList,
  Textarea,
  type Tone,
} from "../../../kit/index.ts";
import { getType, type Mask } from "../../../vocabulary/index.ts";
import { listEntryRows, listFields } from "../../catalogue/index.ts";
import { listOrganisations, namesOf } from "../../people/index.ts";
import { sharingActions } from "../actions.ts";
import {
  endAgreement,
  getAgreement,
  listAgreements,
  missingFrom,
  proposeAgreement,
  setItem,
  signAgreement,
  type AgreementView,
} from "../agreements.ts";
import { sharingError } from "../errors.ts";
import { uses, type AgreementState, type Use } from "../model.ts";
import { signedBy } from "../state.ts";

const tones: Readonly<Record<AgreementState, Tone>> = {
  draft: "plain",
  "awaiting signature": "look",
  "not begun": "note",
  live: "good",
  expired: "stop",
  ended: "stop",
};

export const sharingPages: readonly Page[] = [
  { method: "GET", path: "/agreements", handle: async ({ session, house }) => page(await listContent(session, house)) },
  {
    method: "GET",
    path: "/agreements/new",
    handle: async ({ session, house, csrf }) => page(await newContent(session, house, csrf, {})),
  },
  {
    method: "POST",
    path: "/agreements/new",
    handle: async ({ session, house, csrf, form }) => {
      try {
        const id = await proposeAgreement(
          session,
          {
            title: (form["title"] ?? "").trim().slice(0, 200) || "Untitled agreement",
            objective: (form["objective"] ?? "").slice(0, 5000),
            lawfulBasis: (form["lawfulBasis"] ?? "").slice(0, 1000),
            dpia: (form["dpia"] ?? "").slice(0, 200),
            telling: (form["telling"] ?? "").slice(0, 1000),
            startsOn: form["startsOn"] ?? "",
            endsOn: form["endsOn"] ?? "",
            minCell: Number(form["minCell"] ?? 10),
            partner: form["partner"] ?? "",
          },
          house,
        );
        return { kind: "redirect", to: `/agreements/${id}`, flash: "The agreement was drafted. Now say what is lent." };
      } catch (error) {
        if (!(error instanceof GuildhallError) || error.kind === "refused") throw error;
        return page(await newContent(session, house, csrf, form, error), 400);
      }
    },
  },
  {
    method: "GET",
    path: "/agreements/:id",
    handle: async ({ session, house, params, csrf }) => page(await agreementContent(session, params["id"] ?? "", house, csrf)),
  },
  {
    method: "GET",
    path: "/agreements/:id/lend",
    handle: async ({ session, house, params, query, csrf }) =>
      page(await lendContent(session, params["id"] ?? "", query, house, csrf)),
  },
  {
    method: "POST",
    path: "/agreements/:id/lend",
    handle: async ({ session, params, form }) => {
      const id = params["id"] ?? "";
      const columns = Object.entries(form)
        .filter(([name, value]) => /^c\d+$/.test(name) && value !== "")
        .map(([name, value]) => ({ number: Number(name.slice(1)), mask: value as Mask }));
      if (columns.length === 0 && form["remove"] !== "yes") throw sharingError("no-columns", {});
      await setItem(session, id, { dataset: form["dataset"] ?? "", use: (form["use"] ?? "care") as Use, columns });
      return {
        kind: "redirect",
        to: `/agreements/${id}`,
        flash: columns.length === 0 ? "It is no longer lent." : "What is lent was saved.",
      };
    },
  },
  {
    method: "POST",
    path: "/agreements/:id/sign",
    handle: async ({ session, house, params, form }) => {
      await signAgreement(session, params["id"] ?? "", form["terms"] ?? "", house);
      return { kind: "redirect", to: `/agreements/${params["id"] ?? ""}`, flash: "You have signed for your organisation." };
    },
  },
  {
    method: "POST",
    path: "/agreements/:id/end",
    handle: async ({ session, house, params, form }) => {
      await endAgreement(session, params["id"] ?? "", form["reason"] ?? "", house);
      return {
        kind: "redirect",
        to: `/agreements/${params["id"] ?? ""}`,
        flash: "The agreement has ended. The next request under it is refused.",
      };
    },
  },
];

function page(content: PageContent, status?: number): PageReply {
  return { kind: "page", content, ...(status === undefined ? {} : { status }) };
}

async function listContent(session: Session, house: House): Promise<PageContent> {
  const views = await listAgreements(session, house);
  const organisations = await nameOrganisations(house);
  const mayPropose = session.may(sharingActions.propose);
  return {
    title: "Agreements",
    lede: "Data is shared under an agreement that every party has signed, for the uses it names, until the day it ends.",
    verb: "Share",
    wide: true,
    mainAction: mayPropose ? <Button href="/agreements/new">Propose an agreement</Button> : undefined,
    body: (
      <DataTable
        caption="Agreements"
        captionHidden
        rows={views}
        empty={
          <EmptyState
            title="No agreements yet"
            action={mayPropose ? <Button href="/agreements/new">Propose the first</Button> : undefined}
          >
            Without one, each organisation sees its own data only.
          </EmptyState>
        }
        columns={[
          {
            key: "title",
            title: "Agreement",
            names: true,
            cell: ({ agreement }) => (
              <a class="govuk-link" href={`/agreements/${agreement.id}`}>
                {agreement.terms.title}
              </a>
            ),
          },
          { key: "state", title: "State", cell: ({ state }) => <StateChip of={state} /> },
          {
            key: "with",
            title: "Between",
            cell: ({ agreement }) => agreement.terms.parties.map((id) => organisations.get(id) ?? id).join(" and "),
          },
          { key: "from", title: "From", nowrap: true, cell: ({ agreement }) => formatDate(agreement.terms.startsOn) },
          { key: "until", title: "Until", nowrap: true, cell: ({ agreement }) => formatDate(agreement.terms.endsOn) },
          { key: "lent", title: "Uses lent", align: "right", cell: ({ agreement }) => String(agreement.terms.items.length) },
        ]}
      />
    ),
  };
}

function StateChip({ of }: { of: AgreementState }) {
  return <Chip text={wordOf(of)} tone={tones[of]} />;
}

function wordOf(state: AgreementState): string {
  return `${state[0]?.toUpperCase() ?? ""}${state.slice(1)}`;
}

async function newContent(
  session: Session,
  house: House,
  csrf: string,
  form: Readonly<Record<string, string>>,
  error?: GuildhallError,
): Promise<PageContent> {
  const partners = (await listOrganisations(house.store)).filter(({ id }) => id !== session.organisation);
  const today = civilDate(house.clock());
  return {
    title: "Propose an agreement",
    lede: "Say with whom, what for, under which law and until when. What is lent comes next; then both parties sign.",
    crumbs: [{ text: "Agreements", href: "/agreements" }],
    verb: "Share",
    ...(error === undefined
      ? {}
      : { errors: [{ text: `${error.message} ${error.remedy}`, href: `#${Object.keys(error.fields)[0] ?? "title"}` }] }),
    body:
      partners.length === 0 ? (
        <InsetText>
          There is no other organisation in this hub yet. An administrator adds partners on the page “People and roles”.
        </InsetText>
      ) : (
        <PostForm
          action="/agreements/new"
          csrf={csrf}
          button="Draft the agreement"
          beside={
            <a class="govuk-link" href="/agreements">
              Back to the agreements
            </a>
          }
        >
          <Input name="title" label="Title" value={form["title"]} />
          <Select
            name="partner"
            label="With"
            items={partners.map(({ id, name }) => ({ value: id, text: name }))}
            value={form["partner"]}
            error={error?.fields["partner"]}
          />
          <Textarea name="objective" label="What is it for, and why would less data not do?" value={form["objective"]} rows={3} />
          <Input
            name="lawfulBasis"
            label="Lawful basis and power"
            hint="Such as “Public task; Care Act 2014 sections 6 and 7”."
            value={form["lawfulBasis"]}
          />
          <Input name="dpia" label="Impact assessment" hint="The reference of the approved one." value={form["dpia"]} />
          <Input name="telling" label="How people are told" hint="When and where, or why they are not." value={form["telling"]} />
          <Input
            name="startsOn"
            label="Begins on"
            type="date"
            value={form["startsOn"] ?? today}
            classes="govuk-input--width-10"
            error={error?.fields["startsOn"]}
          />
          <Input
            name="endsOn"
            label="Ends on"
            hint="At most three years on."
            type="date"
            value={form["endsOn"]}
            classes="govuk-input--width-10"
            error={error?.fields["endsOn"]}
          />
          <Input
            name="minCell"
            label="Hide counts below"
            hint="For totals about people; never below 5."
            inputmode="numeric"
            value={form["minCell"] ?? "10"}
            classes="govuk-input--width-3"
          />
        </PostForm>
      ),
  };
}

async function agreementContent(session: Session, id: string, house: House, csrf: string): Promise<PageContent> {
  const view = await getAgreement(session, id, house);
  const { agreement, state } = view;
  const { terms } = agreement;
  const organisations = await nameOrganisations(house);
  const people = await namesOf(
    house.store,
    agreement.signatures.map(({ person }) => person),
  );
  const lent = await lentRows(view, house);
  const unsigned = signedBy(agreement).length === 0 && agreement.endedAt === null;
  const mayLend = unsigned && session.may(sharingActions.propose);
  const maySign =
    session.may(sharingActions.sign) &&
    agreement.endedAt === null &&
    state !== "expired" &&
    !signedBy(agreement).includes(session.organisation ?? "");
  const missing = missingFrom(terms);
  const own = mayLend ? (await listEntryRows(house.store)).filter((entry) => entry.organisation === session.organisation) : [];
  return {
    title: terms.title,
    lede: terms.objective || "No objective is recorded.",
    state: { text: wordOf(state), tone: tones[state] },
    crumbs: [{ text: "Agreements", href: "/agreements" }],
    verb: "Share",
    wide: true,
    body: (
      <>
        {agreement.endedAt === null ? null : (
          <InsetText>
            It was ended on {formatInstant(agreement.endedAt)}: {agreement.endedReason}
          </InsetText>
        )}
        <SummaryList
          rows={[
            { key: "Between", value: terms.parties.map((party) => organisations.get(party) ?? party).join(" and ") },
            { key: "In force", value: `${formatDate(terms.startsOn)} until ${formatDate(terms.endsOn)}` },
            { key: "Lawful basis", value: terms.lawfulBasis || "Not recorded" },
            { key: "Impact assessment", value: terms.dpia || "Not recorded" },
            { key: "How people are told", value: terms.telling || "Not recorded" },
            { key: "Counts hidden below", value: String(terms.minCell) },
          ]}
        />
        <DataTable
          caption="What is lent"
          rows={lent}
          empty={
            <EmptyState title="Nothing is lent yet">Each party adds columns of its own datasets, one use at a time.</EmptyState>
          }
          columns={[
            { key: "dataset", title: "Dataset", names: true, cell: (row) => row.title },
            { key: "use", title: "Use", cell: (row) => uses[row.use].label },
            { key: "columns", title: "Columns", cell: (row) => row.columns },
            { key: "owner", title: "Lent by", cell: (row) => organisations.get(row.organisation) ?? row.organisation },
            ...(mayLend
              ? [
                  {
                    key: "change",
                    title: "Change",
                    cell: (row: (typeof lent)[number]) =>
                      row.organisation === session.organisation ? (
                        <a class="govuk-link" href={`/agreements/${id}/lend?dataset=${row.dataset}&use=${row.use}`}>
                          Change columns
                        </a>
                      ) : (
                        "–"
                      ),
                  },
                ]
              : []),
          ]}
        />
        {mayLend ? (
          <Details summary="Lend a dataset">
            {own.length === 0 ? (
              <p class="govuk-body">Your organisation has no dataset to lend yet.</p>
            ) : (
              <form method="get" action={`/agreements/${id}/lend`}>
                <Select
                  name="dataset"
                  label="Dataset"
                  items={own.map((entry) => ({ value: entry.datasetId, text: entry.title }))}
                />
                <Select
                  name="use"
                  label="For which use"
                  items={Object.entries(uses).map(([value, { label }]) => ({ value, text: label }))}
                />
                <Button secondary>Choose columns</Button>
              </form>
            )}
          </Details>
        ) : null}
        <DataTable
          caption="Signatures"
          rows={terms.parties.map((party) => ({
            party,
            signature: agreement.signatures.find((held) => held.organisation === party && held.termsHash === view.termsHash),
          }))}
          empty=""
          columns={[
            { key: "party", title: "Organisation", names: true, cell: (row) => organisations.get(row.party) ?? row.party },
            {
              key: "by",
              title: "Signed by",
              cell: (row) => (row.signature ? (people.get(row.signature.person) ?? "–") : "Not signed yet"),
            },
            {
              key: "at",
              title: "On",
              nowrap: true,
              cell: (row) => (row.signature ? formatInstant(row.signature.signedAt) : "–"),
            },
          ]}
        />
        {maySign ? (
          missing.length > 0 ? (
            <InsetText>It cannot be signed yet: {missing.join(", ")}.</InsetText>
          ) : (
            <PostForm
              action={`/agreements/${id}/sign`}
              csrf={csrf}
              button={`Sign for ${session.person?.organisationName ?? "your organisation"}`}
            >
              <input type="hidden" name="terms" value={view.termsHash} />
              <p class="govuk-body">
                You sign the terms above, whose fingerprint is <code>{view.termsHash.slice(0, 16)}</code>.
              </p>
            </PostForm>
          )
        ) : null}
        {agreement.endedAt === null && !unsigned && session.may(sharingActions.end) ? (
          <Details summary="End this agreement">
            <PostForm action={`/agreements/${id}/end`} csrf={csrf} button="End the agreement now" warning>
              <Input
                name="reason"
                label="Why?"
                hint="The other party reads it. Everything shared under the agreement stops at once."
              />
            </PostForm>
          </Details>
        ) : null}
      </>
    ),
  };
}

async function lendContent(
  session: Session,
  id: string,
  query: Readonly<Record<string, string>>,
  house: House,
  csrf: string,
): Promise<PageContent> {
  const { agreement } = await getAgreement(session, id, house);
  const use: Use = query["use"] === "planning" || query["use"] === "matching" ? query["use"] : "care";
  const entry = (await listEntryRows(house.store)).find(
    (candidate) => candidate.datasetId === query["dataset"] && candidate.organisation === session.organisation,
  );
  if (!entry) throw sharingError("not-your-dataset", {});
  const fields = await listFields(house.store, entry.datasetId);
  const held = agreement.terms.items.find((item) => item.dataset === entry.datasetId && item.use === use);
  return {
    title: `Lend “${entry.title}”`,
    lede: `${uses[use].label}. Columns that are left out do not exist for the other party.`,
    crumbs: [
      { text: "Agreements", href: "/agreements" },
      { text: agreement.terms.title, href: `/agreements/${id}` },
    ],
    verb: "Share",
    body: (
      <PostForm
        action={`/agreements/${id}/lend`}
        csrf={csrf}
        button="Save what is lent"
        beside={
          <a class="govuk-link" href={`/agreements/${id}`}>
            Back to the agreement
          </a>
        }
      >
        <input type="hidden" name="dataset" value={entry.datasetId} />
        <input type="hidden" name="use" value={use} />
        {fields.map((field) => {
          const mask = getType(field.type).mask;
          return (
            <Select
              name={`c${field.number}`}
              label={field.name}
              hint={`${getType(field.type).label}, ${field.class}`}
              value={held?.columns.find((column) => column.number === field.number)?.mask ?? ""}
              items={[
                { value: "", text: "Left out" },
                { value: "clear", text: use === "matching" ? "Used for matching, never shown" : "Shown as it is" },
                ...(use !== "matching" && mask !== "clear" && mask !== "null" ? [{ value: mask, text: `Masked (${mask})` }] : []),
              ]}
            />
          );
        })}
      </PostForm>
    ),
  };
}

async function lentRows({ agreement }: AgreementView, house: House) {
  const entries = await listEntryRows(house.store);
  return Promise.all(
    agreement.terms.items.map(async (item) => {
      const entry = entries.find((candidate) => candidate.datasetId === item.dataset);
      const fields = await listFields(house.store, item.dataset);
      const columns = item.columns
        .map(
          ({ number, mask }) =>
            `${fields.find((field) => field.number === number)?.name ?? `column ${number}`}${mask === "clear" ? "" : ` (${mask})`}`,
        )
        .join(", ");
      return {
        dataset: item.dataset,
        title: entry?.title ?? "A dataset that is gone",
        organisation: entry?.organisation ?? "",
        use: item.use,
        columns,
      };
    }),
  );
}

async function nameOrganisations(house: House): Promise<ReadonlyMap<string, string>> {
  return new Map((await listOrganisations(house.store)).map(({ id, name }) => [id, name]));
}
