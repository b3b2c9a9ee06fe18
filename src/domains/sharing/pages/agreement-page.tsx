import type { House, Page, PageContent, Session } from "../../../access/index.ts";
import { GuildhallError } from "../../../kernel/errors.ts";
import { formatDate, formatInstant } from "../../../kernel/clock.ts";
import {
  Button,
  DataTable,
  Details,
  EmptyState,
  errorSummary,
  Input,
  InsetText,
  page,
  PostForm,
  Select,
  SummaryList,
} from "../../../kit/index.ts";
import { findEntry, listFields, listOwnEntryRows } from "../../catalogue/index.ts";
import { namesOf } from "../../people/index.ts";
import { sharingActions } from "../actions.ts";
import { endAgreement, getAgreement, missingFrom, signAgreement, type AgreementView } from "../agreements.ts";
import { uses } from "../model.ts";
import { conditionWords } from "../row-conditions.ts";
import { signedBy } from "../state.ts";
import { tones, wordOf } from "./state-chip.tsx";
import { nameOrganisations } from "./name-organisations.ts";

export const agreementPages: readonly Page[] = [
  {
    method: "GET",
    path: "/agreements/:id",
    handle: async ({ session, house, params, csrf }) => page(await agreementContent(session, params["id"] ?? "", house, csrf)),
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
    handle: async ({ session, house, params, form, csrf }) => {
      const id = params["id"] ?? "";
      try {
        await endAgreement(session, id, form["reason"] ?? "", house);
      } catch (error) {
        if (!(error instanceof GuildhallError) || error.kind !== "invalid") throw error;
        return page(await agreementContent(session, id, house, csrf, error), 400);
      }
      return {
        kind: "redirect",
        to: `/agreements/${params["id"] ?? ""}`,
        flash: "The agreement has ended. The next request under it is refused.",
      };
    },
  },
];

async function agreementContent(
  session: Session,
  id: string,
  house: House,
  csrf: string,
  error?: GuildhallError,
): Promise<PageContent> {
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
  const own = mayLend ? await listOwnEntryRows(house.store, session.organisation ?? "") : [];
  return {
    title: terms.title,
    lede: terms.objective || "No objective is recorded.",
    state: { text: wordOf(state), tone: tones[state] },
    crumbs: [{ text: "Agreements", href: "/agreements" }],
    wide: true,
    ...errorSummary(error, "reason"),
    mainAction: mayLend ? (
      <Button href={`/agreements/${id}/terms`} secondary>
        Change the terms
      </Button>
    ) : undefined,
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
            { key: "rows", title: "Rows", cell: (row) => row.rows },
            { key: "owner", title: "Lent by", cell: (row) => organisations.get(row.organisation) ?? row.organisation },
            ...(mayLend
              ? [
                  {
                    key: "change",
                    title: "Change",
                    cell: (row: (typeof lent)[number]) =>
                      row.organisation === session.organisation ? (
                        <a class="govuk-link" href={`/agreements/${id}/lend?dataset=${row.dataset}&use=${row.use}`}>
                          Change what is lent
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
            <InsetText>It cannot be signed yet. Missing: {missing.join(", ")}.</InsetText>
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
          <Details summary="End this agreement" open={error !== undefined}>
            <PostForm action={`/agreements/${id}/end`} csrf={csrf} button="End the agreement now" warning>
              <Input
                name="reason"
                label="Why?"
                hint="The other party reads it. Everything shared under the agreement stops at once."
                error={error?.fields["reason"]}
              />
            </PostForm>
          </Details>
        ) : null}
      </>
    ),
  };
}

async function lentRows({ agreement }: AgreementView, house: House) {
  return Promise.all(
    agreement.terms.items.map(async (item) => {
      const entry = await findEntry(house.store, item.dataset);
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
        rows: item.rows === undefined ? "All" : `Only where ${conditionWords(item.rows, fields)}`,
      };
    }),
  );
}
