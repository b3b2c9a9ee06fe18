import { sql, type Expression, type Kysely, type SqlBool } from "kysely";
import type { Session } from "../../access/index.ts";
import { pageSize, type PageWindow } from "../../kernel/paging.ts";
import type { Migrations, Records } from "../../store/index.ts";
import type { ColumnClass, Detection, Mask, Reading } from "../../vocabulary/index.ts";
import type { Entry, Field, Openness } from "./model.ts";

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
    state: "draft" | "registered";
    created_at: number;
    people: "yes" | "no";
    people_reason: string;
  };
  field: {
    dataset_id: string;
    number: number;
    name: string;
    type: string;
    decided_by: "detected" | "steward";
    detection: string;
    reading: string;
    class: ColumnClass;
    mask: Mask;
    nulls: number;
    distinct: number;
    top: string;
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
    "003-reading": async (db: Kysely<unknown>) => {
      await db.schema
        .alterTable("field")
        .addColumn("reading", "text", (column) => column.notNull().defaultTo("{}"))
        .execute();
    },
  },
};

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
  const due = await own.where("review_date", "<", by).orderBy("review_date").execute();
  return { drafts: drafts.map(entryOf), due: due.map(entryOf) };
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

export interface EntryFilter {
  /** Whose own entries are all there, and of others those that are registered; null for the operator, who has them all. */
  readonly organisation: string | null;
  /** Each is in the title or the description, or in a column of an own dataset. */
  readonly words: readonly string[];
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
    query = query.where((where) => where.or([where("organisation", "=", organisation), where("state", "=", "registered")]));
  if (after !== undefined) query = query.where("dataset_id", ">", after);
  for (const word of words) {
    query = query.where((where) => {
      const said = holds(word, ["entry.title", "entry.description"]);
      const inColumn = where.exists(
        where
          .selectFrom("field")
          .select("number")
          .whereRef("field.dataset_id", "=", "entry.dataset_id")
          .where((of) => of.or(holds(word, ["field.name", "field.type"]))),
      );
      const own = organisation === null ? inColumn : where.and([where("organisation", "=", organisation), inColumn]);
      return where.or([...said, own]);
    });
  }
  return query;
}

/** A word anywhere in one of the columns, in each case it may stand in: outside ASCII, `like` tells cases apart. */
function holds(word: string, columns: readonly string[]): readonly Expression<SqlBool>[] {
  const [first = "", ...rest] = word.toLowerCase();
  const spellings = [word, word.toLowerCase(), word.toUpperCase(), `${first.toUpperCase()}${rest.join("")}`];
  const patterns = [...new Set(spellings)].map((spelling) => `%${spelling.replaceAll(/[\\%_]/g, String.raw`\$&`)}%`);
  return columns.flatMap((column) => patterns.map((like) => sql<SqlBool>`${sql.ref(column)} like ${like} escape '\\'`));
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
  };
}
