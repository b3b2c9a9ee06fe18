import { putFilters, readFilters, type Address } from "./address.ts";
import type { Filter } from "./model.ts";

/** What of a dataset's rows is looked at: its state is an address. */
export interface RowsView {
  readonly dataset: string;
  readonly filters: readonly Filter[];
  /** What some column of text holds, in any case; empty for no search. */
  readonly search: string;
  /** A column by its number, the largest first where `down`; null for the order of the file. */
  readonly sort: { readonly column: number; readonly down: boolean } | null;
  /** Columns by number; none for the first ones. */
  readonly columns: readonly number[];
  readonly page: number;
  /** A version by its number, or the one that stood at the end of a day; null for the newest. */
  readonly version: number | null;
  readonly on: string | null;
}

/** Fails with `insight.unreadable` where a condition is not complete; anything else that is odd is as if it were not there. */
export function readView(dataset: string, address: Address): RowsView {
  const sort = /^(-?)(\d{1,5})$/.exec(address["sort"] ?? "");
  const version = Number(address["version"]);
  const columns = Object.keys(address).flatMap((name) => /^k(\d{1,5})$/.exec(name)?.[1] ?? []);
  return {
    dataset,
    filters: readFilters(address),
    search: (address["search"] ?? "").trim().slice(0, 200),
    sort: sort ? { column: Number(sort[2]), down: sort[1] === "-" } : null,
    columns: columns.map(Number),
    page: Math.max(1, Math.trunc(Number(address["page"])) || 1),
    version: Number.isSafeInteger(version) && version > 0 ? version : null,
    on: address["on"]?.trim() || null,
  };
}

/** The address of a view, without the path and without the page. */
export function viewQuery(view: RowsView): Readonly<Record<string, string>> {
  const query = new URLSearchParams();
  putFilters(query, view.filters);
  if (view.search !== "") query.set("search", view.search);
  if (view.sort) query.set("sort", sortText(view.sort));
  for (const column of view.columns) query.set(`k${column}`, "1");
  if (view.on !== null) query.set("on", view.on);
  else if (view.version !== null) query.set("version", String(view.version));
  return Object.fromEntries(query);
}

export function viewHref(view: RowsView): string {
  const query = new URLSearchParams(viewQuery(view)).toString();
  return `/datasets/${encodeURIComponent(view.dataset)}/rows${query === "" ? "" : `?${query}`}`;
}

export function sortText({ column, down }: NonNullable<RowsView["sort"]>): string {
  return `${down ? "-" : ""}${column}`;
}
