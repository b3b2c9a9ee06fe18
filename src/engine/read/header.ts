import { engineError } from "../errors.ts";
import { readLimits } from "./limits.ts";

/**
 * Names for the columns of a file: as written, trimmed; an empty name becomes "column 3", a name met again
 * "name (2)". Each change is told. A header holds at most 2,000 columns and 300 characters a name.
 */
export function nameColumns(
  own: readonly string[],
  added: readonly { readonly header: string }[],
): { readonly names: readonly string[]; readonly notes: readonly string[] } {
  const header = [...own, ...added.map((column) => column.header)];
  if (header.length > readLimits.columns)
    throw engineError("unreadable", { problem: `The header has ${header.length} columns; the limit is 2,000.` });
  const nameless = own.every((raw) => raw.trim() === "");
  const seen = new Map<string, number>();
  const taken = new Set<string>();
  const notes: string[] = [];
  const names = header.map((raw, at) => {
    const trimmed = raw.trim();
    const base = trimmed === "" ? `column ${at + 1}` : trimmed.slice(0, readLimits.nameLength);
    if (trimmed === "" && !nameless) notes.push(`Column ${at + 1} has no name in the header and is called “${base}”.`);
    if (trimmed.length > readLimits.nameLength)
      notes.push(`The name of column ${at + 1} is longer than 300 characters and was cut.`);
    let count = (seen.get(base) ?? 0) + 1;
    let name = count === 1 ? base : `${base} (${count})`;
    while (taken.has(name)) {
      count += 1;
      name = `${base} (${count})`;
    }
    seen.set(base, count);
    taken.add(name);
    if (name !== base) notes.push(`Column ${at + 1} repeats the name “${base}” and is called “${name}”.`);
    return name;
  });
  return { names, notes };
}
