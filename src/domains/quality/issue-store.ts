import type { Kysely } from "kysely";
import type { PageWindow } from "../../kernel/paging.ts";
import type { Records } from "../../store/index.ts";

/** Open: it waits for the source. Mended: somebody says so, and the next version will show. Closed: a newer version passed. */
export type IssueState = "open" | "mended" | "closed";

export interface Issue {
  readonly id: string;
  readonly organisation: string;
  readonly datasetId: string;
  readonly ruleId: string;
  /** What the rule asks, as it was called when the issue was raised. */
  readonly title: string;
  readonly state: IssueState;
  readonly raisedBy: string;
  readonly raisedAt: number;
  /** The last version that it was found in: only a later one can close it. */
  readonly version: number;
  /** Since when it is in its state. */
  readonly since: number;
}

export type NoteKind = "raised" | "comment" | "mended" | "still" | "closed" | "reopened";

/** What somebody said of an issue, or what a check found; then nobody wrote it. */
export interface IssueNote {
  readonly id: string;
  readonly issueId: string;
  readonly kind: NoteKind;
  readonly by: string | null;
  readonly at: number;
  readonly text: string;
}

export interface IssueTables {
  quality_issue: {
    id: string;
    organisation: string;
    dataset_id: string;
    rule_id: string;
    title: string;
    state: IssueState;
    raised_by: string;
    raised_at: number;
    version: number;
    since: number;
  };
  quality_note: { id: string; issue_id: string; kind: NoteKind; by: string | null; at: number; text: string };
}

export const issuesMigration = async (db: Kysely<unknown>): Promise<void> => {
  await db.schema
    .createTable("quality_issue")
    .addColumn("id", "text", (column) => column.primaryKey())
    .addColumn("organisation", "text", (column) => column.notNull())
    .addColumn("dataset_id", "text", (column) => column.notNull())
    .addColumn("rule_id", "text", (column) => column.notNull().unique().references("quality_rule.id"))
    .addColumn("title", "text", (column) => column.notNull())
    .addColumn("state", "text", (column) => column.notNull())
    .addColumn("raised_by", "text", (column) => column.notNull())
    .addColumn("raised_at", "integer", (column) => column.notNull())
    .addColumn("version", "integer", (column) => column.notNull())
    .addColumn("since", "integer", (column) => column.notNull())
    .execute();
  await db.schema.createIndex("quality_issue_organisation").on("quality_issue").columns(["organisation", "state"]).execute();
  await db.schema
    .createTable("quality_note")
    .addColumn("id", "text", (column) => column.primaryKey())
    .addColumn("issue_id", "text", (column) => column.notNull().references("quality_issue.id"))
    .addColumn("kind", "text", (column) => column.notNull())
    .addColumn("by", "text")
    .addColumn("at", "integer", (column) => column.notNull())
    .addColumn("text", "text", (column) => column.notNull())
    .execute();
  await db.schema.createIndex("quality_note_issue").on("quality_note").columns(["issue_id", "id"]).execute();
};

export async function insertIssue(records: Records, issue: Issue): Promise<void> {
  await records
    .as<IssueTables>()
    .insertInto("quality_issue")
    .values({
      id: issue.id,
      organisation: issue.organisation,
      dataset_id: issue.datasetId,
      rule_id: issue.ruleId,
      title: issue.title,
      state: issue.state,
      raised_by: issue.raisedBy,
      raised_at: issue.raisedAt,
      version: issue.version,
      since: issue.since,
    })
    .execute();
}

export async function moveIssue(
  records: Records,
  id: string,
  to: { readonly state: IssueState; readonly since: number; readonly version?: number },
): Promise<void> {
  await records.as<IssueTables>().updateTable("quality_issue").set(to).where("id", "=", id).execute();
}

export async function insertNote(records: Records, { issueId, ...note }: IssueNote): Promise<void> {
  await records
    .as<IssueTables>()
    .insertInto("quality_note")
    .values({ ...note, issue_id: issueId })
    .execute();
}

export async function findIssue(records: Records, id: string): Promise<Issue | undefined> {
  const row = await records.as<IssueTables>().selectFrom("quality_issue").selectAll().where("id", "=", id).executeTakeFirst();
  return row && issueOf(row);
}

export async function findIssueOf(records: Records, ruleId: string): Promise<Issue | undefined> {
  const query = records.as<IssueTables>().selectFrom("quality_issue").selectAll().where("rule_id", "=", ruleId);
  const row = await query.executeTakeFirst();
  return row && issueOf(row);
}

export async function listNotes(records: Records, issueId: string): Promise<readonly IssueNote[]> {
  const query = records.as<IssueTables>().selectFrom("quality_note").selectAll().where("issue_id", "=", issueId);
  const rows = await query.orderBy("at").orderBy("id").execute();
  return rows.map(({ id, kind, by, at, text }) => ({ id, issueId, kind, by, at, text }));
}

/** Issues of an organisation, of every one for null: those that wait first, then by how long they have. */
export async function listIssueRows(
  records: Records,
  organisation: string | null,
  wanted: { readonly states?: readonly IssueState[]; readonly window?: PageWindow } = {},
): Promise<readonly Issue[]> {
  let query = records
    .as<IssueTables>()
    .selectFrom("quality_issue")
    .selectAll()
    .orderBy((by) => by.case().when("state", "=", "open").then(0).when("state", "=", "mended").then(1).else(2).end())
    .orderBy("since")
    .orderBy("id");
  if (organisation !== null) query = query.where("organisation", "=", organisation);
  if (wanted.states) query = query.where("state", "in", wanted.states);
  if (wanted.window) query = query.limit(wanted.window.limit).offset(wanted.window.offset);
  return (await query.execute()).map(issueOf);
}

export async function countIssueRows(records: Records, organisation: string): Promise<number> {
  const { count } = await records
    .as<IssueTables>()
    .selectFrom("quality_issue")
    .select((select) => select.fn.countAll<number>().as("count"))
    .where("organisation", "=", organisation)
    .executeTakeFirstOrThrow();
  return count;
}

function issueOf(row: IssueTables["quality_issue"]): Issue {
  return {
    id: row.id,
    organisation: row.organisation,
    datasetId: row.dataset_id,
    ruleId: row.rule_id,
    title: row.title,
    state: row.state,
    raisedBy: row.raised_by,
    raisedAt: row.raised_at,
    version: row.version,
    since: row.since,
  };
}
