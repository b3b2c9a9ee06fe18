/** A record of a CSV file (RFC 4180), with its line end. */
export function csvLine(row: readonly (string | number)[]): string {
  return `${row.map(cell).join(",")}\r\n`;
}

/** Text that a spreadsheet would run as a formula is given as text; a whole number or decimal below zero is a number. */
function cell(value: string | number): string {
  if (typeof value === "number") return String(value);
  const runs = /^'*[=+@\t\r-]/.test(value) && !/^-\d+(\.\d+)?$/.test(value);
  const safe = runs ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** Text as it was before `csvLine` kept a spreadsheet from running it. */
export function withoutGuard(text: string): string {
  return /^'+[=+@\t\r-]/.test(text) ? text.slice(1) : text;
}
