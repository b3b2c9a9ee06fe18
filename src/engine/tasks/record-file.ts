import { open, type FileHandle } from "node:fs/promises";
import { fieldTexts, type FieldMarks } from "../read/csv-fields.ts";

/** A CSV file of good records, each after its record number, for DuckDB to read. */
export class RecordFile {
  readonly path: string;
  readonly #delimiter: string;
  #handle: FileHandle | undefined;
  #pending: Buffer[] = [];
  #size = 0;
  #written = 0;

  constructor(path: string, delimiter: string) {
    this.path = path;
    this.#delimiter = delimiter;
  }

  /**
   * A good CSV record of the same delimiter, of `fields` fields: as it stood in its own file where DuckDB reads that
   * as it is written, else with each field quoted.
   */
  async add(record: { number: number; bytes: Buffer }, fields: number, marks: FieldMarks): Promise<void> {
    const { number, bytes } = record;
    if ([0x22, 0x0d, 0x0a, marks.quote].some((byte) => bytes.includes(byte)))
      await this.addFields(number, fieldTexts(bytes, marks).slice(0, fields));
    else await this.#addLine(number, bytes);
  }

  async addFields(number: number, fields: readonly string[]): Promise<void> {
    const quoted = fields.map((field) => `"${field.replaceAll('"', '""')}"`);
    await this.#addLine(number, Buffer.from(quoted.join(this.#delimiter)));
  }

  async #addLine(number: number, bytes: Buffer): Promise<void> {
    const lead = Buffer.from(`${number}${this.#delimiter}`);
    this.#pending.push(lead, Buffer.from(bytes), newline);
    this.#size += lead.length + bytes.length + 1;
    if (this.#size > 1 << 20) await this.#flush();
  }

  /** How much was written, once it is closed. */
  get bytes(): number {
    return this.#written;
  }

  async close(): Promise<void> {
    await this.#flush();
    await this.#handle?.close();
  }

  async #flush(): Promise<void> {
    const block = Buffer.concat(this.#pending);
    this.#pending = [];
    this.#size = 0;
    this.#written += block.length;
    this.#handle ??= await open(this.path, "w");
    try {
      await this.#handle.writeFile(block);
    } catch (error) {
      await this.#handle.close();
      throw error;
    }
  }
}

const newline = Buffer.from("\n");
