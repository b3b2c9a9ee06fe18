import type { Kysely } from "kysely";
import type { Session } from "../../access/index.ts";
import { pageSize, type PageWindow } from "../../kernel/paging.ts";
import type { Migrations, Records } from "../../store/index.ts";
import type { ColumnClass, Detection, Mask, Reading } from "../../vocabulary/index.ts";
import { indexEntry } from "./search-index.ts";
import { isOneSlip, slipKeys } from "./search-words.ts";
import type { Attestation, Entry, EntryFile, EntryKind, EntryState, Field, Openness } from "./model.ts";

export interface CatalogueTables {
  entry: {
    dataset_id: string;
    organisation: string;
    title: string;
    description: string;
    owner: string | null;
    steward: string | null;
    lawful_basis: string;
    dpia: string;
    attribution: string;
    openness: Openness;
    openness_reason: string;
    review_date: string | null;
    state: EntryState;
    created_at: number;
    people: "yes" | "no";
    people_reason: string;
    kind: EntryKind;
    file: string | null;
    licence: string;
    purpose: string;
    retention: string;
    raised_class: ColumnClass | "";
    raised_reason: string;
    secret: "yes" | "no";
    attestation: string | null;
  };
  entry_change: {
    id: string;
    dataset_id: string;
    at: number;
    changed_by: string | null;
    field: string;
    before: string;
    after: string;
    reason: string;
  };
  field: {
    dataset_id: string;
    number: number;
    name: string;
    type: string;
    decided_by: "detected" | "kit" | "steward" | "recipe";
    recipe: string | null;
    detection: string;
    reading: string;
    class: ColumnClass;
    mask: Mask;
    nulls: number;
    distinct: number;
    top: string;
  };
  /** The words an entry is found by; `own` for those that only its own organisation may find it by. */
  entry_word: { word: string; dataset_id: string; own: number };
  word_slip: { slip: string; word: string };
  join_found: {
    from_dataset: string;
    from_number: number;
    to_dataset: string;
    to_number: number;
    meet: number;
    from_distinct: number;
    to_distinct: number;
    from_unique: number;
    to_unique: number;
  };
}

