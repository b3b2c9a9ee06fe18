import { fieldTexts } from "./csv-fields.ts";
import { readCsvRecords } from "./csv-records.ts";
import { readLimits } from "./limits.ts";

/** How the records of a delimited file were told apart, so that one of them can be read again by itself. */
export interface RecordLayout {
  readonly delimiter: string;
  readonly quote: string;
  readonly lineEnd: string;
  /** How many fields a record has. */
  readonly fields: number;
}

export type MendedRecord = { readonly fields: readonly string[] } | { readonly reasons: readonly string[] };

/** Reads the text of one record as the load of its file read each: its cells, or why it still cannot be read. */
export async function readMended(text: string, { delimiter, quote, lineEnd, fields }: RecordLayout): Promise<MendedRecord> {
  const bytes = Buffer.from(text, "utf8");
  if (bytes.length > readLimits.recordBytes) return { reasons: ["It is longer than a record may be."] };
  const marks = { delimiter: delimiter.charCodeAt(0), quote: quote.charCodeAt(0) };
  const from = { offset: 0, number: 1 };
  const found = [];
  for await (const record of readCsvRecords(once(bytes), { ...marks, fields, from, lineEnd: lineEnd.charCodeAt(0) }))
    found.push(record);
  const [record] = found;
  if (!record) return { reasons: ["It is empty."] };
  if (found.length > 1) return { reasons: [`It reads as ${found.length} records. Leave one.`] };
  if (record.reasons.length > 0) return { reasons: record.reasons };
  return { fields: fieldTexts(record.bytes, marks).slice(0, fields) };
}

async function* once(bytes: Buffer): AsyncGenerator<Buffer> {
  if (bytes.length > 0) yield bytes;
}
