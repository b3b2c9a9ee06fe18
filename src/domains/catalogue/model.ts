import type { ColumnClass, Detection, Mask, Reading } from "../../vocabulary/index.ts";

/** What an entry stands for: rows, a document such as a PDF, or a file that describes others. */
export type EntryKind = "dataset" | "document" | "metadata";

/** The file of a document: the hub knows it by these, and does not keep it. */
export interface EntryFile {
  readonly name: string;
  readonly bytes: number;
  readonly sha256: string;
}

export type Openness = "undecided" | "open" | "shared" | "closed";

/** A dataset as the register knows it: who answers for it, under what, and what is decided about it. */
export interface Entry {
  readonly datasetId: string;
  readonly organisation: string;
  readonly title: string;
  readonly description: string;
  readonly owner: string | null;
  readonly steward: string | null;
  readonly lawfulBasis: string;
  readonly dpia: string;
  readonly attribution: string;
  readonly licence: string;
  readonly kind: EntryKind;
  /** Of a document or metadata; null of a dataset. */
  readonly file: EntryFile | null;
  readonly openness: Openness;
  /** What its owner says: whether it describes people. Nobody need say “yes”: it is so until somebody says “no”. */
  readonly people: "yes" | "no";
  readonly peopleReason: string;
  readonly opennessReason: string;
  readonly reviewDate: string | null;
  readonly state: "draft" | "registered";
  readonly createdAt: number;
}

/** A column: its type with the evidence for it, who decided, and how sensitive that makes it. */
export interface Field {
  readonly datasetId: string;
  readonly number: number;
  readonly name: string;
  readonly type: string;
  /** By its values, by the layout that the table was recognised as, by a person, or by what it is worked out from. */
  readonly decidedBy: "detected" | "kit" | "steward" | "recipe";
  /** How it is worked out from other columns of its row; null of a column that a file has. */
  readonly recipe: string | null;
  readonly detection: Detection;
  /** How its cells are read, by the evidence of the newest version. */
  readonly reading: Reading;
  readonly class: ColumnClass;
  readonly mask: Mask;
  readonly nulls: number;
  readonly distinct: number;
  /** The most frequent values of a closed list; none for columns whose values point at people. */
  readonly top: readonly { readonly value: string; readonly count: number }[];
}