export const catalogueMigrations: Migrations = {
  domain: "catalogue",
  steps: {
    "001-catalogue": async (db: Kysely<unknown>) => {
      await db.schema
        .createTable("entry")
        .addColumn("dataset_id", "text", (column) => column.primaryKey().references("dataset.id"))
        .addColumn("organisation", "text", (column) => column.notNull())
        .addColumn("title", "text", (column) => column.notNull())
        .addColumn("description", "text", (column) => column.notNull())
        .addColumn("owner", "text")
        .addColumn("steward", "text")
        .addColumn("lawful_basis", "text", (column) => column.notNull())
        .addColumn("dpia", "text", (column) => column.notNull())
        .addColumn("attribution", "text", (column) => column.notNull())
        .addColumn("openness", "text", (column) => column.notNull())
        .addColumn("openness_reason", "text", (column) => column.notNull())
        .addColumn("review_date", "text")
        .addColumn("state", "text", (column) => column.notNull())
        .addColumn("created_at", "integer", (column) => column.notNull())
        .execute();
      await db.schema
        .createTable("field")
        .addColumn("dataset_id", "text", (column) => column.notNull().references("entry.dataset_id"))
        .addColumn("number", "integer", (column) => column.notNull())
        .addColumn("name", "text", (column) => column.notNull())
        .addColumn("type", "text", (column) => column.notNull())
        .addColumn("decided_by", "text", (column) => column.notNull())
        .addColumn("detection", "text", (column) => column.notNull())
        .addColumn("class", "text", (column) => column.notNull())
        .addColumn("mask", "text", (column) => column.notNull())
        .addColumn("nulls", "integer", (column) => column.notNull())
        .addColumn("distinct", "integer", (column) => column.notNull())
        .addColumn("top", "text", (column) => column.notNull())
        .addPrimaryKeyConstraint("field_key", ["dataset_id", "number"])
        .execute();
    },
    "002-people": async (db: Kysely<unknown>) => {
      await db.schema
        .alterTable("entry")
        .addColumn("people", "text", (column) => column.notNull().defaultTo("yes"))
        .execute();
      await db.schema
        .alterTable("entry")
        .addColumn("people_reason", "text", (column) => column.notNull().defaultTo(""))
        .execute();
    },
    "005-search": async (db: Kysely<unknown>) => {
      await db.schema
        .createTable("entry_word")
        .addColumn("word", "text", (column) => column.notNull())
        .addColumn("dataset_id", "text", (column) => column.notNull().references("entry.dataset_id"))
        .addColumn("own", "integer", (column) => column.notNull())
        .addPrimaryKeyConstraint("entry_word_key", ["word", "dataset_id", "own"])
        .execute();
      await db.schema.createIndex("entry_word_dataset").on("entry_word").column("dataset_id").execute();
      await db.schema
        .createTable("word_slip")
        .addColumn("slip", "text", (column) => column.notNull())
        .addColumn("word", "text", (column) => column.notNull())
        .addPrimaryKeyConstraint("word_slip_key", ["slip", "word"])
        .execute();
      await db.schema.createIndex("word_slip_word").on("word_slip").column("word").execute();
      const held = await (db as Kysely<CatalogueTables>).selectFrom("entry").select("dataset_id").execute();
      for (const { dataset_id } of held) await indexEntry({ as: () => db } as unknown as Records, dataset_id);
    },
    "004-joins": async (db: Kysely<unknown>) => {
      await db.schema
        .createTable("join_found")
        .addColumn("from_dataset", "text", (column) => column.notNull().references("entry.dataset_id"))
        .addColumn("from_number", "integer", (column) => column.notNull())
        .addColumn("to_dataset", "text", (column) => column.notNull().references("entry.dataset_id"))
        .addColumn("to_number", "integer", (column) => column.notNull())
        .addColumn("meet", "integer", (column) => column.notNull())
        .addColumn("from_distinct", "integer", (column) => column.notNull())
        .addColumn("to_distinct", "integer", (column) => column.notNull())
        .addColumn("from_unique", "integer", (column) => column.notNull())
        .addColumn("to_unique", "integer", (column) => column.notNull())
        .addPrimaryKeyConstraint("join_found_key", ["from_dataset", "from_number", "to_dataset", "to_number"])
        .execute();
      await db.schema.createIndex("join_found_to").on("join_found").column("to_dataset").execute();
    },
    "003-documents": async (db: Kysely<unknown>) => {
      await db.schema
        .alterTable("entry")
        .addColumn("kind", "text", (column) => column.notNull().defaultTo("dataset"))
        .execute();
      await db.schema.alterTable("entry").addColumn("file", "text").execute();
      await db.schema
        .alterTable("entry")
        .addColumn("licence", "text", (column) => column.notNull().defaultTo(""))
        .execute();
    },
    "007-life": async (db: Kysely<unknown>) => {
      for (const column of ["purpose", "retention", "raised_class", "raised_reason"])
        await db.schema
          .alterTable("entry")
          .addColumn(column, "text", (made) => made.notNull().defaultTo(""))
          .execute();
      await db.schema
        .alterTable("entry")
        .addColumn("secret", "text", (column) => column.notNull().defaultTo("no"))
        .execute();
      await db.schema.alterTable("entry").addColumn("attestation", "text").execute();
      await db.schema
        .createTable("entry_change")
        .addColumn("id", "text", (column) => column.primaryKey())
        .addColumn("dataset_id", "text", (column) => column.notNull().references("entry.dataset_id"))
        .addColumn("at", "integer", (column) => column.notNull())
        .addColumn("changed_by", "text")
        .addColumn("field", "text", (column) => column.notNull())
        .addColumn("before", "text", (column) => column.notNull())
        .addColumn("after", "text", (column) => column.notNull())
        .addColumn("reason", "text", (column) => column.notNull())
        .execute();
      await db.schema.createIndex("entry_change_dataset").on("entry_change").columns(["dataset_id", "at"]).execute();
    },
    "006-recipe": async (db: Kysely<unknown>) => {
      await db.schema.alterTable("field").addColumn("recipe", "text").execute();
    },
    "003-reading": async (db: Kysely<unknown>) => {
      await db.schema
        .alterTable("field")
        .addColumn("reading", "text", (column) => column.notNull().defaultTo("{}"))
        .execute();
    },
  },
};

