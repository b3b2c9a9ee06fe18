import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { canaryOf, numberCanaryOf } from "./canary.ts";
import { csvLine } from "./csv.ts";
import { wardPopulationCsv, wardsGeoJson } from "./geography.ts";
import type { BadRecord, Source, SourceRecord } from "./source.ts";
import type { Town } from "./town.ts";

export interface WriteTownOptions {
  /** Plants canaries: in columns that no agreement covers, in rows that nobody has a need for, in what cannot be read, in small groups. */
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
  /**
   * Why nobody may see it: its column is lent to nobody, its row is of a person whom nobody asks after though its column
   * is lent, or its record cannot be read and so is shown to those alone who look after the source.
   */
  readonly kept: "column" | "row" | "quarantine";
  readonly file: string;
  readonly column: string;
  readonly recordId: string;
}

/** A value that so few records have that no figure about them may be told. */
export interface PlantedGroup {
  readonly value: string;
  readonly count: number;
  readonly file: string;
  readonly column: string;
}

/** What was written, so that a loader can be held to it. */
export interface Manifest {
  readonly seed: number;
  readonly sources: readonly WrittenSource[];
  /** Files about the place, which hold no person. */
  readonly places: readonly string[];
  readonly canaries: readonly PlantedCanary[];
  readonly groups: readonly PlantedGroup[];
}

interface Plan {
  readonly file: string;
  readonly column: string;
  readonly kept: "column" | "row";
  readonly as: "text" | "number";
}

const canaryPlans: readonly Plan[] = [
  { file: "council-tax.csv", column: "notes", kept: "column", as: "text" },
  { file: "council-tax.csv", column: "annual_charge", kept: "column", as: "number" },
  { file: "council-tax.csv", column: "address", kept: "row", as: "text" },
  { file: "adult-social-care.csv", column: "Event Description", kept: "column", as: "text" },
  { file: "adult-social-care.csv", column: "Primary Support Reason", kept: "column", as: "text" },
  { file: "adult-social-care.csv", column: "Planned units per week", kept: "column", as: "number" },
  { file: "adult-social-care.csv", column: "Unit Cost", kept: "column", as: "number" },
  { file: "gp-registrations.ndjson", column: "notes", kept: "column", as: "text" },
  { file: "gp-registrations.ndjson", column: "registration_id", kept: "column", as: "number" },
  { file: "gp-registrations.ndjson", column: "address", kept: "row", as: "number" },
];
const smallGroups: readonly PlantedGroup[] = [
  { file: "council-tax.csv", column: "title", value: "Dame", count: 4 },
  { file: "adult-social-care.csv", column: "Client Type", value: "Zqxvisitor", count: 7 },
  { file: "gp-registrations.ndjson", column: "practice_code", value: "X99097", count: 6 },
];
const canariesPerColumn = 10;
const newline = new Uint8Array([10]);
const utf8 = new TextEncoder();

/** Writes the town's files into `folder`, which is made if need be. */
export async function writeTown(town: Town, folder: string, options: WriteTownOptions = {}): Promise<Manifest> {
  await mkdir(folder, { recursive: true });
  const planted = options.canaries ? plantCanaries(town) : { sources: town.sources, canaries: [], groups: [] };
  for (const source of planted.sources) await writeFile(join(folder, source.file), fileBytes(source));
  await writeFile(join(folder, "wards.geojson"), wardsGeoJson(town));
  await writeFile(join(folder, "ward-population.csv"), wardPopulationCsv(town));
  if (options.truthFolder !== undefined) await writeTruth(town, options.truthFolder);
  return {
    seed: town.seed,
    sources: planted.sources.map(({ file, records, bad }) => ({ file, records: records.length, bad: badLines(file, bad) })),
    places: ["wards.geojson", "ward-population.csv"],
    canaries: planted.canaries,
    groups: planted.groups,
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

function plantCanaries(town: Town) {
  const canaries: PlantedCanary[] = [];
  const cast = new Set(town.residents.filter(({ role }) => role !== undefined).map(({ id }) => id));
  const sources = town.sources.map((source) => {
    const records = [...source.records];
    const write = (at: number, column: string, text: string) => {
      const record = records[at];
      if (record) records[at] = { ...record, fields: { ...record.fields, [column]: text } };
    };
    const free = records.flatMap(({ personId }, at) => (cast.has(personId) ? [] : [at]));
    canaryPlans.forEach(({ file, column, kept, as }, place) => {
      if (file !== source.file) return;
      const step = Math.floor(free.length / canariesPerColumn);
      for (let turn = 0; turn < canariesPerColumn; turn += 1) {
        const at = free[turn * step + place] ?? 0;
        const text = as === "text" ? canaryOf(canaries.length) : numberCanaryOf(canaries.length);
        write(at, column, column === "address" ? `${text} Mill Lane` : text); // else the column's type would drop it
        canaries.push({ text, kept, file, column, recordId: records[at]?.recordId ?? "" });
      }
    });
    for (const { column, value, count } of smallGroups.filter(({ file }) => file === source.file))
      for (let turn = 0; turn < count; turn += 1) write(free[turn * 41 + 20] ?? 0, column, value);
    const bad = source.bad.map((record, at): BadRecord => {
      const text = at % 2 === 0 ? canaryOf(canaries.length) : numberCanaryOf(canaries.length);
      canaries.push({ text, kept: "quarantine", file: source.file, column: "", recordId: "" });
      return { ...record, bytes: withCanary(record.bytes, text) };
    });
    return { ...source, records, bad };
  });
  return { sources, canaries, groups: smallGroups };
}

/** A record that cannot be read, with a canary at its end: it stays what it was, and as broken. */
function withCanary(bytes: Uint8Array, text: string): Uint8Array {
  return Buffer.concat([bytes, utf8.encode(` ${text}`)]);
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
