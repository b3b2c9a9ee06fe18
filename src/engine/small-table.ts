import { rm } from "node:fs/promises";
import { join } from "node:path";
import { newId } from "../kernel/ids.ts";
import type { EngineProcess, TaskOptions } from "./process.ts";
import type { TextRow } from "./protocol.ts";

export interface SmallTable {
  readonly headers: readonly string[];
  readonly rows: readonly TextRow[];
  readonly rowsInFile: number;
  /** Rows that could not be read at all. */
  readonly unread: number;
}

/** The first rows of the first table of a file that a person sent, read as any file is; nothing where it holds no table. */
export async function readSmallTable(
  process: EngineProcess,
  file: { readonly path: string; readonly name: string; readonly scratch: string; readonly mostRows: number },
  options: TaskOptions,
): Promise<SmallTable | undefined> {
  const { path, name, scratch, mostRows } = file;
  const { tables } = await process.run("tables", { path, name, scratch }, options);
  const [table] = tables;
  if (!table) return undefined;
  const own = newId("tbl", Date.now());
  const [textPath, quarantinePath] = [join(scratch, `${own}-text`), join(scratch, `${own}-bad`)];
  try {
    const { format, part } = table;
    const load = { path, format, part, textPath, quarantinePath, scratch, firstRecord: 1, added: [], known: [], nextColumn: 1 };
    const { columns, rowsInFile, rowsQuarantined } = await process.run("load", load, options);
    const cells = { textPath, columns: columns.map(({ number }) => number), mostRows };
    const { rows } = await process.run("cells", cells, options);
    return { headers: columns.map(({ header }) => header), rows, rowsInFile, unread: rowsQuarantined };
  } finally {
    await rm(textPath, { force: true });
    await rm(quarantinePath, { force: true });
  }
}
