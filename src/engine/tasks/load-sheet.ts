import { stat } from "node:fs/promises";
import type { DuckDBConnection } from "@duckdb/node-api";
import { engineError } from "../errors.ts";
import type { LoadInput, LoadOutput, Progress } from "../protocol.ts";
import { findHeader, type FoundHeader } from "../read/find-header.ts";
import { readLimits } from "../read/limits.ts";
import { OdsBook } from "../read/ods.ts";
import { SheetFacts, type SheetRow } from "../read/sheet.ts";
import { UnpackBudget } from "../read/unpack-budget.ts";
import { XlsxBook } from "../read/xlsx.ts";
import { ZipArchive } from "../read/zip.ts";
import { loadRecords, type TableRecord } from "./load-records.ts";

/** Reads one sheet of a workbook. Empty rows are none; what stands below the table like a note is set aside. */
export async function loadSheet(
  connection: DuckDBConnection,
  input: LoadInput,
  tell: (progress: Progress) => void,
): Promise<LoadOutput> {
  const archive = await ZipArchive.open(input.path, "workbook", new UnpackBudget((await stat(input.path)).size));
  try {
    const facts = new SheetFacts();
    const rows =
      input.format === "xlsx" ? await xlsxRows(archive, input.part, facts) : new OdsBook(archive).rows(input.part, facts);
    const table = new SheetTable(input.part, tell);
    return await loadRecords(connection, input, {
      records: table.read(rows),
      header: () => table.header,
      notes: () => [...table.notes, ...facts.notes()],
    });
  } finally {
    archive.close();
  }
}

async function xlsxRows(archive: ZipArchive, part: string, facts: SheetFacts): Promise<AsyncGenerator<SheetRow>> {
  const book = await XlsxBook.open(archive);
  const sheet = book.sheets.find(({ name }) => name === part);
  if (!sheet) throw engineError("unreadable", { problem: `There is no sheet “${part}” in the workbook.` });
  return book.rows(sheet, facts);
}

const below = "It stands below the table after an empty row, with nothing but its first cell, as notes and totals do.";

/** A sheet's rows as the records of a table: those from below the header on. */
class SheetTable {
  notes: readonly string[] = [];
  readonly #sheet: string;
  readonly #tell: (progress: Progress) => void;
  #names: readonly string[] = [];
  #width = 0;
  #number = 0;

  constructor(sheet: string, tell: (progress: Progress) => void) {
    this.#sheet = sheet;
    this.#tell = tell;
  }

  get header(): readonly string[] {
    return Array.from({ length: Math.max(this.#width, this.#names.length) }, (_, at) => this.#names[at] ?? "");
  }

  async *read(rows: AsyncIterable<SheetRow>): AsyncGenerator<TableRecord> {
    const head: SheetRow[] = [];
    let found: FoundHeader | undefined;
    let last = 0;
    let held: SheetRow[] = [];
    const begin = (): SheetRow[] => {
      const width = Math.max(...head.map(({ cells }) => cells.length));
      found = findHeader(head.map(({ cells }) => Array.from({ length: width }, (_, at) => cells[at] ?? "")));
      this.#names = found.names;
      this.notes = found.notes;
      last = head[found.above + found.rows - 1]?.number ?? 0;
      return head.slice(found.above + found.rows);
    };
    const place = (row: SheetRow): SheetRow[] => {
      const note = row.cells.length === 1 && this.#names.length >= 3 && (held.length > 0 || row.number > last + 1);
      last = row.number;
      if (note) {
        held.push(row);
        return [];
      }
      const ready = [...held, row];
      held = [];
      return ready;
    };
    for await (const row of rows) {
      if (!found) {
        head.push(row);
        if (head.length >= readLimits.headRecords) yield* this.#records(begin().flatMap(place));
      } else yield* this.#records(place(row));
    }
    if (!found) {
      if (head.length === 0) throw engineError("unreadable", { problem: `The sheet “${this.#sheet}” is empty.` });
      yield* this.#records(begin().flatMap(place));
    }
    yield* this.#records(held, [below]);
  }

  *#records(rows: readonly SheetRow[], reasons: readonly string[] = []): Generator<TableRecord> {
    for (const { number, cells } of rows) {
      this.#number += 1;
      if (this.#number % 10_000 === 0) this.#tell({ step: "Reading the sheet", done: this.#number, total: 0, unit: "rows" });
      if (reasons.length === 0) this.#width = Math.max(this.#width, cells.length);
      const bytes = reasons.length === 0 ? Buffer.alloc(0) : Buffer.from(cells.join("\t"));
      yield { number: this.#number, offset: 0, firstLine: number, lastLine: number, bytes, fields: cells, reasons };
    }
  }
}
