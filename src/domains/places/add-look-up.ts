import type { House, Session } from "../../access/index.ts";
import type { Job } from "../../store/index.ts";
import { getType } from "../../vocabulary/index.ts";
import { findOwnEntry, listFields, type Field } from "../catalogue/index.ts";
import { queueTyping } from "../sources/index.ts";
import { placesActions } from "./actions.ts";
import { placesError } from "./errors.ts";
import { saveAreaJoin } from "./store.ts";

/** Codes that mean one place wherever they stand, for as long as it is that place. */
const codes: ReadonlySet<string> = new Set(["geo.gss_code", "postcode", "uprn", "usrn", "org.site_code"]);
/** What a look-up may give: an area. */
const areas: ReadonlySet<string> = new Set(["geo.gss_code", "category", "text", "org.site_code"]);

export interface NewLookUp {
  readonly dataset: string;
  readonly column: string;
  /** The dataset that is looked up in, its column with the same codes, and its column with the areas. */
  readonly in: string;
  readonly key: string;
  readonly value: string;
}

/**
 * Has the areas of a dataset's rows looked up by a code in another own dataset, as a column of its own: where a code stands in
 * rows of several areas, the area that most have. Names are refused: a name outlives the shape that it was given to.
 */
export async function addLookUp(session: Session, input: NewLookUp, house: House): Promise<Job | undefined> {
  const entry = await findOwnEntry(house.store, session, input.dataset);
  const other = await findOwnEntry(house.store, session, input.in);
  if (!entry) throw placesError("no-dataset", {});
  if (!other || other.organisation !== entry.organisation)
    throw placesError("no-dataset", {}, { in: "Choose a dataset of your organisation." });
  const { datasetId, organisation } = entry;
  await session.perform(placesActions.lookUp, { kind: "dataset", id: datasetId, organisation }, async (scope) => {
    const own = await listFields(scope.records, datasetId);
    const there = await listFields(scope.records, other.datasetId);
    const column = columnOf(own, input.column, "column");
    const [key, value] = [columnOf(there, input.key, "key"), columnOf(there, input.value, "value")];
    if (!codes.has(column.type) || !codes.has(key.type))
      throw placesError(
        "not-a-code",
        { column: codes.has(column.type) ? key.name : column.name },
        { key: "Choose a column of codes." },
      );
    if (column.type !== key.type)
      throw placesError(
        "not-the-same",
        { column: column.name, is: getType(column.type).label, key: key.name, other: getType(key.type).label },
        { key: "Choose a column of the same codes." },
      );
    if (!areas.has(value.type)) throw placesError("not-areas", { column: value.name }, { value: "Choose a column of areas." });
    await scope.transaction((records) =>
      saveAreaJoin(records, {
        datasetId,
        from: { kind: "value", column: column.number },
        by: { kind: "look-up", dataset: other.datasetId, key: key.number, value: value.number },
        number: null,
        version: 0,
        found: [],
      }),
    );
  });
  return queueTyping(session, { dataset: datasetId, organisation }, house);
}

function columnOf(fields: readonly Field[], name: string, field: string): Field {
  const found = fields.find((each) => each.name === name && each.recipe === null);
  if (!found) throw placesError("no-column", { column: name }, { [field]: "Choose a column of the dataset." });
  return found;
}
