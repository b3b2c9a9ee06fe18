import { readLimits } from "./limits.ts";

/** A column of a table made of JSON, and its cell in one record. The key tells columns apart that have the same header. */
export interface KeyedCell {
  readonly key: string;
  readonly header: string;
  readonly text: string;
}

/** Which columns the records of a table have, in the order in which they are met. */
export class KeyedCells {
  readonly #places = new Map<string, number>();
  readonly headers: string[] = [];

  /** The cells of a record, each in its column's place. */
  fieldsOf(cells: Iterable<KeyedCell>): string[] {
    const fields: string[] = [];
    for (const { key, header, text } of cells) {
      let place = this.#places.get(key);
      if (place === undefined) {
        place = this.headers.length;
        this.#places.set(key, place);
        this.headers.push(header);
      }
      fields[place] = text;
    }
    return Array.from({ length: Math.max(fields.length, this.headers.length) }, (_, at) => fields[at] ?? "");
  }
}

/**
 * A JSON object with its numbers as they were written, so that leading zeros after a decimal point and digits past 2^53
 * stay; or why there is none. A key that stands twice in one object is a fault: one of its values would be lost.
 */
export function parseObject(text: string): Readonly<Record<string, unknown>> | string {
  const colons = countColons(text);
  if (colons === undefined) return `It is nested deeper than ${readLimits.jsonDepth} levels.`;
  let keys = 0;
  let parsed: unknown;
  try {
    parsed = JSON.parse(text, function (this: unknown, _key: string, value: unknown, context?: { source?: string }) {
      if (!Array.isArray(this)) keys += 1;
      return typeof value === "number" && context?.source !== undefined ? new NumberText(context.source) : value;
    });
  } catch {
    return "It is not one JSON object.";
  }
  if (!isObject(parsed)) return "It is not one JSON object.";
  return keys - 1 === colons ? parsed : "It has a key twice in one object.";
}

/** The cells of an object: nested objects as columns with dotted names, lists as JSON text. */
export function* flattenJson(object: Readonly<Record<string, unknown>>, keys = "", headers = ""): Generator<KeyedCell> {
  for (const [name, value] of Object.entries(object)) {
    const key = `${keys}/${name.replaceAll("~", "~0").replaceAll("/", "~1")}`;
    const header = `${headers}${name}`;
    if (isObject(value) && Object.keys(value).length > 0) yield* flattenJson(value, key, `${header}.`);
    else yield { key, header, text: cellText(value) };
  }
}

export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value) && !(value instanceof NumberText);
}

/** A value as a cell holds it: text and numbers as written, nothing for null, lists and objects as JSON. */
export function cellText(value: unknown): string {
  if (value === null || value === undefined) return "";
  if (value instanceof NumberText) return value.text;
  if (typeof value === "string") return value;
  if (typeof value === "boolean") return String(value);
  return JSON.stringify(value);
}

// Node has it; the library types that the compiler is set to do not know it yet.
const { rawJSON: rawJson } = JSON as unknown as { rawJSON: (text: string) => unknown };

class NumberText {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
  toJSON(): unknown {
    return rawJson(this.text);
  }
}

/** How many keys a JSON text has; nothing when it is nested too deep. */
function countColons(text: string): number | undefined {
  let depth = 0;
  let colons = 0;
  let quoted = false;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (quoted) {
      if (code === 0x5c) at += 1;
      else if (code === 0x22) quoted = false;
    } else if (code === 0x22) quoted = true;
    else if (code === 0x3a) colons += 1;
    else if (code === 0x7b || code === 0x5b) depth += 1;
    else if (code === 0x7d || code === 0x5d) depth -= 1;
    if (depth > readLimits.jsonDepth) return undefined;
  }
  return colons;
}
