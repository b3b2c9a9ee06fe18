import type { House, Session } from "../../access/index.ts";
import type { TypedBuild, Version } from "../../engine/index.ts";
import { describeCount, isSmall, roundCount } from "../../disclosure/index.ts";
import { readPage, type PageOf } from "../../kernel/paging.ts";
import type { Records } from "../../store/index.ts";
import { highestClass, type ColumnClass } from "../../vocabulary/index.ts";
import { catalogueActions } from "./actions.ts";
import { catalogueError } from "./errors.ts";
import { listJoins, shareOf } from "./joins.ts";
import { indexEntry } from "./search-index.ts";
import { wordsOf } from "./search-words.ts";
import type { Entry, EntryFile, EntryKind, Field, Openness } from "./model.ts";
import { describesPeople } from "./policy.ts";
import {
  countEntries,
  findEntries,
  findEntry,
  findEntryTitled,
  findOwnEntry,
  isOwn,
  listFields,
  type CatalogueTables,
  type EntryFilter,
  spellOut,
  titlesOf,
} from "./store.ts";

export interface EntrySummary {
  readonly entry: Entry;
  /** Of the most sensitive column; of another organisation's dataset it is not told. */
  readonly class: ColumnClass | null;
  readonly rows: number | null;
  readonly version: Version | null;
  /** Whether counts are told as they are: of people, only who looks after the dataset reads them exactly. */
  readonly exact: boolean;
  /** Whether the dataset is the session's organisation's own; of another's, only the description is shown. */
  readonly own: boolean;
}

export interface EntryPage extends EntrySummary {
  readonly fields: readonly Field[];
  readonly people: boolean;
  readonly versions: readonly Version[];
  readonly typed: TypedBuild | null;
  /** What it fits together with, the fullest first. */
  readonly fits: readonly Fit[];
}

export interface EntrySearch {
  readonly words?: string;
  /** By title, the own organisation's first; or by id, from the one after `after`. */
  readonly order?: "title" | "id";
  readonly after?: string;
  readonly limit?: number;
}

/** Datasets in the register; with words, those whose title, text or own columns hold all of them. */
export async function listEntries(session: Session, search: EntrySearch, house: House): Promise<readonly EntrySummary[]> {
  return session.perform(catalogueActions.browse, null, async (scope) => {
    const window = search.limit === undefined ? undefined : { offset: 0, limit: search.limit };
    const filter = await filterOf(scope.records, session, search);
    const entries = await findEntries(scope.records, filter, search.order ?? "title", window);
    return summariseAll(scope.records, session, entries, house);
  });
}

/** The same, a page at a time. */
export async function pageEntries(
  session: Session,
  search: { words: string; page: number },
  house: House,
): Promise<PageOf<EntrySummary>> {
  return session.perform(catalogueActions.browse, null, async ({ records }) => {
    const filter = await filterOf(records, session, search);
    return readPage(search.page, {
      count: () => countEntries(records, filter),
      rows: async (window) => summariseAll(records, session, await findEntries(records, filter, "title", window), house),
    });
  });
}

async function filterOf(records: Records, session: Session, { words = "", after }: EntrySearch): Promise<EntryFilter> {
  return {
    organisation: session.kind === "operator" ? null : (session.organisation ?? ""),
    words: await spellOut(records, wordsOf(words).slice(0, 20)),
    ...(after === undefined ? {} : { after }),
  };
}

async function summariseAll(records: Records, session: Session, entries: readonly Entry[], house: House) {
  return Promise.all(entries.map(async (entry) => summarise(session, entry, await listFields(records, entry.datasetId), house)));
}

