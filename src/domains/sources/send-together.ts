import type { House, Scope, Session } from "../../access/index.ts";
import type { Version } from "../../engine/index.ts";
import { newId } from "../../kernel/ids.ts";
import { plural } from "../../kit/index.ts";
import { sql } from "../../sql/index.ts";
import { changedBy } from "../catalogue/index.ts";
import { sourcesActions } from "./actions.ts";
import { sourcesError } from "./errors.ts";
import { mendLimits } from "./mend.ts";
import { numberedSince } from "./numbered-since.ts";
import { insertSent, listSentOf, numbersOf } from "./sent-store.ts";
import { getSource } from "./sources.ts";
import type { Source } from "./store.ts";

/** How many reasons a message tells. */
const mostReasons = 20;

/** Quarantined records that have the same reasons. */
interface Alike {
  readonly reasons: readonly string[];
  readonly numbers: readonly number[];
}

export interface Unsent {
  readonly source: Source;
  readonly version: Version | null;
  /** How many were never sent; a message is of at most 10,000 of them, the first. */
  readonly total: number;
  readonly line: number;
  readonly alike: readonly Alike[];
}

/** The quarantined records of the newest version that nobody sent to their owner, by their reasons. Fails with `sources.no-source`. */
export async function findUnsent(session: Session, idOrName: string, house: House): Promise<Unsent> {
  const { source, version } = await getSource(session, idOrName, house);
  const target = { kind: "source", id: source.id, organisation: source.organisation };
  return session.perform(sourcesActions.quarantine, target, async (scope) => {
    if (!version || version.quarantined === 0) return { source, version, total: 0, line: 0, alike: [] };
    const sent = await listSentOf(scope.records, await numberedSince(version, house));
    return { source, version, ...(await readUnsent(scope, source, sent.flatMap(numbersOf))) };
  });
}

async function readUnsent(
  scope: Scope,
  { datasetId }: Source,
  sent: readonly number[],
): Promise<Pick<Unsent, "total" | "line" | "alike">> {
  const wanted = { dataset: datasetId, action: "quarantine", under: "own", columns: "covered" } as const;
  const { relation } = await scope.relation(wanted);
  const others = sent.length === 0 ? sql`true` : sql`record_no NOT IN (SELECT unnest(${sent}))`;
  const { rows } = await scope.query(sql`
    SELECT reasons, string_agg(CAST(record_no AS VARCHAR), ',' ORDER BY record_no), min(first_line), any_value(total)
    FROM (SELECT record_no, first_line, reasons, count(*) OVER () AS total FROM ${relation} WHERE ${others}
      ORDER BY record_no LIMIT ${mendLimits.inFile})
    GROUP BY reasons ORDER BY min(record_no)`);
  return {
    total: Number(rows[0]?.[3] ?? 0),
    line: Number(rows[0]?.[2] ?? 0),
    alike: rows.map(([reasons, numbers]) => ({
      reasons: String(reasons).split("\n"),
      numbers: String(numbers).split(",").map(Number),
    })),
  };
}

/** Each reason with how many of the records have it, the most frequent first; a record may have several. */
export function reasonCounts(alike: readonly Alike[]): readonly { readonly reason: string; readonly records: number }[] {
  const counts = new Map<string, number>();
  for (const { reasons, numbers } of alike)
    for (const reason of reasons) counts.set(reason, (counts.get(reason) ?? 0) + numbers.length);
  return [...counts].map(([reason, records]) => ({ reason, records })).toSorted((one, other) => other.records - one.records);
}

/** The same in lines, of which the last says how many reasons are left out. */
export function reasonLines(alike: readonly Alike[]): readonly string[] {
  const counts = reasonCounts(alike);
  const lines = counts.slice(0, mostReasons).map(({ reason, records }) => `${plural(records, "record")}: ${reason}`);
  return counts.length > mostReasons ? [...lines, `And ${counts.length - mostReasons} other reasons.`] : lines;
}

/**
 * Sends every quarantined record that was not sent yet to who answers for the source, with one message: how many have which
 * reason, never what they hold. Gives how many were sent. Fails with `sources.no-comment`, with `newer-version` where another
 * version came since they were looked at, and with `all-sent`.
 */
export async function sendTogether(
  session: Session,
  idOrName: string,
  { version: wanted, comment }: { readonly version: string; readonly comment: string },
  house: House,
): Promise<number> {
  const { source, version, line, alike } = await findUnsent(session, idOrName, house);
  const target = { kind: "source", id: source.id, organisation: source.organisation };
  const since = version && (await numberedSince(version, house));
  return session.perform(sourcesActions.send, target, (scope) =>
    scope.transaction(async (records) => {
      const said = comment.trim().slice(0, 1000);
      if (said === "") throw sourcesError("no-comment", {}, { comment: "Say what is to be done." });
      if (!version || !since || version.id !== wanted) throw sourcesError("newer-version", {});
      const sent = new Set((await listSentOf(records, since)).flatMap(numbersOf));
      const left = alike.map(({ reasons, numbers }) => ({ reasons, numbers: numbers.filter((number) => !sent.has(number)) }));
      const numbers = left.flatMap((group) => group.numbers).toSorted((one, other) => one - other);
      const [first] = numbers;
      if (first === undefined) throw sourcesError("all-sent", {});
      const { by, at } = changedBy(session, house);
      await insertSent(records, {
        id: newId("snt", at),
        organisation: source.organisation,
        source_id: source.id,
        dataset_id: source.datasetId,
        version: version.number,
        record: first,
        line,
        records: numbers.length,
        numbers: JSON.stringify(numbers),
        reasons: reasonLines(left.filter((group) => group.numbers.length > 0)).join("\n"),
        comment: said,
        sent_by: by ?? "",
        sent_at: at,
      });
      return numbers.length;
    }),
  );
}
