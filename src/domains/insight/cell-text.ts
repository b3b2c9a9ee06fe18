import type { Cell } from "../../engine/index.ts";
import type { Usable } from "./columns.ts";
import { mostCharacters } from "./rows-statement.ts";

type Kept = Pick<Usable, "storage" | "type">;

const pounds = new Intl.NumberFormat("en-GB", { style: "currency", currency: "GBP" });

/** A cell as it is read in a table: “–” for nothing, amounts in pounds, other numbers and dates as the hub keeps them. */
export function cellText(cell: Cell, { type }: Kept): string {
  if (cell === null || cell === "") return "–";
  if (typeof cell === "number") return type === "money.gbp" ? pounds.format(cell) : String(cell);
  const text = String(cell);
  return text.length > mostCharacters ? `${text.slice(0, mostCharacters)}…` : text;
}

export function isNumeric({ storage }: Kept): boolean {
  return storage === "DOUBLE" || storage === "BIGINT";
}

/** Codes and dates, which must not break. */
export function staysWhole({ storage, type }: Kept): boolean {
  return storage === "DATE" || /^(?:time\.|postcode|geo\.gss|uprn|usrn|nhs_number|record_id)/.test(type);
}
