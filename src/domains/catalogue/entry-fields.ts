import { classOrder } from "../../vocabulary/index.ts";
import type { Entry } from "./model.ts";

export type FieldKey =
  | "title"
  | "description"
  | "owner"
  | "steward"
  | "purpose"
  | "lawfulBasis"
  | "dpia"
  | "retention"
  | "openness"
  | "opennessReason"
  | "reviewDate"
  | "licence"
  | "attribution"
  | "raisedClass"
  | "raisedReason"
  | "secret";

/** What may be said of an entry: where it is kept, what it is called on pages and in spreadsheets, and what it may hold. */
export interface EntryField {
  readonly key: FieldKey;
  readonly column: string;
  readonly label: string;
  readonly kind: "line" | "text" | "date" | "choice";
  /** Characters. */
  readonly longest: number;
  readonly choices?: readonly string[];
  /** What nothing is kept as. */
  readonly none: "" | null;
}

/** Everything of an entry that people change by hand, in the order of the form, the history and the spreadsheet. */
export const entryFields: readonly EntryField[] = [
  { key: "title", column: "title", label: "Title", kind: "line", longest: 200, none: "" },
  { key: "description", column: "description", label: "Description", kind: "text", longest: 5000, none: "" },
  { key: "owner", column: "owner", label: "Information asset owner", kind: "line", longest: 200, none: null },
  { key: "steward", column: "steward", label: "Data steward", kind: "line", longest: 200, none: null },
  { key: "purpose", column: "purpose", label: "Purpose", kind: "text", longest: 1000, none: "" },
  { key: "lawfulBasis", column: "lawful_basis", label: "Lawful basis", kind: "line", longest: 500, none: "" },
  { key: "dpia", column: "dpia", label: "Impact assessment", kind: "line", longest: 200, none: "" },
  { key: "retention", column: "retention", label: "Retention", kind: "line", longest: 500, none: "" },
  {
    key: "openness",
    column: "openness",
    label: "Openness",
    kind: "choice",
    longest: 20,
    choices: ["undecided", "open", "shared", "closed"],
    none: "",
  },
  { key: "opennessReason", column: "openness_reason", label: "Reason for openness", kind: "text", longest: 1000, none: "" },
  { key: "reviewDate", column: "review_date", label: "Review by", kind: "date", longest: 30, none: null },
  { key: "licence", column: "licence", label: "Licence", kind: "line", longest: 200, none: "" },
  { key: "attribution", column: "attribution", label: "Attribution", kind: "line", longest: 500, none: "" },
  {
    key: "raisedClass",
    column: "raised_class",
    label: "Class raised to",
    kind: "choice",
    longest: 20,
    choices: ["", ...classOrder],
    none: "",
  },
  { key: "raisedReason", column: "raised_reason", label: "Why it was raised", kind: "line", longest: 500, none: "" },
  { key: "secret", column: "secret", label: "Secret", kind: "choice", longest: 3, choices: ["no", "yes"], none: "" },
];

export type EntryChanges = Partial<Readonly<Record<FieldKey, string>>>;

/** What a field holds, as text; empty for nothing. */
export function textOf(entry: Entry, key: FieldKey): string {
  return entry[key] ?? "";
}

/**
 * What somebody wrote for a field, as it is kept, or what is wrong with it. A date may be written as `2027-03-31` or as a
 * spreadsheet writes it here, `31/03/2027`; a choice in either case.
 */
export function readField(field: EntryField, written: string): { readonly value: string } | { readonly problem: string } {
  const text = field.kind === "text" ? written.replaceAll("\r\n", "\n").trim() : written.replaceAll(/\s+/g, " ").trim();
  if (field.key === "title" && text === "") return { problem: "Give it a title." };
  if (text.length > field.longest)
    return { problem: `${field.label} has ${text.length} characters; the most is ${field.longest}.` };
  if (field.kind === "date") return readDate(text);
  if (field.kind !== "choice") return { value: text };
  const choices = field.choices ?? [];
  const chosen = choices.find((choice) => choice === text.toLowerCase());
  if (chosen !== undefined) return { value: chosen };
  return { problem: `“${text}” is none of: ${choices.map((choice) => choice || "nothing").join(", ")}.` };
}

function readDate(text: string): { readonly value: string } | { readonly problem: string } {
  if (text === "") return { value: "" };
  const iso = /^(\d{4})-(\d{2})-(\d{2})(?:[T ]00:00(?::00)?)?$/.exec(text);
  const british = /^(\d{1,2})\/(\d{1,2})\/(\d{4})$/.exec(text);
  const [year, month, day] = iso ? iso.slice(1, 4) : british ? british.slice(1, 4).reverse() : [];
  const date = `${year ?? ""}-${month?.padStart(2, "0") ?? ""}-${day?.padStart(2, "0") ?? ""}`;
  const real = !Number.isNaN(Date.parse(date)) && new Date(date).toISOString().startsWith(date);
  return real ? { value: date } : { problem: `“${text}” is no date. Write it as 2027-03-31 or 31/03/2027.` };
}

/** What is wrong with fields that stand together, by the field that can mend it. */
export function clashesOf(said: Readonly<Record<FieldKey, string>>): EntryChanges {
  if (said.raisedClass !== "" && said.raisedReason === "")
    return { raisedReason: "Say why its class was raised, or take the raise away." };
  return {};
}
