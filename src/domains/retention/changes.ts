import type { House, Session } from "../../access/index.ts";
import { newId } from "../../kernel/ids.ts";
import { readPage, type PageOf } from "../../kernel/paging.ts";
import { findEntry, listFields, listOwnEntryRows, type Entry } from "../catalogue/index.ts";
import { retentionActions } from "./actions.ts";
import { retentionError } from "./errors.ts";
import {
  countChangeRows,
  findChange,
  insertChange,
  listChangeRows,
  moveChange,
  type CellValue,
  type ChangeKind,
  type DataChange,
} from "./store.ts";

export interface NewChange {
  readonly kind: ChangeKind;
  /** By id or title. */
  readonly dataset: string;
  /** Column names with values; a record is meant where all of them match. */
  readonly match: readonly { readonly column: string; readonly value: string }[];
  /** For a correction: column names with the right values. */
  readonly set: readonly { readonly column: string; readonly value: string }[];
  readonly reason: string;
  readonly law: string;
}

/** Asks for records to be erased or corrected in every version. Nothing happens until somebody else decides. */
export async function askChange(session: Session, input: NewChange, house: House): Promise<DataChange> {
  const entry = await ownEntry(session, input.dataset, house);
  return session.perform(
    retentionActions.ask,
    { kind: "dataset", id: entry.datasetId, organisation: entry.organisation },
    async (scope) => {
      const [reason, law] = [input.reason.trim().slice(0, 1000), input.law.trim().slice(0, 300)];
      if (reason === "") throw retentionError("no-reason", { what: "The reason" }, { reason: "Say why." });
      if (law === "") throw retentionError("no-reason", { what: "The law" }, { law: "Say under which law." });
      const fields = await listFields(scope.records, entry.datasetId);
      const cells = (given: NewChange["match"]): readonly CellValue[] =>
        given.map(({ column, value }) => {
          const field = fields.find(({ name, recipe }) => name === column && recipe === null);
          if (!field) throw retentionError("no-column", { column }, { column: "Choose a column of the dataset." });
          return { number: field.number, column, value };
        });
      const match = cells(input.match).filter(({ value }) => value.trim() !== "");
      if (match.length === 0) throw retentionError("no-condition", {}, { value: "Write the value to look for." });
      const set = input.kind === "correct" ? cells(input.set) : [];
      if (input.kind === "correct" && set.length === 0)
        throw retentionError("nothing-set", {}, { set: "Write the right value." });
      const change: DataChange = {
        id: newId("chg", house.clock()),
        organisation: entry.organisation,
        datasetId: entry.datasetId,
        kind: input.kind,
        match,
        set,
        reason,
        law,
        askedBy: session.person?.id ?? "",
        askedAt: house.clock(),
        decidedBy: null,
        decidedAt: null,
        state: "asked",
        result: null,
      };
      await scope.transaction((records) => insertChange(records, change));
      return change;
    },
  );
}

/** Another person agrees, and the work begins; or refuses. Fails with `retention.same-person` for the one who asked. */
export async function decideChange(
  session: Session,
  id: string,
  verdict: "approve" | "refuse",
  house: House,
): Promise<{ change: DataChange; job: string | null }> {
  const change = await ownChange(session, id, house);
  return session.perform(
    retentionActions.decide,
    { kind: "data-change", id: change.id, organisation: change.organisation },
    async (scope) => {
      if (change.state !== "asked") throw retentionError("not-waiting", { state: change.state });
      if (change.askedBy === session.person?.id) throw retentionError("same-person", {});
      const state = verdict === "approve" ? "approved" : "refused";
      await scope.transaction((records) =>
        moveChange(records, change, { state, decidedBy: session.person?.id ?? null, decidedAt: house.clock() }),
      );
      if (verdict === "refuse") {
        house.store.forgetDeleted();
        return { change, job: null };
      }
      const input = { change: change.id };
      const job = await house.jobs.queue(session, { kind: "retention.apply", input, organisation: change.organisation });
      return { change, job: job.id };
    },
  );
}

/** A page of the own organisation's, the newest first. */
export async function pageChanges(session: Session, page: number): Promise<PageOf<DataChange & { readonly title: string }>> {
  return session.perform(retentionActions.list, null, ({ records }) =>
    readPage(page, {
      count: () => countChangeRows(records, session.organisation ?? ""),
      rows: async (window) =>
        Promise.all(
          (await listChangeRows(records, session.organisation ?? "", window)).map(async (change) => ({
            ...change,
            title: (await findEntry(records, change.datasetId))?.title ?? "A dataset that was removed",
          })),
        ),
    }),
  );
}

async function ownChange(session: Session, id: string, house: House): Promise<DataChange> {
  const change = await findChange(house.store, id);
  if (!change || change.organisation !== session.organisation) throw retentionError("no-change", {});
  return change;
}

async function ownEntry(session: Session, idOrTitle: string, house: House): Promise<Entry> {
  // who may not ask at all, such as the operator, is told so before anything is looked up
  if (!session.may(retentionActions.ask, session.organisation)) await session.perform(retentionActions.ask, null, async () => {});
  const own = await listOwnEntryRows(house.store, session.organisation ?? "");
  const entry = own.find(({ datasetId, title }) => datasetId === idOrTitle || title === idOrTitle);
  if (!entry) throw retentionError("no-dataset", { name: idOrTitle });
  return entry;
}
