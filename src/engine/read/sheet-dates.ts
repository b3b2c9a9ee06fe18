/** What a number format shows of a number. */
export type NumberKind = "number" | "date" | "date-time" | "time" | "duration";

/** What the formats do that a workbook does not write down (ECMA-376, 18.8.30; those past 50 are East Asian dates). */
const builtIn = new Map<number, NumberKind>([
  ...[14, 15, 16, 17, ...range(27, 31), 36, ...range(50, 58)].map((id) => [id, "date"] as const),
  ...[18, 19, 20, 21, 32, 33, 34, 35, 45, 47].map((id) => [id, "time"] as const),
  [22, "date-time"],
  [46, "duration"],
]);

function range(from: number, to: number): number[] {
  return Array.from({ length: to - from + 1 }, (_, at) => from + at);
}

/** The kind of a format, by its code where the workbook gives one, else by its number. */
export function numberKind(id: number, code: string | undefined): NumberKind {
  if (code === undefined) return builtIn.get(id) ?? "number";
  const [positive = ""] = code.replaceAll(/\\.|"[^"]*"|_.|\*./g, "").split(";");
  if (/\[(h+|m+|s+)\]/i.test(positive)) return "duration";
  const letters = positive.replaceAll(/\[[^\]]*\]/g, "").replaceAll(/general/gi, "");
  const time = /[hs]/i.test(letters);
  const date = time ? /[yd]/i.test(letters) : /[ymd]/i.test(letters);
  return date ? (time ? "date-time" : "date") : time ? "time" : "number";
}

const dayMs = 86_400_000;

/**
 * A serial number as ISO text. Day 60 of the 1900 system is 29 February 1900, which never was, and is written so. What is no
 * day that a spreadsheet knows stays a number. Nothing is cut off: a time under a format that hides it is shown.
 */
export function serialText(serial: number, kind: NumberKind, from1904: boolean): string | undefined {
  if (!Number.isFinite(serial)) return undefined;
  if (kind === "duration") return clock(Math.round(serial * 86_400_000));
  if (serial < 0 || serial >= 2_958_466) return undefined;
  const ms = Math.round(serial * dayMs);
  const days = Math.floor(ms / dayMs);
  const rest = ms - days * dayMs;
  if (kind === "time" && days === 0) return clock(rest);
  const date = dayText(days, from1904);
  return kind === "date" && rest === 0 ? date : `${date}T${clock(rest)}`;
}

function dayText(days: number, from1904: boolean): string {
  if (from1904) return isoDay(Date.UTC(1904, 0, 1) + days * dayMs);
  if (days === 60) return "1900-02-29";
  return isoDay(Date.UTC(1899, 11, days < 60 ? 31 : 30) + days * dayMs);
}

function isoDay(ms: number): string {
  return new Date(ms).toISOString().slice(0, 10);
}

/** Hours, minutes and seconds; thousandths where there are any. Hours go on past a day. */
function clock(ms: number): string {
  const sign = ms < 0 ? "-" : "";
  const all = Math.abs(ms);
  const two = (n: number) => String(Math.floor(n)).padStart(2, "0");
  const fraction = all % 1000 === 0 ? "" : `.${String(all % 1000).padStart(3, "0")}`;
  return `${sign}${two(all / 3_600_000)}:${two((all / 60_000) % 60)}:${two((all / 1000) % 60)}${fraction}`;
}