/** The one entry of a title; nothing where several have it. */
export async function findEntryTitled(records: Records, title: string, organisation: string | null): Promise<Entry | undefined> {
  let query = records.as<CatalogueTables>().selectFrom("entry").selectAll().where("title", "=", title).limit(2);
  if (organisation !== null) query = query.where("organisation", "=", organisation);
  const [row, ...more] = await query.execute();
  return row && more.length === 0 ? entryOf(row) : undefined;
}

export async function findEntry(records: Records, datasetId: string): Promise<Entry | undefined> {
  const row = await records
    .as<CatalogueTables>()
    .selectFrom("entry")
    .selectAll()
    .where("dataset_id", "=", datasetId)
    .executeTakeFirst();
  return row && entryOf(row);
}

/** An entry of the session's own organisation; another's is as if there were none. The operator has them all. */
export async function findOwnEntry(records: Records, session: Session, datasetId: string): Promise<Entry | undefined> {
  const entry = await findEntry(records, datasetId);
  return entry && isOwn(session, entry) ? entry : undefined;
}

/** Whether others than its own organisation may know of it: by its description, and no more. */
export function isKnownToOthers(entry: Entry): boolean {
  return entry.state === "registered" && entry.secret === "no";
}

export function isOwn(session: Session, entry: Entry): boolean {
  return session.kind === "operator" || session.organisation === entry.organisation;
}

export async function listEntryRows(records: Records): Promise<readonly Entry[]> {
  const rows = await records.as<CatalogueTables>().selectFrom("entry").selectAll().orderBy("title").execute();
  return rows.map(entryOf);
}

/** Titles by id, for pages that name datasets. */
export async function titlesOf(records: Records, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  if (ids.length === 0) return new Map();
  const query = records.as<CatalogueTables>().selectFrom("entry").select(["dataset_id", "title"]);
  const rows = await query.where("dataset_id", "in", [...new Set(ids)]).execute();
  return new Map(rows.map((row) => [row.dataset_id, row.title]));
}

/** The organisations that datasets belong to, by id. */
export async function ownersOf(records: Records, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  if (ids.length === 0) return new Map();
  const query = records.as<CatalogueTables>().selectFrom("entry").select(["dataset_id", "organisation"]);
  const rows = await query.where("dataset_id", "in", [...new Set(ids)]).execute();
  return new Map(rows.map((row) => [row.dataset_id, row.organisation]));
}

/** The entries of one organisation, by title. */
export async function listOwnEntryRows(records: Records, organisation: string, window?: PageWindow): Promise<readonly Entry[]> {
  let query = records.as<CatalogueTables>().selectFrom("entry").selectAll().where("organisation", "=", organisation);
  query = query.orderBy("title").orderBy("dataset_id");
  if (window) query = query.limit(window.limit).offset(window.offset);
  return (await query.execute()).map(entryOf);
}

export async function countOwnEntryRows(records: Records, organisation: string): Promise<number> {
  const { count } = await records
    .as<CatalogueTables>()
    .selectFrom("entry")
    .select((select) => select.fn.countAll<number>().as("count"))
    .where("organisation", "=", organisation)
    .executeTakeFirstOrThrow();
  return count;
}

