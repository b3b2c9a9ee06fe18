import type { PageRequest } from "../../../access/index.ts";
import type { IncomingFile } from "../add-source.ts";
import { sourcesError } from "../errors.ts";

/** The files that were chosen on a form, one at least. Fails with `sources.none-chosen`. */
export function uploaded({ files }: PageRequest): readonly IncomingFile[] {
  const chosen = files.filter(({ name }) => name !== "");
  if (chosen.length === 0) throw sourcesError("none-chosen", {}, { file: "Choose a file." });
  return chosen.map(({ name, path }) => ({ name, path, keep: false }));
}
