import type { House, Session } from "../../access/index.ts";
import { isSmall, roundCount } from "../../disclosure/index.ts";
import { readPage, type PageOf } from "../../kernel/paging.ts";
import type { Records } from "../../store/index.ts";
import type { Mask } from "../../vocabulary/index.ts";
import { countOwnEntryRows, describesPeople, findEntry, listFields, listOwnEntryRows, type Entry } from "../catalogue/index.ts";
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
  return session.perform(insightActions.list, null, async ({ records }) => {
    const own = await listOwnEntryRows(records, session.organisation ?? "");
    return describeAll(records, own, await lentItems(records, session, house), house);
  });
}

/** What an organisation may ask of its own datasets, whoever looks: descriptions, and no rows. */
export async function describeOwn(records: Records, organisation: string, house: House): Promise<readonly Askable[]> {
  return describeAll(records, await listOwnEntryRows(records, organisation), [], house);
}

/** What this person may ask of, a page at a time. */
export async function pageAskable(session: Session, page: number, house: House): Promise<PageOf<Askable>> {
  return session.perform(insightActions.list, null, async ({ records }) => {
    const organisation = session.organisation ?? "";
    const own = await countOwnEntryRows(records, organisation);
    const lent = await lentItems(records, session, house);
    return readPage(page, {
      count: async () => own + lent.length,
      rows: async ({ offset, limit }) => {
        const entries = await listOwnEntryRows(records, organisation, { offset, limit });
        const from = Math.max(0, offset - own);
        return describeAll(records, entries, lent.slice(from, from + limit - entries.length), house);
      },
    });
  });
}

/** The ways in which this person may ask of one dataset. */
export async function listWaysToAsk(session: Session, dataset: string, house: House): Promise<readonly Askable[]> {
  return session.perform(insightActions.list, null, async ({ records }) => {
    const entry = await findEntry(records, dataset);
    if (!entry) return [];
    if (entry.organisation === session.organisation) return [await ownDataset(records, entry, house)];
    const lent = (await lentItems(records, session, house)).filter((item) => item.entry.datasetId === dataset);
    return describeAll(records, [], lent, house);
  });
}

async function describeAll(
  records: Records,
  own: readonly Entry[],
  lent: readonly Lent[],
  house: House,
): Promise<readonly Askable[]> {
  return Promise.all([
    ...own.map((entry) => ownDataset(records, entry, house)),
    ...lent.map(({ entry, agreement }) => lentDataset(records, entry, agreement, house)),
  ]);
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
  const found = lent.find((item) => item.entry.datasetId === entry.datasetId && item.agreement.id === wanted.under);
  return found && lentDataset(records, entry, found.agreement, house);
}

interface Lent {
  readonly entry: Entry;
  readonly agreement: Agreement;
}

async function lentItems(records: Records, session: Session, house: House): Promise<readonly Lent[]> {
  if (session.organisation === null) return [];
  const agreements = await listAgreementsOf(records, session.organisation);
  const items = agreements
    .filter((agreement) => stateOf(agreement, house.clock()) === "live")
    .flatMap((agreement) => agreement.terms.items.map((item) => ({ ...item, agreement })));
  const lent = await Promise.all(
    items
      .filter(({ use }) => use === "planning")
      .map(async ({ dataset, agreement }) => ({ entry: await findEntry(records, dataset), agreement })),
  );
  return lent.flatMap(({ entry, agreement }) =>
    entry && entry.organisation !== session.organisation ? [{ entry, agreement }] : [],
  );
}

async function ownDataset(records: Records, entry: Entry, house: House): Promise<Askable> {
  const version = await house.lake.findVersion(entry.datasetId);
  const usable = await usableColumns(records, entry, version ? await house.lake.numbersOf(version) : [], () => "clear");
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
  const items = agreement.terms.items.filter((item) => item.dataset === entry.datasetId && item.use === "planning");
  const masks = new Map(items.flatMap((item) => item.columns.map(({ number, mask }) => [number, mask] as const)));
  return {
    entry,
    under: { id: agreement.id, title: agreement.terms.title },
    lentBy: lender?.name ?? "another organisation",
    ...(await usableColumns(records, entry, version ? await house.lake.numbersOf(version) : [], (number) => masks.get(number), {
      whole: items.every(({ rows = [] }) => rows.length === 0),
    })),
    loadedAt: version?.committedAt ?? null,
    rows: null,
  };
}

async function usableColumns(
  records: Records,
  entry: Entry,
  current: readonly number[],
  maskOf: (number: number) => Mask | undefined,
  { whole }: { whole: boolean } = { whole: true },
): Promise<Pick<Askable, "columns" | "people">> {
  const all = await listFields(records, entry.datasetId);
  const people = describesPeople(entry, all);
  const columns = all.flatMap(({ number, name, type, distinct, top }) => {
    const mask = current.includes(number) ? maskOf(number) : undefined;
    if (mask === undefined) return [];
    // a rare value would say that somebody has it, and of a part of the rows it is not known which values they have
    const told = whole ? top.filter(({ count }) => !people || !isSmall(count, {})) : [];
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
