import { existsSync } from "node:fs";
import { availableParallelism } from "node:os";
import { basename, resolve } from "node:path";
import { describeFile, sourcesError, type DescribedTable } from "./domains/sources/index.ts";
import { readSettings } from "./kernel/config.ts";
import { createLog } from "./kernel/log.ts";

export interface PlainFile {
  /** The table that was asked for, or the first. */
  readonly described: DescribedTable;
  readonly tables: readonly Pick<DescribedTable["table"], "part" | "format" | "title">[];
  readonly notes: readonly string[];
}

/** Reads a file by itself, with no data folder: nothing is kept. Where its rows need not be counted, a long one is not read `whole`. Fails with `sources.no-file`, `….unknown-format` or `….no-table`. */
export async function readPlainFile(
  asked: { readonly file: string; readonly table: string | undefined; readonly whole: boolean },
  cwd: string,
): Promise<PlainFile> {
  const path = resolve(cwd, asked.file);
  if (!existsSync(path)) throw sourcesError("no-file", { path: asked.file });
  const settings = readSettings(process.env);
  const { found, described } = await describeFile(
    { path, name: basename(asked.file), table: asked.table, whole: asked.whole },
    {
      memoryMb: settings.GUILDHALL_JOB_MB,
      threads: availableParallelism(),
      maxTempMb: settings.GUILDHALL_SPILL_MB,
    },
    createLog(settings.GUILDHALL_LOG),
  );
  if (found.kind !== "tables") throw sourcesError("unknown-format", { name: basename(asked.file) });
  const tables = found.tables.map(({ part, format, title }) => ({ part, format, title }));
  if (!described) throw sourcesError("no-table", { name: asked.table ?? "", tables: tables.map(nameOf).join(", ") });
  return { described, tables, notes: found.notes };
}

/** A table's name as people ask for it. */
export function nameOf({ part, title }: { readonly part: string; readonly title: string }): string {
  return part === "" ? title : part;
}
