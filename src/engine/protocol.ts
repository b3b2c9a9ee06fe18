import type { SqlValue } from "../sql/index.ts";
import type { Detection, Reading } from "../vocabulary/index.ts";
import type { RecordLayout } from "./read/mended-record.ts";
import type { TypedColumn } from "./typed-cells.ts";

/** What the hub may ask of an engine or job process, and what comes back. One task, one answer; progress on the way. */
export interface Tasks {
  /** Runs one SELECT. Fails with `engine.too-many-rows` past `maxRows`. */
  readonly query: { readonly input: StatementInput & { readonly maxRows: number }; readonly output: QueryResult };
  /** Says what tables a landing file holds, by its content and then by its name. */
  readonly tables: { readonly input: TablesInput; readonly output: TablesOutput };
  /** Reads a landing file into a text layer, with what could not be read beside it. */
  readonly load: { readonly input: LoadInput; readonly output: LoadOutput };
  /** Describes each column of a text layer by its distinct values. */
  readonly profile: { readonly input: ProfileInput; readonly output: ProfileOutput };
  /** Builds a typed layer from a text layer. */
  readonly type: { readonly input: TypeInput; readonly output: TypeOutput };
  /** How many rows of a text layer lie in the areas of several sets. */
  readonly "meet-areas": { readonly input: MeetAreasInput; readonly output: readonly MetAreas[] };
  /** Writes what each value of one column stands for in another: the code that most of its rows have. */
  readonly "look-up": { readonly input: LookUpInput; readonly output: LookUpOutput };
  /** The names in the header of a delimited file. */
  readonly header: {
    readonly input: { readonly path: string; readonly part: string; readonly scratch: string };
    readonly output: { readonly columns: readonly string[] };
  };
  /** How much of one text layer is in another: of the smaller one's distinct rows those that the other has too. */
  readonly overlap: { readonly input: OverlapInput; readonly output: { readonly share: number } };
  /** What changed from one version of a dataset to another. */
  readonly compare: { readonly input: CompareInput; readonly output: CompareOutput };
  /** Which columns of different tables hold each other's values. */
  readonly joins: { readonly input: JoinsInput; readonly output: readonly FoundJoin[] };
  /** Writes a segment again without some of its records, or with cells set anew. */
  readonly rewrite: { readonly input: RewriteInput; readonly output: RewriteOutput };
  /** Puts the segments of one layer into one file. */
  readonly merge: { readonly input: MergeInput; readonly output: FileFacts };
  /** Writes the rows of one SELECT, which has the names of its columns as its first row, into a file. */
  readonly rows: { readonly input: RowsInput; readonly output: RowsOutput };
  /** Puts files and texts into one zip file. */
  readonly pack: { readonly input: PackInput; readonly output: FileFacts };
  /** Writes a quarantine again without the bytes of its records: number, place and reasons stay, with a note. */
  readonly "let-go": { readonly input: LetGoInput; readonly output: FileFacts };
  /** Writes mended records as a text layer, and the quarantines they were in without them. */
  readonly mend: { readonly input: MendInput; readonly output: MendOutput };
  /** The first rows of a text layer, as received, for a small table that a person sent. */
  readonly cells: { readonly input: CellsInput; readonly output: { readonly rows: readonly TextRow[] } };
  /** SHA-256 of a file, hex. */
  readonly hash: { readonly input: { readonly path: string }; readonly output: { sha256: string; bytes: number } };
}

export type TaskName = keyof Tasks;

export interface StatementInput {
  /** The statement with its leaves defined. */
  readonly text: string;
  /** The same statement with its leaves left as names: what the process checks before it runs `text`. */
  readonly check: string;
  readonly params: readonly SqlValue[];
  readonly leaves: readonly string[];
}

export interface LetGoInput {
  readonly path: string;
  readonly target: string;
  readonly note: string;
}

export interface MendInput {
  readonly records: readonly { readonly record: number; readonly fields: readonly string[] }[];
  /** One for each field. */
  readonly columns: readonly LoadedColumn[];
  readonly textPath: string;
  readonly quarantines: readonly { readonly path: string; readonly target: string }[];
  readonly scratch: string;
}

export interface MendOutput {
  readonly text: FileFacts;
  /** For each quarantine, in order: what is left of it, null where nothing is; `touched` where it held any of the records. */
  readonly quarantines: readonly { readonly touched: boolean; readonly file: FileFacts | null }[];
  readonly removed: number;
}

export interface CellsInput {
  readonly textPath: string;
  readonly columns: readonly number[];
  readonly mostRows: number;
}

export interface TextRow {
  readonly record: number;
  /** In the order of the columns asked for; null where the file has nothing. */
  readonly cells: readonly (string | null)[];
}

/** Cells as text or null, booleans and finite numbers; whole numbers past 2^53, decimals and dates come as text. */
export type Cell = string | number | boolean | null;

export interface QueryResult {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly Cell[])[];
}

