import type { ColumnClass, Detection, Mask, Reading } from "../../vocabulary/index.ts";

export type EntryState = "draft" | "registered" | "archived";

/** What an entry stands for: rows, a document such as a PDF, or a file that describes others. */
export type EntryKind = "dataset" | "document" | "metadata";

/** The file of a document: the hub knows it by these, and does not keep it. */
export interface EntryFile {
  readonly name: string;
  readonly bytes: number;
  readonly sha256: string;
}

/** What an owner attested to, as it stood: when one of these is another thing, it is to be attested again. */
export interface Attestation {
  readonly class: ColumnClass;
  readonly purpose: string;
  readonly lawfulBasis: string;
  readonly openness: Openness;
  /** The live agreements that lent it. */
  readonly recipients: readonly string[];
  readonly at: number;
  readonly by: string | null;
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
  /** What it is held for. */
  readonly purpose: string;
  readonly lawfulBasis: string;
  readonly dpia: string;
  /** How long it is kept, and by which rule. */
  readonly retention: string;
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
  /** A class that somebody gave it by hand, above what its columns show; empty for none. */
  readonly raisedClass: ColumnClass | "";
  readonly raisedReason: string;
  /** A secret one is found by its own organisation alone, description and all. */
  readonly secret: "yes" | "no";
  readonly state: EntryState;
  readonly attestation: Attestation | null;
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
