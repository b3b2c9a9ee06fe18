import { readLimits } from "./limits.ts";

/** What a file says beside its records, such as a date or a count: no row, and not to be lost. */
export class Beside {
  readonly #said = new Map<string, string>();
  #more = 0;

  add(path: string, value: string): void {
    if (this.#said.size < readLimits.noted) this.#said.set(path, value.slice(0, 200));
    else this.#more += 1;
  }

  get(path: string): string | undefined {
    return this.#said.get(path);
  }

  /** One note of all, but for the paths that `without` matches; none where there is nothing. */
  notes(without?: RegExp): string[] {
    const said = [...this.#said].filter(([path]) => without?.test(path) !== true).map(([path, value]) => `${path}: ${value}`);
    const more = this.#more > 0 ? `; and ${this.#more} more` : "";
    return said.length > 0 ? [`Beside the records the file says ${said.join("; ")}${more}.`] : [];
  }
}
