import { purposes, purposesOf, type Page, type PageContent, type Session } from "../../../access/index.ts";
import { formatInstant } from "../../../kernel/clock.ts";
import { Button, DataTable, Input, InsetText, page, PostForm, Select } from "../../../kit/index.ts";
import { listTokens, revokeToken } from "../change-people.ts";
import { issueToken } from "../sign-in.ts";

export const tokenPages: readonly Page[] = [
  {
    method: "GET",
    path: "/tokens",
    handle: async ({ session, csrf }) => page(await tokenContent(session, csrf)),
  },
  {
    method: "POST",
    path: "/tokens",
    handle: async ({ session, house, csrf, form }) => {
      const made = await issueToken(
        session,
        { name: form["name"] ?? "", purpose: form["purpose"] ?? "", days: Number(form["days"] ?? 30) },
        house,
      );
      return page(await tokenContent(session, csrf, made.token));
    },
  },
  {
    method: "POST",
    path: "/tokens/end",
    handle: async ({ session, form }) => {
      await revokeToken(session, form["id"] ?? "");
      return { kind: "redirect", to: "/tokens", flash: "The token has ended." };
    },
  },
];

async function tokenContent(session: Session, csrf: string, token?: string): Promise<PageContent> {
  const held = session.roles;
  const tokens = await listTokens(session);
  return {
    title: "Access tokens",
    lede: "A token lets a program act for you through the API, for one purpose. It can do no more than you can.",
    ...(token === undefined
      ? {}
      : { flash: { text: "The token was made. Copy it now: it is shown once.", tone: "good" as const } }),
    body: (
      <>
        {token === undefined ? null : (
          <InsetText>
            <code>{token}</code>
          </InsetText>
        )}
        <PostForm action="/tokens" csrf={csrf} button="Make a token">
          <Input name="name" label="What is it for?" />
          <Select
            name="purpose"
            label="Purpose"
            items={purposesOf(held).map((purpose) => ({ value: purpose, text: purposes[purpose].label }))}
          />
          <Input
            name="days"
            label="Days until it ends"
            hint="At most 90."
            inputmode="numeric"
            value="30"
            classes="govuk-input--width-3"
          />
        </PostForm>
        <DataTable
          caption="Your tokens"
          rows={tokens}
          empty="You have none."
          columns={[
            { key: "name", title: "For", names: true, cell: (row) => row.name || "No name" },
            { key: "made", title: "Made", nowrap: true, cell: (row) => formatInstant(row.createdAt) },
            { key: "ends", title: "Ends", nowrap: true, cell: (row) => formatInstant(row.expiresAt) },
            {
              key: "end",
              title: "End it",
              cell: (row) => (
                <PostForm action="/tokens/end" csrf={csrf} button="End this token" secondary classes="gh-form--inline">
                  <input type="hidden" name="id" value={row.id} />
                </PostForm>
              ),
            },
          ]}
        />
        <Button secondary href="/api/docs">
          Read the API’s page
        </Button>
      </>
    ),
  };
}
