import { describeCount } from "../../../disclosure/index.ts";
import { formatNumber } from "../../../kit/index.ts";
import type { EntryPage } from "../entries.ts";

/** A count on a dataset’s page: of people rounded, and not told when it is small. */
export function countOf({ people }: EntryPage, count: number): string {
  return people ? describeCount(count, {}) : formatNumber(count);
}

export function capital(text: string): string {
  return `${text[0]?.toUpperCase() ?? ""}${text.slice(1)}`;
}
