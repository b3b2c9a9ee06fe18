import type { House, Page, PageContent, PageReply, Session } from "../../../access/index.ts";
import { describeCount, isSmall, releaseShare } from "../../../disclosure/index.ts";
import { GuildhallError } from "../../../kernel/errors.ts";
import { formatDate, formatInstant } from "../../../kernel/clock.ts";
import {
  Button,
  Chip,
  DataTable,
  Details,
  EmptyState,
  Figure,
  formatNumber,
  Input,
  InsetText,
  PostForm,
  Radios,
  Select,
  SummaryList,
  Textarea,
  type SummaryRow,
} from "../../../kit/index.ts";
import { getType, semanticTypes } from "../../../vocabulary/index.ts";
import { catalogueActions } from "../actions.ts";
import { declarePeople } from "../declare-people.ts";
import { decideType } from "../decide-type.ts";
import { describeEntry, getEntry, listEntries, type EntryPage } from "../entries.ts";
import { catalogueError } from "../errors.ts";
import type { Field, Openness } from "../model.ts";

const classWords: Readonly<Record<string, { text: string; tone: "good" | "look" | "stop" | "note" | "plain" }>> = {
  open: { text: "Open", tone: "good" },
  internal: { text: "Internal", tone: "plain" },
  restricted: { text: "Restricted", tone: "look" },
  personal: { text: "Personal", tone: "look" },
  identifier: { text: "Identifies people", tone: "look" },
  special: { text: "Special category", tone: "stop" },
  criminal: { text: "Criminal", tone: "stop" },
  protected: { text: "Protected", tone: "stop" },
};

export const cataloguePages: readonly Page[] = [
  {
    method: "GET",
    path: "/datasets",
    handle: async ({ session, house, query }) => page(await listContent(session, query["words"] ?? "", house)),
  },
  {
    method: "GET",
    path: "/datasets/:id",
    handle: async ({ session, house, params }) => page(await datasetContent(session, params["id"] ?? "", house)),
  },
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
          return { ...page(describeContent(entry, session, csrf, error)), status: error.kind === "conflict" ? 409 : 400 };
        }
      }
      return { kind: "redirect", to: `/datasets/${id}`, flash: "The description was saved." };
    },
  },
  {
    method: "GET",
    path: "/datasets/:id/columns/:number",
    handle: async ({ session, house, params, csrf }) => {
      const entry = await getEntry(session, params["id"] ?? "", house);
      const field = entry.fields.find(({ number }) => number === Number(params["number"]));
      if (!field) throw catalogueError("no-column", {});
      return page(columnContent(entry, field, session, csrf));
    },
  },
  {
    method: "POST",
    path: "/datasets/:id/columns/:number",
    handle: async ({ session, house, params, form }) => {
      const id = params["id"] ?? "";
      await decideType(session, id, Number(params["number"]), form["type"] ?? "", house);
      return { kind: "redirect", to: `/datasets/${id}`, flash: "Your decision was saved. The column is being typed again." };
    },
  },
];

function page(content: PageContent): PageReply {
  return { kind: "page", content };
}

function opennessOf(text: string | undefined): Openness {
  return text === "open" || text === "shared" || text === "closed" ? text : "undecided";
}

function peopleOf(text: string | undefined): "yes" | "no" | undefined {
  return text === "yes" || text === "no" ? text : undefined;
}

async function listContent(session: Session, words: string, house: House): Promise<PageContent> {
  const found = await listEntries(session, { words }, house);
  return {
    title: "Catalogue",
    lede: "Every dataset the hub knows, who answers for it, and how sensitive it is.",
    verb: "Know",
    wide: true,
    body: (
      <>
        <form class="gh-filter" method="get" action="/datasets">
          <Input
            name="words"
            label="Find a dataset"
            hint="By title, description or column."
            value={words}
            type="search"
            classes="govuk-input--width-20"
          />
          <Button secondary>Find</Button>
        </form>
        <DataTable
          caption="Datasets"
          captionHidden
          count={`${formatNumber(found.length)} ${found.length === 1 ? "dataset" : "datasets"}`}
          rows={found}
          empty={
            <EmptyState title={words === "" ? "No datasets yet" : `Nothing found for “${words}”`}>
              {words === ""
                ? "A dataset appears here as soon as a source has been loaded."
                : "Try fewer words, or one word of the title."}
            </EmptyState>
          }
          columns={[
            {
              key: "title",
              title: "Dataset",
              names: true,
              cell: ({ entry }) => (
                <a class="govuk-link" href={`/datasets/${entry.datasetId}`}>
                  {entry.title}
                </a>
              ),
            },
            {
              key: "class",
              title: "Most sensitive column",
              cell: ({ class: highest }) => (highest === null ? "Not shown" : <ClassChip of={highest} />),
            },
            { key: "owner", title: "Owner", cell: ({ entry }) => entry.owner ?? "No owner yet" },
            {
              key: "state",
              title: "State",
              cell: ({ entry, own }) =>
                own ? (entry.state === "registered" ? "Registered" : "Draft") : "Another organisation’s",
            },
            { key: "rows", title: "Rows", align: "right", cell: ({ rows }) => (rows === null ? "–" : formatNumber(rows)) },
            {
              key: "date",
              title: "Loaded",
              nowrap: true,
              cell: ({ version }) => (version ? formatInstant(version.committedAt) : "–"),
            },
          ]}
        />
      </>
    ),
  };
}

