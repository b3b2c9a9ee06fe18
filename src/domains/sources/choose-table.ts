import { constants } from "node:fs";
import { copyFile } from "node:fs/promises";
import { join } from "node:path";
import type { JobRequest } from "../../access/index.ts";
import type { FileTable } from "../../engine/index.ts";
import { newId } from "../../kernel/ids.ts";
import { sourcesActions } from "./actions.ts";
import { insertSource, queueLoad, type IncomingTable } from "./add-source.ts";
import { sourcesError } from "./errors.ts";
import { findSource, type Source } from "./store.ts";

/**
 * The table that is wanted of a file in the landing folder: the one that was named, by part or title, or the first. `others`
 * are those left over where none was named. Fails with `sources.unknown-format` or `sources.no-table`.
 */
export async function chooseTable(
  path: string,
  file: IncomingTable,
  { house, process, signal }: JobRequest,
): Promise<{ table: FileTable; others: readonly FileTable[]; notes: readonly string[] }> {
  const found = await process.run("tables", { path, name: file.fileName, scratch: house.folder.temporary }, { signal });
  const [first] = found.tables;
  if (!first) throw sourcesError("unknown-format", { name: file.fileName });
  if (file.part === null) return { table: first, others: found.tables.slice(1), notes: found.notes };
  const table = found.tables.find(({ part }) => part === file.part) ?? found.tables.find(({ title }) => title === file.part);
  if (!table)
    throw sourcesError("no-table", { name: file.part, tables: found.tables.map(({ part, title }) => part || title).join(", ") });
  return { table, others: [], notes: found.notes };
}

/** Makes a source of each further table of a file that came in as one, and queues its load. Gives what to say of it. */
export async function addSiblings(
  source: Source,
  file: IncomingTable,
  tables: readonly FileTable[],
  { house, session }: JobRequest,
): Promise<readonly string[]> {
  return session.perform(
    sourcesActions.add,
    { kind: "source", id: source.name, organisation: source.organisation },
    async (scope) => {
      const names: string[] = [];
      for (const table of tables) {
        const name = `${source.name} – ${table.title}`.slice(0, 100);
        if (await findSource(scope.records, name, source.organisation)) continue;
        const landing = newId("land", house.clock());
        await copyFile(join(house.folder.landing, file.landing), join(house.folder.landing, landing), constants.COPYFILE_FICLONE);
        const { organisation, badShare } = source;
        const facts = {
          name,
          organisation,
          badShare,
          kind: "snapshot",
          fileName: file.fileName,
          part: table.part,
          pattern: "",
        } as const;
        const sibling = await scope.transaction((records) => insertSource(records, facts, house));
        await queueLoad(session, sibling, [{ landing, fileName: file.fileName, part: table.part }], house);
        names.push(`“${name}”`);
      }
      return names.length === 0
        ? []
        : [`The file holds ${tables.length + 1} tables. The others are sources of their own: ${names.join(", ")}.`];
    },
  );
}
