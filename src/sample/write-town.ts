import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { canaryOf } from "./canary.ts";
import { csvLine } from "./csv.ts";
import { wardPopulationCsv, wardsGeoJson } from "./geography.ts";
import type { BadRecord, Source, SourceRecord } from "./source.ts";
import type { Town } from "./town.ts";

export interface WriteTownOptions {
  /** Plants canaries in columns that no agreement covers. */
  readonly canaries?: boolean;
  /** Where `truth.csv` goes: which record is which person. Left out, it is not written. Never the sources' folder. */
  readonly truthFolder?: string;
}

export interface WrittenSource {
  readonly file: string;
  /** Records that load. */
  readonly records: number;
  /** Records that must be quarantined, by line of the file, the first line being 1. */
  readonly bad: readonly { readonly line: number; readonly fault: BadRecord["fault"] }[];
}

export interface PlantedCanary {
  readonly text: string;
  readonly file: string;
  readonly column: string;
  readonly recordId: string;
}

/** What was written, so that a loader can be held to it. */
export interface Manifest {
  readonly seed: number;
  readonly sources: readonly WrittenSource[];
  /** Files about the place, which hold no person. */
  readonly places: readonly string[];
  readonly canaries: readonly PlantedCanary[];
}

const canaryColumns: Readonly<Record<string, readonly string[]>> = {
  "council-tax.csv": ["notes"],
  "adult-social-care.csv": ["Event Description", "Primary Support Reason"],
  "gp-registrations.ndjson": ["notes"],
};
const canariesPerColumn = 10;
const newline = new Uint8Array([10]);
const utf8 = new TextEncoder();

/** Writes the town's files into `folder`, which is made if need be. */
export async function writeTown(town: Town, folder: string, options: WriteTownOptions = {}): Promise<Manifest> {
  await mkdir(folder, { recursive: true });
  const planted = options.canaries ? plantCanaries(town.sources) : { sources: town.sources, canaries: [] };
  for (const source of planted.sources) await writeFile(join(folder, source.file), fileBytes(source));
  await writeFile(join(folder, "wards.geojson"), wardsGeoJson(town));
  await writeFile(join(folder, "ward-population.csv"), wardPopulationCsv(town));
  if (options.truthFolder !== undefined) await writeTruth(town, options.truthFolder);
  return {
    seed: town.seed,
    sources: planted.sources.map(({ file, records, bad }) => ({ file, records: records.length, bad: badLines(file, bad) })),
    places: ["wards.geojson", "ward-population.csv"],
    canaries: planted.canaries,
  };
}

async function writeTruth(town: Town, folder: string): Promise<void> {
  const role = new Map(town.residents.map(({ id, role }) => [id, role ?? ""]));
  const rows = town.sources.flatMap(({ file, records }) => {
    const persons = new Map(records.map(({ recordId, personId }) => [recordId, personId]));
    return [...persons].map(([recordId, personId]) => csvLine([file, recordId, personId, role.get(personId) ?? ""]));
  });
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, "truth.csv"), `${["file,record_id,person_id,role", ...rows].join("\n")}\n`);
}

function plantCanaries(sources: readonly Source[]): { sources: readonly Source[]; canaries: readonly PlantedCanary[] } {
  const canaries: PlantedCanary[] = [];
  const planted = sources.map((source) => {
    const records = [...source.records];
    (canaryColumns[source.file] ?? []).forEach((column, columnAt) => {
      const step = Math.floor(records.length / canariesPerColumn);
      for (let at = columnAt; at < step * canariesPerColumn; at += step) {
        const record = records[at];
        if (!record) continue;
        const text = canaryOf(canaries.length);
        records[at] = { ...record, fields: { ...record.fields, [column]: text } };
        canaries.push({ text, file: source.file, column, recordId: record.recordId });
      }
    });
    return { ...source, records };
  });
  return { sources: planted, canaries };
}

function fileBytes({ file, columns, records, bad }: Source): Uint8Array {
  const csv = file.endsWith(".csv");
  const line = ({ fields }: SourceRecord) =>
    csv
      ? csvLine(columns.map((column) => fields[column] ?? ""))
      : JSON.stringify(Object.fromEntries(columns.map((column) => [column, fields[column] ?? ""])));
  const lines = csv ? [utf8.encode(csvLine(columns))] : [];
  records.forEach((record, at) => {
    for (const { before, bytes } of bad) if (before === at) lines.push(Uint8Array.from(bytes));
    lines.push(utf8.encode(line(record)));
  });
  return Buffer.concat(lines.flatMap((line) => [line, newline]));
}

/** The line of a bad record: the header if any, the good records before it, and the bad ones before it. */
function badLines(file: string, bad: readonly BadRecord[]): WrittenSource["bad"] {
  const header = file.endsWith(".csv") ? 1 : 0;
  return bad.map(({ before, fault }, at) => ({ line: header + before + at + 1, fault }));
}
