import { rm } from "node:fs/promises";
import { join } from "node:path";
import type { House, Scope, Session } from "../../access/index.ts";
import type { Version } from "../../engine/index.ts";
import { readPage, type PageOf, type PageWindow } from "../../kernel/paging.ts";
import { join as joinSql, ident, sql, type Fragment } from "../../sql/index.ts";
import { findJob, type Job } from "../../store/index.ts";
import { deleteEntry } from "../catalogue/index.ts";
import { sourcesActions } from "./actions.ts";
import { sourcesError } from "./errors.ts";
import {
  countSourceRows,
  findChange,
  findSource,
  listSourceRows,
  type Source,
  type SourcesTables,
  type VersionChange,
} from "./store.ts";

export interface SourceState {
  readonly source: Source;
  readonly version: Version | null;
  /** What changed since the version before; null for the first, for a dataset that only grows, and until it is worked out. */
  readonly change: VersionChange | null;
  readonly job: Job | null;
}

/** The sources of the session's organisation (of every one for the operator), each with its newest version and last job. */
export async function listSources(session: Session, house: House): Promise<readonly SourceState[]> {
  return session.perform(sourcesActions.list, null, async (scope) => {
    const sources = await listSourceRows(scope.records, session.organisation);
    return Promise.all(sources.map((source) => stateOf(source, house)));
  });
}

/** The same, a page at a time. */
export async function pageSources(session: Session, page: number, house: House): Promise<PageOf<SourceState>> {
  return session.perform(sourcesActions.list, null, ({ records }) =>
    readPage(page, {
      count: () => countSourceRows(records, session.organisation),
      rows: async (window) =>
        Promise.all((await listSourceRows(records, session.organisation, window)).map((source) => stateOf(source, house))),
    }),
  );
}

/** One source by id or name. Fails with `sources.no-source`. */
export async function getSource(session: Session, idOrName: string, house: House): Promise<SourceState> {
  return session.perform(sourcesActions.list, { kind: "source", id: idOrName, organisation: null }, async (scope) => {
    const source = await findSource(scope.records, idOrName, session.organisation);
    if (!source) throw sourcesError("no-source", { name: idOrName });
    return stateOf(source, house);
  });
}

export interface QuarantinedRecord {
  readonly record: number;
  readonly offset: number;
  readonly firstLine: number;
  readonly lastLine: number;
  /** The bytes as they stood, base 64. */
  readonly raw: string;
  readonly reasons: readonly string[];
}

/** The records of the newest version that could not be read, by record number, a page at a time. */
export async function listQuarantine(
  session: Session,
  idOrName: string,
  wanted: { page: number; size: number },
  house: House,
): Promise<{ source: Source; version: Version | null; found: PageOf<QuarantinedRecord> }> {
  const { source, version } = await getSource(session, idOrName, house);
  return session.perform(
    sourcesActions.quarantine,
    { kind: "source", id: source.id, organisation: source.organisation },
    async (scope) => {
      if (!version || version.quarantined === 0) return { source, version, found: { rows: [], total: 0, ...wanted } };
      const read = ({ offset, limit }: PageWindow) =>
        readQuarantine(scope, source, sql`ORDER BY record_no LIMIT ${limit} OFFSET ${offset}`);
      return {
        source,
        version,
        found: await readPage(wanted.page, { count: async () => version.quarantined, rows: read }, wanted.size),
      };
    },
  );
}

/** One quarantined record of the newest version. Fails with `sources.no-quarantined`. */
export async function findQuarantined(
  session: Session,
  idOrName: string,
  number: number,
  house: House,
): Promise<{ source: Source; version: Version; record: QuarantinedRecord }> {
  const { source, version } = await getSource(session, idOrName, house);
  return session.perform(
    sourcesActions.quarantine,
    { kind: "source", id: source.id, organisation: source.organisation },
    async (scope) => {
      if (!version || version.quarantined === 0) throw sourcesError("no-quarantined", { record: number });
      const [record] = await readQuarantine(scope, source, sql`WHERE record_no = ${number}`);
      if (!record) throw sourcesError("no-quarantined", { record: number });
      return { source, version, record };
    },
  );
}

async function readQuarantine(scope: Scope, source: Source, which: Fragment): Promise<readonly QuarantinedRecord[]> {
  const { relation } = await scope.relation({
    dataset: source.datasetId,
    action: "quarantine",
    under: "own",
    columns: "covered",
  });
  const columns = ["record_no", "byte_offset", "first_line", "last_line", "raw", "reasons"].map(ident);
  const { rows } = await scope.query(sql`SELECT ${joinSql(columns, ", ")} FROM ${relation} ${which}`);
  return rows.map(([record, start, firstLine, lastLine, raw, reasons]) => ({
    record: Number(record),
    offset: Number(start),
    firstLine: Number(firstLine),
    lastLine: Number(lastLine),
    raw: String(raw),
    reasons: String(reasons).split("\n"),
  }));
}

/** Removes a source, its dataset and every file of it. Fails with `sources.no-source`. */
export async function removeSource(session: Session, idOrName: string, house: House): Promise<Source> {
  const source = await findSource(house.store, idOrName, session.organisation);
  if (!source) throw sourcesError("no-source", { name: idOrName });
  return session.perform(
    sourcesActions.remove,
    { kind: "source", id: source.id, organisation: source.organisation },
    async (scope) => {
      await scope.transaction(async (records) => {
        await records.as<SourcesTables>().deleteFrom("quarantine_let_go").where("dataset_id", "=", source.datasetId).execute();
        await records.as<SourcesTables>().deleteFrom("shape_change").where("dataset_id", "=", source.datasetId).execute();
        await records.as<SourcesTables>().deleteFrom("sent_record").where("dataset_id", "=", source.datasetId).execute();
        await records.as<SourcesTables>().deleteFrom("source").where("id", "=", source.id).execute();
        await records.as<SourcesTables>().deleteFrom("version_change").where("dataset_id", "=", source.datasetId).execute();
        await deleteEntry(records, source.datasetId);
        await house.lake.forgetDataset(records, source.datasetId);
      });
      await rm(join(house.lake.folder, source.datasetId), { recursive: true, force: true });
      return source;
    },
  );
}

export async function cancelLoad(session: Session, idOrName: string, house: House): Promise<void> {
  const { source, job } = await getSource(session, idOrName, house);
  await session.perform(sourcesActions.cancel, { kind: "source", id: source.id, organisation: source.organisation }, async () => {
    if (job) await house.jobs.cancel(job.id);
  });
}

async function stateOf(source: Source, house: House): Promise<SourceState> {
  const version = (await house.lake.findVersion(source.datasetId)) ?? null;
  const job = source.lastJob === null ? null : ((await findJob(house.store, source.lastJob)) ?? null);
  const change = version ? ((await findChange(house.store, source.datasetId, version.number - 1, version.number)) ?? null) : null;
  return { source, version, change, job };
}
