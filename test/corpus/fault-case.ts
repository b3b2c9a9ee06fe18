/**
 * One file of the fault corpus: what it is, and what must become of it. Rows read and rows set aside are the rows of the
 * file in each; what cannot be read at all is refused in one sentence.
 */
export interface FaultCase {
  readonly name: string;
  /** The name the file comes under. */
  readonly file: string;
  readonly bytes: Buffer | string | (() => Buffer | string | Promise<Buffer>);
  /** Which of its tables is read; the first where none is named. */
  readonly part?: string;
  readonly expected: LoadedCase | { readonly error: string } | { readonly kind: "document" | "metadata" };
}

export interface LoadedCase {
  /** The parts of all tables, where there is more than the one. */
  readonly parts?: readonly string[];
  readonly columns: readonly string[];
  /** The cells of the rows that were loaded, or only how many there are. */
  readonly rows: readonly (readonly string[])[] | number;
  /** Of the records in quarantine: number, a piece of the reasons, and the first and last line where those are judged. */
  readonly quarantined?: readonly (readonly [number, string] | readonly [number, string, number, number])[];
  /** A piece of each note, in order. */
  readonly notes?: readonly string[];
}
