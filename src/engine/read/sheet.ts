/** A row of a sheet that has something in it: its number there, and its cells as text from column A on. */
export interface SheetRow {
  readonly number: number;
  readonly cells: readonly string[];
}

/** A sheet of a workbook. */
export interface Sheet {
  readonly name: string;
  readonly hidden: boolean;
}

/** What a reader saw in a sheet beside its values. */
export class SheetFacts {
  merged = 0;
  hiddenRows = 0;
  readonly #errors: string[] = [];
  #errorCount = 0;
  #uncalculated = 0;
  #firstUncalculated = "";

  addError(column: number, row: number, text: string): void {
    this.#errorCount += 1;
    if (this.#errors.length < 10) this.#errors.push(`${columnLetters(column)}${row} (${text})`);
  }

  addUncalculated(column: number, row: number): void {
    this.#uncalculated += 1;
    if (this.#uncalculated === 1) this.#firstUncalculated = `${columnLetters(column)}${row}`;
  }

  notes(): string[] {
    const notes: string[] = [];
    const count = (n: number, what: string) => `${n.toLocaleString("en-GB")} ${what}${n === 1 ? "" : "s"}`;
    if (this.merged > 0)
      notes.push(`The sheet has ${count(this.merged, "group")} of merged cells; the value stands in the first cell of each.`);
    if (this.hiddenRows > 0)
      notes.push(
        `${count(this.hiddenRows, "hidden row")} of the sheet ${this.hiddenRows === 1 ? "is" : "are"} read like the others.`,
      );
    if (this.#errorCount > 0) {
      const more = this.#errorCount > this.#errors.length ? ", …" : "";
      notes.push(`${count(this.#errorCount, "cell")} with a formula error, kept as text: ${this.#errors.join(", ")}${more}.`);
    }
    if (this.#uncalculated > 0)
      notes.push(
        `${count(this.#uncalculated, "formula")} without a stored value, empty here: the first is ${this.#firstUncalculated}. Open and save the workbook once.`,
      );
    return notes;
  }
}

export function columnLetters(column: number): string {
  let letters = "";
  for (let rest = column + 1; rest > 0; rest = Math.floor((rest - 1) / 26))
    letters = String.fromCharCode(65 + ((rest - 1) % 26)) + letters;
  return letters;
}

/** A number as a spreadsheet shows it: up to 15 digits, without the noise of binary fractions. */
export function numberText(text: string): string {
  const trimmed = text.trim();
  if (/^-?\d{1,15}$/.test(trimmed)) return trimmed;
  const number = Number(trimmed);
  return trimmed === "" || !Number.isFinite(number) ? text : String(Number(number.toPrecision(15)));
}
