import { parse } from "yaml";
import { z } from "zod";
import { semanticTypes } from "../../../vocabulary/index.ts";
import { foldName } from "./fold-name.ts";

/** A column of a layout, by every name that it goes under. */
export interface KitColumn {
  readonly name: string;
  /** Names of other editions. Case, blanks and punctuation never matter. */
  readonly also: readonly string[];
  /** For names that move from edition to edition, such as `^lad\d\dcd$`. */
  readonly pattern: RegExp | null;
  /** What it holds; null where the kit leaves that to the values. */
  readonly type: string | null;
  readonly required: boolean;
  /** Every value that may stand in it, with its meaning; null where there is no such list. */
  readonly codes: ReadonlyMap<string, string> | null;
}

export interface KitLayout {
  readonly name: string;
  readonly columns: readonly KitColumn[];
  /** The publisher's files have more columns than are described. */
  readonly open: boolean;
  /** Of a file without a header: what its first field says in records of this layout. */
  readonly record: string | null;
  /** Columns that together tell rows apart; none where nothing does. */
  readonly key: readonly string[];
  /** Pairs of dates of which the first is never after the second. */
  readonly order: readonly (readonly [string, string])[];
}

/** A layout that organisations exchange: what is in it, what holds for it, and what is known of it. */
export interface Kit {
  readonly name: string;
  readonly title: string;
  readonly about: string;
  readonly status: "confirmed" | "partly" | "unconfirmed";
  readonly publisher: string;
  readonly format: string;
  readonly edition: string;
  readonly personal: "none" | "personal" | "special" | "protected" | "criminal";
  readonly law: string;
  readonly retention: string;
  readonly feeds: readonly string[];
  readonly notes: readonly string[];
  readonly layouts: readonly KitLayout[];
}

const text = z.string().trim().min(1).max(2000);
const yesNo = (fallback: boolean) =>
  z
    .enum(["yes", "no"])
    .optional()
    .transform((said) => (said === undefined ? fallback : said === "yes"));
const pattern = text.transform((source, context) => {
  try {
    return new RegExp(source, "iu");
  } catch {
    context.addIssue({ code: "custom", message: `“${source}” is no pattern` });
    return z.NEVER;
  }
});
const codes = z.union([
  z.array(text).transform((list) => new Map(list.map((code) => [code, ""]))),
  z.record(text, z.string()).transform((list) => new Map(Object.entries(list))),
]);

const described = z.strictObject({
  name: text,
  also: z.array(text).default([]),
  pattern: pattern.nullable().default(null),
  type: text
    .refine((type) => semanticTypes.has(type), { error: ({ input }) => `“${String(input)}” is no semantic type` })
    .nullable()
    .default(null),
  required: yesNo(true),
  codes: codes.nullable().default(null),
});
/** A column of which only the name is known may be written as that name alone. */
const column = z.preprocess((given) => (typeof given === "string" ? { name: given } : given), described);

const layout = z
  .strictObject({
    name: text,
    columns: z.array(column).min(3),
    open: yesNo(false),
    record: text.nullable().default(null),
    key: z.array(text).default([]),
    order: z.array(z.tuple([text, text])).default([]),
  })
  .superRefine(({ columns, key, order }, context) => {
    const wrong = (message: string, path: readonly (string | number)[]) =>
      context.addIssue({ code: "custom", message, path: [...path] });
    const taken = new Map<string, string>();
    for (const [at, { name, also }] of columns.entries())
      for (const each of [name, ...also]) {
        const folded = foldName(each);
        if (folded === "") wrong(`“${each}” has no letter or figure in it`, ["columns", at]);
        else if (taken.has(folded)) wrong(`“${each}” is also a name of “${taken.get(folded)}”`, ["columns", at]);
        taken.set(folded, name);
      }
    const names = new Set(columns.map(({ name }) => name));
    for (const [at, name] of key.entries()) if (!names.has(name)) wrong(`there is no column “${name}”`, ["key", at]);
    for (const [at, pair] of order.entries())
      for (const name of pair) if (!names.has(name)) wrong(`there is no column “${name}”`, ["order", at]);
  });

const kitFile = z.strictObject({
  name: text.regex(/^[a-z0-9-]+$/, "is not made of small letters, figures and hyphens"),
  title: text.max(100),
  about: text,
  status: z.enum(["confirmed", "partly", "unconfirmed"]),
  publisher: text,
  format: text,
  edition: text.max(100),
  personal: z.enum(["none", "personal", "special", "protected", "criminal"]),
  law: text,
  retention: text,
  feeds: z.array(text).default([]),
  notes: z.array(text).default([]),
  layouts: z
    .array(layout)
    .min(1)
    .refine((all) => new Set(all.map(({ name }) => name)).size === all.length, "two layouts have one name"),
});

/** Reads a kit. Gives the kit, or what is wrong with it and where. Every value is text as it is written: `01` stays `01`. */
export function parseKit(
  source: string,
): { readonly kit: Kit; readonly problems: null } | { readonly kit: null; readonly problems: readonly string[] } {
  let parsed: unknown;
  try {
    parsed = parse(source, { schema: "failsafe", maxAliasCount: 1000 });
  } catch (error) {
    return { kit: null, problems: [error instanceof Error ? (error.message.split("\n")[0] ?? "") : "it cannot be read"] };
  }
  const checked = kitFile.safeParse(parsed);
  if (checked.success) return { kit: checked.data, problems: null };
  const problems = checked.error.issues.map(({ path, message }) => `${placeIn(parsed, path)}: ${message}`);
  return { kit: null, problems: problems.slice(0, 20) };
}

/** “layouts → 2 (episodes) → columns → 5 (LS) → type”, counted from 1 and with the names that stand there. */
function placeIn(root: unknown, path: readonly PropertyKey[]): string {
  let here: unknown = root;
  const words = path.map((step) => {
    here = typeof here === "object" && here !== null ? (here as Record<PropertyKey, unknown>)[step] : undefined;
    if (typeof step !== "number") return String(step);
    const named = typeof here === "object" && here !== null && "name" in here ? here.name : here;
    return typeof named === "string" ? `${step + 1} (${named})` : String(step + 1);
  });
  return words.join(" → ") || "the file";
}
