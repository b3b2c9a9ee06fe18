import type { ColumnProfile } from "../../engine/index.ts";
import type { Records, Store } from "../../store/index.ts";
import { classOf, getType, type Detection } from "../../vocabulary/index.ts";
import type { Field } from "./model.ts";
import { indexEntry } from "./search-index.ts";
import { describesPeople } from "./policy.ts";
import { findEntry, listFields, type CatalogueTables } from "./store.ts";

const sure = 0.9;
const minCell = 10;
/** Types whose values say nothing about who somebody is, so that a guess costs nothing. */
const plain: ReadonlySet<string> = new Set([
  "category",
  "number",
  "percentage",
  "record_id",
  "text",
  "text.note",
  "time.date",
  "time.instant",
  "time.of_day",
  "time.period",
  "url",
  "yes_no",
]);
/** Types whose values are few and say nothing of anyone by themselves. */
const listed: ReadonlySet<string> = new Set([
  "category",
  "geo.gss_code",
  "org.site_code",
  "person.sex",
  "person.title",
  "postcode.outcode",
  "time.period",
  "yes_no",
]);

/** Below 0.9 a type that matters is only proposed: the column stays text. */
function chosenType(detection: Detection): string {
  if (detection.type === null) return "text";
  return detection.confidence >= sure || plain.has(detection.type) ? detection.type : "text";
}

/** The columns whose types speak of people, by name; `kitTypes` as for `describeVersion`. */
export function personColumns(profiles: readonly ColumnProfile[], kitTypes: ReadonlyMap<number, string>): readonly string[] {
  return profiles
    .filter(({ number, detection }) => getType(kitTypes.get(number) ?? chosenType(detection)).personal)
    .map(({ header }) => header);
}

/**
 * Records what a new version's columns are. A steward's decision stays; then counts what the layout that the table was
 * recognised as says, by column number, where its values bear it out; everything else follows the newest evidence.
 */
export async function describeVersion(
  records: Records,
  datasetId: string,
  profiles: readonly ColumnProfile[],
  kitTypes: ReadonlyMap<number, string>,
): Promise<void> {
  const before = await listFields(records, datasetId);
  const chosen = profiles.map((profile) => {
    const held = before.find((field) => field.number === profile.number && field.decidedBy === "steward");
    const kitType = kitTypes.get(profile.number);
    if (held) return { profile, type: held.type, decidedBy: "steward" as const };
    if (kitType !== undefined) return { profile, type: kitType, decidedBy: "kit" as const };
    return { profile, type: chosenType(profile.detection), decidedBy: "detected" as const };
  });
  const people = chosen.some(({ type }) => getType(type).personal);
  const db = records.as<CatalogueTables>();
  for (const { profile, type, decidedBy } of chosen) {
    const row = {
      name: profile.header,
      type,
      decided_by: decidedBy,
      detection: JSON.stringify(profile.detection),
      reading: JSON.stringify(profile.detection.reading),
      class: classOf(getType(type), people),
      mask: getType(type).mask,
      nulls: profile.nulls,
      distinct: profile.distinct,
      top: JSON.stringify(topValues(type, profile, people)),
    };
    await db
      .insertInto("field")
      .values({ dataset_id: datasetId, number: profile.number, ...row })
      .onConflict((conflict) => conflict.columns(["dataset_id", "number"]).doUpdateSet(row))
      .execute();
  }
  await indexEntry(records, datasetId);
}

/**
 * Corrects how many distinct values columns hold, once the whole of a large table was gone through. An estimate may be a
 * tenth out: where it says no more than that, what was counted in the sample stays.
 */
export async function recordDistinct(
  store: Store,
  datasetId: string,
  counts: readonly { readonly number: number; readonly distinct: number }[],
): Promise<void> {
  await store.transaction(async (records) => {
    for (const { number, distinct } of counts) {
      await records
        .as<CatalogueTables>()
        .updateTable("field")
        .set({ distinct })
        .where("dataset_id", "=", datasetId)
        .where("number", "=", number)
        .where("distinct", "<", distinct * 0.9)
        .execute();
    }
  });
}

/** How columns that are worked out came out in a version. */
export async function recordFilled(
  store: Store,
  version: { readonly datasetId: string; readonly rows: number },
  counts: readonly (Pick<ColumnProfile, "number" | "distinct" | "top"> & { readonly filled: number })[],
): Promise<void> {
  await store.transaction(async (records) => {
    const fields = await listFields(records, version.datasetId);
    const entry = await findEntry(records, version.datasetId);
    const people = entry !== undefined && describesPeople(entry, fields);
    for (const { number, filled, distinct, top } of counts)
      await records
        .as<CatalogueTables>()
        .updateTable("field")
        .set({
          nulls: version.rows - filled,
          distinct,
          top: JSON.stringify(topValues(fields.find((field) => field.number === number)?.type ?? "", { distinct, top }, people)),
        })
        .where("dataset_id", "=", version.datasetId)
        .where("number", "=", number)
        .execute();
  });
}

/** A column that is worked out from others of its row, with how that is done and what came of it. */
export async function recordRecipe(
  records: Records,
  datasetId: string,
  column: {
    readonly number: number;
    readonly name: string;
    readonly type: string;
    readonly recipe: string;
    readonly evidence: readonly string[];
  },
): Promise<void> {
  const { number, name, type, recipe, evidence } = column;
  const people = (await listFields(records, datasetId)).some((field) => getType(field.type).personal);
  const detection: Detection = { type, confidence: 1, evidence, reading: {}, alternatives: [] };
  const row = {
    name,
    type,
    recipe,
    decided_by: "recipe" as const,
    detection: JSON.stringify(detection),
    reading: "{}",
    class: classOf(getType(type), people),
    mask: getType(type).mask,
  };
  await records
    .as<CatalogueTables>()
    .insertInto("field")
    .values({ dataset_id: datasetId, number, ...row, nulls: 0, distinct: 0, top: "[]" })
    .onConflict((conflict) => conflict.columns(["dataset_id", "number"]).doUpdateSet(row))
    .execute();
  await indexEntry(records, datasetId);
}

/** A column that is not worked out any more. */
export async function dropRecipe(records: Records, datasetId: string, number: number): Promise<void> {
  await records
    .as<CatalogueTables>()
    .deleteFrom("field")
    .where("dataset_id", "=", datasetId)
    .where("number", "=", number)
    .where("decided_by", "=", "recipe")
    .execute();
  await indexEntry(records, datasetId);
}

/** A steward's decision on one column; the classes of all columns follow, since people may have entered or left. */
export async function recordType(records: Records, datasetId: string, number: number, type: string): Promise<void> {
  const fields = (await listFields(records, datasetId)).map((field) => (field.number === number ? { ...field, type } : field));
  const people = fields.some((field) => getType(field.type).personal);
  for (const field of fields) {
    const changed = field.number === number;
    await records
      .as<CatalogueTables>()
      .updateTable("field")
      .set({
        type: field.type,
        class: classOf(getType(field.type), people),
        mask: getType(field.type).mask,
        ...(changed ? { decided_by: "steward" as const, top: "[]" } : {}),
      })
      .where("dataset_id", "=", datasetId)
      .where("number", "=", field.number)
      .execute();
  }
  await indexEntry(records, datasetId);
}

function topValues(type: string, profile: Pick<ColumnProfile, "distinct" | "top">, people: boolean): Field["top"] {
  if (!listed.has(type) || profile.distinct > 50) return [];
  return profile.top.filter(({ count }) => !people || count >= minCell).slice(0, 20);
}
