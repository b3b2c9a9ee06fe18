import type { Page, PageContent } from "../../../access/index.ts";
import { GuildhallError } from "../../../kernel/errors.ts";
import { errorSummary, page, PasswordInput, PostForm } from "../../../kit/index.ts";
import { changePassword } from "../change-people.ts";

export const passwordPages: readonly Page[] = [
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
];

function passwordContent(csrf: string, error?: GuildhallError): PageContent {
  return {
    title: "Change your password",
    lede: "Your other sessions and your tokens end with the old one.",
    ...errorSummary(error, "next"),
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
