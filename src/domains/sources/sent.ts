import type { House, Session, Task } from "../../access/index.ts";
import { newId } from "../../kernel/ids.ts";
import { formatNumber } from "../../kit/index.ts";
import { changedBy } from "../catalogue/index.ts";
import { sourcesActions } from "./actions.ts";
import { sourcesError } from "./errors.ts";
import { numberedSince } from "./numbered-since.ts";
import { answer, findSent, insertSent, listSentOf, listUnanswered, numbersOf } from "./sent-store.ts";
import { findQuarantined } from "./sources.ts";
import { findSource, type SentRecord } from "./store.ts";

/**
 * Sends a quarantined record to who answers for its source: where it stands and why it was not read, never what it holds.
 * Sent again, it is sent once. Fails with `sources.no-quarantined` and `no-comment`.
 */
export async function sendRecord(
  session: Session,
  idOrName: string,
  { record: number, comment }: { readonly record: number; readonly comment: string },
  house: House,
): Promise<void> {
  const { source, version, record } = await findQuarantined(session, idOrName, number, house);
  const since = await numberedSince(version, house);
  await session.perform(sourcesActions.send, { kind: "source", id: source.id, organisation: source.organisation }, (scope) =>
    scope.transaction(async (records) => {
      const said = comment.trim().slice(0, 1000);
      if (said === "") throw sourcesError("no-comment", {}, { comment: "Say what is to be done." });
      const waits = (await listSentOf(records, since)).some((sent) => sent.answer === null && numbersOf(sent).includes(number));
      if (waits) return;
      const { by, at } = changedBy(session, house);
      await insertSent(records, {
        id: newId("snt", at),
        organisation: source.organisation,
        source_id: source.id,
        dataset_id: source.datasetId,
        version: version.number,
        record: number,
        line: record.firstLine,
        records: 1,
        numbers: null,
        reasons: record.reasons.join(" "),
        comment: said,
        sent_by: by ?? "",
        sent_at: at,
      });
    }),
  );
}

/** The owner says that a record, or all that were sent together, is mended where it came from, or cannot be, and why. */
export async function answerSent(
  session: Session,
  id: string,
  said: { readonly answer: "at-source" | "cannot"; readonly text: string },
  house: House,
): Promise<SentRecord> {
  const sent = await getSent(session, id, house);
  await session.perform(sourcesActions.answerSent, { kind: "sent-record", id, organisation: sent.organisation }, (scope) =>
    scope.transaction(async (records) => {
      const text = said.text.trim().slice(0, 1000);
      if (text === "") throw sourcesError("no-comment", {}, { text: "Say what you found or did." });
      if ((await findSent(records, id))?.answer === null)
        await answer(records, id, changedBy(session, house), { answer: said.answer, text });
    }),
  );
  return sent;
}

/** What was sent, for its own organisation. */
export async function getSent(session: Session, id: string, house: House): Promise<SentRecord> {
  return session.perform(sourcesActions.list, { kind: "sent-record", id, organisation: null }, async (scope) => {
    const sent = await findSent(scope.records, id);
    if (!sent || sent.organisation !== session.organisation) throw sourcesError("no-sent", {});
    if (!(await findSource(house.store, sent.source_id, sent.organisation))) throw sourcesError("no-sent", {});
    return sent;
  });
}

/** What was sent to this owner and waits. */
export async function sentTasks(session: Session, house: House): Promise<readonly Task[]> {
  if (session.organisation === null || !session.may(sourcesActions.answerSent, session.organisation)) return [];
  const waiting = await listUnanswered(house.store, session.organisation);
  const tasks = await Promise.all(
    waiting.map(async (sent): Promise<Task[]> => {
      const source = await findSource(house.store, sent.source_id, sent.organisation);
      if (!source) return [];
      return [
        {
          title: `${sentTitle(sent, source.name)} ${sent.records === 1 ? "was" : "were"} sent to you`,
          href: `/sources/${source.id}/quarantine/sent/${sent.id}`,
          why: sent.comment.length > 120 ? `${sent.comment.slice(0, 120)}…` : sent.comment,
          since: sent.sent_at,
          action: "Read and answer",
        },
      ];
    }),
  );
  return tasks.flat();
}

/** “Record 7 of …”, or “12 records of …”. */
export function sentTitle({ record, records }: SentRecord, source: string): string {
  return `${records === 1 ? `Record ${record}` : `${formatNumber(records)} records`} of “${source}”`;
}
