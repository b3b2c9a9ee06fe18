import type { Kysely } from "kysely";
import type { Records } from "../../store/index.ts";
import type { ChangedBy } from "../catalogue/index.ts";
import type { SentRecord, SourcesTables } from "./store.ts";

export async function addSentTogether(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .alterTable("sent_record")
    .addColumn("records", "integer", (column) => column.notNull().defaultTo(1))
    .execute();
  await db.schema.alterTable("sent_record").addColumn("numbers", "text").execute();
}

/** A dataset's records as they are numbered since a version. */
export interface NumberedSince {
  readonly datasetId: string;
  readonly since: number;
}

/** The numbers of the records that were sent with a message, but for those of several that were mended since. */
export function numbersOf({ record, numbers }: SentRecord): readonly number[] {
  return numbers === null ? [record] : (JSON.parse(numbers) as readonly number[]);
}

/** What was sent last of each record, by its number. The newest is given first. */
export function sentByRecord(sent: readonly SentRecord[]): ReadonlyMap<number, SentRecord> {
  return new Map(sent.toReversed().flatMap((one) => numbersOf(one).map((number) => [number, one] as const)));
}

type NotAnswered = Omit<SentRecord, "answer" | "answer_text" | "answered_by" | "answered_at">;

export async function insertSent(records: Records, sent: NotAnswered): Promise<void> {
  const values = { ...sent, answer: null, answer_text: "", answered_by: null, answered_at: null };
  await records.as<SourcesTables>().insertInto("sent_record").values(values).execute();
}

export async function findSent(records: Records, id: string): Promise<SentRecord | undefined> {
  return records.as<SourcesTables>().selectFrom("sent_record").selectAll().where("id", "=", id).executeTakeFirst();
}

/** What was sent of a dataset's records, the newest first. */
export async function listSentOf(records: Records, { datasetId, since }: NumberedSince): Promise<readonly SentRecord[]> {
  const query = records.as<SourcesTables>().selectFrom("sent_record").selectAll().where("dataset_id", "=", datasetId);
  return query.where("version", ">=", since).orderBy("sent_at", "desc").execute();
}

/** What waits for an answer in an organisation, the oldest first. */
export async function listUnanswered(records: Records, organisation: string): Promise<readonly SentRecord[]> {
  return records
    .as<SourcesTables>()
    .selectFrom("sent_record")
    .selectAll()
    .where("organisation", "=", organisation)
    .where("answer", "is", null)
    .orderBy("sent_at")
    .limit(51)
    .execute();
}

export async function answer(
  records: Records,
  id: string,
  { by, at }: Pick<ChangedBy, "by" | "at">,
  said: { readonly answer: NonNullable<SentRecord["answer"]>; readonly text: string },
): Promise<void> {
  await records
    .as<SourcesTables>()
    .updateTable("sent_record")
    .set({ answer: said.answer, answer_text: said.text, answered_by: by, answered_at: at })
    .where("id", "=", id)
    .execute();
}

/** Records of a dataset were mended: what was sent of them is answered by that, of several once all of them are. */
export async function closeSent(
  records: Records,
  of: NumberedSince,
  mended: readonly number[],
  { by, at }: Pick<ChangedBy, "by" | "at">,
): Promise<void> {
  const gone = new Set(mended);
  for (const sent of await listSentOf(records, of)) {
    const held = numbersOf(sent);
    const left = held.filter((number) => !gone.has(number));
    if (sent.answer !== null || left.length === held.length) continue;
    if (left.length === 0) await answer(records, sent.id, { by, at }, { answer: "mended", text: "" });
    if (sent.numbers !== null) await keepNumbers(records, sent.id, left);
  }
}

async function keepNumbers(records: Records, id: string, numbers: readonly number[]): Promise<void> {
  const db = records.as<SourcesTables>();
  await db
    .updateTable("sent_record")
    .set({ numbers: JSON.stringify(numbers) })
    .where("id", "=", id)
    .execute();
}
