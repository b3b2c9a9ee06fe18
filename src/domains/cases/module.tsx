import type { Module, PageContent } from "../../access/index.ts";
import { formatDate, formatInstant } from "../../kernel/clock.ts";
import type { PageOf } from "../../kernel/paging.ts";
import { isMendable, type GuildhallError } from "../../kernel/errors.ts";
import {
  Button,
  Chip,
  DataTable,
  EmptyState,
  Input,
  page,
  pageFrom,
  PageLinks,
  PostForm,
  rangeText,
  Textarea,
} from "../../kit/index.ts";
import { casesActions } from "./actions.ts";
import { closeReferral, findNeed, listOpenReferrals, openReferral, ownOf, pageReferrals } from "./referrals.ts";
import { casesMigrations, countReferralsOf, type CasesTables, type Referral } from "./store.ts";

export const casesModule: Module = {
  name: "cases",
  actions: Object.values(casesActions),
  migrations: casesMigrations,
  sections: [{ verb: "Use", text: "My referrals", href: "/referrals", action: casesActions.list }],
  pages: [
    {
      method: "GET",
      path: "/referrals",
      handle: async ({ session, query }) => page(listContent(await pageReferrals(session, pageFrom(query)))),
    },
    { method: "GET", path: "/referrals/new", handle: async ({ csrf }) => page(newContent(csrf, {})) },
    {
      method: "POST",
      path: "/referrals/new",
      handle: async ({ session, house, csrf, form }) => {
        try {
          const id = await openReferral(
            session,
            {
              givenName: form["givenName"] ?? "",
              familyName: form["familyName"] ?? "",
              dateOfBirth: form["dateOfBirth"] ?? "",
              postcode: form["postcode"] ?? "",
              reason: form["reason"] ?? "",
            },
            house,
          );
          return { kind: "redirect", to: `/referrals/${id}`, flash: "The referral is recorded." };
        } catch (error) {
          if (!isMendable(error)) throw error;
          return page(newContent(csrf, form, error), 400);
        }
      },
    },
    {
      method: "POST",
      path: "/referrals/:id/close",
      handle: async ({ session, house, params }) => {
        await closeReferral(session, params["id"] ?? "", house);
        return {
          kind: "redirect",
          to: "/referrals",
          flash: "The referral is closed. The record can no longer be opened under it.",
        };
      },
    },
  ],
  contributes: {
    need: findNeed,
    exports: async (session) =>
      session.perform(casesActions.export, null, async (scope) => {
        const referrals = await scope.records.as<CasesTables>().selectFrom("referral").selectAll().orderBy("opened_at").execute();
        return [{ name: "referrals", kind: "records", count: referrals.length, rows: referrals }];
      }),
    tasks: async (session) => {
      if (!session.person || !session.may(casesActions.list)) return [];
      return (await listOpenReferrals(session)).map((referral) => ({
        title: `Referral: ${referral.givenName} ${referral.familyName}`,
        href: `/referrals/${referral.id}`,
        why: referral.reason,
        since: referral.openedAt,
        action: referral.subject === null ? "Find the record" : "Open the record",
      }));
    },
    figures: async (session, house) => {
      if (!session.person || !session.may(casesActions.list)) return [];
      const open = await countReferralsOf(house.store, { ...ownOf(session), open: true });
      return [{ label: "Open referrals", value: open, href: "/referrals" }];
    },
  },
};

function listContent(found: PageOf<Referral>): PageContent {
  return {
    title: "My referrals",
    lede: "A referral is why you may open one person’s record. It ends when you close it.",
    mainAction: <Button href="/referrals/new">Record a referral</Button>,
    body: (
      <>
        <DataTable
          caption="Referrals"
          captionHidden
          count={found.total > found.size ? rangeText(found, "referral") : undefined}
          rows={found.rows}
          empty={
            <EmptyState title="No referrals" action={<Button href="/referrals/new">Record a referral</Button>}>
              When somebody asks for help, record it here. It lets you find what the partners know of that person.
            </EmptyState>
          }
          columns={[
            {
              key: "name",
              title: "Person",
              names: true,
              cell: (referral) => (
                <a class="govuk-link" href={`/referrals/${referral.id}`}>
                  {referral.givenName} {referral.familyName}
                </a>
              ),
            },
            { key: "born", title: "Born", nowrap: true, cell: (referral) => formatDate(referral.dateOfBirth) },
            { key: "why", title: "Reason", cell: (referral) => referral.reason },
            { key: "at", title: "Recorded", nowrap: true, cell: (referral) => formatInstant(referral.openedAt) },
            {
              key: "state",
              title: "State",
              cell: (referral) => (referral.closedAt === null ? <Chip text="Open" tone="note" /> : <Chip text="Closed" />),
            },
          ]}
        />
        <PageLinks of={found} path="/referrals" />
      </>
    ),
  };
}

function newContent(csrf: string, form: Readonly<Record<string, string>>, error?: GuildhallError): PageContent {
  return {
    title: "Record a referral",
    lede: "Write what the caller told you. The person is found by at least two details that agree, never by browsing.",
    crumbs: [{ text: "My referrals", href: "/referrals" }],
    ...(error === undefined
      ? {}
      : { errors: Object.entries(error.fields).map(([field, text]) => ({ text, href: `#${field}` })) }),
    body: (
      <PostForm
        action="/referrals/new"
        csrf={csrf}
        button="Record the referral"
        beside={
          <a class="govuk-link" href="/referrals">
            Back to my referrals
          </a>
        }
      >
        <Input
          name="givenName"
          label="First name"
          value={form["givenName"]}
          error={error?.fields["givenName"]}
          autocomplete="off"
        />
        <Input
          name="familyName"
          label="Last name"
          value={form["familyName"]}
          error={error?.fields["familyName"]}
          autocomplete="off"
        />
        <Input
          name="dateOfBirth"
          label="Date of birth"
          hint="Day first, such as 27/3/1961."
          value={form["dateOfBirth"]}
          error={error?.fields["dateOfBirth"]}
          autocomplete="off"
          classes="govuk-input--width-10"
        />
        <Input
          name="postcode"
          label="Postcode, if you have it"
          value={form["postcode"]}
          error={error?.fields["postcode"]}
          autocomplete="off"
          classes="govuk-input--width-10"
        />
        <Textarea
          name="reason"
          label="Why is the record needed?"
          value={form["reason"]}
          error={error?.fields["reason"]}
          rows={3}
        />
      </PostForm>
    ),
  };
}
