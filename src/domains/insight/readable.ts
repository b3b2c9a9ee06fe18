import type { House, Scope, Session } from "../../access/index.ts";
import type { Version } from "../../engine/index.ts";
import { describesPeople, findEntry, listFields, type Entry, type Field } from "../catalogue/index.ts";
import { usableColumn, type Usable } from "./columns.ts";
import { insightError } from "./errors.ts";

/** An own dataset whose rows may be asked for; what is granted is decided when they are. */
export interface Readable {
  readonly entry: Entry;
  readonly fields: readonly Field[];
}

/**
 * Says in words why rows are not shown before they are asked for: `insight.rows-of-people`, `insight.rows-purpose`. Another
 * organisation's dataset is missing.
 */
export async function findReadable(scope: Scope, session: Session, dataset: string): Promise<Readable> {
  const entry = await findEntry(scope.records, dataset);
  if (!entry || entry.organisation !== session.organisation) {
    await scope.relation({ dataset, action: "read", under: "own", columns: "covered" }); // says no, and puts on record why
    throw insightError("no-dataset", {});
  }
  const fields = await listFields(scope.records, dataset);
  if (describesPeople(entry, fields)) throw insightError("rows-of-people", { title: entry.title });
  if (session.purpose !== "planning" && session.purpose !== "stewardship") throw insightError("rows-purpose", {});
  return { entry, fields };
}

/** The columns of a version, as conditions and pages speak of them. */
export function columnsOf({ fields }: Readable, version: Version): readonly Usable[] {
  return fields
    .filter(({ number }) => version.columns.some((column) => column.number === number))
    .map(({ number, name, type, distinct, top }) =>
      usableColumn({ number, name, type, mask: "clear", distinct, values: top.map(({ value }) => value) }),
    );
}

/** The versions of a dataset, the newest first. */
export async function listVersionsOf(dataset: string, house: House): Promise<readonly Version[]> {
  return (await house.lake.listVersions(dataset)).slice(0, 100);
}
