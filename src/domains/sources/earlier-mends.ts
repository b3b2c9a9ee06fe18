import type { House, Scope, Session } from "../../access/index.ts";
import { readMended, type Relation, type ReceivedLayout, type Version } from "../../engine/index.ts";
import { ident, join as joinSql, sql } from "../../sql/index.ts";
import type { Job } from "../../store/index.ts";
import { sourcesActions } from "./actions.ts";
import { sourcesError } from "./errors.ts";
import { layoutsOf, mendLimits, startMend, type Mend } from "./mend.ts";
import { numberedSince } from "./numbered-since.ts";
import { getSource } from "./sources.ts";
import type { Source } from "./store.ts";

/** How many versions in which records were mended are looked through, the newest first. */
const mostVersions = 20;

/** A quarantined record whose like was mended before, with its text as that mend would have it. */
export interface EarlierMend extends Mend {
  readonly reasons: readonly string[];
  readonly cells: readonly { readonly header: string; readonly value: string }[];
  /** The version that the like of it became a row of, when, and what that version says of who mended. */
  readonly version: number;
  readonly at: number;
  readonly told: string;
}

export interface EarlierMends {
  readonly source: Source;
  readonly version: Version | null;
  readonly mends: readonly EarlierMend[];
}

/**
 * The records in quarantine that hold the very bytes, and were not read for the very reasons, of a record that was mended in
 * this or an earlier version: each with the cells that it was given. Read from the rows that the mends became, so that what
 * was erased or let go is offered no more. Where the newest load that had such a record has two mends of it, neither is
 * offered. Nothing is changed. Fails with `sources.no-source`.
 */
export async function findEarlierMends(session: Session, idOrName: string, house: House): Promise<EarlierMends> {
  const { source, version } = await getSource(session, idOrName, house);
  const target = { kind: "source", id: source.id, organisation: source.organisation };
  return session.perform(sourcesActions.quarantine, target, async (scope) => {
    if (!version || version.quarantined === 0) return { source, version, mends: [] };
    const layouts = await layoutsOf(version, house);
    const mends: EarlierMend[] = [];
    for (const found of await findLikes(scope, version, house)) {
      const layout = layouts.find(({ firstRecord }) => firstRecord <= found.record)?.layout;
      const text = layout ? await textOf(found.values, layout) : null;
      if (text === null) continue;
      const cells = version.columns.map(({ number, header }) => ({ header, value: found.values.get(number) ?? "" }));
      const { number, committedAt, notes } = found.made;
      mends.push({
        record: found.record,
        text,
        reasons: found.reasons,
        cells,
        version: number,
        at: committedAt,
        told: notes.join(" "),
      });
    }
    return { source, version, mends: mends.slice(0, mendLimits.inFile) };
  });
}

/** A quarantined record, with the cells by column that its like was given in the version that was made of it. */
interface Like {
  readonly record: number;
  readonly reasons: readonly string[];
  readonly values: ReadonlyMap<number, string>;
  readonly made: Version;
}

const wanted = { action: "quarantine", under: "own", columns: "covered" } as const;

async function findLikes(scope: Scope, version: Version, house: House): Promise<readonly Like[]> {
  const made = (await house.lake.listVersions(version.datasetId)).filter(({ mendedFrom }) => mendedFrom !== null);
  const { relation: waiting } = await scope.relation({ ...wanted, dataset: version.datasetId });
  const found = new Map<number, { readonly like: Like; readonly load: number; same: boolean }>();
  for (const one of made.slice(0, mostVersions)) {
    const load = (await numberedSince(one, house)).since;
    for (const like of await readLikes(scope, waiting, one)) {
      const held = found.get(like.record);
      if (!held) found.set(like.record, { like, load, same: true });
      else if (held.load === load && !isSame(held.like, like)) held.same = false;
    }
  }
  const sure = [...found.values()].filter(({ same }) => same).map(({ like }) => like);
  return sure.toSorted((first, second) => first.record - second.record);
}

async function readLikes(scope: Scope, waiting: Relation, made: Version): Promise<readonly Like[]> {
  const { relation: mended, columns } = await scope.relation({
    ...wanted,
    dataset: made.datasetId,
    version: made.number,
    layer: "mended",
  });
  const cells = columns.map(({ number }) => ident(`c${number}`));
  const { rows } = await scope.query(sql`
    SELECT waiting.record_no, reasons, ${joinSql(cells, ", ")}
    FROM ${waiting} AS waiting
    JOIN (SELECT DISTINCT raw, reasons, ${joinSql(cells, ", ")} FROM ${mended}) AS mended USING (raw, reasons)
    WHERE raw <> '' ORDER BY waiting.record_no LIMIT ${mendLimits.inFile}`);
  return rows.map(([record, reasons, ...values]) => ({
    record: Number(record),
    reasons: String(reasons).split("\n"),
    values: new Map(columns.map(({ number }, at) => [number, String(values[at] ?? "")])),
    made,
  }));
}

function isSame(one: Like, other: Like): boolean {
  const filled = ({ values }: Like) =>
    JSON.stringify([...values].filter(([, value]) => value !== "").toSorted(([a], [b]) => a - b));
  return filled(one) === filled(other);
}

/**
 * The text of a record that its file's reader reads as these cells; null where there is none, or where a cell stands in a
 * column that the file does not have.
 */
async function textOf(values: ReadonlyMap<number, string>, layout: ReceivedLayout): Promise<string | null> {
  const own = layout.columns.slice(0, layout.fields);
  if ([...values].some(([number, value]) => value !== "" && !layout.columns.includes(number))) return null;
  const fields = own.map((number) => values.get(number) ?? "");
  const { delimiter, quote } = layout;
  const mustQuote = (field: string) => [delimiter, quote, "\n", "\r"].some((sign) => sign !== "" && field.includes(sign));
  const text = fields
    .map((field) => (quote !== "" && mustQuote(field) ? quote + field.replaceAll(quote, quote + quote) + quote : field))
    .join(delimiter);
  const read = await readMended(text, layout);
  return "fields" in read && read.fields.every((field, at) => field === fields[at]) ? text : null;
}

/**
 * Has every record that was mended before become a row as its like did, as `startMend` does with mends that somebody wrote.
 * Fails with `sources.mended-elsewhere` where another version came since they were looked at, and with `nothing-mended`.
 */
export async function repeatMends(
  session: Session,
  idOrName: string,
  wanted: { readonly version: string },
  house: House,
): Promise<{ readonly job: Job; readonly records: number }> {
  const { source, version, mends } = await findEarlierMends(session, idOrName, house);
  if (version?.id !== wanted.version) throw sourcesError("mended-elsewhere", {});
  const job = await startMend(session, source.id, { version: version.id, mends }, house);
  return { job, records: mends.length };
}
