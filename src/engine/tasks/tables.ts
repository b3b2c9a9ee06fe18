import { stat } from "node:fs/promises";
import { basename, extname } from "node:path";
import { engineError } from "../errors.ts";
import type { TablesInput, TablesOutput } from "../protocol.ts";
import { readHead } from "../read/file-scan.ts";
import { sniff } from "../read/sniff.ts";

/** Says what tables a landing file holds. Fails with `engine.unreadable` where a file is none that can be looked into. */
export async function listTables(input: TablesInput): Promise<TablesOutput> {
  const file = await stat(input.path).catch(() => undefined);
  if (!file?.isFile()) throw engineError("unreadable", { problem: "The file is not there any more, or it is no file." });
  if (file.size === 0) throw engineError("unreadable", { problem: "The file is empty." });
  const kind = sniff(await readHead(input.path), input.name);
  const title = basename(input.name, extname(input.name));
  if (kind === "csv" || kind === "ndjson") return { kind: "tables", tables: [{ part: "", format: kind, title }], notes: [] };
  return { kind: kind === "metadata" ? "metadata" : "document", tables: [], notes: [] };
}
