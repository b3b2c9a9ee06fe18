import type { DatePart } from "./model.ts";
import { getType, maskedStorage, type Mask, type Storage } from "../../vocabulary/index.ts";

/** How the values of a column become groups. */
export type GroupForm = "plain" | "number" | "period" | DatePart | "ageBand" | "outcode" | "band";
export type FilterForm = "text" | "number" | "date";

/** What a question may do with one column, given its type and the mask it is seen under. */
export interface Usable {
  readonly number: number;
  /** The header in the file. */
  readonly name: string;
  /** The header as it reads in a sentence. */
  readonly label: string;
  readonly type: string;
  readonly storage: Storage;
  /** Whether what is seen is a part of the value and not the value. */
  readonly masked: boolean;
  readonly group: GroupForm | null;
  readonly filter: FilterForm | null;
  /** Whether it may be added up. */
  readonly amount: boolean;
  /** Why it cannot be grouped by. */
  readonly why: string;
  /** Frequent values, to choose from. */
  readonly values: readonly string[];
}

export interface SeenColumn {
  readonly number: number;
  readonly name: string;
  readonly type: string;
  readonly mask: Mask;
  readonly distinct: number;
  readonly values: readonly string[];
}

const mostNumberGroups = 60;
const closedLists: ReadonlySet<string> = new Set([
  "category",
  "yes_no",
  "time.period",
  "time.of_day",
  "person.sex",
  "person.title",
  "person.relationship",
  "geo.gss_code",
  "postcode.outcode",
  "org.name",
  "org.site_code",
  "special.ethnicity",
  "special.religion",
  "special.health",
  "special.orientation",
  "special.belief",
  "criminal.offence",
  "protected.safeguarding",
]);
const numbers: ReadonlySet<string> = new Set(["number", "percentage", "person.age"]);

export function usableColumn(column: SeenColumn): Usable {
  const { number, name, type, mask } = column;
  const base = {
    number,
    name,
    label: labelOf(name),
    type,
    masked: mask !== "clear",
    storage: maskedStorage(mask, getType(type).storage),
    values:
      mask === "clear"
        ? [...new Set(column.values.map((value) => valueWords(getType(type).parse(value) ?? value, { type })))]
        : [],
  };
  const use = (group: GroupForm | null, filter: FilterForm | null, why = "", amount = false): Usable => ({
    ...base,
    group,
    filter,
    why,
    amount,
  });
  if (type === "person.date_of_birth" && mask !== "null" && mask !== "pseudonym")
    return use(
      mask === "year" ? "number" : mask === "ageBand" ? "plain" : "ageBand",
      null,
      "a date of birth can point at one person",
    );
  if (mask === "null") return use(null, null, "the agreement keeps it hidden");
  if (mask === "pseudonym" || mask === "first4" || mask === "last4") return use(null, null, "it stands for one person or thing");
  if (mask === "ageBand" || mask === "outcode") return use("plain", "text");
  if (mask === "year") return use("number", "number");
  if (mask === "bucket") return use("band", "number");
  if (closedLists.has(type)) return use("plain", "text");
  if (type === "time.date") return use("period", "date");
  if (type === "postcode") return use("outcode", null, "a full postcode can stand for one home");
  if (type === "time.instant") return use("period", null);
  if (numbers.has(type))
    return column.distinct <= mostNumberGroups
      ? use("number", "number", "", true)
      : use(null, "number", "it has very many different numbers; add it up instead", true);
  if (type === "money.gbp") return use(null, "number", "amounts are added up, not grouped", true);
  if (type === "text") return use(null, null, "it is free text, and nobody has said what it holds");
  if (type.startsWith("geo.")) return use(null, null, "it is a position on the ground");
  return use(null, null, "it can point at one person or thing");
}

/** `casualty_severity` reads “Casualty severity”; a header that is words already stays. */
function labelOf(name: string): string {
  const words = name.replaceAll("_", " ").replaceAll(/\s+/g, " ").trim();
  return words === "" ? name : `${words[0]?.toUpperCase() ?? ""}${words.slice(1)}`;
}

const sexes: Readonly<Record<string, string>> = { F: "Female", M: "Male" };

/** A value as it is read: codes that everyone knows by a word become the word. */
export function valueWords(value: string, { type }: Pick<Usable, "type">): string {
  return type === "person.sex" ? (sexes[value] ?? value) : value;
}

/** The frequent values of a column as it keeps them. */
export function keptValues({ type, values }: Usable): readonly string[] {
  return values.flatMap((value) => getType(type).parse(value) ?? []);
}

/** A label within a sentence: “Casualty severity” begins small there; “NHS number” and “Event End Date” do not. */
export function inSentence(label: string): string {
  return /^\p{Lu}\p{Ll}/u.test(label) && !/\s\p{Lu}\p{Ll}/u.test(label)
    ? `${label[0]?.toLowerCase() ?? ""}${label.slice(1)}`
    : label;
}
