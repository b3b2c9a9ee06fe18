import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  EngineProcess,
  type FileTable,
  type LoadOutput,
  type ProcessLimits,
  type ProfileOutput,
  type TablesOutput,
} from "../../../engine/index.ts";
import type { Log } from "../../../kernel/log.ts";

export interface DescribedFile {
  readonly found: TablesOutput;
  /** The table asked for, or the first; absent where the file has no such table. */
  readonly described: DescribedTable | undefined;
}

export interface DescribedTable {
  readonly table: FileTable;
  readonly load: LoadOutput;
  readonly profile: ProfileOutput;
}

/**
 * How much of a file is looked at to describe it: this many distinct values of a column, and of a table with more than
 * twice as many rows a sample of so many, the same each time.
 */
export const loadLimits = { distinctLimit: 2000, sampleRows: 100_000 } as const;

/**
 * Says what tables a file holds, reads one of them as a load would, and says what its columns are, with no data folder:
 * everything is written beside the system's temporary files, for this account alone, and is gone at the end. A table is
 * asked for by its part or its title. Of a long delimited file that need not be counted whole a sample is read. Fails with `engine.unreadable`.
 */
export async function describeFile(
  file: { readonly path: string; readonly name: string; readonly table: string | undefined; readonly whole: boolean },
  limits: Omit<ProcessLimits, "tempDirectory">,
  log: Log,
): Promise<DescribedFile> {
  const folder = await mkdtemp(join(tmpdir(), "guildhall-file-"));
  const process = new EngineProcess("job", { ...limits, tempDirectory: folder }, log);
  try {
    const found = await process.run("tables", { path: file.path, name: file.name, scratch: folder });
    const table =
      file.table === undefined
        ? found.tables[0]
        : (found.tables.find(({ part }) => part === file.table) ?? found.tables.find(({ title }) => title === file.table));
    if (!table) return { found, described: undefined };
    const textPath = join(folder, "text.parquet");
    const load = await process.run("load", {
      path: file.path,
      format: table.format,
      part: table.part,
      textPath,
      quarantinePath: join(folder, "quarantine.parquet"),
      scratch: folder,
      known: [],
      nextColumn: 1,
      firstRecord: 1,
      added: [],
      toDescribe: !file.whole,
    });
    const profile = await process.run("profile", { textPaths: [textPath], columns: load.columns, ...loadLimits });
    return { found, described: { table, load, profile } };
  } finally {
    await process.stop();
    await rm(folder, { recursive: true, force: true });
  }
}
