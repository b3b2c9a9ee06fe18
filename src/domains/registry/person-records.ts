import type { Granted, Scope } from "../../access/index.ts";
import { ident, join, sql, stage, type Fragment, type Stage } from "../../sql/index.ts";
import { registryError } from "./errors.ts";
import type { LinkProject } from "./store.ts";

export const personColumns = [
  "record_id",
  "source",
  "forename",
  "surname",
  "dob",
  "postcode",
  "nhs_number",
  "uprn",
  "sex",
] as const;

/** The semantic type that each field of a person record is read from. */
const typeOfField = {
  forename: "person.forename",
  surname: "person.surname",
  dob: "person.date_of_birth",
  postcode: "postcode",
  nhs_number: "nhs_number",
  uprn: "uprn",
  sex: "person.sex",
} as const;

export interface PersonSources {
  readonly stage: Stage;
  readonly granted: readonly Granted[];
}

/**
 * The person records of a link project as one stage, each field from the first lent column of its type. Every dataset
 * is reached through the project's agreement, for matching, in the version given or else the newest. Fails with `registry.no-columns` where nothing can be
 * matched by, and is refused where the agreement lends nothing.
 */
export async function personRecords(
  scope: Scope,
  project: LinkProject,
  choice: { name?: string; only?: ReadonlyMap<string, readonly number[]>; versions?: ReadonlyMap<string, number> } = {},
): Promise<PersonSources> {
  const granted: Granted[] = [];
  const parts: Fragment[] = [];
  for (const dataset of project.datasets) {
    const records = choice.only?.get(dataset);
    if (choice.only && !records) continue;
    const version = choice.versions?.get(dataset);
    if (choice.versions && version === undefined) continue;
    const rows = await scope.relation({
      dataset,
      action: "link",
      under: { agreement: project.agreement },
      columns: "covered",
      ...(records ? { records } : {}),
      ...(version === undefined ? {} : { version }),
    });
    const fields = Object.entries(typeOfField).map(([field, type]) => {
      const column = rows.columns.find((candidate) => candidate.type === type);
      const empty = field === "dob" ? sql`CAST(NULL AS DATE)` : sql`CAST(NULL AS VARCHAR)`;
      return { field, found: column !== undefined, expression: column ? ident(`c${column.number}`) : empty };
    });
    const usable = fields.some(({ field, found }) => found && ["dob", "nhs_number", "surname"].includes(field));
    if (!usable) throw registryError("no-columns", { dataset: rows.dataset.name });
    granted.push(rows);
    const cells = fields.map(({ field, expression }) => sql`${expression} AS ${ident(field)}`);
    parts.push(
      sql`SELECT ${dataset} || ':' || record_no AS record_id, ${dataset} AS source, ${join(cells, ", ")} FROM ${rows.relation}`,
    );
  }
  return { stage: stage(choice.name ?? "person_records", join(parts, " UNION ALL "), { materialized: true }), granted };
}
