import { collect, type House, type Lending, type Session } from "../../access/index.ts";
import type { TypedBuild, Version } from "../../engine/index.ts";
import { describeCount, isSmall, roundCount } from "../../disclosure/index.ts";
import { readPage, type PageOf } from "../../kernel/paging.ts";
import type { Records } from "../../store/index.ts";
import type { ColumnClass } from "../../vocabulary/index.ts";
import { listSuspended } from "../people/index.ts";
import { catalogueActions } from "./actions.ts";
import { changeEntry } from "./change-entry.ts";
import type { EntryChanges, FieldKey } from "./entry-fields.ts";
import { catalogueError } from "./errors.ts";
import { flagsOf, type Flag } from "./flags.ts";
import { changedBy, type ChangedBy } from "./history.ts";
import { lifeOf, type Life } from "./life.ts";
import { listJoins, shareOf } from "./joins.ts";
import { indexEntry } from "./search-index.ts";
import { wordsOf } from "./search-words.ts";
import type { Entry, EntryFile, EntryKind, Field } from "./model.ts";
import { classOfEntry, describesPeople } from "./policy.ts";
import {
  countEntries,
  findEntries,
  findEntry,
  findEntryTitled,
  findOwnEntry,
  isKnownToOthers,
  isOwn,
  listFields,
  type CatalogueTables,
  type EntryFilter,
  spellOut,
  titlesOf,
} from "./store.ts";

export interface EntrySummary {
  readonly entry: Entry;
  /** Of the most sensitive column, or that it was raised to; of another organisation's dataset it is not told. */
  readonly class: ColumnClass | null;
  readonly rows: number | null;
  readonly version: Version | null;
  /** Whether counts are told as they are: of people, only who looks after the dataset reads them exactly. */
  readonly exact: boolean;
  /** Whether the dataset is the session's organisation's own; of another's, only the description is shown. */
  readonly own: boolean;
  /** Of another organisation's dataset nothing is told of how it is looked after. */
  readonly life: Life | null;
  /** Why it is to be attested again. */
  readonly reopened: readonly string[];
  readonly flags: readonly Flag[];
  /** The live agreements that lend it. */
  readonly lent: readonly Lending[];
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
  const around = await lookAround(records, session, house);
  return Promise.all(
    entries.map(async (entry) => summarise(session, entry, await listFields(records, entry.datasetId), around, house)),
  );
}

/** One dataset's page, by id, or of an own one by title. Of another organisation's dataset only the description is given. */
export async function getEntry(session: Session, idOrTitle: string, house: House): Promise<EntryPage> {
  return session.perform(catalogueActions.show, { kind: "dataset", id: idOrTitle, organisation: null }, async (scope) => {
    const entry =
      (await findEntry(scope.records, idOrTitle)) ??
      (await findEntryTitled(scope.records, idOrTitle, session.kind === "operator" ? null : (session.organisation ?? "")));
    if (!entry || (!isOwn(session, entry) && !isKnownToOthers(entry))) throw catalogueError("no-dataset", {});
    const { datasetId } = entry;
    const own = isOwn(session, entry);
    const fields = await listFields(scope.records, datasetId);
    const summary = await summarise(session, entry, fields, await lookAround(scope.records, session, house), house);
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

/** Describes a dataset: what is left out stays as it is. Fails with `catalogue.not-described`, by field. */
export async function describeEntry(session: Session, datasetId: string, written: EntryChanges, house: House): Promise<void> {
  const entry = await session.perform(
    catalogueActions.show,
    { kind: "dataset", id: datasetId, organisation: null },
    async (scope) => findOwnEntry(scope.records, session, datasetId),
  );
  if (!entry) throw catalogueError("no-dataset", {});
  await session.perform(
    catalogueActions.describe,
    { kind: "dataset", id: datasetId, organisation: entry.organisation },
    (scope) => scope.transaction((records) => changeEntry(records, datasetId, written, changedBy(session, house))),
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
      purpose: "",
      retention: "",
      raised_class: "",
      raised_reason: "",
      secret: "no",
      attestation: null,
    })
    .execute();
  await indexEntry(records, entry.datasetId);
}

/** What may be said of a dataset beside its file. */
const answered = ["owner", "dpia", "title", "description", "attribution", "licence"] as const satisfies readonly FieldKey[];

export type Answers = Partial<Readonly<Record<(typeof answered)[number], string | undefined>>>;

/** Records what is said of a dataset, such as who answers for it; what is left out or empty stays as it is. */
export async function recordAnswers(records: Records, datasetId: string, answers: Answers, by: ChangedBy): Promise<void> {
  const said = answered.flatMap((key) => (answers[key]?.trim() ? [[key, answers[key]] as const] : []));
  await changeEntry(records, datasetId, Object.fromEntries(said), by);
}

/** Describes a dataset that nobody has described. */
export async function fillDescription(records: Records, datasetId: string, description: string, by: ChangedBy): Promise<void> {
  if ((await findEntry(records, datasetId))?.description === "") await changeEntry(records, datasetId, { description }, by);
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
  await db.deleteFrom("entry_change").where("dataset_id", "=", datasetId).execute();
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

/** What stands beside the entries of the session's organisation: who else has them, and who has left. */
interface Around {
  readonly lent: ReadonlyMap<string, readonly Lending[]>;
  readonly left: ReadonlySet<string>;
}

async function lookAround(records: Records, session: Session, house: House): Promise<Around> {
  const organisation = session.kind === "operator" ? null : (session.organisation ?? "");
  const lent = await collect(house.modules, (contributions) => contributions.lending?.(organisation, house));
  return {
    lent: Map.groupBy(lent, ({ dataset }) => dataset),
    left: new Set((await listSuspended(records, organisation)).map(({ organisation: of, name }) => `${of} ${name}`)),
  };
}

async function summarise(
  session: Session,
  entry: Entry,
  fields: readonly Field[],
  around: Around,
  house: House,
): Promise<EntrySummary> {
  if (!isOwn(session, entry)) {
    const untold = { class: null, rows: null, version: null, life: null, reopened: [], flags: [], lent: [] };
    return { entry, ...untold, exact: false, own: false };
  }
  const people = describesPeople(entry, fields);
  const exact = session.may(catalogueActions.describe, entry.organisation) || !people;
  const version = (await house.lake.findVersion(entry.datasetId)) ?? null;
  const highest = classOfEntry(entry, fields);
  const lent = around.lent.get(entry.datasetId) ?? [];
  const now = house.clock();
  const { life, reopened } = lifeOf(entry, { class: highest, recipients: lent.map(({ agreement }) => agreement) }, now);
  const ownerLeft = around.left.has(`${entry.organisation} ${entry.owner ?? ""}`);
  return {
    entry,
    class: highest,
    rows: version === null ? null : exact ? version.rows : isSmall(version.rows, {}) ? null : roundCount(version.rows),
    version,
    exact,
    own: true,
    life,
    reopened,
    flags: flagsOf(entry, { class: highest, people, fields, lent: lent.length, life, ownerLeft, now }),
    lent,
  };
}
