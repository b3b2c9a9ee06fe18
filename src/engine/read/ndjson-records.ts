/**
 * The cells of one NDJSON record, by key: text as it was written, numbers included, so that leading zeros after a
 * decimal point and digits past 2^53 stay. Lists and objects stay JSON. `undefined` when the line is no JSON object.
 */
export function ndjsonCells(line: string): ReadonlyMap<string, string> | undefined {
  let parsed: unknown;
  try {
    parsed = JSON.parse(line, (_key: string, value: unknown, context?: { source?: string }) =>
      typeof value === "number" && context?.source !== undefined ? new NumberText(context.source) : value,
    );
  } catch {
    return undefined;
  }
  if (typeof parsed !== "object" || parsed === null || Array.isArray(parsed) || parsed instanceof NumberText) return undefined;
  return new Map(Object.entries(parsed).map(([key, value]) => [key, cellText(value)]));
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

function cellText(value: unknown): string {
  if (value === null) return "";
  if (value instanceof NumberText) return value.text;
  if (typeof value === "string") return value;
  if (typeof value === "boolean") return String(value);
  return JSON.stringify(value);
}
