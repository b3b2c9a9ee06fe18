import { posix } from "node:path";
import { engineError } from "../errors.ts";
import { readLimits } from "./limits.ts";
import { SharedStrings } from "./shared-strings.ts";
import { numberText, type Sheet, type SheetFacts, type SheetRow } from "./sheet.ts";
import { numberKind, serialText, type NumberKind } from "./sheet-dates.ts";
import { localName, streamXml, type XmlVisitor } from "./xml-stream.ts";
import type { ZipArchive } from "./zip.ts";

interface XlsxSheet extends Sheet {
  readonly member: string;
}

/** An Excel workbook: its sheets, and their rows as they stream by. Values are those that the program stored. */
export class XlsxBook {
  readonly sheets: readonly XlsxSheet[];
  readonly #archive: ZipArchive;
  readonly #from1904: boolean;
  readonly #kinds: readonly NumberKind[];

  private constructor(archive: ZipArchive, sheets: readonly XlsxSheet[], from1904: boolean, kinds: readonly NumberKind[]) {
    this.#archive = archive;
    this.sheets = sheets;
    this.#from1904 = from1904;
    this.#kinds = kinds;
  }

  static async open(archive: ZipArchive): Promise<XlsxBook> {
    const targets = new Map<string, string>();
    await visit(archive, "xl/_rels/workbook.xml.rels", {
      open: (name, { Id: id = "", Target: target = "", Type: type = "" }) => {
        if (name === "Relationship" && type.endsWith("/worksheet")) targets.set(id, posix.join("/xl", target).slice(1));
        if (name === "Relationship" && type.endsWith("/worksheet") && target.startsWith("/")) targets.set(id, target.slice(1));
      },
    });
    const sheets: XlsxSheet[] = [];
    let from1904 = false;
    await visit(archive, "xl/workbook.xml", {
      open: (name, attributes) => {
        if (name === "workbookPr") from1904 = /^(1|true|on)$/.test(attributes["date1904"] ?? "");
        if (name !== "sheet") return;
        const id = Object.entries(attributes).find(([key]) => localName(key) === "id" && key !== "id")?.[1] ?? "";
        const member = targets.get(id);
        const hidden = /hidden/i.test(attributes["state"] ?? "");
        if (member !== undefined) sheets.push({ name: attributes["name"] ?? "", hidden, member });
      },
    });
    return new XlsxBook(archive, sheets, from1904, await readKinds(archive));
  }

