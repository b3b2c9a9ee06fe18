/** What the writing of a cell tells, as far as it parts headers from data: no more than that is asked of it. */
export type CellShape = "blank" | "number" | "date" | "time" | "code" | "text";

export function shapeOf(cell: string): CellShape {
  const text = cell.trim();
  if (text === "") return "blank";
  if (/^[-+(]?[£$€]?\s?[-+]?(\d{1,3}(,\d{3})+|\d+)?([.,]\d+)?([eE][-+]?\d+)?\s?[%)]?$/.test(text) && /\d/.test(text))
    return "number";
  if (/^\d{1,4}[-/.](\d{1,2}|[A-Za-z]{3})[-/.]\d{1,4}([ T]\d{1,2}:\d{2}.*)?$/.test(text)) return "date";
  if (/^\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?$/.test(text)) return "time";
  if (text.length >= 4 && text.length <= 40 && /^[A-Z0-9 /_-]+$/.test(text) && (text.match(/\d/g)?.length ?? 0) >= 2)
    return "code";
  return "text";
}
