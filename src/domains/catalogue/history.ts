import type { House, Session } from "../../access/index.ts";
import { newId } from "../../kernel/ids.ts";
import { readPage, type PageOf } from "../../kernel/paging.ts";
import type { Records } from "../../store/index.ts";
import { catalogueActions } from "./actions.ts";
import { catalogueError } from "./errors.ts";
import { findOwnEntry, type CatalogueTables } from "./store.ts";

/** Who changed something and when; nobody for the operator and for what the hub does by itself. */
export interface ChangedBy {
  readonly by: string | null;
  readonly at: number;
  /** Why, where it was said. */
  readonly reason?: string;
}

/** Whoever the session is of, now. */
export function changedBy(session: Session, house: House, reason?: string): ChangedBy {
  return { by: session.person?.id ?? null, at: house.clock(), ...(reason === undefined ? {} : { reason }) };
}

export interface EntryChange {
  readonly at: number;
  readonly by: string | null;
  /** A key of `entryFields`, or `people`, `state` or `attested`. */
  readonly field: string;
  readonly before: string;
  readonly after: string;
  readonly reason: string;
}

/** Puts what changed in an entry into its history, in the transaction that changed it. */
export async function insertChanges(
  records: Records,
  datasetId: string,
  changes: readonly { readonly field: string; readonly before: string; readonly after: string }[],
  { by, at, reason = "" }: ChangedBy,
): Promise<void> {
  if (changes.length === 0) return;
  await records
    .as<CatalogueTables>()
    .insertInto("entry_change")
    .values(
      changes.map(({ field, before, after }) => ({
        id: newId("chg", at),
        dataset_id: datasetId,
        at,
        changed_by: by,
        field,
        before,
        after,
        reason,
      })),
    )
    .execute();
}

/** How an entry came to say what it says, the newest first, a page at a time; for its own organisation. */
export async function pageHistory(session: Session, datasetId: string, page: number): Promise<PageOf<EntryChange>> {
  return session.perform(catalogueActions.show, { kind: "dataset", id: datasetId, organisation: null }, async ({ records }) => {
    if (!(await findOwnEntry(records, session, datasetId))) throw catalogueError("no-dataset", {});
    const changes = records.as<CatalogueTables>().selectFrom("entry_change").where("dataset_id", "=", datasetId);
    return readPage(page, {
      count: async () =>
        (await changes.select((select) => select.fn.countAll<number>().as("count")).executeTakeFirstOrThrow()).count,
      rows: async ({ offset, limit }) => {
        const newest = changes.selectAll().orderBy("at", "desc").orderBy("id", "desc").limit(limit).offset(offset);
        return (await newest.execute()).map(({ at, changed_by: by, field, before, after, reason }) => ({
          at,
          by,
          field,
          before,
          after,
          reason,
        }));
      },
    });
  });
}

/** Every change there was, the oldest first. */
export async function listAllChanges(records: Records): Promise<readonly CatalogueTables["entry_change"][]> {
  return records.as<CatalogueTables>().selectFrom("entry_change").selectAll().orderBy("at").orderBy("id").execute();
}
