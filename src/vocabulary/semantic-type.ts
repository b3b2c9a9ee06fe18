import { sql, type Fragment } from "../sql/fragment.ts";
import type { ColumnClass } from "./column-class.ts";
import type { Mask } from "./mask.ts";
import type { DateReading } from "./dates.ts";
import { runSteps, stepsSql, type Step } from "./steps.ts";

/** What DuckDB keeps a typed column as. Codes and identifiers are text, so that leading zeros live. */
export type Storage = "VARCHAR" | "DATE" | "BIGINT" | "DOUBLE";

/**
 * How a column of the type is recognised. `values`: the values may decide alone; `both`: name and values; `name`: the
 * name decides and values can only refute; `list`: the share of rows whose value is in a known list; `fallback`: only
 * when nothing else fits.
 */
export interface DetectFacet {
  readonly by: "values" | "both" | "name" | "list" | "fallback";
  /** What a passing value passes, as it reads in a sentence: "the NHS check digit". */
  readonly test: string;
  /** Column names, as words separated by spaces, that name the type; and words that only hint at it. */
  readonly strong: readonly string[];
  readonly weak: readonly string[];
  /** Names that name the type when they are all that the name says: "child" is a case, and in "child surname" it is not. */
  readonly whole?: readonly string[];
  /** log10 odds before anything is seen: -2 for identifiers, -1 for common types. */
  readonly prior: number;
  /** The chance that a random value of the same shape passes. */
  readonly chance: number;
  /** Set where words and context are all there is: the find is put before a person, however sure it seems. */
  readonly reviewOnly?: boolean;
  /** Set where values alone would take too much for the type, though they weigh: what the name must weigh at least. */
  readonly leastName?: 1 | 2;
  /** For lists: the share of rows that is enough without a name; a half, where nothing is said. */
  readonly share?: number;
  /** Of lists that hold all there is, so that many values beside them speak against the type; lists of names never do. */
  readonly closed?: true;
  /** What counts as a pass where `parse` alone would be too generous; `name` is what the column's name weighs: 2 it names the type, 1 it hints. */
  readonly recognise?: (text: string, name: number) => boolean;
}

/**
 * What a text is of its type. `test`: it belongs to a range kept for testing, so it is nobody's; `unknown`: its form is
 * right, and the register that would settle it is not here.
 */
export type Outcome = "valid" | "invalid" | "unknown" | "test";

/**
 * One kind of value, as data and pure functions. `parse` gives the normalised value as text (dates as ISO), or undefined
 * when the text is not valid; `sql` is the same function as a DuckDB expression over a VARCHAR column, giving `storage`
 * or NULL. The two are built from the same steps and tested equal.
 */
export interface SemanticType {
  readonly id: string;
  readonly label: string;
  readonly class: ColumnClass;
  /** The class in a dataset that describes no people: a postcode is personal beside a name and open in a list of shops. */
  readonly classAlone?: ColumnClass;
  /** Whether a column of this type makes its dataset describe people. */
  readonly personal: boolean;
  /** The mask a reader meets unless an agreement says otherwise. */
  readonly mask: Mask;
  readonly storage: Storage;
  /** A pattern of values that are valid and normal already: in SQL they skip the steps, which most of a clean column then does. */
  readonly normal?: string;
  /** Set where the reading of its column's dates bears on the type. */
  readonly dated?: boolean;
  /** A pattern of whole values, as `parse` gives them, of a range that is kept for testing: they are nobody's. */
  readonly testValues?: string;
  /** A pattern of whole texts that are valid only because what a spreadsheet took from them is put back. */
  readonly mended?: string;
  readonly examples: readonly string[];
  readonly counterExamples: readonly string[];
  readonly detect: DetectFacet;
  parse(text: string, dates?: DateReading): string | undefined;
  outcome(text: string): Outcome;
  sql(column: Fragment, dates?: DateReading): Fragment;
}

export interface TypeDefinition extends Omit<SemanticType, "parse" | "outcome" | "sql" | "dated"> {
  readonly steps: readonly Step[];
  /** The steps for a column whose dates are read in one way; `steps` are those for any. */
  readonly dated?: (reading: DateReading) => readonly Step[];
  /** What a text is beyond valid or not, where there is more to say; `value` is what `parse` made of it. */
  readonly sort?: (text: string, value: string | undefined) => "unknown" | "test" | undefined;
}

/** Makes a type whose two readings, TypeScript and SQL, come from one list of steps. */
export function semanticType(definition: TypeDefinition): SemanticType {
  const { steps, dated, sort, ...facets } = definition;
  const stepsFor = (reading?: DateReading) => (reading && dated ? dated(reading) : steps);
  const tests = facets.testValues === undefined ? undefined : new RegExp(`^(?:${facets.testValues})$`);
  return {
    ...facets,
    dated: dated !== undefined,
    parse: (text, dates) => runSteps(stepsFor(dates), text),
    outcome: (text) => {
      const value = runSteps(steps, text);
      if (value !== undefined && tests?.test(value)) return "test";
      return sort?.(text, value) ?? (value === undefined ? "invalid" : "valid");
    },
    sql: (column, dates) => castSql(normalSql(facets.normal, column, stepsSql(stepsFor(dates), column)), facets.storage),
  };
}

/** The class of a column of the type, given whether its dataset describes people (has any column of a `personal` type). */
export function classOf(type: SemanticType, describesPeople: boolean): ColumnClass {
  if (!describesPeople) return type.classAlone ?? type.class;
  return type.class === "open" ? "internal" : type.class; // beside a person nothing is open
}

function normalSql(normal: string | undefined, column: Fragment, steps: Fragment): Fragment {
  return normal === undefined ? steps : sql`CASE WHEN regexp_full_match(${column}, ${normal}) THEN ${column} ELSE ${steps} END`;
}

/** The empty string stands for what is not valid: casts make it NULL themselves. */
function castSql(text: Fragment, storage: Storage): Fragment {
  if (storage === "DATE") return sql`try_cast(${text} AS DATE)`;
  if (storage === "BIGINT") return sql`try_cast(${text} AS BIGINT)`;
  return storage === "DOUBLE" ? sql`try_cast(${text} AS DOUBLE)` : sql`nullif(${text}, '')`;
}