  async *rows(sheet: XlsxSheet, facts: SheetFacts): AsyncGenerator<SheetRow> {
    const reader = new SheetReader(facts, (style, value) => this.#shown(style, value), await this.#strings());
    const entry = memberOf(this.#archive, sheet.member);
    if (!entry) throw engineError("unreadable", { problem: `The sheet “${sheet.name}” is named in the workbook and not in it.` });
    for await (const _ of streamXml(this.#archive.read(entry), { name: `The sheet “${sheet.name}”`, encoding: "utf-8" }, reader))
      yield* reader.take();
  }

  #stringsRead: Promise<SharedStrings> | undefined;
  #strings(): Promise<SharedStrings> {
    this.#stringsRead ??= readStrings(this.#archive);
    return this.#stringsRead;
  }

  #shown(style: number, value: string): string {
    const kind = this.#kinds[style] ?? "number";
    return (kind === "number" ? undefined : serialText(Number(value), kind, this.#from1904)) ?? numberText(value);
  }
}

function memberOf(archive: ZipArchive, name: string) {
  return archive.members.find(({ fileName }) => fileName === name);
}

async function visit(archive: ZipArchive, name: string, visitor: Partial<XmlVisitor>): Promise<void> {
  const entry = memberOf(archive, name);
  if (!entry) return;
  const whole = { open: () => {}, close: () => {}, text: () => {}, ...visitor };
  for await (const _ of streamXml(archive.read(entry), { name: `The workbook’s ${name}`, encoding: "utf-8" }, whole));
}

async function readKinds(archive: ZipArchive): Promise<NumberKind[]> {
  const codes = new Map<number, string>();
  const kinds: NumberKind[] = [];
  let inCells = false;
  await visit(archive, "xl/styles.xml", {
    open: (name, attributes) => {
      const id = Number(attributes["numFmtId"]);
      if (name === "numFmt") codes.set(id, attributes["formatCode"] ?? "");
      else if (name === "cellXfs") inCells = true;
      else if (name === "xf" && inCells) kinds.push(numberKind(id, codes.get(id)));
    },
    close: (name) => {
      if (name === "cellXfs") inCells = false;
    },
  });
  return kinds;
}

async function readStrings(archive: ZipArchive): Promise<SharedStrings> {
  const strings = new SharedStrings();
  const gather = new TextGatherer();
  await visit(archive, "xl/sharedStrings.xml", {
    open: (name) => gather.open(name),
    text: (text) => gather.text(text),
    close: (name) => {
      gather.close(name);
      if (name === "si") strings.add(gather.take());
    },
  });
  return strings;
}

/** The text of `t` elements, without phonetic readings, with the characters that XML cannot hold put back. */
class TextGatherer {
  #text = "";
  #inText = false;
  #phonetic = false;

  open(name: string): void {
    if (name === "rPh") this.#phonetic = true;
    this.#inText = name === "t" && !this.#phonetic;
  }

  text(text: string): void {
    if (this.#inText) this.#text += text;
  }

  close(name: string): void {
    if (name === "rPh") this.#phonetic = false;
    this.#inText = false;
  }

  take(): string {
    const text = this.#text;
    this.#text = "";
    return unescaped(text);
  }
}

function unescaped(text: string): string {
  return text.includes("_x")
    ? text.replaceAll(/_x([0-9A-Fa-f]{4})_/g, (_, code: string) => String.fromCharCode(parseInt(code, 16)))
    : text;
}

/** The rows of one sheet, from its XML. */
class SheetReader implements XmlVisitor {
  readonly #facts: SheetFacts;
  readonly #shown: (style: number, value: string) => string;
  readonly #strings: SharedStrings;
  readonly #gather = new TextGatherer();
  #rows: SheetRow[] = [];
  #number = 0;
  #cells: string[] = [];
  #column = -1;
  #type = "";
  #style = 0;
  #value = "";
  #inValue = false;
  #formula = false;

  constructor(facts: SheetFacts, shown: (style: number, value: string) => string, strings: SharedStrings) {
    this.#facts = facts;
    this.#shown = shown;
    this.#strings = strings;
  }

  take(): readonly SheetRow[] {
    const rows = this.#rows;
    this.#rows = [];
    return rows;
  }

  open(name: string, attributes: Readonly<Record<string, string>>): void {
    this.#gather.open(name);
    if (name === "c") this.#openCell(attributes);
    else if (name === "v") this.#inValue = true;
    else if (name === "f") this.#formula = true;
    else if (name === "row") {
      this.#number = attributes["r"] === undefined ? this.#number + 1 : Number(attributes["r"]);
      this.#cells = [];
      this.#column = -1;
      if (/^(1|true)$/.test(attributes["hidden"] ?? "")) this.#facts.hiddenRows += 1;
    } else if (name === "mergeCell") this.#facts.merged += 1;
  }

  text(text: string): void {
    if (this.#inValue) this.#value += text;
    else this.#gather.text(text);
  }

  close(name: string): void {
    this.#gather.close(name);
    if (name === "v") this.#inValue = false;
    else if (name === "c") this.#closeCell();
    else if (name === "row" && this.#cells.length > 0) this.#rows.push({ number: this.#number, cells: this.#cells });
  }

  #openCell(attributes: Readonly<Record<string, string>>): void {
    const letters = /^[A-Z]+/.exec(attributes["r"] ?? "")?.[0];
    this.#column = letters === undefined ? this.#column + 1 : columnOf(letters);
    this.#type = attributes["t"] ?? "n";
    this.#style = Number(attributes["s"] ?? 0);
    this.#value = "";
    this.#formula = false;
    this.#gather.take();
  }

  #closeCell(): void {
    const text = this.#cellText();
    if (this.#formula && text === "" && this.#type !== "str") this.#facts.addUncalculated(this.#column, this.#number);
    if (text === "") return;
    if (this.#column >= readLimits.columns)
      throw engineError("unreadable", {
        problem: `Row ${this.#number} of the sheet has more than 2,000 columns; that is the limit.`,
      });
    while (this.#cells.length < this.#column) this.#cells.push("");
    this.#cells[this.#column] = text;
  }

  #cellText(): string {
    switch (this.#type) {
      case "s":
        return this.#value === "" ? "" : this.#strings.get(Number(this.#value));
      case "inlineStr":
        return this.#gather.take();
      case "str":
        return unescaped(this.#value);
      case "d":
        return this.#value;
      case "b":
        return this.#value === "" ? "" : this.#value === "1" ? "true" : "false";
      case "e":
        this.#facts.addError(this.#column, this.#number, this.#value);
        return this.#value;
      default:
        return this.#value === "" ? "" : this.#shown(this.#style, this.#value);
    }
  }
}

function columnOf(letters: string): number {
  let column = 0;
  for (const letter of letters) column = column * 26 + letter.charCodeAt(0) - 64;
  return column - 1;
}
