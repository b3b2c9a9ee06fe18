import type { Page, PageContent, Session } from "../../../access/index.ts";
import { GuildhallError } from "../../../kernel/errors.ts";
import { errorSummary, Input, page, PostForm, Radios, Select, Textarea } from "../../../kit/index.ts";
import { classOrder } from "../../../vocabulary/index.ts";
import { catalogueActions } from "../actions.ts";
import { declarePeople } from "../declare-people.ts";
import { describeEntry, getEntry, type EntryPage } from "../entries.ts";
import { entryFields, textOf, type EntryChanges, type FieldKey } from "../entry-fields.ts";
import { catalogueError } from "../errors.ts";
import { classWords } from "./class-chip.tsx";

export const describePages: readonly Page[] = [
  {
    method: "GET",
    path: "/datasets/:id/describe",
    handle: async ({ session, house, params, csrf }) => {
      const entry = await getEntry(session, params["id"] ?? "", house);
      if (!entry.own) throw catalogueError("no-dataset", {});
      return page(describeContent(entry, session, csrf, {}));
    },
  },
  {
    method: "POST",
    path: "/datasets/:id/describe",
    handle: async ({ session, house, params, form, csrf }) => {
      const id = params["id"] ?? "";
      const written: EntryChanges = Object.fromEntries(
        entryFields.flatMap(({ key }) => (form[key] === undefined ? [] : [[key, form[key]]])),
      );
      const people = peopleOf(form["people"]);
      const reason = form["peopleReason"] ?? "";
      try {
        await describeEntry(session, id, written, house);
        if (people) {
          const { entry } = await getEntry(session, id, house);
          const isNew = people !== entry.people || reason.trim() !== entry.peopleReason;
          if (isNew) await declarePeople(session, id, { people, reason }, house);
        }
      } catch (error) {
        if (!(error instanceof GuildhallError) || Object.keys(error.fields).length === 0) throw error;
        const held = await getEntry(session, id, house);
        const entry = { ...held, entry: { ...held.entry, ...(people ? { people, peopleReason: reason } : {}) } };
        return page(describeContent(entry, session, csrf, written, error), error.kind === "conflict" ? 409 : 400);
      }
      return { kind: "redirect", to: `/datasets/${id}`, flash: "The description was saved." };
    },
  },
];

function peopleOf(text: string | undefined): "yes" | "no" | undefined {
  return text === "yes" || text === "no" ? text : undefined;
}

function describeContent(
  entry: EntryPage,
  session: Session,
  csrf: string,
  written: EntryChanges,
  error?: GuildhallError,
): PageContent {
  const { entry: held } = entry;
  const of = (key: FieldKey) => ({ name: key, value: written[key] ?? textOf(held, key), error: error?.fields[key] });
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
        <h2 class="govuk-heading-m">What it is</h2>
        <Input {...of("title")} label="Title" />
        <Textarea {...of("description")} label="What is it?" rows={4} />
        <h2 class="govuk-heading-m">Who looks after it</h2>
        <Input
          {...of("owner")}
          label="Information asset owner"
          hint="The person who answers for it."
          value={written.owner ?? held.owner ?? session.person?.name}
        />
        <Input {...of("steward")} label="Data steward" hint="Who keeps it right from day to day, where that is somebody else." />
        <Input
          {...of("reviewDate")}
          label="Review by"
          type={error?.fields["reviewDate"] ? "text" : "date"}
          classes="govuk-input--width-10"
        />
        <h2 class="govuk-heading-m">Why it is held</h2>
        <Textarea {...of("purpose")} label="Purpose" hint="What it is held for, such as “To assess and arrange care”." rows={2} />
        <Input {...of("lawfulBasis")} label="Lawful basis" hint="For data about people, such as “Public task, Care Act 2014”." />
        <Input {...of("dpia")} label="Impact assessment" hint="Its reference, where there is one." />
        <Input
          {...of("retention")}
          label="Retention"
          hint="How long it is kept and by which rule, such as “6 years after the case closes”."
        />
        <h2 class="govuk-heading-m">Who may have it</h2>
        <Radios
          {...of("openness")}
          legend="Open, shared or closed?"
          items={[
            { value: "open", text: "Open", hint: "Anybody may have it." },
            { value: "shared", text: "Shared", hint: "Others may use it under an agreement." },
            { value: "closed", text: "Closed", hint: "It stays with its owner." },
          ]}
        />
        <Input {...of("opennessReason")} label="Reason" />
        <Radios
          {...of("secret")}
          legend="May other organisations know that it exists?"
          items={[
            { value: "no", text: "Yes", hint: "They find its title and description, and can ask for access. They see no rows." },
            { value: "yes", text: "No", hint: "It is secret: only your organisation finds it." },
          ]}
        />
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
        <Select
          {...of("raisedClass")}
          label="Raise its class to"
          hint="When it is more sensitive as a whole than any of its columns."
          items={[
            { value: "", text: "As its columns say" },
            ...classOrder.map((value) => ({ value, text: classWords[value]?.text ?? value })),
          ]}
        />
        <Input {...of("raisedReason")} label="Why its class is raised" />
        <h2 class="govuk-heading-m">Where it came from</h2>
        <Input {...of("licence")} label="Licence" hint="Under which others gave it, or you give it." />
        <Input {...of("attribution")} label="Attribution" hint="The line that must stand under charts made from it." />
      </PostForm>
    ),
  };
}
