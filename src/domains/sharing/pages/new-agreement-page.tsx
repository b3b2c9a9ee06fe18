import type { House, Page, PageContent, Session } from "../../../access/index.ts";
import { civilDate } from "../../../kernel/clock.ts";
import { isMendable, type GuildhallError } from "../../../kernel/errors.ts";
import { errorSummary, Input, InsetText, page, PostForm, Select } from "../../../kit/index.ts";
import { listOrganisations } from "../../people/index.ts";
import { proposeAgreement } from "../agreements.ts";
import { TermsFields, termsFrom } from "./terms-fields.tsx";

export const newAgreementPages: readonly Page[] = [
  {
    method: "GET",
    path: "/agreements/new",
    handle: async ({ session, house, csrf, query }) =>
      page(await newContent(session, house, csrf, query["partner"] === undefined ? {} : { partner: query["partner"] })),
  },
  {
    method: "POST",
    path: "/agreements/new",
    handle: async ({ session, house, csrf, form }) => {
      try {
        const id = await proposeAgreement(session, { ...termsFrom(form), partner: form["partner"] ?? "" }, house);
        return { kind: "redirect", to: `/agreements/${id}`, flash: "The agreement was drafted. Now say what is lent." };
      } catch (error) {
        if (!isMendable(error)) throw error;
        return page(await newContent(session, house, csrf, form, error), 400);
      }
    },
  },
];

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
    ...errorSummary(error, "title"),
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
          <TermsFields form={{ ...form, startsOn: form["startsOn"] ?? today }} error={error} />
        </PostForm>
      ),
  };
}
