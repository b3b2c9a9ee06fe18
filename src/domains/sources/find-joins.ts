import type { JobRequest } from "../../access/index.ts";
import { listFields, recordJoins, type Field, type Join } from "../catalogue/index.ts";
import { listSourceRows } from "./store.ts";

/** Fewer shared values, or a smaller share of the side that has fewer, is chance and not a join. */
const least = { values: 5, share: 0.3 } as const;
/** Datasets past this many are not compared with each other. */
const mostDatasets = 500;

/**
 * Types whose values mean the same wherever they stand: columns of one are compared whatever they are called. A code and a
 * name of an area are never of one family, and names of places are of none: they stay when the shapes behind them change.
 */
const shared: ReadonlySet<string> = new Set([
  "nhs_number", "nino", "upn", "uln", "utr", "uprn", "usrn", "postcode", "geo.gss_code", "email", "phone", "vehicle_reg",
  "org.company_number", "org.charity_number", "org.vat_number", "org.site_code", "professional_reg", "electoral_number",
]); // prettier-ignore
/** Types whose values mean something only in their own system: compared where the columns are called alike. */
const local: ReadonlySet<string> = new Set(["record_id", "case_ref", "account_ref", "employee_number", "text", "category"]);

/** Compares the columns of all datasets of an organisation and keeps which hold each other's values. */
export async function findAllJoins(organisation: string, request: JobRequest): Promise<readonly Join[]> {
  const { house, process, signal } = request;
  const sources = (await listSourceRows(house.store, organisation)).slice(0, mostDatasets);
  const columns: { path: string; number: number; family: string; source: string }[] = [];
  for (const { datasetId } of sources) {
    const version = await house.lake.findVersion(datasetId);
    const [path] = version ? await house.lake.filesOf(version.id, "typed") : [];
    if (!version || path === undefined) continue;
    const fields = await listFields(house.store, datasetId);
    for (const field of fields) {
      const family = familyOf(field);
      const has = version.columns.some(({ number }) => number === field.number);
      if (family !== undefined && has) columns.push({ path, number: field.number, family, source: datasetId });
    }
  }
  const found = columns.length < 2 ? [] : await process.run("joins", { columns, least: least.values }, { signal });
  const joins = found.flatMap((pair): readonly Join[] => {
    const [one, other] = [columns[pair.from], columns[pair.to]];
    if (!one || !other) return [];
    const join = {
      from: { dataset: one.source, number: one.number, distinct: pair.fromDistinct, unique: pair.fromUnique },
      to: { dataset: other.source, number: other.number, distinct: pair.toDistinct, unique: pair.toUnique },
      meet: pair.meet,
    };
    return pair.meet / Math.min(pair.fromDistinct, pair.toDistinct) >= least.share ? [join] : [];
  });
  await recordJoins(
    house.store,
    sources.map(({ datasetId }) => datasetId),
    joins,
  );
  return joins;
}

function familyOf({ type, name }: Field): string | undefined {
  if (shared.has(type)) return type;
  const words: readonly string[] = name.toLowerCase().match(/[\p{L}\d]+/gu) ?? [];
  if (!local.has(type) || words.includes("name") || words.length === 0) return undefined;
  return `called ${words.join(" ")}`;
}
