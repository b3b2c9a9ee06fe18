import type { Records, Store } from "../../store/index.ts";
import { classOf, detect, getType, type Detection } from "../../vocabulary/index.ts";
import type { Field, FieldProfile } from "./model.ts";
import { listFields, type CatalogueTables } from "./store.ts";

const sure = 0.9;
const minCell = 10;
/** Types whose values say nothing about who somebody is, so that a guess costs nothing. */
const plain: ReadonlySet<string> = new Set(["category", "number", "record_id", "text", "url", "time.date"]);

/** What detection says of each column. Below 0.9 a type that matters is only proposed: the column stays text. */
export function detectColumns(profiles: readonly FieldProfile[]): ReadonlyMap<number, Detection> {
  return new Map(
    profiles.map((profile) => {
      const { name, rows, nulls, distinct, distinctTotal, whole } = profile;
      const detection = detect({ name, rows, nulls, distinct, distinctTotal });
      const sampled = rows < whole.rows ? [`seen in a sample of ${rows.toLocaleString("en-GB")} rows`] : [];
      return [profile.number, { ...detection, evidence: [...detection.evidence, ...sampled] }];
    }),
  );
}

export function chosenType(detection: Detection): string {
  if (detection.type === null) return "text";
  return detection.confidence >= sure || plain.has(detection.type) ? detection.type : "text";
}

/** The columns whose types speak of people, by name. */
export function personColumns(profiles: readonly FieldProfile[], detections: ReadonlyMap<number, Detection>): readonly string[] {
  return profiles.filter(({ number }) => getType(chosenType(detections.get(number) ?? unknown)).personal).map(({ name }) => name);
}

/**
 * Records what a new version's columns are. A steward's decision stays; everything else follows the newest evidence.
 */
export async function describeVersion(records: Records, datasetId: string, profiles: readonly FieldProfile[]): Promise<void> {
  const before = await listFields(records, datasetId);
  const detections = detectColumns(profiles);
  const chosen = profiles.map((profile) => {
    const held = before.find((field) => field.number === profile.number && field.decidedBy === "steward");
    const detection = detections.get(profile.number) ?? unknown;
    return {
      profile,
      detection,
      type: held?.type ?? chosenType(detection),
      decidedBy: held ? ("steward" as const) : ("detected" as const),
    };
  });
  const people = chosen.some(({ type }) => getType(type).personal);
  const db = records.as<CatalogueTables>();
  for (const { profile, detection, type, decidedBy } of chosen) {
    const row = {
      name: profile.name,
      type,
      decided_by: decidedBy,
      detection: JSON.stringify(detection),
      class: classOf(getType(type), people),
      mask: getType(type).mask,
      nulls: profile.whole.nulls,
      distinct: profile.distinctTotal,
      top: JSON.stringify(topValues(type, profile, people)),
    };
    await db
      .insertInto("field")
      .values({ dataset_id: datasetId, number: profile.number, ...row })
      .onConflict((conflict) => conflict.columns(["dataset_id", "number"]).doUpdateSet(row))
      .execute();
  }
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
}

const unknown: Detection = { type: null, confidence: 0, evidence: [], alternatives: [] };

function topValues(type: string, profile: FieldProfile, people: boolean): Field["top"] {
  const listed = ["category", "person.sex", "geo.gss_code"].includes(type) && profile.distinctTotal <= 50;
  if (!listed) return [];
  return profile.distinct.filter(({ count }) => !people || count >= minCell).slice(0, 20);
}
