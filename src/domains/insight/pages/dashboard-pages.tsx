import type { Page, Session } from "../../../access/index.ts";
import { isMendable } from "../../../kernel/errors.ts";
import { page } from "../../../kit/index.ts";
import { insightActions } from "../actions.ts";
import { readAddress } from "../address.ts";
import { addChart, listDashboards, openDashboard, removeChart, removeDashboard } from "../dashboards.ts";
import { insightError } from "../errors.ts";
import { chartShape } from "../model.ts";
import { suggestPage } from "../suggest-page.ts";
import { dashboardContent, listContent } from "./dashboard-page.tsx";

/** Questions are asked for planning, by those who may keep a page of them. */
function maySuggest(session: Session): boolean {
  return session.roles.includes("analyst") && session.may(insightActions.keep, session.organisation);
}

export const dashboardPages: readonly Page[] = [
  {
    method: "GET",
    path: "/dashboards",
    handle: async ({ session, csrf }) => page(listContent(await listDashboards(session), maySuggest(session) ? csrf : null)),
  },
  {
    method: "POST",
    path: "/dashboards/suggest",
    handle: async ({ session, house, csrf }) => {
      try {
        const { id } = await suggestPage(session, house);
        return { kind: "redirect", to: `/dashboards/${id}`, flash: "A page was made of what your datasets hold." };
      } catch (error) {
        if (!isMendable(error)) throw error;
        return page(listContent(await listDashboards(session), csrf, error), 400);
      }
    },
  },
  {
    method: "POST",
    path: "/dashboards",
    handle: async ({ session, house, form }) => {
      const question = readAddress(Object.fromEntries(new URLSearchParams(form["address"] ?? "")));
      const title = form["page"] || (form["title"] ?? "");
      try {
        const chart = chartShape.safeParse({ question, draw: form["draw"] || "chart" });
        if (!chart.success) throw insightError("bad-dashboard", { why: "It is drawn as a chart, a map or a table." });
        const { id } = await addChart(session, { title }, chart.data, house);
        return { kind: "redirect", to: `/dashboards/${id}`, flash: "The question was put on this page, at its end." };
      } catch (error) {
        if (!isMendable(error)) throw error;
        return { kind: "redirect", to: `/questions/show?${form["address"] ?? ""}`, flash: error.message };
      }
    },
  },
  {
    method: "GET",
    path: "/dashboards/:id",
    handle: async ({ session, house, params, csrf }) => {
      const opened = await openDashboard(session, params["id"] ?? "", house);
      const mayKeep = session.may(insightActions.keep, opened.dashboard.organisation);
      return page(dashboardContent(opened, session, mayKeep ? csrf : null));
    },
  },
  {
    method: "POST",
    path: "/dashboards/:id/remove",
    handle: async ({ session, params }) => {
      const { title } = await removeDashboard(session, params["id"] ?? "");
      return { kind: "redirect", to: "/dashboards", flash: `“${title}” was removed.` };
    },
  },
  {
    method: "POST",
    path: "/dashboards/:id/charts/:at/remove",
    handle: async ({ session, house, params }) => {
      const { id } = await removeChart(session, params["id"] ?? "", Number(params["at"]), house);
      return { kind: "redirect", to: `/dashboards/${id}`, flash: "The chart was taken off this page." };
    },
  },
];
