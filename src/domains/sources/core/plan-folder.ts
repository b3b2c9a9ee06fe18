import { basename, dirname } from "node:path";
import type { FileTable } from "../../../engine/index.ts";
import { byTime, namePattern } from "./file-names.ts";

/** A file of a folder, with the tables that its content says it holds. */
export interface InspectedFile {
  readonly file: string;
  readonly bytes: number;
  readonly sha256: string;
  readonly kind: "tables" | "document" | "metadata";
  readonly tables: readonly FileTable[];
  /** The names of its columns, for a delimited file; else null. */
  readonly columns: readonly string[] | null;
  readonly notes: readonly string[];
}

export interface PlannedDataset {
  readonly name: string;
  readonly kind: "table" | "series" | "document" | "metadata";
  readonly files: readonly InspectedFile[];
  readonly table: FileTable | null;
  /** For a series: how its files are called. */
  readonly pattern: string;
}

/** Two files that look alike may be anything; three are a series. */
const leastFiles = 3;

/**
 * What datasets a folder becomes. Each table is one; files in one folder whose names differ only in what changes from one
 * delivery to the next, and whose columns are the same, are a series. Two files of the same content are one dataset.
 */
export function planFolder(files: readonly InspectedFile[]): {
  readonly planned: readonly PlannedDataset[];
  /** Files that hold what another holds, byte for byte. */
  readonly copies: readonly { readonly file: string; readonly of: string }[];
} {
  const firsts = new Map<string, InspectedFile>();
  const copies: { file: string; of: string }[] = [];
  for (const file of files) {
    const first = firsts.get(file.sha256);
    if (first) copies.push({ file: file.file, of: first.file });
    else firsts.set(file.sha256, file);
  }
  const own = [...firsts.values()];
  const alike = Map.groupBy(
    own.filter(({ columns }) => columns !== null),
    (file) => JSON.stringify([dirname(file.file), namePattern(file.file), file.columns]),
  );
  const series = new Map<InspectedFile, readonly InspectedFile[]>();
  for (const group of alike.values()) {
    if (group.length < leastFiles || !namePattern(group[0]?.file ?? "").includes("#")) continue;
    const inOrder = group.toSorted((one, other) => byTime(one.file, other.file));
    for (const file of inOrder) series.set(file, inOrder);
  }
  const planned = own.flatMap((file): readonly Omit<PlannedDataset, "name">[] => {
    const group = series.get(file);
    const [table = null] = file.tables;
    if (group) return group[0] === file ? [{ kind: "series", files: group, table, pattern: namePattern(file.file) }] : [];
    if (file.kind !== "tables") return [{ kind: file.kind, files: [file], table: null, pattern: "" }];
    return file.tables.map((own) => ({ kind: "table", files: [file], table: own, pattern: "" }));
  });
  return { planned: named(planned), copies };
}

/** Each gets the name of its file, with its table where there are several and with its folder where the name is taken. */
function named(planned: readonly Omit<PlannedDataset, "name">[]): readonly PlannedDataset[] {
  const taken = new Map<string, number>();
  return planned.map((plan) => {
    const file = plan.files[0]?.file ?? "";
    const several = (plan.files[0]?.tables.length ?? 0) > 1 && plan.table ? ` – ${plan.table.title}` : "";
    const short = `${titleOf(plan.kind === "series" ? plan.pattern : file)}${several}`.slice(0, 90);
    const folder = dirname(file);
    const wanted = !taken.has(short.toLowerCase()) || folder === "." ? short : `${short} (${folder})`.slice(0, 95);
    const times = (taken.get(wanted.toLowerCase()) ?? 0) + 1;
    taken.set(wanted.toLowerCase(), times);
    return { ...plan, name: times === 1 ? wanted : `${wanted} ${times}` };
  });
}

const endings = /(?:\.(?:csv|tsv|txt|json|ndjson|jsonl|geojson|xml|parquet|xlsx|xlsm|xls|ods|gz|zip|pdf|md|docx?))+$/i;

/** “road_casualties_2019-2024.csv” as a person would write it: “Road casualties 2019-2024”. */
function titleOf(file: string): string {
  const stem = basename(file)
    .replace(endings, "")
    .replaceAll(/[-_ ]*#[-_ ]*/g, " ")
    .replaceAll(/_+|(?<!\d)-+|-+(?!\d)/g, " ")
    .replaceAll(/\s+/g, " ")
    .trim();
  const words = stem === "" ? basename(file) : stem;
  return words.charAt(0).toUpperCase() + words.slice(1);
}
