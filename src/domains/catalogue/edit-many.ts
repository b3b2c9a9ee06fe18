import { constants } from "node:fs";
import { copyFile, rename, rm, stat } from "node:fs/promises";
import { basename, join } from "node:path";
import type { House, Session } from "../../access/index.ts";
import { csvLine } from "../../kernel/csv.ts";
import { newId } from "../../kernel/ids.ts";
import { findJob, type Job } from "../../store/index.ts";
import { catalogueActions } from "./actions.ts";
import { changeEntry, type CellChange } from "./change-entry.ts";
import { entryFields, textOf, type EntryChanges } from "./entry-fields.ts";
import { catalogueError } from "./errors.ts";
import { changedBy } from "./history.ts";
import { findEntry, listOwnEntryRows } from "./store.ts";

export const editKind = "catalogue.read-edits";
export const sheetLimits = { megabytes: 20, rows: 20_000 } as const;

export interface EditInput {
  /** In the landing folder. */
  readonly landing: string;
  readonly fileName: string;
}

/** What a spreadsheet would change, cell by cell. */
export interface PlannedEdit {
  readonly fileName: string;
  readonly rows: number;
  readonly changes: readonly PlannedChange[];
  /** What is wrong, with the row of the file, the header not counted; any of these keeps all from being saved. */
  readonly problems: readonly { readonly row: number; readonly text: string }[];
  /** Columns that say nothing of an entry. */
  readonly aside: readonly string[];
}

export interface PlannedChange extends CellChange {
  readonly dataset: string;
  readonly title: string;
}

/** The register of an organisation as CSV, to be edited in a spreadsheet: a row an entry, a column a field. */
export async function downloadRegister(session: Session, organisation: string): Promise<string> {
  return session.perform(catalogueActions.editMany, { kind: "register", id: organisation, organisation }, async (scope) => {
    const entries = await listOwnEntryRows(scope.records, organisation);
    const head = ["Id", ...entryFields.map(({ label }) => label)];
    const rows = entries.map((entry) => [entry.datasetId, ...entryFields.map(({ key }) => textOf(entry, key))]);
    // the sign tells spreadsheets that it is UTF-8
    return `\ufeff${[head, ...rows].map(csvLine).join("")}`;
  });
}

/** Has an edited register read; nothing is changed until `applyEdit`. Fails with `catalogue.no-sheet`, `sheet-missing` or `sheet-size`. */
export async function readEdit(
  session: Session,
  file: { readonly name: string; readonly path: string; readonly keep: boolean } | undefined,
  organisation: string,
  house: House,
): Promise<Job> {
  return session.perform(catalogueActions.editMany, { kind: "register", id: organisation, organisation }, async () => {
    const facts = file && (await stat(file.path).catch(() => undefined));
    if (!file) throw catalogueError("no-sheet", {}, { file: "Choose a file." });
    if (!facts?.isFile()) throw catalogueError("sheet-missing", { path: file.keep ? file.path : file.name });
    if (facts.size > sheetLimits.megabytes * 1_000_000)
      throw catalogueError("sheet-size", { megabytes: sheetLimits.megabytes }, { file: "It is too large." });
    const landing = newId("land", house.clock());
    const target = join(house.folder.landing, landing);
    if (file.keep) await copyFile(file.path, target, constants.COPYFILE_FICLONE);
    else await rename(file.path, target);
    const input: EditInput = { landing, fileName: basename(file.name) };
    return house.jobs.queue(session, { kind: editKind, input, organisation });
  });
}

/** An edit that this person had read, for their organisation. */
export async function getEdit(session: Session, id: string, house: House): Promise<Job> {
  return session.perform(catalogueActions.editMany, { kind: "edit", id, organisation: null }, async () => {
    const job = await findJob(house.store, id);
    const mine = job?.kind === editKind && job.actingFor === (session.person?.id ?? null);
    if (!job || !mine || (session.kind === "person" && job.organisation !== session.organisation))
      throw catalogueError("no-edit", {});
    return job;
  });
}

/**
 * Saves an edit that was read, all of it or nothing. Fails with `catalogue.edit-not-ready` while something is wrong with it
 * and with `edited-meanwhile` where a cell is not any more what it was when the edit was read.
 */
export async function applyEdit(session: Session, id: string, house: House): Promise<{ cells: number; datasets: number }> {
  const job = await getEdit(session, id, house);
  const { organisation } = job;
  return session.perform(catalogueActions.editMany, { kind: "register", id: organisation, organisation }, (scope) =>
    scope.transaction(async (records) => {
      const plan = job.state === "done" ? (job.result as PlannedEdit) : undefined;
      if (!plan || plan.problems.length > 0) throw catalogueError("edit-not-ready", {});
      const byDataset = Map.groupBy(plan.changes, ({ dataset }) => dataset);
      const by = changedBy(session, house, `By spreadsheet: ${plan.fileName}`);
      for (const [dataset, changes] of byDataset) {
        const entry = await findEntry(records, dataset);
        const stale = changes.find(({ field, before }) => entry === undefined || textOf(entry, field) !== before);
        if (!entry || entry.organisation !== organisation || stale) {
          const label = entryFields.find(({ key }) => key === stale?.field)?.label ?? "the dataset";
          throw catalogueError("edited-meanwhile", { what: `${label} of “${changes[0]?.title ?? dataset}”` });
        }
        const after: EntryChanges = Object.fromEntries(changes.map((change) => [change.field, change.after]));
        await changeEntry(records, dataset, after, by);
      }
      return { cells: plan.changes.length, datasets: byDataset.size };
    }),
  );
}

/** Takes away the file of an edit. */
export async function discardEdit(job: Job, house: House): Promise<void> {
  await rm(join(house.folder.landing, (job.input as EditInput).landing), { force: true });
}