/** Drafts that nobody has described, and entries whose review is due by a date: of each no more than a person gets done, the oldest. */
export async function listWaitingEntries(
  records: Records,
  organisation: string,
  by: string,
): Promise<{ readonly drafts: readonly Entry[]; readonly due: readonly Entry[] }> {
  const own = records
    .as<CatalogueTables>()
    .selectFrom("entry")
    .selectAll()
    .where("organisation", "=", organisation)
    .limit(pageSize + 1);
  const drafts = await own.where("state", "=", "draft").orderBy("created_at").execute();
  const due = await own.where("state", "=", "registered").where("review_date", "<", by).orderBy("review_date").execute();
  return { drafts: drafts.map(entryOf), due: due.map(entryOf) };
}

/** Registered entries of an organisation with the classes of their columns, for what is to be attested. */
export async function listRegistered(
  records: Records,
  organisation: string,
): Promise<readonly { readonly entry: Entry; readonly classes: readonly ColumnClass[] }[]> {
  const db = records.as<CatalogueTables>();
  const held = db.selectFrom("entry").where("organisation", "=", organisation).where("state", "=", "registered");
  const entries = await held.selectAll().orderBy("created_at").execute();
  const classes = await db
    .selectFrom("field")
    .select(["dataset_id", "class"])
    .distinct()
    .where("dataset_id", "in", held.select("dataset_id"))
    .execute();
  const byDataset = Map.groupBy(classes, (row) => row.dataset_id);
  return entries.map((row) => ({
    entry: entryOf(row),
    classes: (byDataset.get(row.dataset_id) ?? []).map((row) => row.class),
  }));
}

/** Entries of an organisation, but for archived ones, that one of these people answers for. */
export async function listOwnedBy(records: Records, organisation: string, names: readonly string[]): Promise<readonly Entry[]> {
  if (names.length === 0) return [];
  const rows = await records
    .as<CatalogueTables>()
    .selectFrom("entry")
    .selectAll()
    .where("organisation", "=", organisation)
    .where("state", "!=", "archived")
    .where("owner", "in", names)
    .orderBy("title")
    .execute();
  return rows.map(entryOf);
}

/** The lake's record of versions, as far as it is read here. */
interface VersionTable {
  dataset_version: { dataset_id: string; number: number; rows: number; quarantined: number };
}

/** What an organisation's newest versions hold together. */
export async function sumHoldings(
  records: Records,
  organisation: string,
): Promise<{ readonly datasets: number; readonly rows: number; readonly quarantined: number }> {
  const { rows, quarantined } = await records
    .as<CatalogueTables & VersionTable>()
    .selectFrom("dataset_version as version")
    .innerJoin("entry", "entry.dataset_id", "version.dataset_id")
    .select((select) => [
      select.fn.sum<number | null>("version.rows").as("rows"),
      select.fn.sum<number | null>("version.quarantined").as("quarantined"),
    ])
    .where("entry.organisation", "=", organisation)
    .where("version.number", "=", (newest) =>
      newest
        .selectFrom("dataset_version as other")
        .select((select) => select.fn.max("other.number").as("number"))
        .whereRef("other.dataset_id", "=", "version.dataset_id"),
    )
    .executeTakeFirstOrThrow();
  return { datasets: await countOwnEntryRows(records, organisation), rows: rows ?? 0, quarantined: quarantined ?? 0 };
}

/** A word as it was written, and words of the register that it may have been meant for. */
export interface SearchWord {
  readonly begins: string;
  readonly alike: readonly string[];
}

export interface EntryFilter {
  /** Whose own entries are all there, and of others those that are registered; null for the operator, who has them all. */
  readonly organisation: string | null;
  /** Each is in the title or the description, or in a column or a closed list of an own dataset. */
  readonly words: readonly SearchWord[];
  /** Only ids after this one. */
  readonly after?: string;
}

export async function countEntries(records: Records, filter: EntryFilter): Promise<number> {
  const { count } = await entriesThatFit(records, filter)
    .select((select) => select.fn.countAll<number>().as("count"))
    .executeTakeFirstOrThrow();
  return count;
}

