import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { EngineProcess, type LoadOutput, type ProcessLimits, type ProfileOutput } from "../../../engine/index.ts";
import type { Log } from "../../../kernel/log.ts";
import type { FileFormat } from "./file-format.ts";

export interface DescribedFile {
  readonly load: LoadOutput;
  readonly profile: ProfileOutput;
}

/**
 * How much of a file is looked at to describe it: this many distinct values of a column, and of a table with more than
 * twice as many rows a sample of so many, the same each time.
 */
export const loadLimits = { distinctLimit: 2000, sampleRows: 100_000 } as const;

/**
 * Reads a file as a load would and says what its columns are, with no data folder: everything is written beside the
 * system's temporary files, for this account alone, and is gone at the end. Fails with `engine.unreadable`.
 */
export async function describeFile(
  path: string,
  format: FileFormat,
  limits: Omit<ProcessLimits, "tempDirectory">,
  log: Log,
): Promise<DescribedFile> {
  const folder = await mkdtemp(join(tmpdir(), "guildhall-file-"));
  const process = new EngineProcess("job", { ...limits, tempDirectory: folder }, log);
  try {
    const textPath = join(folder, "text.parquet");
    const load = await process.run("load", {
      path,
      format,
      textPath,
      quarantinePath: join(folder, "quarantine.parquet"),
      scratch: folder,
      known: [],
      nextColumn: 1,
    });
    const profile = await process.run("profile", { textPaths: [textPath], columns: load.columns, ...loadLimits });
    return { load, profile };
  } finally {
    await process.stop();
    await rm(folder, { recursive: true, force: true });
  }
}
