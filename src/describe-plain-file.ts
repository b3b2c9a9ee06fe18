import { parseArgs } from "node:util";
import { tableLines } from "./faces/cli/index.ts";
import { nameOf, readPlainFile } from "./read-plain-file.ts";
import { getType, publishedId } from "./vocabulary/index.ts";

/**
 * `guildhall detect FILE` and `guildhall profile FILE`: what the columns of a file are, with the evidence, or how they are
 * filled. Of a file that holds several tables one is described, by its name or as the first, and the others are named.
 * No data folder is opened and nothing is kept. Gives the exit code.
 */
export async function describePlainFile(verb: "detect" | "profile", rest: readonly string[], cwd: string): Promise<number> {
  const asked = readWords(rest);
  if (!asked) {
    process.stderr.write(`Usage: guildhall ${verb} FILE [--table NAME] [--json]\n`);
    return 2;
  }
  const { json } = asked;
  const { described, tables, notes: foundNotes } = await readPlainFile({ ...asked, whole: verb === "profile" }, cwd);
  const { load, profile } = described;
  const others = tables.filter(({ part }) => part !== described.table.part).map(nameOf);
  const aside = [
    ...(others.length > 0
      ? [`This is the table “${nameOf(described.table)}”. Others in the file, for --table: ${others.join(", ")}.`]
      : []),
    ...foundNotes,
  ];
  const say = (lines: readonly string[]) => process.stdout.write(`${lines.join("\n")}\n`);
  if (verb === "detect") {
    const columns = profile.columns.map(({ header: name, detection: { type, confidence, evidence, reading, alternatives } }) => ({
      name,
      type,
      confidence: rounded(confidence),
      evidence,
      reading,
      alternatives: alternatives.map((other) => ({ type: other.type, confidence: rounded(other.confidence) })),
    }));
    const notes = [...foundNotes, ...load.notes];
    if (json) say([JSON.stringify({ table: described.table.part, tables, notes, columns: columns.map(asPublished) }, null, 2)]);
    else
      say([
        ...aside,
        ...load.notes,
        ...tableLines(
          ["Column", "What it is", "Sure", "Why"],
          columns.map(({ name, type, confidence, evidence }) => [
            name,
            type === null ? "Not known" : getType(type).label,
            `${Math.round(confidence * 100)} %`,
            evidence.join("; "),
          ]),
        ),
      ]);
    return 0;
  }
  const columns = profile.columns.map(({ header: name, nulls, distinct, top, detection: { type, reading } }) => ({
    name,
    type,
    reading,
    filled: profile.rows - nulls,
    empty: nulls,
    distinct,
    top: top.slice(0, 10),
  }));
  const { rowsInFile, rowsLoaded, rowsQuarantined } = load;
  const counts = { rowsInFile, rowsLoaded, rowsQuarantined, rowsSeen: profile.seen };
  const notes = [...foundNotes, ...load.notes];
  if (json)
    say([JSON.stringify({ table: described.table.part, tables, ...counts, notes, columns: columns.map(asPublished) }, null, 2)]);
  else
    say([
      `${rowsInFile} rows in the file, ${rowsLoaded} read, ${rowsQuarantined} that cannot be.`,
      ...(profile.seen < profile.rows ? [`Distinct values are those of a sample of ${profile.seen} rows.`] : []),
      ...aside,
      ...load.notes,
      "",
      ...tableLines(
        ["Column", "What it is", "Filled", "Empty", "Distinct", "Most frequent"],
        columns.map(({ name, type, filled, empty, distinct, top }) => [
          name,
          type === null ? "Not known" : getType(type).label,
          filled,
          empty,
          distinct,
          top
            .slice(0, 3)
            .map(({ value, count }) => `${value.slice(0, 20)} (${count})`)
            .join(", "),
        ]),
      ),
    ]);
  return 0;
}

interface Typed {
  readonly type: string | null;
  readonly alternatives?: readonly { readonly type: string; readonly confidence: number }[];
}

/** With the ids under which others know the types; of two rivals that are one there, the likelier. */
function asPublished<T extends Typed>(column: T): T {
  const type = column.type === null ? null : publishedId(column.type);
  const rivals = new Map<string, { type: string; confidence: number }>();
  for (const rival of column.alternatives ?? []) {
    const id = publishedId(rival.type);
    if (id !== type && !rivals.has(id)) rivals.set(id, { type: id, confidence: rival.confidence });
  }
  return { ...column, type, ...(column.alternatives ? { alternatives: [...rivals.values()] } : {}) };
}

function rounded(confidence: number): number {
  return Number(confidence.toFixed(4));
}

function readWords(rest: readonly string[]): { file: string; table: string | undefined; json: boolean } | undefined {
  try {
    const options = { table: { type: "string" }, json: { type: "boolean" } } as const;
    const { values, positionals } = parseArgs({ args: [...rest], options, allowPositionals: true });
    const [file, ...more] = positionals;
    return file === undefined || more.length > 0 ? undefined : { file, table: values.table, json: values.json === true };
  } catch {
    return undefined;
  }
}