/** One dataset's page, by id, or of an own one by title. Of another organisation's dataset only the description is given. */
export async function getEntry(session: Session, idOrTitle: string, house: House): Promise<EntryPage> {
  return session.perform(catalogueActions.show, { kind: "dataset", id: idOrTitle, organisation: null }, async (scope) => {
    const entry =
      (await findEntry(scope.records, idOrTitle)) ??
      (await findEntryTitled(scope.records, idOrTitle, session.kind === "operator" ? null : (session.organisation ?? "")));
    if (!entry || (!isOwn(session, entry) && entry.state !== "registered")) throw catalogueError("no-dataset", {});
    const { datasetId } = entry;
    const own = isOwn(session, entry);
    const fields = await listFields(scope.records, datasetId);
    const summary = await summarise(session, entry, fields, house);
    if (!own) return { ...summary, fields: [], people: true, versions: [], typed: null, fits: [] };
    const versions = await house.lake.listVersions(datasetId);
    const people = describesPeople(entry, fields);
    const current = summary.version ? await house.lake.numbersOf(summary.version) : undefined;
    return {
      ...summary,
      fields: (current ? fields.filter((field) => current.includes(field.number)) : fields).map((field) => told(field, people)),
      people,
      versions,
      fits: await fitsOf(scope.records, datasetId, fields),
      typed: summary.version ? ((await house.lake.findTyped(summary.version.id)) ?? null) : null,
    };
  });
}

/** A column and one of another own dataset that holds the same values. */
export interface Fit {
  readonly column: string;
  readonly dataset: string;
  readonly title: string;
  readonly otherColumn: string;
  readonly meet: number;
  /** Of the distinct values on the side that has fewer. */
  readonly share: number;
  /** Whether each value stands in one row of the other dataset, so that it can be looked up there. */
  readonly looksUp: boolean;
}

async function fitsOf(records: Records, datasetId: string, fields: readonly Field[]): Promise<readonly Fit[]> {
  const joins = await listJoins(records, datasetId);
  const others = [...new Set(joins.map(({ to }) => to.dataset))];
  const titles = await titlesOf(records, others);
  const columns = new Map(await Promise.all(others.map(async (other) => [other, await listFields(records, other)] as const)));
  return joins.map((join) => ({
    column: fields.find(({ number }) => number === join.from.number)?.name ?? "",
    dataset: join.to.dataset,
    title: titles.get(join.to.dataset) ?? "",
    otherColumn: columns.get(join.to.dataset)?.find(({ number }) => number === join.to.number)?.name ?? "",
    meet: join.meet,
    share: shareOf(join),
    looksUp: join.to.unique,
  }));
}

export interface EntryChanges {
  readonly title: string;
  readonly description: string;
  readonly owner: string | null;
  readonly lawfulBasis: string;
  readonly dpia: string;
  readonly attribution: string;
  readonly openness: Openness;
  readonly opennessReason: string;
  readonly reviewDate: string | null;
}

/** Describes a dataset. With an owner and a review date it is registered; without either it stays a draft. */
export async function describeEntry(session: Session, datasetId: string, changes: EntryChanges): Promise<void> {
  const entry = await session.perform(
    catalogueActions.show,
    { kind: "dataset", id: datasetId, organisation: null },
    async (scope) => findOwnEntry(scope.records, session, datasetId),
  );
  if (!entry) throw catalogueError("no-dataset", {});
  await session.perform(
    catalogueActions.describe,
    { kind: "dataset", id: datasetId, organisation: entry.organisation },
    (scope) =>
      scope.transaction(async (records) => {
        await records
          .as<CatalogueTables>()
          .updateTable("entry")
          .set({
            title: changes.title.trim().slice(0, 200) || "Untitled",
            description: changes.description.trim().slice(0, 5000),
            owner: changes.owner,
            lawful_basis: changes.lawfulBasis.trim().slice(0, 500),
            dpia: changes.dpia.trim().slice(0, 200),
            attribution: changes.attribution.trim().slice(0, 500),
            openness: changes.openness,
            openness_reason: changes.opennessReason.trim().slice(0, 1000),
            review_date: changes.reviewDate,
            state: changes.owner !== null && changes.reviewDate !== null ? "registered" : "draft",
          })
          .where("dataset_id", "=", datasetId)
          .execute();
        await indexEntry(records, datasetId);
      }),
  );
}

/** Enters a new dataset, as a draft. */
export async function insertEntry(
  records: Records,
  entry: {
    datasetId: string;
    organisation: string;
    title: string;
    owner: string | null;
    dpia: string;
    createdAt: number;
    kind?: EntryKind;
    file?: EntryFile;
  },
): Promise<void> {
  await records
    .as<CatalogueTables>()
    .insertInto("entry")
    .values({
      dataset_id: entry.datasetId,
      organisation: entry.organisation,
      title: entry.title,
      description: "",
      owner: entry.owner,
      steward: null,
      lawful_basis: "",
      dpia: entry.dpia,
      attribution: "",
      openness: "undecided",
      openness_reason: "",
      review_date: null,
      state: "draft",
      created_at: entry.createdAt,
      people: "yes",
      people_reason: "",
      kind: entry.kind ?? "dataset",
      file: entry.file ? JSON.stringify(entry.file) : null,
      licence: "",
    })
    .execute();
  await indexEntry(records, entry.datasetId);
}

