import { mkdtemp, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import type { DuckDBConnection } from "@duckdb/node-api";
import { engineError } from "../errors.ts";
import type { LoadInput, LoadOutput, Progress } from "../protocol.ts";
import { loadCsv } from "./load-csv.ts";
import { loadSheet } from "./load-sheet.ts";
import { loadXml } from "./load-xml.ts";
import { openPart } from "./open-part.ts";
import { loadJson } from "./load-json.ts";
import { loadNdjson } from "./load-ndjson.ts";

/**
 * Reads a table of a landing file into a text layer: each cell as received, with its record number. Nothing of a load that
 * fails is left, and one whose file changed under it fails, since nobody could say which file was read.
 */
export async function loadFile(
  connection: DuckDBConnection,
  input: LoadInput,
  tell: (progress: Progress) => void,
): Promise<LoadOutput> {
  const before = await stateOf(input.path);
  if (!before) throw engineError("unreadable", { problem: "The file is not there any more, or it is no file." });
  if (before.size === 0n) throw engineError("unreadable", { problem: "The file is empty." });
  const scratch = await mkdtemp(join(input.scratch, "load-"));
  try {
    const output = await loadFormat(connection, { ...input, scratch, ...(await openPart(input, scratch)) }, tell);
    const after = await stateOf(input.path);
    if (after?.size !== before.size || after.mtimeNs !== before.mtimeNs || after.ino !== before.ino)
      throw engineError("unreadable", {
        problem: "The file changed while it was read. Wait until it is written, then load it again.",
      });
    return output;
  } catch (error) {
    await rm(input.textPath, { force: true });
    await rm(input.quarantinePath, { force: true });
    throw error;
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

async function stateOf(path: string) {
  const file = await stat(path, { bigint: true }).catch(() => undefined);
  return file?.isFile() ? file : undefined;
}

async function loadFormat(
  connection: DuckDBConnection,
  input: LoadInput,
  tell: (progress: Progress) => void,
): Promise<LoadOutput> {
  if (input.format === "csv") return loadCsv(connection, input, tell);
  if (input.format === "ndjson") return loadNdjson(connection, input, tell);
  if (input.format === "json" || input.format === "geojson") return loadJson(connection, input, tell);
  if (input.format === "xlsx" || input.format === "ods") return loadSheet(connection, input, tell);
  if (input.format === "xml") return loadXml(connection, input, tell);
  throw engineError("unreadable", { problem: `Guildhall does not read ${input.format} files yet.` });
}
