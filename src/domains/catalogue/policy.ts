import { always, type DatasetFacts, type House, type Rule } from "../../access/index.ts";
import type { Records } from "../../store/index.ts";
import { getType, highestClass, strictestMask, type ColumnClass } from "../../vocabulary/index.ts";
import type { Entry, Field } from "./model.ts";
import { findEntry, listFields } from "./store.ts";

/**
 * Whether a dataset describes people: until its owner says that it does not, and always while a column is of a personal
 * type. Types alone never say “no”: a column whose type nobody knows may be a name.
 */
export function describesPeople(entry: Pick<Entry, "people">, fields: readonly Pick<Field, "type">[]): boolean {
  return entry.people !== "no" || personalFields(fields).length > 0;
}

/** Of the most sensitive column, or what it was raised to by hand where that is more. */
export function classOfEntry(entry: Pick<Entry, "raisedClass">, fields: readonly Pick<Field, "class">[]): ColumnClass {
  return highestClass([...fields.map((field) => field.class), ...(entry.raisedClass === "" ? [] : [entry.raisedClass])]);
}

export function personalFields<F extends Pick<Field, "type">>(fields: readonly F[]): readonly F[] {
  return fields.filter(({ type }) => getType(type).personal);
}

/** What policy needs to know of a dataset; nothing when the register does not have it. */
export async function describeDataset(records: Records, datasetId: string): Promise<DatasetFacts | undefined> {
  const entry = await findEntry(records, datasetId);
  if (!entry) return undefined;
  const fields = await listFields(records, datasetId);
  return {
    id: datasetId,
    name: entry.title,
    organisation: entry.organisation,
    describesPeople: describesPeople(entry, fields),
    columns: fields.map(({ number, name, type, reading, recipe, class: columnClass, mask }) => ({
      number,
      name,
      type,
      reading,
      ...(recipe === null ? {} : { recipe }),
      class: columnClass,
      mask,
    })),
  };
}

/**
 * An organisation's policy on its own data. Stewards see what a load could not read, to mend it, and
 * count the rows that fail a rule, which they see masked; analysts get totals, are told where a load could not read and why,
 * and get rows only of datasets that describe no people. Nobody reads a person's record by it: that takes an agreement
 * and a need.
 */
export async function ownRules(
  dataset: string,
  agreement: string | null,
  organisation: string,
  house: House,
): Promise<readonly Rule[]> {
  if (agreement !== null) return [];
  const facts = await describeDataset(house.store, dataset);
  if (!facts || facts.organisation !== organisation) return [];
  const columns = facts.columns.map(({ number }) => ({ number, mask: "clear" as const }));
  const base = { effect: "permit", dataset, agreement: null, when: always, columns, minCell: null, rowLimit: null } as const;
  // of people a failing cell is shown by its shape and its row by a pseudonym: enough to find and mend it where it came from
  const masked = facts.columns.map(({ number, mask }) => ({
    number,
    mask: facts.describesPeople ? strictestMask(mask, "pseudonym") : mask,
  }));
  const stewards = { roles: ["steward", "owner"], purposes: ["stewardship"] } as const;
  const rules: Rule[] = [
    { ...base, id: `own/${dataset}/mend`, ...stewards, actions: ["quarantine"] },
    { ...base, id: `own/${dataset}/check`, ...stewards, actions: ["check"] },
    { ...base, id: `own/${dataset}/inspect`, ...stewards, actions: ["inspect"], columns: masked },
    { ...base, id: `own/${dataset}/unread`, roles: ["analyst"], purposes: ["planning"], actions: ["unread"] },
    { ...base, id: `own/${dataset}/totals`, roles: ["analyst"], purposes: ["planning"], actions: ["aggregate"] },
  ];
  if (!facts.describesPeople) {
    rules.push({
      ...base,
      id: `own/${dataset}/rows`,
      roles: ["analyst", "steward", "owner"],
      purposes: ["planning", "stewardship"],
      actions: ["read", "export"],
    });
  }
  return rules;
}