export function ClassChip({ of }: { of: string }) {
  const { text, tone } = classWords[of] ?? { text: of, tone: "plain" as const };
  return <Chip text={text} tone={tone} />;
}

async function datasetContent(session: Session, id: string, house: House): Promise<PageContent> {
  const entry = await getEntry(session, id, house);
  const { own, version } = entry;
  const crumbs = [{ text: "Catalogue", href: "/datasets" }];
  if (!own) {
    return {
      title: entry.entry.title,
      lede: entry.entry.description || "It has not been described.",
      crumbs,
      verb: "Know",
      body: (
        <InsetText>
          This dataset belongs to another organisation. Its rows can be used under an agreement with its owner,{" "}
          {entry.entry.owner ?? "who is not named yet"}. Ask your information governance officer to propose one.
        </InsetText>
      ),
    };
  }
  const mayDescribe = session.may(catalogueActions.describe, entry.entry.organisation);
  const { people } = entry;
  return {
    title: entry.entry.title,
    lede: entry.entry.description || "Nobody has described this dataset yet.",
    state: entry.entry.state === "registered" ? { text: "Registered", tone: "good" } : { text: "Draft", tone: "look" },
    crumbs,
    verb: "Know",
    wide: true,
    mainAction: mayDescribe ? (
      <Button href={`/datasets/${id}/describe`}>
        {entry.entry.state === "draft" ? "Describe this dataset" : "Change the description"}
      </Button>
    ) : session.roles.includes("analyst") && version ? (
      <Button href={`/questions/new?dataset=${id}`}>Ask a question of it</Button>
    ) : undefined,
    body: (
      <>
        {version ? (
          <Facts entry={entry} people={people} />
        ) : (
          <EmptyState title="Nothing is loaded yet">The columns appear here once the first load has ended.</EmptyState>
        )}
        {version && mayDescribe && session.roles.includes("analyst") ? (
          <p class="govuk-body">
            <a class="govuk-link" href={`/questions/new?dataset=${id}`}>
              Ask a question of this dataset
            </a>
          </p>
        ) : null}
        {entry.fields.length === 0 ? null : (
          <DataTable
            caption="Columns"
            rows={entry.fields}
            empty="There are none."
            columns={[
              {
                key: "name",
                title: "Column",
                names: true,
                cell: (field) => (
                  <a class="govuk-link" href={`/datasets/${id}/columns/${field.number}`}>
                    {field.name}
                  </a>
                ),
              },
              { key: "type", title: "What it is", cell: (field) => getType(field.type).label },
              { key: "class", title: "Class", cell: (field) => <ClassChip of={field.class} /> },
              { key: "why", title: "Evidence", cell: (field) => evidenceOf(field) },
              { key: "filled", title: "Filled", align: "right", cell: (field) => share(entry, field) },
              { key: "distinct", title: "Distinct", align: "right", cell: (field) => countOf(entry, field.distinct) },
            ]}
          />
        )}
        <h2 class="govuk-heading-m">About it</h2>
        <SummaryList rows={aboutRows(entry)} />
        {entry.versions.length === 0 ? null : (
          <DataTable
            caption="Versions"
            rows={entry.versions}
            empty="There are none."
            columns={[
              { key: "number", title: "Version", names: true, cell: (row) => `Version ${row.number}` },
              { key: "at", title: "Loaded", nowrap: true, cell: (row) => formatInstant(row.committedAt) },
              { key: "rows", title: "Rows", align: "right", cell: (row) => tally(entry, row.rows) },
              { key: "bad", title: "Quarantined", align: "right", cell: (row) => tally(entry, row.quarantined) },
              { key: "notes", title: "Notes", cell: (row) => row.notes.join(" ") || "–" },
              { key: "hash", title: "Content", cell: (row) => <code>{row.contentHash.slice(0, 12)}</code> },
            ]}
          />
        )}
      </>
    ),
  };
}

function Facts({ entry, people }: { entry: EntryPage; people: boolean }) {
  const { version } = entry;
  if (!version) return null;
  const asAt = formatInstant(version.committedAt);
  return (
    <Figure
      figures={[
        { label: "Rows", value: tally(entry, version.rows), asAt },
        { label: "Quarantined", value: tally(entry, version.quarantined), asAt },
        { label: "Columns", value: formatNumber(entry.fields.length), asAt },
        { label: "Describes people", value: people ? "Yes" : "No", asAt },
      ]}
    />
  );
}

/** A count on a dataset’s page: of people rounded, and not told when it is small. */
function countOf({ people }: EntryPage, count: number): string {
  return people ? describeCount(count, {}) : formatNumber(count);
}

