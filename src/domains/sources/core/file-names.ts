import { basename } from "node:path";

const months =
  "january|february|march|april|may|june|july|august|september|october|november|december|jan|feb|mar|apr|jun|jul|aug|sept|sep|oct|nov|dec";
const changing = new RegExp(String.raw`(?<![\p{L}])(?:${months})(?![\p{L}])|\d+`, "giu");

/**
 * A file's name with all that changes from one delivery to the next as `#`: numbers, and names of months. Files of one
 * pattern are of one kind: `cycle-100122-1.csv` and `cycle-10603-2.csv` are both `cycle-#-#.csv`.
 */
export function namePattern(fileName: string): string {
  return basename(fileName).replaceAll(changing, "#");
}

const noTables = /\.(?:png|jpe?g|gif|webp|tiff?|svg|pdf|docx?|pptx?|odt|odp|mp[34]|mov|wav|exe|dll)$/i;

/** Whether a name alone says that a file holds no table, so that it need not be taken in to find out. */
export function holdsNoTable(fileName: string): boolean {
  return noTables.test(fileName);
}

const monthNames = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/** Files of one pattern in the order of their times: by year, then month, then what else changes, as numbers. */
export function byTime(one: string, other: string): number {
  const [left, right] = [timeOf(one), timeOf(other)];
  for (let at = 0; at < Math.max(left.length, right.length); at += 1) {
    const difference = (left[at] ?? 0) - (right[at] ?? 0);
    if (difference !== 0) return difference;
  }
  return one.localeCompare(other, "en", { numeric: true });
}

function timeOf(fileName: string): readonly number[] {
  const parts = (basename(fileName).match(changing) ?? []).map((part) => {
    const month = monthNames.indexOf(part.slice(0, 3).toLowerCase());
    return month === -1 ? Number(part) : month + 1;
  });
  const year = parts.findIndex((part) => part >= 1900 && part < 2100);
  if (year === -1) return parts;
  const rest = parts.filter((_, at) => at !== year);
  // with the year at the end the day comes first, as people here write dates
  return [parts[year] ?? 0, ...(year === parts.length - 1 ? rest.toReversed() : rest)];
}

/**
 * What a row of an append dataset says of the file that it came from: its name, and each part of it that changes. All
 * files of a pattern give the same columns; a file of another name gives empty parts.
 */
export function nameColumns(fileName: string, pattern: string): readonly { header: string; value: string }[] {
  const name = basename(fileName);
  const wanted = pattern.split("#").length - 1;
  const parts = namePattern(name) === pattern ? (name.match(changing) ?? []) : [];
  const part = (at: number) => ({ header: `Source file part ${at + 1}`, value: parts[at] ?? "" });
  return [{ header: "Source file", value: name }, ...Array.from({ length: wanted }, (_, at) => part(at))];
}
