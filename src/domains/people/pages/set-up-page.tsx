import type { Page, PageContent, House } from "../../../access/index.ts";
import { GuildhallError } from "../../../kernel/errors.ts";
import { errorSummary, Input, InsetText, page, PasswordInput, PostForm, Select } from "../../../kit/index.ts";
import { isSetUpLink, setUp } from "../set-up.ts";
import { signIn } from "../sign-in.ts";
import { organisationKinds } from "./organisation-kinds.ts";

export const setUpPages: readonly Page[] = [
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
        const kind = organisationKinds.find(({ value }) => value === form["kind"])?.value ?? "council";
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
];

async function setUpContent(
  house: House,
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
    ...errorSummary(error, "organisation"),
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
          items={organisationKinds.map(({ value, text }) => ({ value, text }))}
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

export function SetUpWaits() {
  return (
    <InsetText>
      The person who started it has a set-up link: it was printed in the terminal where the hub was started. Start the hub again
      to get a new one.
    </InsetText>
  );
}
