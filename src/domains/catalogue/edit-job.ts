import { join } from "node:path";
import type { JobKind, JobRequest } from "../../access/index.ts";
import { readSmallTable, type SmallTable, type TextRow } from "../../engine/index.ts";
import { withoutGuard } from "../../kernel/csv.ts";
import { catalogueActions } from "./actions.ts";
import { planChanges } from "./change-entry.ts";
import { discardEdit, editKind, sheetLimits, type EditInput, type PlannedChange, type PlannedEdit } from "./edit-many.ts";
import { entryFields, type EntryChanges, type EntryField } from "./entry-fields.ts";
import { catalogueError } from "./errors.ts";
import type { Entry } from "./model.ts";
import { listOwnEntryRows } from "./store.ts";

/** Reads an edited register and says what it would change. */
export const editJob: JobKind = {
  kind: editKind,
  label: "Read an edited register",
  run: async (request) => {
    const { job, session, house } = request;
    const { organisation } = job;
    return session.perform(
      catalogueActions.editMany,
      { kind: "register", id: organisation, organisation },
      async (scope): Promise<PlannedEdit> => {
        try {
          const sheet = await readSheet(request);
          return planEdit((job.input as EditInput).fileName, sheet, await listOwnEntryRows(scope.records, organisation));
        } finally {
          await discardEdit(job, house);
        }
      },
    );
  },
  discard: discardEdit,
};

/** The edited register, whose rows are no more than are read. */
async function readSheet({ job, house, process, signal, progress }: JobRequest): Promise<SmallTable> {
  const { landing, fileName: name } = job.input as EditInput;
  const file = { path: join(house.folder.landing, landing), name, scratch: house.folder.temporary, mostRows: sheetLimits.rows };
  const sheet = await readSmallTable(process, file, { signal, onProgress: progress });
  if (!sheet) throw catalogueError("not-the-register", { name });
  if (sheet.rowsInFile > sheetLimits.rows) throw catalogueError("sheet-rows", { rows: sheet.rowsInFile, most: sheetLimits.rows });
  return sheet;
}

/** What a sheet would change in these entries. A column that is not there leaves its field as it is; an empty cell empties it. */
export function planEdit(fileName: string, { headers, rows, unread }: SmallTable, entries: readonly Entry[]): PlannedEdit {
  const plain = (text: string) => text.trim().toLowerCase();
  const idAt = headers.findIndex((header) => plain(header) === "id");
  if (idAt < 0) throw catalogueError("not-the-register", { name: fileName });
  const fieldAt = headers.map((header, at) =>
    at === idAt ? undefined : entryFields.find(({ key, label }) => [plain(key), plain(label)].includes(plain(header))),
  );
  const byId = new Map(entries.map((entry) => [entry.datasetId, entry]));
  const seen = new Set<string>();
  const changes: PlannedChange[] = [];
  const problems: { row: number; text: string }[] = [];
  if (unread > 0) problems.push({ row: 0, text: `${unread} rows of the file could not be read as rows. Save it anew as XLSX.` });
  for (const { record, cells } of rows) {
    const id = cells[idAt]?.trim() ?? "";
    const entry = byId.get(id);
    if (id === "" && cells.every((cell) => (cell ?? "").trim() === "")) continue;
    if (!entry) {
      problems.push({ row: record, text: id === "" ? "It has no Id." : `There is no dataset “${id}” of yours.` });
      continue;
    }
    if (seen.has(id)) problems.push({ row: record, text: `“${entry.title}” stands in an earlier row already.` });
    seen.add(id);
    const planned = planChanges(entry, writtenIn(cells, fieldAt));
    for (const text of Object.values(planned.problems)) problems.push({ row: record, text: `“${entry.title}”: ${text}` });
    for (const change of planned.changes) changes.push({ dataset: id, title: entry.title, ...change });
  }
  const aside = headers.filter((_, at) => at !== idAt && fieldAt[at] === undefined);
  return { fileName, rows: rows.length, changes, problems, aside };
}

function writtenIn(cells: TextRow["cells"], fieldAt: readonly (EntryField | undefined)[]): EntryChanges {
  return Object.fromEntries(
    fieldAt.flatMap((field, at) => (field === undefined ? [] : [[field.key, withoutGuard(cells[at] ?? "")]])),
  );
}
