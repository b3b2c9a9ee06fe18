import type { Page, PageContent, Session } from "../../../access/index.ts";
import { GuildhallError } from "../../../kernel/errors.ts";
import { errorSummary, Input, page, PostForm, Radios, Textarea } from "../../../kit/index.ts";
import { catalogueActions } from "../actions.ts";
import { declarePeople } from "../declare-people.ts";
import { describeEntry, getEntry, type EntryPage } from "../entries.ts";
import { catalogueError } from "../errors.ts";
import type { Openness } from "../model.ts";

export const describePages: readonly Page[] = [
  {
    method: "GET",
    path: "/datasets/:id/describe",
    handle: async ({ session, house, params, csrf }) => {
      const entry = await getEntry(session, params["id"] ?? "", house);
      if (!entry.own) throw catalogueError("no-dataset", {});
      return page(describeContent(entry, session, csrf));
    },
  },
  {
    method: "POST",
    path: "/datasets/:id/describe",
    handle: async ({ session, house, params, form, csrf }) => {
      const id = params["id"] ?? "";
      await describeEntry(session, id, {
        title: form["title"] ?? "",
        description: form["description"] ?? "",
        owner: form["owner"]?.trim() ? form["owner"].trim().slice(0, 200) : null,
        lawfulBasis: form["lawfulBasis"] ?? "",
        dpia: form["dpia"] ?? "",
        attribution: form["attribution"] ?? "",
        openness: opennessOf(form["openness"]),
        opennessReason: form["opennessReason"] ?? "",
        reviewDate: /^\d{4}-\d{2}-\d{2}$/.test(form["reviewDate"] ?? "") ? (form["reviewDate"] ?? null) : null,
      });
      const people = peopleOf(form["people"]);
      const reason = form["peopleReason"] ?? "";
      if (people) {
        const described = await getEntry(session, id, house);
        const isNew = people !== described.entry.people || reason.trim() !== described.entry.peopleReason;
        try {
          if (isNew) await declarePeople(session, id, { people, reason }, house);
        } catch (error) {
          if (!(error instanceof GuildhallError) || !error.code.startsWith("catalogue.people-")) throw error;
          const entry = { ...described, entry: { ...described.entry, people, peopleReason: reason } };
          return page(describeContent(entry, session, csrf, error), error.kind === "conflict" ? 409 : 400);
        }
      }
      return { kind: "redirect", to: `/datasets/${id}`, flash: "The description was saved." };
    },
  },
];

function opennessOf(text: string | undefined): Openness {
  return text === "open" || text === "shared" || text === "closed" ? text : "undecided";
}

function peopleOf(text: string | undefined): "yes" | "no" | undefined {
  return text === "yes" || text === "no" ? text : undefined;
}

function describeContent(entry: EntryPage, session: Session, csrf: string, error?: GuildhallError): PageContent {
  const { entry: held } = entry;
  return {
    title: `Describe “${held.title}”`,
    lede: "With an owner and a review date the dataset is registered, and colleagues can find its description.",
    crumbs: [
      { text: "Catalogue", href: "/datasets" },
      { text: held.title, href: `/datasets/${held.datasetId}` },
    ],
    ...errorSummary(error, "people"),
    body: (
      <PostForm
        action={`/datasets/${held.datasetId}/describe`}
        csrf={csrf}
        button="Save the description"
        beside={
          <a class="govuk-link" href={`/datasets/${held.datasetId}`}>
            Leave it as it is
          </a>
        }
      >
        <Input name="title" label="Title" value={held.title} />
        <Textarea name="description" label="What is it, and what is it used for?" value={held.description} rows={4} />
        <Input
          name="owner"
          label="Information asset owner"
          hint="The person who answers for it."
          value={held.owner ?? session.person?.name}
        />
        <Input name="reviewDate" label="Review by" type="date" value={held.reviewDate ?? ""} classes="govuk-input--width-10" />
        <Input
          name="lawfulBasis"
          label="Lawful basis"
          hint="For data about people, such as “Public task, Care Act 2014”."
          value={held.lawfulBasis}
        />
        <Input name="dpia" label="Impact assessment" hint="Its reference, where there is one." value={held.dpia} />
        <Radios
          name="openness"
          legend="Open, shared or closed?"
          value={held.openness}
          items={[
            { value: "open", text: "Open", hint: "Anybody may have it." },
            { value: "shared", text: "Shared", hint: "Others may use it under an agreement." },
            { value: "closed", text: "Closed", hint: "It stays with its owner." },
          ]}
        />
        <Input name="opennessReason" label="Reason" value={held.opennessReason} />
        {session.may(catalogueActions.declarePeople, held.organisation) ? (
          <>
            <Radios
              name="people"
              legend="Does it describe people?"
              value={held.people}
              error={error?.fields["people"]}
              items={[
                { value: "yes", text: "Yes", hint: "Figures are rounded, and small groups are not told." },
                { value: "no", text: "No", hint: "Each row stands for a thing, a place or a total; figures and rows are exact." },
              ]}
            />
            <Input
              name="peopleReason"
              label="Why it describes no people"
              hint="What each row stands for, such as “one row for each library”."
              value={held.peopleReason}
              error={error?.fields["peopleReason"]}
            />
          </>
        ) : null}
        <Input
          name="attribution"
          label="Attribution"
          hint="The line that must stand under charts made from it."
          value={held.attribution}
        />
      </PostForm>
    ),
  };
}
