import type { House, JobRequest } from "../../access/index.ts";
import type { LoadedColumn, ProfileOutput } from "../../engine/index.ts";
import { ident, sql } from "../../sql/index.ts";
import { getType } from "../../vocabulary/index.ts";
import { loadLimits } from "./core/describe-file.ts";
import { nameColumns } from "./core/file-names.ts";
import { kitTypes, proposeTypes, type TypedByKit, type TypeTrial } from "./core/propose-types.ts";
import { readKits, type KitsRead } from "./core/read-kits.ts";
import { describeMatches, recogniseKit } from "./core/recognise-kit.ts";
import { countInText } from "./count-in-text.ts";
import type { Source, SourceKit } from "./store.ts";

/** What a load's columns are by a kit, and what to say of it. */
export interface KitOfLoad {
  /** Null where no kit is likely. */
  readonly found: SourceKit | null;
  /** Types by column number that count in place of what was detected. */
  readonly types: ReadonlyMap<number, string>;
  readonly notes: readonly string[];
  /** What the kit says the table is; for an entry that nobody has described. */
  readonly about: string;
}

/** The kits that this hub knows. */
export function kitsOf({ settings }: Pick<House, "settings">): Promise<KitsRead> {
  return readKits(String(settings.find(({ name }) => name === "GUILDHALL_KITS")?.value ?? ""));
}

/** Recognises the kit of what was read, and tries its types on the values. */
export async function kitOfLoad(
  load: {
    readonly source: Source;
    readonly fileName: string;
    readonly columns: readonly LoadedColumn[];
    readonly textPaths: readonly string[];
    readonly profile: ProfileOutput;
  },
  request: JobRequest,
): Promise<KitOfLoad> {
  const { kits, problems } = await kitsOf(request.house);
  const own = new Set(nameColumns(load.fileName, load.source.pattern).map(({ header }) => header));
  const headers = load.columns.map(({ header }) => header).filter((header) => !own.has(header));
  const matches = recogniseKit(kits, headers);
  const told = describeMatches(matches);
  const unusable = problems.map((problem) => `A kit cannot be used: ${problem}.`);
  const [best, ...others] = matches;
  if (!best) return { found: null, types: new Map(), notes: unusable, about: "" };
  const found = { sure: best.sure && others.length === 0, told, checks: null };
  if (others.length > 0)
    return {
      found: { name: null, edition: null, layout: null, ...found },
      types: new Map(),
      notes: [...unusable, ...told],
      about: "",
    };
  const trials = await tryTypes(kitTypes(best), load, request);
  const detected = new Map(load.profile.columns.map(({ header, detection }) => [header, detection]));
  const { types, notes } = proposeTypes(trials, detected);
  const numbers = new Map(load.columns.map(({ header, number }) => [header, number]));
  return {
    found: { name: best.kit.name, edition: best.kit.edition, layout: best.layout.name, ...found },
    types: new Map([...types].flatMap(([header, type]) => [[numbers.get(header) ?? -1, type] as const])),
    notes: [...unusable, ...told, ...notes],
    about: best.kit.about,
  };
}

/** Counts, over all rows or a sample of many, the distinct values of each column and those valid for the kit's type. */
async function tryTypes(
  wanted: readonly TypedByKit[],
  { columns, textPaths, profile }: Parameters<typeof kitOfLoad>[0],
  request: JobRequest,
): Promise<readonly TypeTrial[]> {
  const counts = wanted.flatMap(({ header, type, codes }) => {
    const cell = ident(`c${columns.find((column) => column.header === header)?.number ?? 0}`);
    const { dates, missing = [] } = profile.columns.find((column) => column.header === header)?.detection.reading ?? {};
    const filled = sql`${cell} <> '' AND NOT list_contains(${missing}::VARCHAR[], lower(trim(${cell})))`;
    const valid = sql`(${getType(type).sql(cell, dates)} IS NOT NULL OR list_contains(${codes}::VARCHAR[], trim(${cell})))`;
    return [
      sql`SELECT count(DISTINCT ${cell}) FILTER (${filled}) FROM text_layer`,
      sql`SELECT count(DISTINCT ${cell}) FILTER (${filled} AND ${valid}) FROM text_layer`,
    ];
  });
  const { rows } = profile;
  const { sampleRows } = loadLimits;
  // the same rows each time, thrown about so that no period of a file meets them
  const where =
    rows > 2 * sampleRows ? sql`(record_no * 514229) % 1000003 < ${Math.round((1_000_003 * sampleRows) / rows)}` : sql`true`;
  const figures = await countInText(textPaths, { counts, where }, request);
  return wanted.map((each, at) => ({ ...each, values: figures[at * 2] ?? 0, valid: figures[at * 2 + 1] ?? 0 }));
}
