import { join } from "node:path";
import { RecordFile } from "./record-file.ts";
import type { ReadableFile } from "./write-text.ts";

const pendingBytes = 1 << 20;

/**
 * Good records of a table whose columns become known on the way, as files of one width each, for DuckDB to read one after
 * another: so a file is read once, however late its last column turns up.
 */
export class GrowingFile {
  readonly #folder: string;
  readonly #files: { readonly file: RecordFile; readonly width: number }[] = [];
  #pending: { readonly number: number; readonly fields: readonly string[] }[] = [];
  #size = 0;
  #width = 1;

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** A record with as many fields as columns were known; the rest will be empty. */
  async add(number: number, fields: readonly string[]): Promise<void> {
    this.#pending.push({ number, fields });
    this.#width = Math.max(this.#width, fields.length);
    for (const field of fields) this.#size += field.length + 3;
    if (this.#size > pendingBytes) await this.#flush();
  }

  async close(): Promise<readonly ReadableFile[]> {
    await this.#flush();
    await this.#files.at(-1)?.file.close();
    return this.#files.map(({ file, width }) => ({
      path: file.path,
      skip: 0,
      delimiter: ",",
      quote: '"',
      numbered: true,
      bytes: file.bytes,
      width,
    }));
  }

  async #flush(): Promise<void> {
    let last = this.#files.at(-1);
    if (!last || last.width < this.#width) {
      await last?.file.close();
      last = { file: new RecordFile(join(this.#folder, `good-${this.#files.length}.csv`), ","), width: this.#width };
      this.#files.push(last);
    }
    for (const { number, fields } of this.#pending) {
      const missing = this.#width - fields.length;
      await last.file.addFields(number, missing === 0 ? fields : [...fields, ...Array.from({ length: missing }, () => "")]);
    }
    this.#pending = [];
    this.#size = 0;
  }
}
