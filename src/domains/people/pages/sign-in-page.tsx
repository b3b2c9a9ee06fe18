import { roles, type Page, type PageContent } from "../../../access/index.ts";
import { GuildhallError } from "../../../kernel/errors.ts";
import { DataTable, Input, page, PasswordInput, PostForm } from "../../../kit/index.ts";
import { listMemberships } from "../find-person.ts";
import { readHubFacts } from "../hub-facts.ts";
import { needsSetUp } from "../set-up.ts";
import { signIn, signOut } from "../sign-in.ts";
import type { PeopleTables } from "../store.ts";
import { SetUpWaits } from "./set-up-page.tsx";

export const signInPages: readonly Page[] = [
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
];

/** Only a path of this hub; anything else leads home. */
function localPath(next: string | undefined): string {
  return next !== undefined && /^\/(?![/\\])[!-~]*$/.test(next) ? next : "/";
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
    .limit(20)
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