/** A count of records: who looks after the dataset needs it exactly, others read it as they read any count of people. */
function tally({ exact }: EntryPage, count: number): string {
  return exact ? formatNumber(count) : describeCount(count, {});
}

function evidenceOf(field: Field): string {
  if (field.decidedBy === "steward") return "Decided by a steward";
  const { evidence, confidence, type } = field.detection;
  const said = capital(evidence.join("; "));
  return type !== null && type !== field.type
    ? `Perhaps ${getType(type).label}: ${said} (${Math.round(confidence * 100)} %)`
    : said;
}

function capital(text: string): string {
  return `${text[0]?.toUpperCase() ?? ""}${text.slice(1)}`;
}

function share(entry: EntryPage, field: Field): string {
  const rows = entry.version?.rows ?? 0;
  const counted = entry.typed?.counts.find(({ number }) => number === field.number)?.filled;
  const filled = counted ?? rows - field.nulls;
  if (rows === 0) return "–";
  if (!entry.people) return `${((filled / rows) * 100).toFixed(1)} %`;
  if (isSmall(filled, {})) return "Few or none";
  return isSmall(rows - filled, {}) ? "All or nearly" : `${releaseShare(filled, rows) ?? 0} %`;
}

function aboutRows(page: EntryPage): SummaryRow[] {
  const { entry } = page;
  return [
    { key: "Owner", value: entry.owner ?? "No owner yet" },
    { key: "Lawful basis", value: entry.lawfulBasis || "Not recorded" },
    { key: "Impact assessment", value: entry.dpia || "None recorded" },
    {
      key: "Openness",
      value:
        entry.openness === "undecided"
          ? "Not decided"
          : `${entry.openness[0]?.toUpperCase()}${entry.openness.slice(1)}. ${entry.opennessReason}`,
    },
    { key: "Describes people", value: peopleWords(page) },
    { key: "Review by", value: entry.reviewDate === null ? "No date yet" : formatDate(entry.reviewDate) },
    { key: "Attribution", value: entry.attribution || "None recorded" },
  ];
}

function firstField(error: GuildhallError): string {
  return Object.keys(error.fields)[0] ?? "people";
}

function peopleWords({ entry, people }: EntryPage): string {
  if (!people) return `No. ${entry.peopleReason}`;
  return entry.people === "no" ? "Yes: a column is about people" : "Yes, unless its owner says that it does not";
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
    verb: "Know",
    ...(error === undefined ? {} : { errors: [{ text: `${error.message} ${error.remedy}`, href: `#${firstField(error)}` }] }),
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

function columnContent(entry: EntryPage, field: Field, session: Session, csrf: string): PageContent {
  const type = getType(field.type);
  const { detection } = field;
  return {
    title: field.name,
    lede: `A column of “${entry.entry.title}”.`,
    state: { text: classWords[field.class]?.text ?? field.class, tone: classWords[field.class]?.tone ?? "plain" },
    crumbs: [
      { text: "Catalogue", href: "/datasets" },
      { text: entry.entry.title, href: `/datasets/${entry.entry.datasetId}` },
    ],
    verb: "Know",
    body: (
      <>
        <SummaryList
          rows={[
            { key: "What it is", value: `${type.label}${field.decidedBy === "steward" ? ", decided by a steward" : ""}` },
            {
              key: "Evidence",
              value:
                detection.evidence.length === 0 ? (
                  "None"
                ) : (
                  <ul class="govuk-list">
                    {detection.evidence.map((line) => (
                      <li>{capital(line)}</li>
                    ))}
                  </ul>
                ),
            },
            {
              key: "Confidence",
              value:
                detection.type === null
                  ? "Nothing proposed"
                  : `${Math.round(detection.confidence * 100)} % for ${getType(detection.type).label}`,
            },
            {
              key: "It might also be",
              value: detection.alternatives.map((rival) => getType(rival.type).label).join(", ") || "Nothing else",
            },
            { key: "Shown to others as", value: type.mask === "clear" ? "Itself" : `Masked (${type.mask})` },
            { key: "Empty", value: countOf(entry, field.nulls) },
            { key: "Distinct values", value: countOf(entry, field.distinct) },
          ]}
        />
        {field.top.length === 0 ? null : (
          <DataTable
            caption="Most frequent values"
            rows={field.top}
            empty=""
            columns={[
              { key: "value", title: "Value", names: true, cell: (row) => row.value },
              { key: "count", title: "Rows", align: "right", cell: (row) => formatNumber(row.count) },
            ]}
          />
        )}
        {session.may(catalogueActions.decideType, entry.entry.organisation) ? (
          <Details summary="Decide what this column is">
            <PostForm action={`/datasets/${entry.entry.datasetId}/columns/${field.number}`} csrf={csrf} button="Save my decision">
              <Select
                name="type"
                label="It is a column of"
                hint="Your decision stays when the source is loaded again."
                value={field.type}
                items={[...semanticTypes.values()].map(({ id, label }) => ({ value: id, text: label }))}
              />
            </PostForm>
          </Details>
        ) : null}
      </>
    ),
  };
}
