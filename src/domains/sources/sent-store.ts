import type { Records } from "../../store/index.ts";
import type { ChangedBy } from "../catalogue/index.ts";
import type { SentRecord, SourcesTables } from "./store.ts";

export async function insertSent(records: Records, sent: SentRecord): Promise<void> {
  await records.as<SourcesTables>().insertInto("sent_record").values(sent).execute();
}

export async function findSent(records: Records, id: string): Promise<SentRecord | undefined> {
  return records.as<SourcesTables>().selectFrom("sent_record").selectAll().where("id", "=", id).executeTakeFirst();
}

/** What was sent of a dataset, the newest first. */
export async function listSentOf(records: Records, datasetId: string): Promise<readonly SentRecord[]> {
  const query = records.as<SourcesTables>().selectFrom("sent_record").selectAll().where("dataset_id", "=", datasetId);
  return query.orderBy("sent_at", "desc").execute();
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

/** Records of a dataset were mended: what was sent of them is answered by that. */
export async function closeSent(
  records: Records,
  datasetId: string,
  numbers: readonly number[],
  { by, at }: Pick<ChangedBy, "by" | "at">,
): Promise<void> {
  const mended = new Set(numbers);
  for (const sent of await listSentOf(records, datasetId))
    if (sent.answer === null && mended.has(sent.record))
      await answer(records, sent.id, { by, at }, { answer: "mended", text: "" });
}