/** Entries that fit: by title, the own ones first, or by id. */
export async function findEntries(
  records: Records,
  filter: EntryFilter,
  order: "title" | "id",
  window?: PageWindow,
): Promise<readonly Entry[]> {
  let query = entriesThatFit(records, filter).selectAll();
  if (order === "title") {
    query = query.orderBy((by) =>
      by
        .case()
        .when("organisation", "=", filter.organisation ?? "")
        .then(0)
        .else(1)
        .end(),
    );
    query = query.orderBy((by) => by.fn("lower", ["title"]));
  }
  query = query.orderBy("dataset_id");
  if (window) query = query.limit(window.limit).offset(window.offset);
  return (await query.execute()).map(entryOf);
}

function entriesThatFit(records: Records, { organisation, words, after }: EntryFilter) {
  let query = records.as<CatalogueTables>().selectFrom("entry");
  if (organisation !== null)
    query = query.where((where) =>
      where.or([
        where("organisation", "=", organisation),
        where.and([where("state", "=", "registered"), where("secret", "=", "no")]),
      ]),
    );
  if (after !== undefined) query = query.where("dataset_id", ">", after);
  for (const word of words)
    query = query.where("entry.dataset_id", "in", (from) => {
      let found = from
        .selectFrom("entry_word")
        .innerJoin("entry as of", "of.dataset_id", "entry_word.dataset_id")
        .select("entry_word.dataset_id");
      found = found.where((where) =>
        where.or([
          where.and([where("entry_word.word", ">=", word.begins), where("entry_word.word", "<", `${word.begins}\u{10ffff}`)]),
          ...(word.alike.length > 0 ? [where("entry_word.word", "in", word.alike)] : []),
        ]),
      );
      if (organisation === null) return found;
      return found.where((where) => where.or([where("own", "=", 0), where("of.organisation", "=", organisation)]));
    });
  return query;
}

/** Written words, each with those of the register that are one slip from it. */
export async function spellOut(records: Records, words: readonly string[]): Promise<readonly SearchWord[]> {
  return Promise.all(
    words.map(async (begins) => {
      const slips = slipKeys(begins);
      if (slips.length === 0) return { begins, alike: [] };
      const rows = await records
        .as<CatalogueTables>()
        .selectFrom("word_slip")
        .select("word")
        .distinct()
        .where("slip", "in", slips)
        .execute();
      return { begins, alike: rows.map(({ word }) => word).filter((word) => isOneSlip(begins, word)) };
    }),
  );
}

export async function listFields(records: Records, datasetId: string): Promise<readonly Field[]> {
  const rows = await records
    .as<CatalogueTables>()
    .selectFrom("field")
    .selectAll()
    .where("dataset_id", "=", datasetId)
    .orderBy("number")
    .execute();
  return rows.map((row) => ({
    datasetId: row.dataset_id,
    number: row.number,
    name: row.name,
    type: row.type,
    decidedBy: row.decided_by,
    recipe: row.recipe,
    detection: JSON.parse(row.detection) as Detection,
    reading: JSON.parse(row.reading) as Reading,
    class: row.class,
    mask: row.mask,
    nulls: row.nulls,
    distinct: row.distinct,
    top: JSON.parse(row.top) as Field["top"],
  }));
}

function entryOf(row: CatalogueTables["entry"]): Entry {
  return {
    datasetId: row.dataset_id,
    organisation: row.organisation,
    title: row.title,
    description: row.description,
    owner: row.owner,
    steward: row.steward,
    lawfulBasis: row.lawful_basis,
    dpia: row.dpia,
    attribution: row.attribution,
    openness: row.openness,
    opennessReason: row.openness_reason,
    reviewDate: row.review_date,
    state: row.state,
    createdAt: row.created_at,
    people: row.people,
    peopleReason: row.people_reason,
    kind: row.kind,
    file: row.file === null ? null : (JSON.parse(row.file) as EntryFile),
    licence: row.licence,
    purpose: row.purpose,
    retention: row.retention,
    raisedClass: row.raised_class,
    raisedReason: row.raised_reason,
    secret: row.secret,
    attestation: row.attestation === null ? null : (JSON.parse(row.attestation) as Attestation),
  };
}
