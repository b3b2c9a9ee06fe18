import { engineError } from "../errors.ts";
import { readLimits } from "./limits.ts";
import { numberText, type Sheet, type SheetFacts, type SheetRow } from "./sheet.ts";
import { localName, streamXml, type XmlVisitor } from "./xml-stream.ts";
import type { ZipArchive } from "./zip.ts";

/** An OpenDocument spreadsheet. All its sheets stand in one text, so that each is reached by passing those before it. */
export class OdsBook {
  readonly #archive: ZipArchive;

  constructor(archive: ZipArchive) {
    this.#archive = archive;
  }

  /** The sheets that have a cell with something in it. */
  async filledSheets(): Promise<readonly Sheet[]> {
    const reader = new ContentReader(undefined, undefined);
    for await (const _ of this.#stream(reader)) reader.take();
    return reader.filled;
  }

  async *rows(name: string, facts: SheetFacts): AsyncGenerator<SheetRow> {
    const reader = new ContentReader(name, facts);
    for await (const _ of this.#stream(reader)) {
      yield* reader.take();
      if (reader.done) return;
    }
  }

  #stream(reader: ContentReader): AsyncGenerator<number> {
    const entry = this.#archive.members.find(({ fileName }) => fileName === "content.xml");
    if (!entry) throw engineError("unreadable", { problem: "The spreadsheet has no content." });
    return streamXml(this.#archive.read(entry), { name: "The spreadsheet", encoding: "utf-8" }, reader);
  }
}

type Attributes = Readonly<Record<string, string>>;

/** Reads one sheet's rows; without a name, only which sheets there are. */
class ContentReader implements XmlVisitor {
  done = false;
  readonly filled: Sheet[] = [];
  readonly #wanted: string | undefined;
  readonly #facts: SheetFacts | undefined;
  readonly #hiddenStyles = new Set<string>();
  #style = "";
  #sheet: Sheet | undefined;
  #inSheet = false;
  #rows: SheetRow[] = [];
  #number = 0;
  #rowTimes = 1;
  #cells: string[] = [];
  #column = 0;
  #cell: Attributes | undefined;
  #paragraphs: string[] = [];
  #inParagraph = false;
  #skip = 0;

  constructor(wanted: string | undefined, facts: SheetFacts | undefined) {
    this.#wanted = wanted;
    this.#facts = facts;
  }

  take(): readonly SheetRow[] {
    const rows = this.#rows;
    this.#rows = [];
    return rows;
  }

