import { shapeOf, type CellShape } from "./cell-shape.ts";
import { readLimits } from "./limits.ts";

/** Where the header of a table is among its first records, and what the columns are called there. */
export interface FoundHeader {
  /** How many records stand above it: titles, dates, notes. */
  readonly above: number;
  /** How many records make it: none, one, or two with merged cells in the upper one. */
  readonly rows: 0 | 1 | 2;
  /** Its cells, joined where there are two rows; blank where a column has no name. */
  readonly names: readonly string[];
  readonly notes: readonly string[];
}

/**
 * Finds the header among the first records of a table, by evidence. Lines of one or two cells above a fuller record that
 * looks like a header are titles. A second row that fills the blanks of the first, above columns of numbers or dates,
 * completes it. There is no header where the first record looks like the ones below it in every cell that is no
 * plain text. Without evidence the first record is the header.
 */
export function findHeader(rows: readonly (readonly string[])[]): FoundHeader {
  const above = countTitles(rows);
  const notes = above === 0 ? [] : [titleNote(rows.slice(0, above))];
  const [first = [], second = [], ...body] = rows.slice(above);
  const below = [second, ...body];
  if (above === 0 && isData(first, below)) {
    const width = usualWidth(rows);
    const columns = `column 1 to column ${width}`;
    notes.push(`The file has no header: its first record looks like the others. The columns are called ${columns}.`);
    return { above, rows: 0, names: Array.from({ length: width }, () => ""), notes };
  }
  if (completes(first, second, body)) {
    const names = joinRows(first, second);
    notes.push("The header takes two rows; each column is called by both.");
    return { above, rows: 2, names: trimBlank(names, body), notes };
  }
  return { above, rows: 1, names: trimBlank(first, below), notes };
}

const filled = (row: readonly string[]) => row.filter((cell) => cell.trim() !== "").length;

/** Records above the header: few cells, from the first column on, with a fuller row of names to follow. */
function countTitles(rows: readonly (readonly string[])[]): number {
  const width = usualWidth(rows);
  const widest = Math.max(0, ...rows.slice(0, 30).map(filled));
  if (widest < 2 || width < 2) return 0;
  const first = rows.slice(0, 30).findIndex((row) => !isTitle(row, width, widest));
  const at = wordyTitles(rows, first, width) ?? first;
  const header = rows[at];
  if (!header || at === 0) return 0;
  const rest = rows.slice(at);
  if (rest.filter((row) => row.length >= Math.min(width, header.length)).length < 0.7 * rest.length) return 0;
  const named = header.filter((cell) => cell.trim() !== "");
  return named.length >= 2 && named.filter((cell) => isName(shapeOf(cell))).length >= named.length / 2 ? at : 0;
}

/**
 * A title with delimiters in it is still one where it is shorter than all that follows, the next full record is of names
 * alone, and there are numbers or dates below.
 */
function wordyTitles(rows: readonly (readonly string[])[], first: number, width: number): number | undefined {
  const next = rows.slice(0, first + 10).findIndex((row, at) => at >= first && row.length >= width);
  const header = rows[next];
  if (next <= first || !header || header.some((cell) => shapeOf(cell) !== "text")) return undefined;
  const below = rows.slice(next + 1);
  return header.some((_, at) => isTelling(below, at)) ? next : undefined;
}

/** Whether nearly all cells of a column are numbers, dates or the like. */
function isTelling(rows: readonly (readonly string[])[], at: number): boolean {
  const shapes = rows
    .slice(0, 50)
    .map((row) => shapeOf(row[at] ?? ""))
    .filter((shape) => shape !== "blank");
  return shapes.length > 0 && shapes.filter((shape) => shape !== "text").length >= 0.8 * shapes.length;
}

function isTitle(row: readonly string[], width: number, widest: number): boolean {
  const cells = filled(row);
  const together = row.slice(0, cells).every((cell) => cell.trim() !== "");
  if (row.length < width && cells <= widest / 2) return true;
  return together && cells <= 2 && cells < widest / 2;
}

