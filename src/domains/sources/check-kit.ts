import type { JobRequest } from "../../access/index.ts";
import type { Version } from "../../engine/index.ts";
import { ident, join, sql, type Fragment } from "../../sql/index.ts";
import { getType } from "../../vocabulary/index.ts";
import { listFields, type Field } from "../catalogue/index.ts";
import { recogniseKit } from "./core/recognise-kit.ts";
import { countInText } from "./count-in-text.ts";
import { kitsOf } from "./kit-of-load.ts";
import { findSourceOfDataset, recordKit, type KitCheck } from "./store.ts";

/** One check of a table's rows: a statement that gives a count, and what is counted. */
interface Check {
  readonly count: Fragment;
  readonly text: string;
}

/**
 * Runs the checks of the kit that a version was recognised as, over all of its rows, and keeps the counts with its source:
 * rows that share a key, values that are in no list, dates in the wrong order. No value is quoted. Gives the sentences.
 */
export async function checkKit(version: Version, files: readonly string[], request: JobRequest): Promise<readonly string[]> {
  const { house } = request;
  const source = await findSourceOfDataset(house.store, version.datasetId);
  if (!source?.kit || source.kit.name === null) return [];
  const { name, layout } = source.kit;
  const { kits } = await kitsOf(house);
  const headers = version.columns.map(({ header }) => header);
  const match = recogniseKit(
    kits.filter((kit) => kit.name === name),
    headers,
  ).find((each) => each.layout.name === layout);
  if (!match) return [];
  const fields = new Map((await listFields(house.store, version.datasetId)).map((field) => [field.number, field]));
  const columns = new Map<string, Field>();
  for (const { number, header } of version.columns) {
    const [column, field] = [match.columns.get(header), fields.get(number)];
    if (column && field && !columns.has(column.name)) columns.set(column.name, { ...field, name: header });
  }
  const checks = [
    ...keyCheck(match.layout.key, columns),
    ...match.layout.columns.flatMap(({ name: column, codes }) => codeCheck(columns.get(column), codes)),
    ...match.layout.order.flatMap(([from, to]) => orderCheck(columns.get(from), columns.get(to))),
  ];
  const where = sql`record_no <= ${version.lastRecord}`;
  const counts = checks.map(({ count }) => count);
  const figures = await countInText(files, { counts, where }, request);
  const found = checks.map(({ text }, at): KitCheck => ({ count: figures[at] ?? 0, text }));
  await recordKit(house.store, source.id, { ...source.kit, checks: found });
  return found.filter(({ count }) => count > 0).map(({ count, text }) => `${count.toLocaleString("en-GB")} ${text}.`);
}

/** Whether a cell says something: what stands for nothing in its column does not. */
function filled({ number, reading }: Field): Fragment {
  const cell = ident(`c${number}`);
  return sql`(${cell} <> '' AND NOT list_contains(${reading.missing ?? []}::VARCHAR[], lower(trim(${cell}))))`;
}

function keyCheck(key: readonly string[], columns: ReadonlyMap<string, Field>): readonly Check[] {
  const parts = key.flatMap((name) => columns.get(name) ?? []);
  if (parts.length === 0 || parts.length < key.length) return [];
  const cells = join(
    parts.map(({ number }) => ident(`c${number}`)),
    ", ",
  );
  const whole = join(parts.map(filled), " AND ");
  return [
    {
      count: sql`SELECT coalesce(sum(n), 0) FROM (SELECT count(*) AS n FROM text_layer WHERE ${whole} GROUP BY ${cells} HAVING count(*) > 1)`,
      text: `rows share a key with another row (${parts.map(({ name }) => name).join(", ")})`,
    },
  ];
}

function codeCheck(field: Field | undefined, codes: ReadonlyMap<string, string> | null): readonly Check[] {
  if (!field || codes === null) return [];
  const cell = sql`trim(${ident(`c${field.number}`)})`;
  const strange = sql`${filled(field)} AND NOT list_contains(${[...codes.keys()]}::VARCHAR[], ${cell})`;
  return [
    {
      count: sql`SELECT count(DISTINCT ${cell}) FILTER (${strange}) FROM text_layer`,
      text: `values of ${field.name} are not in the kit's list`,
    },
  ];
}

/** Only of columns that are typed as dates: what cannot be read as one has no order. */
function orderCheck(from: Field | undefined, to: Field | undefined): readonly Check[] {
  if (!from || !to || [from, to].some(({ type }) => getType(type).storage !== "DATE")) return [];
  const date = ({ number, type, reading }: Field) => getType(type).sql(ident(`c${number}`), reading.dates);
  return [
    {
      count: sql`SELECT count_if(${date(from)} > ${date(to)}) FROM text_layer`,
      text: `rows have a ${from.name} after their ${to.name}`,
    },
  ];
}
