import { purposes, purposesOf, roles, type Page, type PageContent, type PageReply, type Session } from "../../../access/index.ts";
import { formatInstant } from "../../../kernel/clock.ts";
import { GuildhallError } from "../../../kernel/errors.ts";
import {
  Button,
  Checkboxes,
  DataTable,
  Details,
  Input,
  InsetText,
  PasswordInput,
  PostForm,
  Radios,
  Select,
} from "../../../kit/index.ts";
import { peopleActions } from "../actions.ts";
import { addOrganisation, addPerson } from "../add-people.ts";
import { listMemberships, listOrganisations } from "../find-person.ts";
import { changePassword, listTokens, revokeToken, setRoles, setState } from "../change-people.ts";
import { peopleError } from "../errors.ts";
import { readHubFacts } from "../hub-facts.ts";
import { isSetUpLink, needsSetUp, setUp } from "../set-up.ts";
import { choosePurpose, issueToken, signIn, signOut } from "../sign-in.ts";
import type { OrganisationKind, PeopleTables } from "../store.ts";

const kinds: readonly { value: OrganisationKind; text: string }[] = [
  { value: "council", text: "Council" },
  { value: "health", text: "Health body" },
  { value: "police", text: "Police" },
  { value: "school", text: "School or college" },
  { value: "charity", text: "Charity or community group" },
  { value: "other", text: "Other" },
];

