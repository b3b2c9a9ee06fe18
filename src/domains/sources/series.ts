import { rm } from "node:fs/promises";
import { basename, join } from "node:path";
import type { JobRequest } from "../../access/index.ts";
import { newId } from "../../kernel/ids.ts";

/** With this share of its rows in another of its kind, a file is that list sent again, and not a part beside it. */
const sameList = 0.5;

/**
 * Whether files of one kind are parts to be put together, by what two of them hold: the first and the last. Most rows of a
 * list that is sent again each month are in both; of months of spending, or of counters, next to none.
 */
export async function isSeries(paths: readonly string[], { house, process, signal }: JobRequest): Promise<boolean> {
  const [first = "", last = ""] = [paths[0], paths.at(-1)];
  const layers: [string, string] = [scratch(), scratch()];
  try {
    let columns: readonly number[] = [];
    for (const [at, path] of [first, last].entries()) {
      const { tables } = await process.run("tables", { path, name: basename(path), scratch: house.folder.temporary }, { signal });
      const output = await process.run(
        "load",
        {
          path,
          format: tables[0]?.format ?? "csv",
          part: tables[0]?.part ?? "",
          textPath: layers[at] ?? "",
          quarantinePath: `${layers[at] ?? ""}.bad`,
          scratch: house.folder.temporary,
          known: [],
          nextColumn: 1,
          firstRecord: 1,
          added: [],
        },
        { signal },
      );
      columns = output.columns.map(({ number }) => number);
    }
    return (await process.run("overlap", { paths: layers, columns }, { signal })).share < sameList;
  } finally {
    for (const path of layers.flatMap((layer) => [layer, `${layer}.bad`])) await rm(path, { force: true });
  }

  function scratch(): string {
    return join(house.folder.temporary, `${newId("seg", house.clock())}.parquet`);
  }
}
