import { existsSync } from "node:fs";
import { availableParallelism } from "node:os";
import { basename, resolve } from "node:path";
import { describeFile, fileFormat, sourcesError } from "./domains/sources/index.ts";
import { tableLines } from "./faces/cli/index.ts";
import { readSettings } from "./kernel/config.ts";
import { createLog } from "./kernel/log.ts";
import { getType } from "./vocabulary/index.ts";

/**
 * `guildhall detect FILE` and `guildhall profile FILE`: what the columns of a file are, with the evidence, or how they are
 * filled. No data folder is opened and nothing is kept. Gives the exit code.
 */
export async function describePlainFile(verb: "detect" | "profile", rest: readonly string[], cwd: string): Promise<number> {
  const json = rest.includes("--json");
  const [file, ...more] = rest.filter((word) => word !== "--json");
  if (file === undefined || more.length > 0 || file.startsWith("-")) {
    process.stderr.write(`Usage: guildhall ${verb} FILE [--json]\n`);
    return 2;
  }
  const format = fileFormat(file);
  if (!format) throw sourcesError("unknown-format", { name: basename(file) });
  const path = resolve(cwd, file);
  if (!existsSync(path)) throw sourcesError("no-file", { path: file });
  const settings = readSettings(process.env);
  const { load, profile } = await describeFile(
    path,
    format,
    {
      memoryMb: settings.GUILDHALL_JOB_MB,
      threads: availableParallelism(),
      maxTempMb: settings.GUILDHALL_SPILL_MB,
    },
    createLog(settings.GUILDHALL_LOG),
  );
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
    if (json) say([JSON.stringify({ columns }, null, 2)]);
    else
      say(
        tableLines(
          ["Column", "What it is", "Sure", "Why"],
          columns.map(({ name, type, confidence, evidence }) => [
            name,
            type === null ? "Not known" : getType(type).label,
            `${Math.round(confidence * 100)} %`,
            evidence.join("; "),
          ]),
        ),
      );
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
  const { rowsInFile, rowsLoaded, rowsQuarantined, notes } = load;
  if (json) say([JSON.stringify({ rowsInFile, rowsLoaded, rowsQuarantined, rowsSeen: profile.seen, notes, columns }, null, 2)]);
  else
    say([
      `${rowsInFile} rows in the file, ${rowsLoaded} read, ${rowsQuarantined} that cannot be.`,
      ...(profile.seen < profile.rows ? [`Distinct values are those of a sample of ${profile.seen} rows.`] : []),
      ...notes,
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

function rounded(confidence: number): number {
  return Number(confidence.toFixed(4));
}