/** How a table is written. Gzip and zip are wrappings, not formats. */
export type FileFormat = "csv" | "ndjson" | "json" | "geojson" | "xml" | "parquet" | "xlsx" | "ods";

export interface TablesInput {
  readonly path: string;
  /** The name the file came under. */
  readonly name: string;
  readonly scratch: string;
}

/** One table of a file. */
export interface FileTable {
  /**
   * Which one: empty for a file that is one table, a sheet's name, a member's path in an archive (with what names a table
   * in that member after a `#`), or the path to the records in JSON or XML.
   */
  readonly part: string;
  readonly format: FileFormat;
  readonly title: string;
}

export interface TablesOutput {
  /** A file that holds no table is a document, or a description of other files. */
  readonly kind: "tables" | "document" | "metadata";
  readonly tables: readonly FileTable[];
  /** Plain sentences on what was left aside, such as members of an archive that are no tables. */
  readonly notes: readonly string[];
}

export interface LoadInput {
  readonly path: string;
  readonly format: FileFormat;
  /** Which table of the file, as the task `tables` gave it. */
  readonly part: string;
  /** Where the text layer and the quarantine go: names that no reader looks at yet. */
  readonly textPath: string;
  readonly quarantinePath: string;
  readonly scratch: string;
  /** The columns that earlier versions had, by header; others get numbers from `nextColumn` on. */
  readonly known: readonly { readonly header: string; readonly number: number }[];
  readonly nextColumn: number;
  /** The number of the first record: the text layers of a dataset that is added to go on counting. */
  readonly firstRecord: number;
  /** Columns with one value in each row, after the file's own, such as the name of the file a row came from. */
  readonly added: readonly AddedColumn[];
  /** A long delimited file is only to be described: some of its records are enough, and the notes say how many. */
  readonly toDescribe?: boolean;
}

export interface AddedColumn {
  readonly header: string;
  readonly value: string;
}

export interface LoadedColumn {
  readonly header: string;
  readonly number: number;
}

export interface LoadOutput {
  readonly columns: readonly LoadedColumn[];
  readonly rowsInFile: number;
  readonly rowsLoaded: number;
  readonly rowsQuarantined: number;
  /** Plain sentences on what was changed on the way, such as a renamed header. */
  readonly notes: readonly string[];
  readonly path: "fast" | "careful";
  readonly text: FileFacts;
  readonly quarantine: FileFacts | null;
  /** How its records were told apart; null where a record cannot be read again by itself. */
  readonly layout: RecordLayout | null;
}

export interface FileFacts {
  readonly sha256: string;
  readonly bytes: number;
}

export type RowsFormat = "csv" | "parquet" | "xlsx" | "geojson";

/** Which columns, by their place from 0, say where a row is, in degrees: one “latitude, longitude”, or one of each. */
export type Place = { readonly point: number } | { readonly latitude: number; readonly longitude: number };

export interface RowsTarget {
  readonly format: RowsFormat;
  readonly columns: readonly string[];
  /** Where a row is; for GeoJSON. */
  readonly place: Place | null;
  /** Where the CSV goes that every other format is made from, and where that goes. */
  readonly csvPath: string;
  readonly targetPath: string;
}

export type RowsInput = StatementInput & RowsTarget;

export interface RowsOutput {
  readonly rows: number;
  readonly csv: FileFacts;
  readonly file: FileFacts;
}

export interface PackInput {
  readonly targetPath: string;
  readonly files: readonly { readonly name: string; readonly path: string }[];
  readonly texts: readonly { readonly name: string; readonly text: string }[];
}

export interface ProfileInput {
  /** The segments of one version, in order. */
  readonly textPaths: readonly string[];
  readonly columns: readonly LoadedColumn[];
  /** How many distinct values of a column its type is told from. */
  readonly distinctLimit: number;
  /** How many rows to look at for values where there are more than twice as many. */
  readonly sampleRows: number;
}

export interface ProfileOutput {
  readonly rows: number;
  /** The rows that values were taken from. */
  readonly seen: number;
  readonly columns: readonly ColumnProfile[];
}

/** One column of a text layer: what its cells say of what it is. */
export interface ColumnProfile extends LoadedColumn {
  /** Empty cells, counted in all rows. */
  readonly nulls: number;
  /** Distinct values among the rows that were seen, and the most frequent of them with their counts there. */
  readonly distinct: number;
  readonly top: readonly { readonly value: string; readonly count: number }[];
  readonly detection: Detection;
}

export interface CompareInput {
  readonly before: { readonly paths: readonly string[]; readonly lastRecord: number };
  readonly after: { readonly paths: readonly string[]; readonly lastRecord: number };
  /** The columns that both versions have. */
  readonly columns: readonly number[];
  /** Columns that may tell rows apart, the likeliest first. */
  readonly keys: readonly number[];
}

