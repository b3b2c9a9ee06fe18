import type { Records } from "../../store/index.ts";
import { getType } from "../../vocabulary/index.ts";
import { slipKeys, wordsOf, wordsOfName } from "./search-words.ts";
import type { CatalogueTables } from "./store.ts";

/**
 * Keeps the words that an entry is found by, after anything of it changed: title and description, which everyone may find it
 * by, and columns, types and values of closed lists, which its own organisation may. A word that no entry has any more is
 * forgotten with its slips.
 */
export async function indexEntry(records: Records, datasetId: string): Promise<void> {
  const db = records.as<CatalogueTables>();
  const entry = await db
    .selectFrom("entry")
    .select(["title", "description"])
    .where("dataset_id", "=", datasetId)
    .executeTakeFirst();
  const fields = await db.selectFrom("field").select(["name", "type", "top"]).where("dataset_id", "=", datasetId).execute();
  const said = entry ? wordsOf(`${entry.title} ${entry.description}`) : [];
  const own = entry
    ? fields.flatMap(({ name, type, top }) => [
        ...wordsOfName(name),
        ...wordsOf(`${type} ${getType(type).label}`),
        ...(JSON.parse(top) as readonly { value: string }[]).flatMap(({ value }) => wordsOf(value)),
      ])
    : [];
  const wanted = new Map<string, { word: string; own: number }>();
  for (const word of said) wanted.set(`0${word}`, { word, own: 0 });
  for (const word of own) wanted.set(`1${word}`, { word, own: 1 });
  const held = await db.selectFrom("entry_word").select(["word", "own"]).where("dataset_id", "=", datasetId).execute();
  const gone = held.filter(({ word, own: mine }) => !wanted.has(`${mine}${word}`));
  for (const row of gone)
    await db
      .deleteFrom("entry_word")
      .where("dataset_id", "=", datasetId)
      .where("word", "=", row.word)
      .where("own", "=", row.own)
      .execute();
  for (const { word, own: mine } of held) wanted.delete(`${mine}${word}`);
  for (const { word, own: mine } of wanted.values()) {
    await db.insertInto("entry_word").values({ word, dataset_id: datasetId, own: mine }).execute();
    const slips = slipKeys(word).map((slip) => ({ slip, word }));
    if (slips.length > 0)
      await db
        .insertInto("word_slip")
        .values(slips)
        .onConflict((conflict) => conflict.doNothing())
        .execute();
  }
  for (const { word } of gone) {
    const left = await db.selectFrom("entry_word").select("word").where("word", "=", word).limit(1).executeTakeFirst();
    if (!left) await db.deleteFrom("word_slip").where("word", "=", word).execute();
  }
}
