import { collect, type House, type LayoutFacts, type Page, type PageContent, type Session } from "../../../access/index.ts";
import { describeCount, isSmall, releaseShare } from "../../../disclosure/index.ts";
import { formatDate, formatInstant } from "../../../kernel/clock.ts";
import {
  Button,
  DataTable,
  EmptyState,
  Figure,
  formatBytes,
  formatNumber,
  InsetText,
  page,
  plural,
  SummaryList,
  type SummaryRow,
} from "../../../kit/index.ts";
import { getType } from "../../../vocabulary/index.ts";
import { catalogueActions } from "../actions.ts";
import { getEntry, type EntryPage } from "../entries.ts";
import type { Field } from "../model.ts";
import { listOrganisations } from "../../people/index.ts";
import { ClassChip, classWords } from "./class-chip.tsx";
import { capital, countOf } from "./field-words.ts";
import { lifeWords } from "./life-chip.tsx";
import { Upkeep } from "./upkeep.tsx";

const newestVersions = 50;
const mostFits = 20;

export const datasetPages: readonly Page[] = [
  {
    method: "GET",
    path: "/datasets/:id",
    handle: async ({ session, house, params }) => page(await datasetContent(session, params["id"] ?? "", house)),
  },
];

async function datasetContent(session: Session, id: string, house: House): Promise<PageContent> {
  const entry = await getEntry(session, id, house);
  const { own, version } = entry;
  const crumbs = [{ text: "Catalogue", href: "/datasets" }];
  if (!own) {
    return {
      title: entry.entry.title,
      lede: entry.entry.description || "It has not been described.",
      crumbs,
      body: (
        <>
          <InsetText>
            This dataset belongs to another organisation. Its rows can be used under an agreement with its owner,{" "}
            {entry.entry.owner ?? "who is not named yet"}.
          </InsetText>
          {house.modules
            .flatMap(({ contributes }) => contributes?.otherDatasetPages?.(id) ?? [])
            .map(({ text, href }) => (
              <Button href={href}>{text}</Button>
            ))}
        </>
      ),
    };
  }
  const mayDescribe = session.may(catalogueActions.describe, entry.entry.organisation);
  const { people } = entry;
  const layouts = await collect(house.modules, (contributions) => contributions.layout?.(id, house));
  const pages = house.modules.flatMap(({ contributes }) => contributes?.datasetPages?.(id, session) ?? []);
  return {
    title: entry.entry.title,
    lede: entry.entry.description || "Nobody has described this dataset yet.",
    state: lifeWords[entry.life ?? "draft"],
    crumbs,
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
        {entry.entry.file ? (
          <InsetText>
            This is {entry.entry.kind === "document" ? "a document" : "a file that describes others"}, not a table:{" "}
            {entry.entry.file.name}, {formatBytes(entry.entry.file.bytes)}. The hub knows that it exists and what it was (
            <code>{entry.entry.file.sha256.slice(0, 12)}</code>); it stays where it is kept.
          </InsetText>
        ) : version ? (
          <Facts entry={entry} people={people} />
        ) : (
          <EmptyState title="Nothing is loaded yet">The columns appear here once the first load has ended.</EmptyState>
        )}
        <Upkeep entry={entry} session={session} />
        {version && mayDescribe && session.roles.includes("analyst") ? (
          <p class="govuk-body">
            <a class="govuk-link" href={`/questions/new?dataset=${id}`}>
              Ask a question of this dataset
            </a>
          </p>
        ) : null}
        {version && !people && mayLook(session) ? (
          <p class="govuk-body">
            <a class="govuk-link" href={`/datasets/${id}/rows`}>
              Look at the rows
            </a>{" "}
            ·{" "}
            <a class="govuk-link" href={`/datasets/${id}/glance`}>
              Columns at a glance
            </a>{" "}
            ·{" "}
            <a class="govuk-link" href={`/datasets/${id}/export`}>
              Export it
            </a>
          </p>
        ) : null}
        {version
          ? pages.map(({ text, href }) => (
              <p class="govuk-body">
                <a class="govuk-link" href={href}>
                  {text}
                </a>
              </p>
            ))
          : null}
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
        {entry.fits.length === 0 ? null : (
          <DataTable
            caption="Fits together with"
            count={entry.fits.length > mostFits ? `The fullest ${mostFits} of ${plural(entry.fits.length, "fit")}` : undefined}
            rows={entry.fits.slice(0, mostFits)}
            empty="There is nothing."
            columns={[
              { key: "column", title: "Column", names: true, cell: (fit) => fit.column },
              {
                key: "other",
                title: "Dataset",
                cell: (fit) => (
                  <a class="govuk-link" href={`/datasets/${fit.dataset}`}>
                    {fit.title}
                  </a>
                ),
              },
              { key: "with", title: "Its column", cell: (fit) => fit.otherColumn },
              { key: "meet", title: "Values in both", align: "right", cell: (fit) => tally(entry, fit.meet) },
              {
                key: "share",
                title: "Of the shorter list",
                align: "right",
                cell: (fit) => `${Math.round(fit.share * 100)} %`,
              },
              {
                key: "key",
                title: "There",
                cell: (fit) => (fit.looksUp ? "One row for each value" : "Several rows for a value"),
              },
            ]}
          />
        )}
        {version && mayDescribe ? (
          <p class="govuk-body">
            <a class="govuk-link" href={`/datasets/${id}/change`}>
              Erase or correct records
            </a>
          </p>
        ) : null}
        {layouts.map((layout) => (
          <>
            <h2 class="govuk-heading-m">{layout.title}</h2>
            <SummaryList
              rows={[
                ...layout.rows,
                ...(layout.checks === null ? [] : [{ key: "Checks", value: checkWords(entry, layout.checks) }]),
              ]}
            />
          </>
        ))}
        <h2 class="govuk-heading-m">About it</h2>
        <SummaryList rows={aboutRows(entry, await organisationNames(entry, house))} />
        <p class="govuk-body">
          <a class="govuk-link" href={`/datasets/${id}/lineage`}>
            Where it comes from and where it goes
          </a>{" "}
          ·{" "}
          <a class="govuk-link" href={`/datasets/${id}/history`}>
            What was changed here
          </a>
          {session.may(catalogueActions.archive, entry.entry.organisation) ? (
            <>
              {" "}
              ·{" "}
              <a class="govuk-link" href={`/datasets/${id}/archive`}>
                {entry.entry.state === "archived" ? "Take it out of the archive" : "Archive it"}
              </a>
            </>
          ) : null}
        </p>
        {entry.versions.length === 0 ? null : (
          <DataTable
            caption="Versions"
            count={
              entry.versions.length > newestVersions
                ? `The newest ${newestVersions} of ${plural(entry.versions.length, "version")}`
                : undefined
            }
            rows={entry.versions.slice(0, newestVersions)}
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

/** Where rows may be looked at they are a link away; whether they are shown is decided there. */
function mayLook({ roles }: Session): boolean {
  return roles.some((role) => role === "analyst" || role === "steward" || role === "owner");
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

/** A count of records: who looks after the dataset needs it exactly, others read it as they read any count of people. */
function tally({ exact }: EntryPage, count: number): string {
  return exact ? formatNumber(count) : describeCount(count, {});
}

/** What checks of the rows found, counted as any count of the dataset is told. */
function checkWords(entry: EntryPage, checks: NonNullable<LayoutFacts["checks"]>) {
  const found = checks.filter(({ count }) => count > 0);
  if (found.length === 0) return checks.length === 0 ? "The kit has none for these columns" : "Nothing stood out";
  return (
    <ul class="govuk-list">
      {found.map(({ count, text }) => (
        <li>{`${tally(entry, count)} ${text}`}</li>
      ))}
    </ul>
  );
}

function evidenceOf(field: Field): string {
  if (field.decidedBy === "steward") return "Decided by a steward";
  const { evidence, confidence, type } = field.detection;
  const said = capital(evidence.join("; "));
  if (field.decidedBy === "recipe") return said;
  if (field.decidedBy === "kit") return `As its kit says. ${said}`.trim();
  return type !== null && type !== field.type
    ? `Perhaps ${getType(type).label}: ${said} (${Math.round(confidence * 100)} %)`
    : said;
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

async function organisationNames({ lent }: EntryPage, house: House): Promise<ReadonlyMap<string, string>> {
  return lent.length === 0 ? new Map() : new Map((await listOrganisations(house.store)).map(({ id, name }) => [id, name]));
}

function aboutRows(page: EntryPage, organisations: ReadonlyMap<string, string>): SummaryRow[] {
  const { entry, lent } = page;
  return [
    { key: "Owner", value: entry.owner ?? "No owner yet" },
    { key: "Data steward", value: entry.steward ?? "None named" },
    { key: "Purpose", value: entry.purpose || "Not recorded" },
    { key: "Lawful basis", value: entry.lawfulBasis || "Not recorded" },
    { key: "Impact assessment", value: entry.dpia || "None recorded" },
    { key: "Retention", value: entry.retention || "Not recorded" },
    {
      key: "Openness",
      value: entry.openness === "undecided" ? "Not decided" : `${capital(entry.openness)}. ${entry.opennessReason}`,
    },
    {
      key: "Lent to",
      value:
        lent.length === 0 ? (
          "Nobody"
        ) : (
          <ul class="govuk-list">
            {lent.map(({ agreement, title, to }) => (
              <li>
                {to.map((party) => organisations.get(party) ?? "An organisation that is gone").join(", ")}, under{" "}
                <a class="govuk-link" href={`/agreements/${agreement}`}>
                  {title}
                </a>
              </li>
            ))}
          </ul>
        ),
    },
    { key: "Describes people", value: peopleWords(page) },
    ...(entry.raisedClass === ""
      ? []
      : [
          { key: "Class raised", value: `To ${classWords[entry.raisedClass]?.text ?? entry.raisedClass}. ${entry.raisedReason}` },
        ]),
    ...(entry.secret === "yes" ? [{ key: "Secret", value: "Only your organisation finds it" }] : []),
    { key: "Review by", value: entry.reviewDate === null ? "No date yet" : formatDate(entry.reviewDate) },
    { key: "Attested", value: entry.attestation === null ? "Not yet" : formatInstant(entry.attestation.at) },
    { key: "Attribution", value: entry.attribution || "None recorded" },
    { key: "Licence", value: entry.licence || "None recorded" },
  ];
}

function peopleWords({ entry, people }: EntryPage): string {
  if (!people) return `No. ${entry.peopleReason}`;
  return entry.people === "no" ? "Yes: a column is about people" : "Yes, unless its owner says that it does not";
}
