import type { House, Session } from "../../access/index.ts";
import { isSmall, roundCount } from "../../disclosure/index.ts";
import type { Records } from "../../store/index.ts";
import type { Mask } from "../../vocabulary/index.ts";
import { describesPeople, findEntry, listEntryRows, listFields, type Entry } from "../catalogue/index.ts";
import { listOrganisations } from "../people/index.ts";
import { listAgreementsOf, stateOf, type Agreement } from "../sharing/index.ts";
import { insightActions } from "./actions.ts";
import { usableColumn, type Usable } from "./columns.ts";

/** A dataset a question may be asked of, in one of the ways in which the person has it. */
export interface Askable {
  readonly entry: Entry;
  readonly under: "own" | { readonly id: string; readonly title: string };
  readonly lentBy: string | null;
  readonly columns: readonly Usable[];
  readonly people: boolean;
  readonly loadedAt: number | null;
  /** Rows of the own organisation's datasets, rounded where they are of people; of lent ones the number is not given away. */
  readonly rows: number | null;
}

/** Everything this person may ask of now: the own organisation's datasets, then those lent for planning. */
export async function listAskable(session: Session, house: House): Promise<readonly Askable[]> {
  return session.perform(insightActions.list, null, async (scope) => {
    const own = (await listEntryRows(scope.records)).filter((entry) => entry.organisation === session.organisation);
    const asked = own.map((entry) => ownDataset(scope.records, entry, house));
    const lent = (await lentItems(scope.records, session, house)).map(async ({ dataset, agreement }) => {
      const entry = await findEntry(scope.records, dataset);
      return entry && lentDataset(scope.records, entry, agreement, house);
    });
    return (await Promise.all([...asked, ...lent])).filter((found) => found !== undefined);
  });
}

/** One dataset under one way of having it; nothing when the person does not have it so. Rows are decided on later. */
export async function findAskable(
  records: Records,
  session: Session,
  wanted: { dataset: string; under: string },
  house: House,
): Promise<Askable | undefined> {
  const entry = await findEntry(records, wanted.dataset);
  if (!entry || session.organisation === null) return undefined;
  if (wanted.under === "own") return entry.organisation === session.organisation ? ownDataset(records, entry, house) : undefined;
  const lent = await lentItems(records, session, house);
  const found = lent.find(({ dataset, agreement }) => dataset === entry.datasetId && agreement.id === wanted.under);
  return found && lentDataset(records, entry, found.agreement, house);
}

async function lentItems(
  records: Records,
  session: Session,
  house: House,
): Promise<readonly { readonly dataset: string; readonly agreement: Agreement }[]> {
  if (session.organisation === null) return [];
  const agreements = await listAgreementsOf(records, session.organisation);
  const own = new Set(
    (await listEntryRows(records)).filter((entry) => entry.organisation === session.organisation).map((entry) => entry.datasetId),
  );
  return agreements
    .filter((agreement) => stateOf(agreement, house.clock()) === "live")
    .flatMap((agreement) =>
      agreement.terms.items
        .filter((item) => item.use === "planning" && !own.has(item.dataset))
        .map(({ dataset }) => ({ dataset, agreement })),
    );
}

async function ownDataset(records: Records, entry: Entry, house: House): Promise<Askable> {
  const version = await house.lake.findVersion(entry.datasetId);
  const usable = await usableColumns(records, entry, version?.columns.map(({ number }) => number) ?? [], () => "clear");
  const rows = version?.rows ?? null;
  return {
    entry,
    under: "own",
    lentBy: null,
    ...usable,
    loadedAt: version?.committedAt ?? null,
    rows: rows === null || !usable.people ? rows : isSmall(rows, {}) ? null : roundCount(rows),
  };
}

async function lentDataset(records: Records, entry: Entry, agreement: Agreement, house: House): Promise<Askable> {
  const version = await house.lake.findVersion(entry.datasetId);
  const lender = (await listOrganisations(records)).find(({ id }) => id === entry.organisation);
  const masks = new Map(
    agreement.terms.items
      .filter((item) => item.dataset === entry.datasetId && item.use === "planning")
      .flatMap((item) => item.columns.map(({ number, mask }) => [number, mask] as const)),
  );
  return {
    entry,
    under: { id: agreement.id, title: agreement.terms.title },
    lentBy: lender?.name ?? "another organisation",
    ...(await usableColumns(records, entry, version?.columns.map(({ number }) => number) ?? [], (number) => masks.get(number))),
    loadedAt: version?.committedAt ?? null,
    rows: null,
  };
}

async function usableColumns(
  records: Records,
  entry: Entry,
  current: readonly number[],
  maskOf: (number: number) => Mask | undefined,
): Promise<Pick<Askable, "columns" | "people">> {
  const all = await listFields(records, entry.datasetId);
  const people = describesPeople(entry, all);
  const columns = all.flatMap(({ number, name, type, distinct, top }) => {
    const mask = current.includes(number) ? maskOf(number) : undefined;
    if (mask === undefined) return [];
    const told = top.filter(({ count }) => !people || !isSmall(count, {})); // a rare value would say that somebody has it
    return [usableColumn({ number, name, type, mask, distinct, values: told.map(({ value }) => value) })];
  });
  return { columns, people };
}

/** The group that makes the best first question of a dataset: areas, then a short list, then a date. */
export function exampleGroup(columns: readonly Usable[]): Usable | undefined {
  const areas = columns.find(({ type, group }) => group !== null && type === "geo.gss_code");
  const lists = columns.filter(({ group, type, values }) => group === "plain" && type === "category" && values.length > 1);
  return areas ?? lists[0] ?? columns.find(({ group }) => group === "plain") ?? columns.find(({ group }) => group !== null);
}
