import { mkdtemp, rm, stat, symlink } from "node:fs/promises";
import { join, resolve } from "node:path";
import type { DuckDBConnection } from "@duckdb/node-api";
import { engineError } from "../errors.ts";
import type { LoadInput, LoadOutput, Progress } from "../protocol.ts";
import { loadCsv } from "./load-csv.ts";
import { loadParquet } from "./load-parquet.ts";
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
    const opened = await openPart({ path: await plainPath(input.path, scratch), part: input.part }, scratch);
    const output = await loadFormat(connection, { ...input, ...opened, scratch }, tell);
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

/** A path that DuckDB takes as it stands: in a name it would take signs such as `*` and `[` for a pattern. */
async function plainPath(path: string, scratch: string): Promise<string> {
  if (!/[*?[\]{}]/.test(path)) return path;
  const link = join(scratch, "landing");
  await symlink(resolve(path), link);
  return link;
}

async function stateOf(path: string) {
  const file = await stat(path, { bigint: true }).catch(() => undefined);
  return file?.isFile() ? file : undefined;
}

function loadFormat(connection: DuckDBConnection, input: LoadInput, tell: (progress: Progress) => void): Promise<LoadOutput> {
  switch (input.format) {
    case "csv":
      return loadCsv(connection, input, tell);
    case "ndjson":
      return loadNdjson(connection, input, tell);
    case "json":
    case "geojson":
      return loadJson(connection, input, tell);
    case "xml":
      return loadXml(connection, input, tell);
    case "xlsx":
    case "ods":
      return loadSheet(connection, input, tell);
    case "parquet":
      return loadParquet(connection, input, tell);
  }
}
