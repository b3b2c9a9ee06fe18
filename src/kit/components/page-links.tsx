import type { PageOf } from "../../kernel/paging.ts";
import { formatNumber, plural } from "../format.ts";
import { Pagination } from "./pagination.tsx";

type Query = Readonly<Record<string, string>>;

export interface PageLinksProps {
  of: Pick<PageOf<unknown>, "total" | "page" | "size">;
  /** The list's own path. */
  path: string;
  /** What the address carries beside the page, such as filters. */
  query?: Query | undefined;
  /** Where on the page the list is, when it is not the only thing. */
  at?: string | undefined;
}

/** The page that an address asks for; the first unless it names another. */
export function pageFrom(query: Query): number {
  return Math.max(1, Math.trunc(Number(query["page"])) || 1);
}

/** What a list shows: “51 to 100 of 1,204 datasets”, or “12 datasets” where all are on one page. */
export function rangeText({ total, page, size }: PageLinksProps["of"], one: string, many?: string): string {
  const all = plural(total, one, many);
  if (total <= size) return all;
  return `${formatNumber((page - 1) * size + 1)} to ${formatNumber(Math.min(total, page * size))} of ${all}`;
}

/** Leads to the other pages of a list; nothing where all is on one. */
export function PageLinks({ of: { total, page, size }, path, query, at }: PageLinksProps) {
  const last = Math.ceil(total / size);
  if (last < 2) return null;
  const href = (number: number) => {
    const kept = Object.entries(query ?? {}).filter(([name, value]) => name !== "page" && value !== "");
    const address = new URLSearchParams(number === 1 ? kept : [...kept, ["page", String(number)]]).toString();
    return `${path}${address === "" ? "" : `?${address}`}${at === undefined ? "" : `#${at}`}`;
  };
  const shown = [...new Set([1, page - 1, page, page + 1, last])].filter((number) => number >= 1 && number <= last);
  return (
    <Pagination
      previous={page > 1 ? { href: href(page - 1) } : undefined}
      next={page < last ? { href: href(page + 1) } : undefined}
      items={shown.flatMap((number, place) => {
        const link = { number: formatNumber(number), href: href(number), current: number === page };
        const before = shown[place - 1];
        return before !== undefined && number > before + 1 ? [{ ellipsis: true as const }, link] : [link];
      })}
    />
  );
}
