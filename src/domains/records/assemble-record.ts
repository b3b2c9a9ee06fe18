import type { Granted } from "../../access/index.ts";
import { formatDate } from "../../kernel/clock.ts";
import { getType } from "../../vocabulary/index.ts";

export interface SourceRows {
  readonly granted: Granted;
  readonly rows: readonly (readonly (string | null)[])[];
}

export interface Origin {
  readonly source: string;
  /** When the version it comes from was loaded, UTC milliseconds. */
  readonly loadedAt: number;
}

export interface SourcedValue {
  readonly text: string;
  readonly origins: readonly Origin[];
}

/** One fact about the person, with every value that the sources give it, the most often given first. */
export interface Fact {
  readonly label: string;
  readonly values: readonly SourcedValue[];
}

export interface SourceSection {
  readonly origin: Origin;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

export interface PersonRecordView {
  readonly facts: readonly Fact[];
  readonly sections: readonly SourceSection[];
}

/** The types that say who somebody is, in the order in which they are read. */
const identityTypes = [
  ["person.full_name", "Name"],
  ["person.forename", "First name"],
  ["person.surname", "Last name"],
  ["person.date_of_birth", "Date of birth"],
  ["person.sex", "Sex"],
  ["nhs_number", "NHS number"],
  ["address", "Address"],
  ["postcode", "Postcode"],
  ["phone", "Telephone"],
  ["email", "Email address"],
] as const;

/** Joins what the sources say of one person: who they are, value by value with origins, then each source's own rows. */
export function assembleRecord(sources: readonly SourceRows[]): PersonRecordView {
  const facts = identityTypes.flatMap(([type, label]) => {
    const values = collectValues(sources, type);
    return values.length === 0 ? [] : [{ label, values }];
  });
  const identity: ReadonlySet<string> = new Set(identityTypes.map(([type]) => type));
  const sections = sources.flatMap(({ granted, rows }) => {
    const own = granted.columns.flatMap((column, at) => (identity.has(column.type) ? [] : [{ column, at }]));
    if (own.length === 0) return [];
    const lines = rows.map((row) => own.map(({ column, at }) => show(row[at] ?? null, column.type)));
    const distinct = [...new Map(lines.map((line) => [line.join("\u001f"), line])).values()].filter((line) =>
      line.some((cell) => cell !== "–"),
    );
    return [{ origin: originOf(granted), columns: own.map(({ column }) => column.name), rows: distinct }];
  });
  return { facts, sections };
}

function collectValues(sources: readonly SourceRows[], type: string): readonly SourcedValue[] {
  const found = new Map<string, { count: number; origins: Map<string, Origin> }>();
  for (const { granted, rows } of sources) {
    granted.columns.forEach((column, at) => {
      if (column.type !== type) return;
      for (const row of rows) {
        const value = row[at];
        if (value === null || value === undefined) continue;
        const text = show(value, type);
        const held = found.get(text) ?? { count: 0, origins: new Map<string, Origin>() };
        held.count += 1;
        held.origins.set(granted.dataset.id, originOf(granted));
        found.set(text, held);
      }
    });
  }
  return [...found]
    .toSorted(([, left], [, right]) => right.origins.size - left.origins.size || right.count - left.count)
    .map(([text, held]) => ({ text, origins: [...held.origins.values()] }));
}

function originOf({ dataset, version }: Granted): Origin {
  return { source: dataset.name, loadedAt: version.committedAt };
}

function show(value: string | null, type: string): string {
  if (value === null || value === "") return "–";
  return getType(type).storage === "DATE" ? formatDate(value) : value;
}
