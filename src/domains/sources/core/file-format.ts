import { extname } from "node:path";

export type FileFormat = "csv" | "ndjson";

/** What kind of file a name says it is; nothing for what Guildhall does not read. */
export function fileFormat(name: string): FileFormat | undefined {
  const extension = extname(name).toLowerCase();
  if ([".csv", ".tsv", ".txt"].includes(extension)) return "csv";
  return [".ndjson", ".jsonl"].includes(extension) ? "ndjson" : undefined;
}
