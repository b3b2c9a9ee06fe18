import type { House, Page, PageContent, Session } from "../../../access/index.ts";
import { civilDate } from "../../../kernel/clock.ts";
import { GuildhallError } from "../../../kernel/errors.ts";
import { errorSummary, Input, InsetText, page, PostForm, Select, Textarea } from "../../../kit/index.ts";
import { listOrganisations } from "../../people/index.ts";
import { proposeAgreement } from "../agreements.ts";

export const newAgreementPages: readonly Page[] = [
  {
    method: "GET",
    path: "/agreements/new",
    handle: async ({ session, house, csrf }) => page(await newContent(session, house, csrf, {})),
  },
  {
    method: "POST",
    path: "/agreements/new",
    handle: async ({ session, house, csrf, form }) => {
      try {
        const id = await proposeAgreement(
          session,
          {
            title: (form["title"] ?? "").trim().slice(0, 200) || "Untitled agreement",
            objective: (form["objective"] ?? "").slice(0, 5000),
            lawfulBasis: (form["lawfulBasis"] ?? "").slice(0, 1000),
            dpia: (form["dpia"] ?? "").slice(0, 200),
            telling: (form["telling"] ?? "").slice(0, 1000),
            startsOn: form["startsOn"] ?? "",
            endsOn: form["endsOn"] ?? "",
            minCell: Number(form["minCell"] ?? 10),
            partner: form["partner"] ?? "",
          },
          house,
        );
        return { kind: "redirect", to: `/agreements/${id}`, flash: "The agreement was drafted. Now say what is lent." };
      } catch (error) {
        if (!(error instanceof GuildhallError) || error.kind === "refused") throw error;
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
          <Textarea name="objective" label="What is it for, and why would less data not do?" value={form["objective"]} rows={3} />
          <Input
            name="lawfulBasis"
            label="Lawful basis and power"
            hint="Such as “Public task; Care Act 2014 sections 6 and 7”."
            value={form["lawfulBasis"]}
          />
          <Input name="dpia" label="Impact assessment" hint="The reference of the approved one." value={form["dpia"]} />
          <Input name="telling" label="How people are told" hint="When and where, or why they are not." value={form["telling"]} />
          <Input
            name="startsOn"
            label="Begins on"
            type="date"
            value={form["startsOn"] ?? today}
            classes="govuk-input--width-10"
            error={error?.fields["startsOn"]}
          />
          <Input
            name="endsOn"
            label="Ends on"
            hint="At most three years on."
            type="date"
            value={form["endsOn"]}
            classes="govuk-input--width-10"
            error={error?.fields["endsOn"]}
          />
          <Input
            name="minCell"
            label="Hide counts below"
            hint="For totals about people; never below 5."
            inputmode="numeric"
            value={form["minCell"] ?? "10"}
            classes="govuk-input--width-3"
          />
        </PostForm>
      ),
  };
}
