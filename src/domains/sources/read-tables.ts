import { rm } from "node:fs/promises";
import type { JobRequest } from "../../access/index.ts";
import type {
  AddedColumn,
  Dataset,
  FileFormat,
  LoadedColumn,
  LoadedFile,
  LoadOutput,
  ReceivedLayout,
  Version,
} from "../../engine/index.ts";
import { nameColumns } from "./core/file-names.ts";
import type { Source } from "./store.ts";

export interface TableToRead {
  readonly fileName: string;
  readonly path: string;
  readonly sha256: string;
  readonly part: string;
  readonly format: FileFormat;
  /** How many rows were sent, where that is known. */
  readonly rows: number | null;
}

/**
 * Reads tables, one after another, each into a text layer of its own under a temporary name; `keep` is told of each, so
 * that the caller can remove them. Gives the columns of the version: those of `onto` first, then what is new. Rows of an
 * append dataset say from which file they came.
 */
export async function readTables(
  load: {
    readonly source: Source;
    readonly dataset: Dataset;
    readonly onto: Version | null;
    readonly tables: readonly TableToRead[];
  },
  { house, process, signal, progress }: JobRequest,
  keep: (file: LoadedFile) => void,
): Promise<readonly LoadedColumn[]> {
  const { dataset, onto, source } = load;
  const known = new Map((await house.lake.listColumns(dataset.id)).map((column) => [column.header, column]));
  const columns = new Map((onto?.columns ?? []).map((column) => [column.number, column]));
  let nextColumn = dataset.nextColumn;
  let firstRecord = (onto?.lastRecord ?? 0) + 1;
  for (const [at, table] of load.tables.entries()) {
    const startedAt = house.clock();
    const text = house.lake.newFile(dataset.id);
    const quarantine = house.lake.newFile(dataset.id);
    const several = load.tables.length > 1 ? `${table.fileName} (${at + 1} of ${load.tables.length}): ` : "";
    const added = dataset.kind === "append" ? nameColumns(table.fileName, source.pattern) : [];
    try {
      const output = await process.run(
        "load",
        {
          path: table.path,
          format: table.format,
          part: table.part,
          firstRecord,
          added,
          textPath: text.part,
          quarantinePath: quarantine.part,
          scratch: house.folder.temporary,
          known: [...known.values()],
          nextColumn,
        },
        { signal, onProgress: (told) => progress({ ...told, step: `${several}${told.step}` }) },
      );
      for (const column of output.columns) {
        known.set(column.header, column);
        columns.set(column.number, columns.get(column.number) ?? column);
        nextColumn = Math.max(nextColumn, column.number + 1);
      }
      const { fileName: name, part, sha256 } = table;
      const seconds = (house.clock() - startedAt) / 1000;
      keep({ name, part, sha256, firstRecord, output, text, quarantine, seconds, layout: layoutOf(output, added) });
      firstRecord += output.rowsInFile;
    } catch (error) {
      await rm(text.part, { force: true });
      await rm(quarantine.part, { force: true });
      throw error;
    }
  }
  return [...columns.values()];
}

/** How a record of the file is read again by itself, into which columns. */
function layoutOf({ layout, columns }: LoadOutput, added: readonly AddedColumn[]): ReceivedLayout | null {
  return layout && { ...layout, columns: columns.map(({ number }) => number), added: added.map(({ value }) => value) };
}