  open(name: string, raw: Attributes): void {
    const attributes = Object.fromEntries(Object.entries(raw).map(([key, value]) => [localName(key), value]));
    if (name === "style") this.#style = attributes["name"] ?? "";
    else if (name === "table-properties" && attributes["display"] === "false") this.#hiddenStyles.add(this.#style);
    else if (name === "table") this.#openTable(attributes);
    else if (name === "annotation") this.#skip += 1;
    if (!this.#inSheet || this.#skip > 0) return;
    if (name === "table-row") this.#openRow(attributes);
    else if (name === "table-cell" || name === "covered-table-cell") {
      this.#cell = attributes;
      this.#paragraphs = [];
      if (
        this.#facts &&
        (Number(attributes["number-columns-spanned"] ?? 1) > 1 || Number(attributes["number-rows-spanned"] ?? 1) > 1)
      )
        this.#facts.merged += 1;
    } else if (this.#cell) this.#openText(name, attributes);
  }

  text(text: string): void {
    if (this.#inParagraph && this.#skip === 0) this.#add(text);
  }

  close(name: string): void {
    if (name === "annotation") this.#skip -= 1;
    if (this.#skip > 0) return;
    if (name === "p" || name === "h") this.#inParagraph = false;
    else if ((name === "table-cell" || name === "covered-table-cell") && this.#cell) this.#closeCell(this.#cell);
    else if (name === "table-row" && this.#inSheet) this.#closeRow();
    else if (name === "table" && this.#inSheet) {
      this.#inSheet = false;
      this.done = this.#wanted !== undefined;
    }
  }

  #openTable(attributes: Attributes): void {
    const name = attributes["name"] ?? "";
    this.#sheet = { name, hidden: this.#hiddenStyles.has(attributes["style-name"] ?? "") };
    this.#inSheet = !this.done && (this.#wanted === undefined || this.#wanted === name);
    this.#number = 0;
  }

  #openRow(attributes: Attributes): void {
    this.#rowTimes = Number(attributes["number-rows-repeated"] ?? 1);
    this.#cells = [];
    this.#column = 0;
    if (this.#facts && /^(collapse|filter)$/.test(attributes["visibility"] ?? "")) this.#facts.hiddenRows += this.#rowTimes;
  }

  #openText(name: string, attributes: Attributes): void {
    if (name === "p" || name === "h") {
      this.#inParagraph = true;
      this.#paragraphs.push("");
    } else if (name === "s") this.#add(" ".repeat(Math.min(Number(attributes["c"] ?? 1), 10_000)));
    else if (name === "tab") this.#add("\t");
    else if (name === "line-break") this.#add("\n");
  }

  #add(text: string): void {
    if (this.#paragraphs.length > 0) this.#paragraphs[this.#paragraphs.length - 1] += text;
  }

  #closeCell(cell: Attributes): void {
    this.#cell = undefined;
    const times = Number(cell["number-columns-repeated"] ?? 1);
    const text = this.#cellText(cell);
    if (text !== "") {
      if (this.#column + times > readLimits.columns)
        throw engineError("unreadable", {
          problem: `Row ${this.#number + 1} of the sheet has more than 2,000 columns; that is the limit.`,
        });
      while (this.#cells.length < this.#column) this.#cells.push("");
      for (let n = 0; n < times; n += 1) this.#cells.push(text);
    }
    this.#column += times;
  }

  #cellText(cell: Attributes): string {
    const shown = this.#paragraphs.join("\n");
    if (cell["formula"] !== undefined && /^(#[A-Z/0]+[!?A]?|Err:\d+)$/.test(shown)) {
      this.#facts?.addError(this.#column, this.#number + 1, shown);
      return shown;
    }
    switch (cell["value-type"]) {
      case "float":
      case "percentage":
      case "currency":
        return numberText(cell["value"] ?? shown);
      case "date":
        return cell["date-value"] ?? shown;
      case "time":
        return clockText(cell["time-value"] ?? "") ?? shown;
      case "boolean":
        return cell["boolean-value"] ?? shown;
      default:
        return shown === "" ? (cell["string-value"] ?? "") : shown;
    }
  }

  #closeRow(): void {
    if (this.#cells.length > 0) {
      if (this.#number + this.#rowTimes > readLimits.sheetRows)
        throw engineError("unreadable", { problem: "The sheet has more rows than a spreadsheet may (1,048,576)." });
      if (this.#sheet && this.filled.at(-1) !== this.#sheet) this.filled.push(this.#sheet);
      const once = this.#wanted === undefined;
      for (let n = 1; n <= (once ? 1 : this.#rowTimes); n += 1) this.#rows.push({ number: this.#number + n, cells: this.#cells });
    }
    this.#number += this.#rowTimes;
  }
}

/** `PT09H30M00S` as `09:30:00`. */
function clockText(period: string): string | undefined {
  const [, hours = "0", minutes = "0", seconds = "0"] = /^PT(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?$/.exec(period) ?? [];
  if (!period.startsWith("PT")) return undefined;
  const [whole = "0", fraction] = seconds.split(".");
  const two = (text: string) => text.padStart(2, "0");
  return `${two(hours)}:${two(minutes)}:${two(whole)}${fraction === undefined || /^0*$/.test(fraction) ? "" : `.${fraction}`}`;
}
