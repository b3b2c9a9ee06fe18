import type { PageRequest } from "../../../access/index.ts";
import { sourcesError } from "../errors.ts";

export function uploaded(request: PageRequest) {
  const [file] = request.files;
  if (!file || file.name === "") throw sourcesError("none-chosen", {}, { file: "Choose a file." });
  return { name: file.name, path: file.path, keep: false };
}
