import type { House, Page, PageReply, Session } from "../../../access/index.ts";
import { GuildhallError, httpStatusOf } from "../../../kernel/errors.ts";
import { page } from "../../../kit/index.ts";
import { describeRows, lookAtRows } from "../rows.ts";
import { readView } from "../rows-view.ts";
import type { Address } from "./conditions.tsx";
import { isRefusedRows, noRowsContent, rowsContent, rowsRefusedContent } from "./rows-page.tsx";

export const rowsPages: readonly Page[] = [
  {
    method: "GET",
    path: "/datasets/:id/rows",
    handle: async ({ session, house, params, query }) => {
      const dataset = params["id"] ?? "";
      try {
        const view = readView(dataset, query);
        return page(rowsContent(await lookAtRows(session, view, house), view, query, session));
      } catch (error) {
        return sayWhy(error, dataset, { session, house, query });
      }
    },
  },
];

/** What cannot be shown as it was asked for comes back as the form; rows that may not be shown at all, as the reason. */
async function sayWhy(
  error: unknown,
  dataset: string,
  { session, house, query }: { session: Session; house: House; query: Address },
): Promise<PageReply> {
  if (isRefusedRows(error)) return page(noRowsContent(dataset, error, session), httpStatusOf[error.kind]);
  if (!(error instanceof GuildhallError)) throw error;
  const notNow = error.code.startsWith("engine.") && error.kind === "unavailable";
  if (!notNow && !(error.code.startsWith("insight.") && error.kind === "invalid")) throw error;
  return page(rowsRefusedContent(await describeRows(session, dataset, house), query, error), httpStatusOf[error.kind]);
}
