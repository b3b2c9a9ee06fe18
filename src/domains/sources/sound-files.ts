import type { JobRequest } from "../../access/index.ts";
import type { Version } from "../../engine/index.ts";

/** A layer's files, checked against their hashes: what is built from a damaged one would look sound. */
export async function soundFiles(
  version: Version,
  layer: "text" | "quarantine",
  { house, process, signal }: Pick<JobRequest, "house" | "process" | "signal">,
): Promise<readonly string[]> {
  const paths = await house.lake.filesOf(version.id, layer);
  if (paths.length === 0) throw new Error(`Version ${version.id} has no ${layer} layer.`);
  await house.lake.verifyFiles(paths, async (path) => (await process.run("hash", { path }, { signal })).sha256);
  return paths;
}