function isName(shape: CellShape): boolean {
  return shape === "text" || shape === "blank";
}

function titleNote(rows: readonly (readonly string[])[]): string {
  const texts = rows.map((row) =>
    row
      .map((cell) => cell.trim())
      .filter((cell) => cell !== "")
      .join(", "),
  );
  const text = texts.filter((each) => each !== "").join(" / ");
  const shown = text.length > readLimits.noteLength ? `${text.slice(0, readLimits.noteLength)}…` : text;
  return `Above the header stand${rows.length === 1 ? "s 1 line" : ` ${rows.length} lines`} that ${rows.length === 1 ? "is no row" : "are no rows"}: “${shown}”.`;
}

/** Whether a record is one of those below it: in some columns of the same telling shape, in none of another. */
function isData(first: readonly string[], below: readonly (readonly string[])[]): boolean {
  const some = below.filter((row) => filled(row) > 0).slice(0, 50);
  if (some.length < 2 || isSequence(first)) return false;
  let alike = 0;
  let cells = 0;
  for (const [at, cell] of first.entries()) {
    const shape = shapeOf(cell);
    if (shape === "blank") continue;
    cells += 1;
    const shapes = some.map((row) => shapeOf(row[at] ?? "")).filter((other) => other !== "blank");
    const telling = shapes.filter((other) => other !== "text");
    const same = shapes.filter((other) => other === shape).length;
    if (shape === "text") {
      if (shapes.length > 0 && telling.length >= 0.8 * shapes.length) return false;
    } else if (shapes.length > 0 && same >= 0.8 * shapes.length) alike += 1;
    else return false;
  }
  return alike > 0 && alike >= cells / 3;
}

/** Years or ages in a row are names of columns, however much they look like numbers. */
function isSequence(row: readonly string[]): boolean {
  const numbers = row.map((cell) => Number(cell.trim()));
  const step = (numbers[1] ?? 0) - (numbers[0] ?? 0);
  return numbers.length >= 3 && step !== 0 && numbers.every((each, at) => at === 0 || each - (numbers[at - 1] ?? 0) === step);
}

function completes(first: readonly string[], second: readonly string[], body: readonly (readonly string[])[]): boolean {
  const width = Math.max(first.length, second.length);
  const columns = Array.from({ length: width }, (_, at) => at);
  const blank = (row: readonly string[], at: number) => (row[at] ?? "").trim() === "";
  const gaps = columns.filter((at) => blank(first, at) && !blank(second, at));
  const merged = gaps.some((at) => columns.slice(0, at).some((left) => !blank(first, left)));
  if (!merged || first.length < second.length || columns.some((at) => blank(first, at) && blank(second, at))) return false;
  if (second.some((cell) => !isName(shapeOf(cell)))) return false;
  return columns.some((at) => !blank(second, at) && isTelling(body, at));
}

/** A cell of the upper row stands for the blank ones to its right, as merged cells do. */
function joinRows(first: readonly string[], second: readonly string[]): string[] {
  let over = "";
  return Array.from({ length: Math.max(first.length, second.length) }, (_, at) => {
    const own = (first[at] ?? "").trim();
    if (own !== "") over = own;
    return [over, (second[at] ?? "").trim()].filter((part) => part !== "").join(" ");
  });
}

/** Without the columns at the end that have no name and, as far as was seen, no cell. */
function trimBlank(names: readonly string[], rows: readonly (readonly string[])[]): readonly string[] {
  let width = names.length;
  const blank = (cell: string | undefined) => (cell ?? "").trim() === "";
  while (width > 1 && blank(names[width - 1]) && rows.every((row) => blank(row[width - 1]))) width -= 1;
  return names.slice(0, width);
}

/** How many cells most of the records have; a wide record says more than a narrow one. */
function usualWidth(rows: readonly (readonly string[])[]): number {
  const cells = new Map<number, number>();
  for (const { length } of rows) cells.set(length, (cells.get(length) ?? 0) + length);
  return [...cells].reduce((left, right) => (right[1] > left[1] ? right : left), [0, 0])[0];
}
