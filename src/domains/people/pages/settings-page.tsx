import {
  purposes,
  roles,
  type House,
  type Page,
  type PageContent,
  type PageRequest,
  type Session,
} from "../../../access/index.ts";
import { formatInstant } from "../../../kernel/clock.ts";
import type { SettingRow } from "../../../kernel/config.ts";
import { DataTable, page, plural, PostForm, SummaryList } from "../../../kit/index.ts";
import { peopleActions } from "../actions.ts";
import { endSessions, showSettings, type OwnSession, type OwnSettings } from "../own-settings.ts";

export const settingsPages: readonly Page[] = [
  { method: "GET", path: "/settings", handle: async (request) => page(await settingsContent(request)) },
  {
    method: "POST",
    path: "/settings/sessions/end",
    handle: async ({ session, form, cookie }) => {
      const id = form["id"] ?? "";
      await endSessions(session, cookie ?? "", id === "" ? "all" : { id });
      return {
        kind: "redirect",
        to: "/settings",
        flash: id === "" ? "You are signed out everywhere else." : "You are signed out there.",
      };
    },
  },
];

async function settingsContent({ session, house, csrf, cookie }: PageRequest): Promise<PageContent> {
  const own = await showSettings(session, cookie ?? "", house);
  const hub = await hubSettings(session, house);
  return {
    title: "Settings",
    lede: "Your account, where you are signed in, and what programs may do for you.",
    body: (
      <>
        <h2 class="govuk-heading-m">Your account</h2>
        <Account session={session} own={own} />
        <p class="govuk-body">An administrator of your organisation changes your roles, on the page “People and roles”.</p>
        <Sessions sessions={own.sessions} csrf={csrf} />
        {hub === null ? null : <Hub settings={hub} />}
      </>
    ),
  };
}

async function hubSettings(session: Session, house: House): Promise<readonly SettingRow[] | null> {
  if (!session.may(peopleActions.showHubSettings)) return null;
  return session.perform(peopleActions.showHubSettings, null, async () => house.settings);
}

function Account({ session, own }: { session: Session; own: OwnSettings }) {
  const purpose = session.purpose === null ? "None" : purposes[session.purpose].label;
  const tokens = own.tokens === 0 ? "None" : `${plural(own.tokens, "token")} in force`;
  return (
    <SummaryList
      rows={[
        { key: "Name", value: session.person?.name },
        { key: "Email address", value: own.email },
        ...own.memberships.map((held) => ({
          key: held.organisationName,
          value: held.roles.map((role) => roles[role]).join(", "),
        })),
        { key: "Purpose in force", value: purpose, actions: [{ href: "/purpose", text: "Change", about: "the purpose" }] },
        {
          key: "Password",
          value: "Known to you alone",
          actions: [{ href: "/password", text: "Change", about: "your password" }],
        },
        {
          key: "Access tokens",
          value: tokens,
          actions: [{ href: "/tokens", text: "Make or end", about: "access tokens" }],
        },
      ]}
    />
  );
}

function Sessions({ sessions, csrf }: { sessions: readonly OwnSession[]; csrf: string }) {
  return (
    <>
      <DataTable
        caption="Where you are signed in"
        rows={sessions}
        empty="Nowhere but here."
        columns={[
          {
            key: "since",
            title: "Since",
            names: true,
            nowrap: true,
            cell: ({ since }) => formatInstant(since),
          },
          { key: "seen", title: "Last used", nowrap: true, cell: ({ seenAt }) => formatInstant(seenAt) },
          {
            key: "end",
            title: "Sign out",
            cell: ({ id, here, since }) =>
              here ? (
                "This is where you are now"
              ) : (
                <PostForm
                  action="/settings/sessions/end"
                  csrf={csrf}
                  secondary
                  classes="gh-form--inline"
                  button={
                    <>
                      Sign out there<span class="govuk-visually-hidden">, since {formatInstant(since)}</span>
                    </>
                  }
                >
                  <input type="hidden" name="id" value={id} />
                </PostForm>
              ),
          },
        ]}
      />
      {sessions.length > 1 ? (
        <PostForm action="/settings/sessions/end" csrf={csrf} secondary button="Sign out everywhere else" />
      ) : null}
    </>
  );
}

function Hub({ settings }: { settings: readonly SettingRow[] }) {
  return (
    <>
      <h2 class="govuk-heading-m">This hub</h2>
      <p class="govuk-body">
        The hub was started with these. To change one, set it in the environment of the process that runs the hub, and start the
        hub again. <code>guildhall config</code> lists the same. Secrets are in the key file and are shown nowhere.
      </p>
      <DataTable
        caption="Settings of the hub"
        captionHidden
        rows={settings}
        empty="There are none."
        columns={[
          { key: "name", title: "Setting", names: true, cell: ({ name }) => <code>{name}</code> },
          { key: "value", title: "Now", cell: ({ value }) => (value === "" ? "Not set" : <code>{String(value)}</code>) },
          { key: "source", title: "From", cell: ({ source }) => (source === "set" ? "The environment" : "The default") },
          { key: "fallback", title: "Default", cell: ({ fallback }) => (fallback === "" ? "None" : <code>{fallback}</code>) },
          { key: "about", title: "What it does", cell: ({ about }) => about },
        ]}
      />
    </>
  );
}
