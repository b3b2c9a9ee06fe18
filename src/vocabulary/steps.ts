/**
 * The small steps that types are made of. Each step is the same function twice: over a TypeScript string and over a
 * DuckDB VARCHAR expression. The empty string stands for "not valid" and passes through every step unchanged, so that
 * an expression refers to its input once and does not grow with each check.
 *
 * Patterns are read by two engines (RE2 and JavaScript with the `u` flag). Keep to what both mean alike: no look-around,
 * no `\s`, no `.`, ASCII case mapping only, other characters written as themselves.
 */
import { sql, type Fragment } from "../sql/fragment.ts";

export interface Step {
  text(value: string): string;
  sql(value: Fragment): Fragment;
}

/** Blanks as councils' exports have them: space, tab, line ends, no-break space, byte order mark. */
const blank = " \t\r\n\u00a0\ufeff";
const edges = `^[${blank}]+|[${blank}]+$`;

export function runSteps(steps: readonly Step[], text: string): string | undefined {
  let value = text;
  for (const step of steps) {
    value = step.text(value);
    if (value === "") return undefined;
  }
  return value;
}

export function stepsSql(steps: readonly Step[], column: Fragment): Fragment {
  return steps.reduce((value, step) => step.sql(value), column);
}

/** Replaces every match; `\1` in the replacement is the first group. */
export function replace(pattern: string, replacement: string): Step {
  const expression = new RegExp(pattern, "gu");
  const forScript = replacement.replaceAll("$", "$$$$").replaceAll(/\\(\d)/g, "$$$1");
  return {
    text: (value) => value.replace(expression, forScript),
    sql: (value) => sql`regexp_replace(${value}, ${pattern}, ${replacement}, 'g')`,
  };
}

/** Lets through what the pattern matches from end to end. */
export function only(pattern: string): Step {
  const whole = `^(?:${pattern})$`;
  const expression = new RegExp(whole, "u");
  return {
    text: (value) => (expression.test(value) ? value : ""),
    sql: (value) => sql`regexp_extract(${value}, ${whole})`,
  };
}

/** Lets through what a condition accepts, said once for each engine. */
export function check(accepts: (value: string) => boolean, condition: (value: Fragment) => Fragment): Step {
  return {
    text: (value) => (value !== "" && accepts(value) ? value : ""),
    sql: (value) => sql`CASE WHEN ${condition(value)} THEN ${value} ELSE '' END`,
  };
}

/** Runs the steps only where the pattern is found: costly steps for the few values that need them. */
export function when(pattern: string, steps: readonly Step[]): Step {
  const expression = new RegExp(pattern, "u");
  return {
    text: (value) => (expression.test(value) ? steps.reduce((value, step) => step.text(value), value) : value),
    sql: (value) =>
      sql`CASE WHEN regexp_matches(${value}, ${pattern}) THEN ${steps.reduce((value, step) => step.sql(value), value)} ELSE ${value} END`,
  };
}

/** Lets through what either of two steps does, as the first of them leaves it. */
export function either(one: Step, other: Step): Step {
  return {
    text: (value) => one.text(value) || other.text(value),
    sql: (value) => sql`coalesce(nullif(${one.sql(value)}, ''), ${other.sql(value)})`,
  };
}

/** Turns a known text into its code; anything else is not valid. */
export function lookUp(codes: ReadonlyMap<string, string>): Step {
  const from = [...codes.keys()];
  const to = [...codes.values()];
  return {
    text: (value) => codes.get(value) ?? "",
    sql: (value) => sql`coalesce(list_extract(${to}::VARCHAR[], list_position(${from}::VARCHAR[], ${value})), '')`,
  };
}

/** Swaps single characters for single characters. */
export function translate(table: ReadonlyMap<string, string>): Step {
  const from = [...table.keys()].join("");
  const to = [...table.values()].join("");
  return {
    text: (value) => Array.from(value, (character) => table.get(character) ?? character).join(""),
    sql: (value) => sql`translate(${value}, ${from}, ${to})`,
  };
}

export const trim = replace(edges, "");
export const oneSpace = replace(`[${blank}]+`, " ");
export const ascii = only("[ -~]+");

/** Capitals and small letters of ASCII text: only after `ascii`, since the engines map other letters differently. */
export const upper: Step = { text: (value) => value.toUpperCase(), sql: (value) => sql`upper(${value})` };
export const lower: Step = { text: (value) => value.toLowerCase(), sql: (value) => sql`lower(${value})` };

/** Takes out every one of the characters of a bracket expression: `remove(" -")`. */
export function remove(characters: string): Step {
  return replace(`[${characters}]`, "");
}
