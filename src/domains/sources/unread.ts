import type { House, Session } from "../../access/index.ts";
import type { Version } from "../../engine/index.ts";
import { readPage, type PageOf } from "../../kernel/paging.ts";
import { ident, join as joinSql, sql } from "../../sql/index.ts";
import { findEntry, type Entry } from "../catalogue/index.ts";
import { sourcesActions } from "./actions.ts";
import { sourcesError } from "./errors.ts";
import { numberedSince } from "./numbered-since.ts";
import { listSentOf, sentByRecord } from "./sent-store.ts";
import type { SentRecord } from "./store.ts";

/** Where a record stands that could not be read, and why; nothing that it holds. */
export interface UnreadRecord {
  readonly record: number;
  readonly firstLine: number;
  readonly lastLine: number;
  readonly reasons: readonly string[];
  readonly sent: SentRecord | null;
}

/** The records of the newest version that could not be read, by record number. Fails with `sources.no-dataset`. */
export async function listUnread(
  session: Session,
  dataset: string,
  wanted: { page: number; size: number },
  house: House,
): Promise<{ entry: Entry; version: Version | null; found: PageOf<UnreadRecord> }> {
  return session.perform(
    sourcesActions.unread,
    { kind: "dataset", id: dataset, organisation: session.organisation },
    async (scope) => {
      const entry = await findEntry(scope.records, dataset);
      if (!entry || entry.organisation !== session.organisation) throw sourcesError("no-dataset", {});
      const version = (await house.lake.findVersion(dataset)) ?? null;
      if (!version || version.quarantined === 0) return { entry, version, found: { rows: [], total: 0, ...wanted } };
      const { relation } = await scope.relation({ dataset, action: "unread", under: "own", columns: "covered" });
      const sent = sentByRecord(await listSentOf(scope.records, await numberedSince(version, house)));
      const columns = joinSql(["record_no", "first_line", "last_line", "reasons"].map(ident), ", ");
      const found = await readPage(
        wanted.page,
        {
          count: async () => version.quarantined,
          rows: async ({ offset, limit }) => {
            const { rows } = await scope.query(
              sql`SELECT ${columns} FROM ${relation} ORDER BY record_no LIMIT ${limit} OFFSET ${offset}`,
            );
            return rows.map(([record, firstLine, lastLine, reasons]) => ({
              record: Number(record),
              firstLine: Number(firstLine),
              lastLine: Number(lastLine),
              reasons: String(reasons).split("\n"),
              sent: sent.get(Number(record)) ?? null,
            }));
          },
        },
        wanted.size,
      );
      return { entry, version, found };
    },
  );
}
