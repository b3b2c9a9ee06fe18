/** A file of the town, as records, before it is written. `personId` is the truth and never leaves for the sources folder. */
export interface SourceRecord {
  readonly recordId: string;
  readonly personId: string;
  readonly fields: Readonly<Record<string, string>>;
}

/** A record that no reader should load, as the bytes that stand in the file, and what is wrong with it. */
export interface BadRecord {
  readonly fault: "ragged row" | "stray quote" | "broken UTF-8" | "broken JSON";
  /** It stands before the good record with this number, counted from 0. */
  readonly before: number;
  readonly bytes: Uint8Array;
}

export interface Source {
  readonly file: string;
  readonly columns: readonly string[];
  readonly records: readonly SourceRecord[];
  readonly bad: readonly BadRecord[];
}
