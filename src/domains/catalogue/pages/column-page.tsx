import type { Page, PageContent, Session } from "../../../access/index.ts";
import { DataTable, Details, formatNumber, page, PostForm, Select, SummaryList } from "../../../kit/index.ts";
import { getType, semanticTypes } from "../../../vocabulary/index.ts";
import { catalogueActions } from "../actions.ts";
import { decideType } from "../decide-type.ts";
import { getEntry, type EntryPage } from "../entries.ts";
import { catalogueError } from "../errors.ts";
import type { Field } from "../model.ts";
import { classWords } from "./class-chip.tsx";
import { capital, countOf } from "./field-words.ts";

export const columnPages: readonly Page[] = [
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

const decisionWords: Readonly<Record<Field["decidedBy"], string>> = {
  detected: "",
  kit: ", as the layout says that the table was recognised as",
  steward: ", decided by a steward",
  recipe: ", worked out from other columns of its row",
};

/** How the cells are read, in a sentence; why, the evidence says. */
function readingWords({ type, reading: { dates, missing = [] } }: Field): string {
  const hundred = dates?.centuryFrom;
  const parts = [
    ...(dates && getType(type).dated === true ? [`Dates ${dates.order}`] : []),
    ...(hundred === undefined ? [] : [`years of two figures as ${hundred} to ${hundred + 99}`]),
    ...(missing.length === 0 ? [] : [`${missing.map((text) => `“${text}”`).join(", ")} as no value`]),
  ];
  return parts.length === 0 ? "As it is written" : capital(parts.join("; "));
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
    body: (
      <>
        <SummaryList
          rows={[
            { key: "What it is", value: `${type.label}${decisionWords[field.decidedBy]}` },
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
            { key: "How it is read", value: readingWords(field) },
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
        {field.recipe === null && session.may(catalogueActions.decideType, entry.entry.organisation) ? (
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
