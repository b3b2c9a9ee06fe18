import { purposes, type House, type PageContent, type Session, type Page } from "../../../access/index.ts";
import { GuildhallError } from "../../../kernel/errors.ts";
import { errorSummary, Input, InsetText, page, PostForm, Select } from "../../../kit/index.ts";
import { listAgreements } from "../../sharing/index.ts";
import { createProject } from "../projects.ts";

export const newLinkPages: readonly Page[] = [
  {
    method: "GET",
    path: "/links/new",
    handle: async ({ session, house, csrf }) => page(await newContent(session, house, csrf, {})),
  },
  {
    method: "POST",
    path: "/links/new",
    handle: async ({ session, house, csrf, form }) => {
      try {
        const id = await createProject(
          session,
          {
            title: form["title"] ?? "",
            purpose: form["purpose"] ?? "",
            agreement: form["agreement"] ?? "",
            dpia: form["dpia"] ?? "",
            owner: form["owner"] ?? "",
          },
          house,
        );
        return { kind: "redirect", to: `/links/${id}`, flash: "The link project is set up." };
      } catch (error) {
        if (!(error instanceof GuildhallError) || error.code !== "registry.incomplete") throw error;
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
  const live = (await listAgreements(session, house)).filter(
    ({ state, agreement }) => state === "live" && agreement.terms.items.some((item) => item.use === "matching"),
  );
  return {
    title: "Set up a link project",
    lede: "Nothing is linked without a purpose, an agreement in force, an impact assessment and an owner.",
    crumbs: [{ text: "Link projects", href: "/links" }],
    ...errorSummary(error, "title"),
    body:
      live.length === 0 ? (
        <InsetText>
          No agreement in force lends datasets for matching.{" "}
          <a class="govuk-link" href="/agreements">
            Look at the agreements
          </a>
          .
        </InsetText>
      ) : (
        <PostForm
          action="/links/new"
          csrf={csrf}
          button="Set up the project"
          beside={
            <a class="govuk-link" href="/links">
              Back to the projects
            </a>
          }
        >
          <Input name="title" label="Title" value={form["title"]} error={error?.fields["title"]} />
          <Select
            name="purpose"
            label="Purpose"
            value={form["purpose"]}
            items={(["care", "planning"] as const).map((purpose) => ({ value: purpose, text: purposes[purpose].label }))}
          />
          <Select
            name="agreement"
            label="Under which agreement"
            error={error?.fields["agreement"]}
            value={form["agreement"]}
            items={live.map(({ agreement }) => ({ value: agreement.id, text: agreement.terms.title }))}
          />
          <Input
            name="dpia"
            label="Impact assessment"
            hint="The reference of the approved one."
            value={form["dpia"]}
            error={error?.fields["dpia"]}
          />
          <Input
            name="owner"
            label="Owner"
            hint="The person who answers for what is linked."
            value={form["owner"]}
            error={error?.fields["owner"]}
          />
        </PostForm>
      ),
  };
}