export const peoplePages: readonly Page[] = [
  {
    method: "GET",
    path: "/sign-in",
    public: true,
    handle: async ({ house, csrf, query }) => {
      if (await needsSetUp(house)) return page({ title: "This hub is not set up yet", body: <SetUpWaits /> });
      return page(await signInContent({ house, csrf, next: query["next"] ?? "" }));
    },
  },
  {
    method: "POST",
    path: "/sign-in",
    public: true,
    handle: async ({ house, csrf, form, address }) => {
      const email = form["email"] ?? "";
      try {
        const cookie = await signIn({ email, password: form["password"] ?? "", address }, house);
        return { kind: "redirect", to: localPath(form["next"]), cookie };
      } catch (error) {
        if (!(error instanceof GuildhallError)) throw error;
        return page(
          await signInContent({ house, csrf, next: form["next"] ?? "", email, problem: `${error.message} ${error.remedy}` }),
          401,
        );
      }
    },
  },
  {
    method: "POST",
    path: "/sign-out",
    handle: async ({ session, cookie }) => {
      if (cookie !== null) await signOut(session, cookie);
      return { kind: "redirect", to: "/sign-in", cookie: null };
    },
  },
  {
    method: "GET",
    path: "/set-up/:secret",
    public: true,
    handle: async ({ house, csrf, params }) => page(await setUpContent(house, params["secret"] ?? "", csrf, {})),
  },
  {
    method: "POST",
    path: "/set-up/:secret",
    public: true,
    handle: async ({ house, csrf, params, form, address }) => {
      const secret = params["secret"] ?? "";
      const email = form["email"] ?? "";
      const password = form["password"] ?? "";
      try {
        const kind = kinds.find(({ value }) => value === form["kind"])?.value ?? "council";
        await setUp(
          {
            secret,
            place: form["place"] ?? "",
            organisation: form["organisation"] ?? "",
            kind,
            name: form["name"] ?? "",
            email,
            password,
          },
          house,
        );
      } catch (error) {
        if (!(error instanceof GuildhallError)) throw error;
        return page(await setUpContent(house, secret, csrf, form, error), 400);
      }
      return {
        kind: "redirect",
        to: "/",
        cookie: await signIn({ email, password, address }, house),
        flash: "The hub is set up. You are its first administrator.",
      };
    },
  },
  {
    method: "GET",
    path: "/purpose",
    handle: async ({ session, house, csrf }) => {
      const person = session.person;
      if (!person) return { kind: "redirect", to: "/sign-in" };
      const memberships = await listMemberships(house.store, person.id);
      const choices = memberships.flatMap((membership) => {
        const allowed = purposesOf(membership.roles);
        return (allowed.length === 0 ? [""] : allowed).map((purpose) => ({
          value: `${membership.organisation} ${purpose}`,
          text:
            purpose === ""
              ? `Membership only, for ${membership.organisationName}`
              : `${purposes[purpose as keyof typeof purposes].label}, for ${membership.organisationName}`,
          hint: membership.roles.map((role) => roles[role]).join(", "),
        }));
      });
      return page({
        title: "What are you working on?",
        lede: "What you may see depends on why you need it. Every use is recorded under the purpose in force.",
        body: (
          <PostForm
            action="/purpose"
            csrf={csrf}
            button="Use this purpose"
            beside={
              <a class="govuk-link" href="/">
                Keep the one in force
              </a>
            }
          >
            <Radios name="choice" legend="Purpose" value={`${person.organisation} ${session.purpose ?? ""}`} items={choices} />
          </PostForm>
        ),
      });
    },
  },
  {
    method: "POST",
    path: "/purpose",
    handle: async ({ session, house, form, cookie }) => {
      const [organisation = "", purpose = ""] = (form["choice"] ?? "").split(" ");
      if (cookie !== null) await choosePurpose(session, cookie, { organisation, purpose }, house);
      return { kind: "redirect", to: "/", flash: "The purpose in force has changed." };
    },
  },
  {
    method: "GET",
    path: "/people",
    handle: async ({ session, csrf }) => page(await peopleContent({ session, csrf, form: {} })),
  },
  {
    method: "POST",
    path: "/people",
    handle: async ({ session, house, csrf, form, forms }) => {
      try {
        const memberships = [{ organisation: session.organisation ?? "", roles: forms["roles"] ?? [] }];
        await addPerson(
          session,
          { name: form["name"] ?? "", email: form["email"] ?? "", password: form["password"] ?? "", memberships },
          house,
        );
      } catch (error) {
        if (!(error instanceof GuildhallError) || error.kind === "refused") throw error;
        return page(await peopleContent({ session, csrf, form, error }), 400);
      }
      return { kind: "redirect", to: "/people", flash: `${form["name"] ?? "The person"} can sign in now.` };
    },
  },
  {
    method: "GET",
    path: "/people/:id",
    handle: async ({ session, params, csrf }) => page(await personContent(session, params["id"] ?? "", csrf)),
  },
  {
    method: "POST",
    path: "/people/:id/roles",
    handle: async ({ session, house, params, forms }) => {
      await setRoles(session, params["id"] ?? "", forms["roles"] ?? [], house);
      return { kind: "redirect", to: "/people", flash: "The roles were changed. Open sessions of that person have ended." };
    },
  },
  {
    method: "POST",
    path: "/people/:id/state",
    handle: async ({ session, house, params, form }) => {
      const state = form["state"] === "active" ? "active" : "suspended";
      await setState(session, params["id"] ?? "", state, house);
      const flash =
        state === "active" ? "The account is open again." : "The account is suspended. Its sessions and tokens have ended.";
      return { kind: "redirect", to: "/people", flash };
    },
  },
  { method: "GET", path: "/password", handle: async ({ csrf }) => page(passwordContent(csrf)) },
  {
    method: "POST",
    path: "/password",
    handle: async ({ session, house, csrf, form, cookie }) => {
      try {
        await changePassword(session, cookie ?? "", { now: form["now"] ?? "", next: form["next"] ?? "" }, house);
      } catch (error) {
        if (!(error instanceof GuildhallError) || !["invalid", "unauthenticated"].includes(error.kind)) throw error;
        return page(passwordContent(csrf, error), 400);
      }
      return { kind: "redirect", to: "/", flash: "Your password is changed. Your other sessions and your tokens have ended." };
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
  {
    method: "POST",
    path: "/organisations",
    handle: async ({ session, house, csrf, form }) => {
      try {
        const kind = kinds.find(({ value }) => value === form["kind"])?.value ?? "other";
        await addOrganisation(session, { name: form["organisation"] ?? "", kind }, house);
      } catch (error) {
        if (!(error instanceof GuildhallError) || error.kind === "refused") throw error;
        return page(await peopleContent({ session, csrf, form, error }), 400);
      }
      return {
        kind: "redirect",
        to: "/people",
        flash: `${form["organisation"] ?? "The organisation"} is a partner in this hub now.`,
      };
    },
  },
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
];

function page(content: PageContent, status?: number): PageReply {
  return { kind: "page", content, ...(status === undefined ? {} : { status }) };
}

/** Only a path of this hub, in the signs that an address is made of; anything else leads home. */
function localPath(next: string | undefined): string {
  return next !== undefined && /^\/(?![/\\])[!-~]*$/.test(next) ? next : "/";
}

function SetUpWaits() {
  return (
    <InsetText>
      The person who started it has a set-up link: it was printed in the terminal where the hub was started. Start the hub again
      to get a new one.
    </InsetText>
  );
}

interface SignInState {
  readonly house: Parameters<Page["handle"]>[0]["house"];
  readonly csrf: string;
  readonly next: string;
  readonly email?: string;
  readonly problem?: string;
}

async function signInContent({ house, csrf, next, email, problem }: SignInState): Promise<PageContent> {
  const facts = await readHubFacts(house.store);
  const sample = facts.mode === "sample" ? await samplePeople(house) : [];
  return {
    title: `Sign in to ${facts.place}`,
    lede: "Look after data, share it under agreements, and use it where you have a reason to.",
    ...(problem === undefined ? {} : { errors: [{ text: problem, href: "#email" }] }),
    body: (
      <>
        <PostForm action="/sign-in" csrf={csrf} button="Sign in">
          <input type="hidden" name="next" value={next} />
          <Input name="email" label="Email address" type="email" autocomplete="username" value={email} error={problem} />
          <PasswordInput name="password" label="Password" autocomplete="current-password" />
        </PostForm>
        {sample.length === 0 ? null : (
          <div>
            <h2 class="govuk-heading-m" id="sample-people">
              People of the sample
            </h2>
            <p class="govuk-body">
              Nobody here is real. Choose one to see the hub as they do; all use the password “{samplePassword}”.
            </p>
            <DataTable
              caption="People of the sample"
              captionHidden
              empty="There are none."
              rows={sample}
              columns={[
                { key: "name", title: "Person", names: true, cell: (person) => person.name },
                { key: "does", title: "What they do", cell: (person) => person.does },
                {
                  key: "go",
                  title: "Sign in",
                  cell: (person) => (
                    <PostForm
                      action="/sign-in"
                      csrf={csrf}
                      button={`Sign in as ${person.name}`}
                      secondary
                      classes="gh-form--inline"
                    >
                      <input type="hidden" name="email" value={person.email} />
                      <input type="hidden" name="password" value={samplePassword} />
                    </PostForm>
                  ),
                },
              ]}
            />
          </div>
        )}
      </>
    ),
  };
}

/** The password of every sample person: it protects nothing, since a sample hub listens on this machine alone. */
export const samplePassword = "wexcombe sample";

async function samplePeople(house: SignInState["house"]): Promise<readonly { name: string; email: string; does: string }[]> {
  const persons = await house.store
    .as<PeopleTables>()
    .selectFrom("person")
    .select(["id", "name", "email"])
    .orderBy("created_at")
    .orderBy("id")
    .execute();
  return Promise.all(
    persons.map(async ({ id, name, email }) => {
      const memberships = await listMemberships(house.store, id);
      const does = memberships
        .map((held) => `${held.roles.map((role) => roles[role]).join(", ")} at ${held.organisationName}`)
        .join("; ");
      return { name, email, does };
    }),
  );
}

async function setUpContent(
  house: SignInState["house"],
  secret: string,
  csrf: string,
  form: Readonly<Record<string, string>>,
  error?: GuildhallError,
): Promise<PageContent> {
  if (!(await isSetUpLink(secret, house))) {
    return { title: "This link cannot be used", body: <SetUpWaits /> };
  }
  return {
    title: "Set up your hub",
    lede: "Two minutes: the place, your organisation, and the first account. Everything can be changed later.",
    ...(error === undefined
      ? {}
      : { errors: [{ text: `${error.message} ${error.remedy}`, href: `#${Object.keys(error.fields)[0] ?? "organisation"}` }] }),
    body: (
      <PostForm action={`/set-up/${encodeURIComponent(secret)}`} csrf={csrf} button="Set up the hub">
        <Input
          name="place"
          label="Name of the place"
          hint="It stands at the top of every page, such as “Wexcombe”."
          value={form["place"]}
        />
        <Input name="organisation" label="Your organisation" hint="The body that runs this hub." value={form["organisation"]} />
        <Select
          name="kind"
          label="Kind of organisation"
          items={kinds.map(({ value, text }) => ({ value, text }))}
          value={form["kind"] ?? "council"}
        />
        <Input name="name" label="Your name" autocomplete="name" value={form["name"]} error={error?.fields["name"]} />
        <Input
          name="email"
          label="Your email address"
          type="email"
          autocomplete="username"
          value={form["email"]}
          error={error?.fields["email"]}
        />
        <PasswordInput
          name="password"
          label="Choose a password"
          hint="At least 12 characters. Three words that do not belong together are good."
          autocomplete="new-password"
          error={error?.fields["password"]}
        />
      </PostForm>
    ),
  };
}

async function peopleContent(state: {
  session: Parameters<Page["handle"]>[0]["session"];
  csrf: string;
  form: Readonly<Record<string, string>>;
  error?: GuildhallError;
}): Promise<PageContent> {
  const { session, csrf, form, error } = state;
  const { persons, organisations } = await session.perform(peopleActions.list, null, async (scope) => {
    const db = scope.records.as<PeopleTables>();
    const own = await db
      .selectFrom("person")
      .innerJoin("membership", "membership.person_id", "person.id")
      .select(["person.id", "person.name", "person.email", "person.state", "membership.role"])
      .where("membership.organisation_id", "=", session.organisation ?? "")
      .orderBy("person.name")
      .execute();
    const byPerson = [...Map.groupBy(own, (row) => row.id).values()];
    return {
      persons: byPerson.map((rows) => ({
        id: rows[0]?.id ?? "",
        name: rows[0]?.name ?? "",
        email: rows[0]?.email ?? "",
        state: rows[0]?.state ?? "",
        roles: rows.map((row) => roles[row.role]).join(", "),
      })),
      organisations: await listOrganisations(scope.records),
    };
  });
  const mayAdd = session.may(peopleActions.addPerson, session.organisation);
  return {
    title: "People and roles",
    lede: `Accounts of ${session.person?.organisationName ?? "your organisation"}. A role says what a person may do; a purpose and a need say when.`,
    verb: "Protect",
    ...(error === undefined
      ? {}
      : { errors: [{ text: `${error.message} ${error.remedy}`, href: `#${Object.keys(error.fields)[0] ?? "name"}` }] }),
    body: (
      <>
        <DataTable
          caption="Accounts"
          rows={persons}
          empty="There are no accounts yet."
          columns={[
            {
              key: "name",
              title: "Name",
              names: true,
              cell: (person) =>
                mayAdd ? (
                  <a class="govuk-link" href={`/people/${person.id}`}>
                    {person.name}
                  </a>
                ) : (
                  person.name
                ),
            },
            { key: "email", title: "Email address", cell: (person) => person.email },
            { key: "roles", title: "Roles", cell: (person) => person.roles },
            { key: "state", title: "State", cell: (person) => (person.state === "active" ? "Active" : "Suspended") },
          ]}
        />
        {mayAdd ? (
          <Details summary="Add a person" open={error !== undefined && form["organisation"] === undefined}>
            <PostForm action="/people" csrf={csrf} button="Add the person">
              <Input name="name" label="Name" value={form["name"]} error={error?.fields["name"]} />
              <Input name="email" label="Email address" type="email" value={form["email"]} error={error?.fields["email"]} />
              <PasswordInput
                name="password"
                label="First password"
                hint="At least 12 characters. Tell it to them in person."
                error={error?.fields["password"]}
              />
              <Checkboxes name="roles" legend="Roles" items={Object.entries(roles).map(([value, text]) => ({ value, text }))} />
            </PostForm>
          </Details>
        ) : null}
        <DataTable
          caption="Organisations in this hub"
          rows={organisations}
          empty="There are no organisations yet."
          columns={[
            { key: "name", title: "Organisation", names: true, cell: (organisation) => organisation.name },
            {
              key: "kind",
              title: "Kind",
              cell: (organisation) => kinds.find(({ value }) => value === organisation.kind)?.text ?? organisation.kind,
            },
          ]}
        />
        {mayAdd ? (
          <Details summary="Add a partner organisation" open={error !== undefined && form["organisation"] !== undefined}>
            <PostForm action="/organisations" csrf={csrf} button="Add the organisation">
              <Input
                name="organisation"
                label="Name of the organisation"
                value={form["organisation"]}
                error={form["organisation"] === undefined ? undefined : error?.message}
              />
              <Select name="kind" label="Kind" items={kinds.map(({ value, text }) => ({ value, text }))} />
            </PostForm>
          </Details>
        ) : null}
      </>
    ),
  };
}

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

function passwordContent(csrf: string, error?: GuildhallError): PageContent {
  return {
    title: "Change your password",
    lede: "Your other sessions and your tokens end with the old one.",
    ...(error === undefined
      ? {}
      : { errors: [{ text: `${error.message} ${error.remedy}`, href: `#${Object.keys(error.fields)[0] ?? "next"}` }] }),
    body: (
      <PostForm action="/password" csrf={csrf} button="Change my password">
        <PasswordInput name="now" label="Your password now" autocomplete="current-password" error={error?.fields["now"]} />
        <PasswordInput
          name="next"
          label="Your new password"
          hint="At least 12 characters. Three words that do not belong together are good."
          autocomplete="new-password"
          error={error?.fields["next"] ?? error?.fields["password"]}
        />
      </PostForm>
    ),
  };
}

async function personContent(session: Session, id: string, csrf: string): Promise<PageContent> {
  const found = await session.perform(peopleActions.list, { kind: "person", id, organisation: null }, async (scope) => {
    const db = scope.records.as<PeopleTables>();
    const person = await db.selectFrom("person").select(["id", "name", "email", "state"]).where("id", "=", id).executeTakeFirst();
    const held = (await listMemberships(scope.records, id)).find(({ organisation }) => organisation === session.organisation);
    if (!person || !held) throw peopleError("no-person", {});
    return { ...person, roles: held.roles };
  });
  const active = found.state === "active";
  return {
    title: found.name,
    lede: found.email,
    state: active ? { text: "Active", tone: "good" } : { text: "Suspended", tone: "stop" },
    crumbs: [{ text: "People and roles", href: "/people" }],
    verb: "Protect",
    body: (
      <>
        <PostForm action={`/people/${id}/roles`} csrf={csrf} button="Change the roles">
          <Checkboxes
            name="roles"
            legend="Roles"
            hint="With none, the person no longer belongs to your organisation."
            values={[...found.roles]}
            items={Object.entries(roles).map(([value, text]) => ({ value, text }))}
          />
        </PostForm>
        <PostForm
          action={`/people/${id}/state`}
          csrf={csrf}
          button={active ? "Suspend the account" : "Open the account again"}
          warning={active}
          secondary={!active}
        >
          <input type="hidden" name="state" value={active ? "suspended" : "active"} />
        </PostForm>
      </>
    ),
  };
}
