/**
 * Which layout a table has, by the set of its headers and never by a file's name:
 *
 *   present = required columns that are there ÷ required columns      known = columns the kit describes ÷ columns there are
 *
 * A layout that is open, of which the kit describes a part, is scored by `present` alone. All required columns and nearly
 * nothing unknown make it sure; half of either makes it likely, and it is said what is missing (of an open layout, most of what it names). The best score wins, and
 * layouts that tie are all named.
 */
import { foldName } from "./fold-name.ts";
import type { Kit, KitColumn, KitLayout } from "./kit.ts";

/** A layout that a table may have, with what speaks against it. */
export interface KitMatch {
  readonly kit: Kit;
  readonly layout: KitLayout;
  readonly sure: boolean;
  readonly score: number;
  /** The kit's columns by the headers they go under in this table. */
  readonly columns: ReadonlyMap<string, KitColumn>;
  /** Required columns that are not there. */
  readonly missing: readonly string[];
  /** Headers that the kit does not know. */
  readonly added: readonly string[];
}

/** The shares from which a match is worth saying, and from which it is sure. */
const likely = { present: 0.5, known: 0.5, columns: 2 } as const;
const sureKnown = 0.75;
/** An open layout says less of what else may stand there, so that more of what it names must be there. */
const likelyOpen = { present: 0.65, columns: 4 } as const;

/** The best match, with others of the same score; none where nothing is likely. */
export function recogniseKit(kits: readonly Kit[], headers: readonly string[]): readonly KitMatch[] {
  const records = kits.flatMap((kit) => kit.layouts.flatMap((layout) => matchRecord(kit, layout, headers) ?? []));
  if (records.length > 0) return records;
  const matches = kits.flatMap((kit) =>
    kit.layouts.filter(({ record }) => record === null).flatMap((layout) => matchLayout(kit, layout, headers) ?? []),
  );
  const best = Math.max(...matches.map(({ score }) => score));
  return matches.filter(({ score }) => score === best);
}

function matchLayout(kit: Kit, layout: KitLayout, headers: readonly string[]): KitMatch | undefined {
  const columns = assign(layout, headers);
  const there = new Set(columns.values());
  const required = layout.columns.filter((column) => column.required);
  const missing = required.filter((column) => !there.has(column)).map(({ name }) => name);
  const present = 1 - missing.length / Math.max(1, required.length);
  const known = columns.size / Math.max(1, headers.length);
  const added = headers.filter((header) => !columns.has(header));
  const enough = layout.open
    ? present >= likelyOpen.present && required.length - missing.length >= likelyOpen.columns
    : present >= likely.present && known >= likely.known && there.size >= likely.columns;
  if (!enough) return undefined;
  const sure = missing.length === 0 && (layout.open || known >= sureKnown);
  // of two that fit alike, the one that describes more of the file
  return { kit, layout, sure, score: present * (layout.open ? 0.9 + known / 10 : known), columns, missing, added };
}

/**
 * A file without a header, whose first record was taken for one: it says what it is in its first field and is as wide as
 * such a record, and no field with a list holds anything else. Never sure: what one record says is little.
 */
function matchRecord(kit: Kit, layout: KitLayout, headers: readonly string[]): KitMatch | undefined {
  if (layout.record === null || headers[0]?.trim() !== layout.record || headers.length !== layout.columns.length)
    return undefined;
  const fits = layout.columns.every(({ codes }, at) => codes?.has((headers[at] ?? "").replace(/ \(\d+\)$/, "").trim()) ?? true);
  if (!fits) return undefined;
  return { kit, layout, sure: false, score: 1, columns: new Map(), missing: [], added: [] };
}

/** Which header is which column: by a name first, by a pattern where no name fits. A pattern may take several. */
function assign(layout: KitLayout, headers: readonly string[]): ReadonlyMap<string, KitColumn> {
  const named = new Map(
    layout.columns.flatMap((column) => [column.name, ...column.also].map((name) => [foldName(name), column])),
  );
  const taken = new Set<KitColumn>();
  const assigned = new Map<string, KitColumn>();
  const take = (header: string, column: KitColumn | undefined) => {
    if (!column || taken.has(column)) return;
    assigned.set(header, column);
    taken.add(column);
  };
  for (const header of headers) take(header, named.get(foldName(header)));
  // in XML a column is called by its path, and its own name stands last
  for (const header of headers) if (!assigned.has(header)) take(header, named.get(foldName(leafOf(header))));
  for (const header of headers) {
    if (assigned.has(header)) continue;
    const column = layout.columns.find(({ pattern }) => pattern?.test(header.trim()));
    if (column) assigned.set(header, column);
  }
  return assigned;
}

function leafOf(header: string): string {
  return header.slice(header.lastIndexOf(".") + 1);
}

/** “This is …”, or how sure it is not, in sentences. */
export function describeMatches(matches: readonly KitMatch[]): readonly string[] {
  const [best, ...others] = matches;
  if (!best) return [];
  const named = matches.map(nameOf);
  if (others.length > 0) return [`It looks like ${named.slice(0, -1).join(", ")} or ${named.at(-1)}: their columns fit alike.`];
  const { kit, layout, missing, added } = best;
  const all = layout.columns.filter(({ required }) => required).length;
  if (layout.record !== null)
    return [
      `It looks like ${nameOf(best)} by its first record, of type ${layout.record}, which was taken for a header: there is none.`,
      "Its records are of several types, which are not parted yet. Those that are not as wide as the first are set aside.",
    ];
  const word = { confirmed: "", partly: "only partly confirmed", unconfirmed: "unconfirmed" }[kit.status];
  const doubt = word === "" ? [] : [`The kit ${kit.name} is ${word} itself, and may differ from what you were sent.`];
  if (best.sure) return [`It is ${nameOf(best)}, edition ${kit.edition}.`, ...newColumns(layout.open ? [] : added), ...doubt];
  const absent =
    missing.length === 0
      ? `${added.length} of its ${added.length + best.columns.size} columns are not of it`
      : `${missing.length} of ${all} columns are missing: ${some(missing)}`;
  return [`It looks like ${nameOf(best)}, but ${absent}.`, ...newColumns(layout.open ? [] : added), ...doubt];
}

function newColumns(added: readonly string[]): readonly string[] {
  return added.length === 0 ? [] : [`The kit does not know: ${some(added)}.`];
}

function nameOf({ kit, layout }: KitMatch): string {
  return `“${kit.title}” (${kit.layouts.length === 1 ? kit.name : `${kit.name}, ${layout.name}`})`;
}

function some(names: readonly string[]): string {
  return names.length <= 8 ? names.join(", ") : `${names.slice(0, 8).join(", ")} and ${names.length - 8} more`;
}