/** What may be said of a dataset beside its file. */
export interface Answers {
  readonly owner?: string | undefined;
  readonly dpia?: string | undefined;
  readonly title?: string | undefined;
  readonly description?: string | undefined;
  readonly attribution?: string | undefined;
  readonly licence?: string | undefined;
}

const longest: Readonly<Record<keyof Answers, number>> = {
  owner: 200,
  dpia: 200,
  title: 100,
  description: 2000,
  attribution: 500,
  licence: 200,
};

/** Records what is said of a dataset, such as who answers for it; what is left out or empty stays as it is. */
export async function recordAnswers(records: Records, datasetId: string, answers: Answers): Promise<void> {
  const said = Object.entries(longest).flatMap(([name, length]) => {
    const text = answers[name as keyof Answers]?.trim().slice(0, length);
    return text ? [[name, text]] : [];
  });
  if (said.length === 0) return;
  const changes = Object.fromEntries(said) as Partial<CatalogueTables["entry"]>;
  await records.as<CatalogueTables>().updateTable("entry").set(changes).where("dataset_id", "=", datasetId).execute();
  await indexEntry(records, datasetId);
}

/** Describes a dataset that nobody has described. */
export async function fillDescription(records: Records, datasetId: string, description: string): Promise<void> {
  if ((await findEntry(records, datasetId))?.description === "") await recordAnswers(records, datasetId, { description });
}

/** A document that came again: what is known of its file now. */
export async function recordFile(records: Records, datasetId: string, file: EntryFile): Promise<void> {
  const changes = { file: JSON.stringify(file) };
  await records.as<CatalogueTables>().updateTable("entry").set(changes).where("dataset_id", "=", datasetId).execute();
}

export async function deleteEntry(records: Records, datasetId: string): Promise<void> {
  const db = records.as<CatalogueTables>();
  await db
    .deleteFrom("join_found")
    .where((where) => where.or([where("from_dataset", "=", datasetId), where("to_dataset", "=", datasetId)]))
    .execute();
  await db.deleteFrom("field").where("dataset_id", "=", datasetId).execute();
  await db.updateTable("entry").set({ title: "", description: "" }).where("dataset_id", "=", datasetId).execute();
  await indexEntry(records, datasetId);
  await db.deleteFrom("entry").where("dataset_id", "=", datasetId).execute();
}

/** A column as its page may tell of it: where people are described, no count of a few of them, in words or in figures. */
function told(field: Field, people: boolean): Field {
  if (!people) return field;
  const top = field.top
    .filter(({ count }) => !isSmall(count, {}))
    .map(({ value, count }) => ({ value, count: roundCount(count) }));
  const evidence = field.detection.evidence.map(evidenceOfPeople);
  return { ...field, top, detection: { ...field.detection, evidence } };
}

/** “1,204 of 1,210 rows are in the list” as it may be read of people: “1,205 of 1,210 rows …”. */
function evidenceOfPeople(line: string): string {
  const counted = /^([\d,]+)( of | distinct values in )([\d,]+)(?= )/;
  const told = (text: string) => describeCount(Number(text.replaceAll(",", "")), {});
  return line.replace(counted, (_, part: string, words: string, whole: string) => `${told(part)}${words}${told(whole)}`);
}

async function summarise(session: Session, entry: Entry, fields: readonly Field[], house: House): Promise<EntrySummary> {
  const own = isOwn(session, entry);
  const exact = own && (session.may(catalogueActions.describe, entry.organisation) || !describesPeople(entry, fields));
  const version = own ? ((await house.lake.findVersion(entry.datasetId)) ?? null) : null;
  return {
    entry,
    class: own ? highestClass(fields.map((field) => field.class)) : null,
    rows: version === null ? null : exact ? version.rows : isSmall(version.rows, {}) ? null : roundCount(version.rows),
    version,
    exact,
    own,
  };
}