/** Numbers of rows; `changed` and the column that told them apart are null where rows were compared whole. */
export interface CompareOutput {
  readonly added: number;
  readonly gone: number;
  readonly changed: number | null;
  readonly key: number | null;
}

export interface JoinsInput {
  /** Columns of typed layers. Those of one family are compared, unless they are of one source. */
  readonly columns: readonly {
    readonly path: string;
    readonly number: number;
    readonly family: string;
    readonly source: string;
  }[];
  /** Columns with fewer distinct values, and pairs that share fewer, are left out. */
  readonly least: number;
}

/** Two columns, by their place in the input, and how many distinct values they share. */
export interface FoundJoin {
  readonly from: number;
  readonly to: number;
  readonly meet: number;
  readonly fromDistinct: number;
  readonly toDistinct: number;
  /** Whether each value stands in one row only. */
  readonly fromUnique: boolean;
  readonly toUnique: boolean;
}

export interface RewriteInput {
  readonly path: string;
  readonly layer: "text" | "quarantine";
  /** All must match. Of a text layer. */
  readonly match: readonly {
    readonly number: number;
    readonly type: string;
    readonly value: string;
    /** How dates stand in the column; null where nothing was found of it. */
    readonly dates: Reading["dates"] | null;
  }[];
  /** Any must stand in the bytes. Of a quarantine. */
  readonly needles: readonly string[];
  /** The cells to set in records that match; null to leave those records out. */
  readonly set: readonly { readonly number: number; readonly value: string }[] | null;
  readonly target: string;
}

export interface RewriteOutput {
  /** The numbers of the records that matched. */
  readonly records: readonly number[];
  /** The new segment; null where nothing matched. */
  readonly file: FileFacts | null;
}

export interface OverlapInput {
  readonly paths: readonly [string, string];
  readonly columns: readonly number[];
}

export interface MergeInput {
  readonly paths: readonly string[];
  /** The columns of a text layer; null for a layer that all files have alike. */
  readonly columns: readonly number[] | null;
  readonly target: string;
}

export interface TypeInput {
  /** The segments of one version, in order. */
  readonly textPaths: readonly string[];
  readonly typedPath: string;
  readonly columns: readonly TypedColumn[];
  /** Columns that no file had: the areas that rows lie in. */
  readonly areas: readonly AreaColumn[];
}

/** A column that is worked out from others of its row: the area that a position lies in, or what a look-up has for a value. */
export interface AreaColumn {
  readonly number: number;
  readonly from: AreaFrom;
  /** The outlines as JSON (`AreaOutline`), or what the task `look-up` wrote. */
  readonly path: string;
}

/** By column number. A position is in degrees (WGS84) or in metres of the National Grid. */
export type AreaFrom =
  | { readonly kind: "pair"; readonly east: number; readonly north: number }
  | { readonly kind: "point"; readonly column: number }
  | { readonly kind: "value"; readonly column: number };

export interface LookUpInput extends Pick<TypeInput, "textPaths" | "columns"> {
  /** The columns with the values that are looked up and with the codes they stand for. */
  readonly key: number;
  readonly value: number;
  readonly target: string;
}

/** Distinct values, those that stand for one code alone, and of the others' rows the share that has the code they are given. */
export interface LookUpOutput {
  readonly values: number;
  readonly whole: number;
  readonly share: number;
}

export interface MeetAreasInput extends Pick<TypeInput, "textPaths" | "columns"> {
  readonly areas: readonly Omit<AreaColumn, "number">[];
}

/** Rows in all, with a position or value, in an area; areas met; rows with their two numbers the wrong way round; distinct positions. */
export interface MetAreas {
  readonly rows: number;
  readonly given: number;
  readonly inside: number;
  readonly areas: number;
  readonly swapped: number;
  readonly distinct: number;
}

export interface TypeOutput {
  readonly file: FileFacts;
  /** Cells with a valid value, cells with another, and about how many distinct texts there are (HyperLogLog). */
  readonly columns: readonly {
    readonly number: number;
    readonly filled: number;
    readonly invalid: number;
    readonly distinct: number;
  }[];
  /** The most frequent codes of each area column, by its number. */
  readonly areas: readonly {
    readonly number: number;
    readonly top: readonly { readonly value: string; readonly count: number }[];
  }[];
}

export interface Progress {
  readonly step: string;
  readonly done: number;
  readonly total: number;
  readonly unit: "bytes" | "rows" | "steps";
}

export type ToHost =
  | { readonly kind: "task"; readonly id: number; readonly name: TaskName; readonly input: unknown }
  | { readonly kind: "interrupt"; readonly id: number }
  | { readonly kind: "stop" };

export type FromHost =
  | { readonly kind: "ready" }
  | { readonly kind: "progress"; readonly id: number; readonly progress: Progress }
  | { readonly kind: "done"; readonly id: number; readonly output: unknown }
  | { readonly kind: "failed"; readonly id: number; readonly code: string; readonly message: string; readonly detail?: string };
