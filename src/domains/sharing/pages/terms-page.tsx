import type { Page, PageContent } from "../../../access/index.ts";
import { GuildhallError } from "../../../kernel/errors.ts";
import { errorSummary, Input, page, PostForm } from "../../../kit/index.ts";
import { changeTerms, getAgreement } from "../agreements.ts";
import type { Agreement } from "../model.ts";
import { TermsFields, termsFrom } from "./terms-fields.tsx";

export const termsPages: readonly Page[] = [
  {
    method: "GET",
    path: "/agreements/:id/terms",
    handle: async ({ session, house, params, csrf }) => {
      const { agreement } = await getAgreement(session, params["id"] ?? "", house);
      const { title, objective, lawfulBasis, dpia, telling, startsOn, endsOn, minCell } = agreement.terms;
      const held = { title, objective, lawfulBasis, dpia, telling, startsOn, endsOn, minCell: String(minCell) };
      return page(termsContent(agreement, held, csrf));
    },
  },
  {
    method: "POST",
    path: "/agreements/:id/terms",
    handle: async ({ session, house, params, form, csrf }) => {
      const id = params["id"] ?? "";
      const { agreement } = await getAgreement(session, id, house);
      try {
        await changeTerms(session, id, termsFrom(form));
      } catch (error) {
        if (!(error instanceof GuildhallError) || error.kind !== "invalid") throw error;
        return page(termsContent(agreement, form, csrf, error), 400);
      }
      return { kind: "redirect", to: `/agreements/${id}`, flash: "The terms were changed." };
    },
  },
];

function termsContent(
  { id, terms }: Agreement,
  form: Readonly<Record<string, string>>,
  csrf: string,
  error?: GuildhallError,
): PageContent {
  return {
    title: `Change “${terms.title}”`,
    lede: "What the parties agree on. Nobody has signed it yet; once somebody has, it stays as it is.",
    crumbs: [
      { text: "Agreements", href: "/agreements" },
      { text: terms.title, href: `/agreements/${id}` },
    ],
    ...errorSummary(error, "title"),
    body: (
      <PostForm
        action={`/agreements/${id}/terms`}
        csrf={csrf}
        button="Save the terms"
        beside={
          <a class="govuk-link" href={`/agreements/${id}`}>
            Back to the agreement
          </a>
        }
      >
        <Input name="title" label="Title" value={form["title"]} />
        <TermsFields form={form} error={error} />
      </PostForm>
    ),
  };
}
