import type { House, Page, PageReply, Session } from "../../../access/index.ts";
import { GuildhallError, httpStatusOf } from "../../../kernel/errors.ts";
import { page, pageFrom } from "../../../kit/index.ts";
import { insightActions } from "../actions.ts";
import { readAddress } from "../address.ts";
import { ask } from "../ask.ts";
import { answerCsv } from "../answer-csv.ts";
import { listWaysToAsk, pageAskable } from "../datasets.ts";
import { listDashboardRows } from "../dashboard-store.ts";
import { answerContent } from "./answer-page.tsx";
import { builderContent } from "./builder-page.tsx";
import { exportPages } from "./export-pages.tsx";
import { glancePages } from "./glance-page.tsx";
import { dashboardPages } from "./dashboard-pages.tsx";
import { rowsPages } from "./rows-pages.tsx";
import { datasetsContent } from "./datasets-page.tsx";

export const insightPages: readonly Page[] = [
  ...rowsPages,
  ...glancePages,
  ...exportPages,
  ...dashboardPages,
  {
    method: "GET",
    path: "/questions",
    handle: async ({ session, house, query }) =>
      page(datasetsContent(await pageAskable(session, pageFrom(query), house), session)),
  },
  {
    method: "GET",
    path: "/questions/new",
    handle: async ({ session, house, query }) =>
      page(builderContent(await listWaysToAsk(session, query["dataset"] ?? "", house), query, session)),
  },
  {
    method: "GET",
    path: "/questions/show",
    handle: async ({ session, house, query, csrf }) => {
      try {
        const answer = await ask(session, readAddress(query), house);
        const titles = session.may(insightActions.keep, session.organisation)
          ? (await listDashboardRows(house.store, session.organisation ?? "")).map(({ title }) => title)
          : null;
        return page(answerContent(answer, titles && { csrf, titles }));
      } catch (error) {
        return sayWhy(error, session, house, query);
      }
    },
  },
  {
    method: "GET",
    path: "/questions.csv",
    handle: async ({ session, house, query }) => {
      try {
        const answer = await ask(session, readAddress(query), house);
        return { kind: "file", name: `${answer.dataset.title}.csv`, type: "text/csv; charset=utf-8", body: answerCsv(answer) };
      } catch (error) {
        return sayWhy(error, session, house, query);
      }
    },
  },
];

/** A question that cannot be answered comes back as the form it was asked with, and says what to mend. */
async function sayWhy(
  error: unknown,
  session: Session,
  house: House,
  query: Readonly<Record<string, string>>,
): Promise<PageReply> {
  if (!(error instanceof GuildhallError) || error.kind === "missing") throw error;
  const notNow = error.code.startsWith("engine.") && error.kind === "unavailable"; // too slow, too many, or started anew
  if (!notNow && !error.code.startsWith("insight.")) throw error;
  return page(
    builderContent(await listWaysToAsk(session, query["dataset"] ?? "", house), query, session, error),
    httpStatusOf[error.kind],
  );
}
