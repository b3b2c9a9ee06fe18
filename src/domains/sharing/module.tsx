import { z } from "zod";
import type { Module } from "../../access/index.ts";
import { listAllRequests } from "./access-requests.ts";
import { sharingActions } from "./actions.ts";
import { getAgreement, listAgreements } from "./agreements.ts";
import { compileRules } from "./compile-rules.ts";
import { lendingStrands, listLending } from "./lending.ts";
import { sharingPages } from "./pages/pages.tsx";
import { sharingTasks } from "./sharing-tasks.ts";
import { stateOf } from "./state.ts";
import { findAgreement, sharingMigrations } from "./store.ts";

const agreementShape = z.object({
  id: z.string(),
  title: z.string(),
  state: z.string(),
  startsOn: z.string(),
  endsOn: z.string(),
  parties: z.array(z.string()),
  items: z.array(
    z.object({
      dataset: z.string(),
      use: z.string(),
      columns: z.array(z.object({ number: z.number(), mask: z.string() })),
      rows: z.array(z.object({ number: z.number(), values: z.array(z.string()) })),
    }),
  ),
});

export const sharingModule: Module = {
  name: "sharing",
  actions: Object.values(sharingActions),
  migrations: sharingMigrations,
  pages: sharingPages,
  sections: [
    { verb: "Share", text: "Agreements", href: "/agreements", action: sharingActions.propose },
    { verb: "Share", text: "Requests for access", href: "/access-requests", action: sharingActions.requests },
  ],
  routes: [
    {
      method: "GET",
      path: "/agreements",
      summary: "Agreements to which your organisation is a party, with their state now.",
      reply: z.object({ items: z.array(agreementShape) }),
      handle: async ({ session, house }) => ({ items: (await listAgreements(session, house)).map(asAgreement) }),
    },
    {
      method: "GET",
      path: "/agreements/:id",
      summary: "One agreement with its terms.",
      params: z.object({ id: z.string() }),
      reply: agreementShape,
      handle: async ({ session, house, params }) => asAgreement(await getAgreement(session, params["id"] ?? "", house)),
    },
  ],
  contributes: {
    rules: async (dataset, agreement, _organisation, house) => {
      if (agreement === null) return [];
      const found = await findAgreement(house.store, agreement);
      return found && stateOf(found, house.clock()) === "live" ? compileRules(found, dataset) : [];
    },
    isLive: async (agreement, house) => {
      const found = await findAgreement(house.store, agreement);
      return found !== undefined && stateOf(found, house.clock()) === "live";
    },
    lending: listLending,
    goesTo: lendingStrands,
    tasks: sharingTasks,
    otherDatasetPages: (dataset) => [{ text: "Ask for access", href: `/datasets/${dataset}/ask` }],
    exports: async (session, house) => {
      const agreements = await listAgreements(session, house);
      const requests = await listAllRequests(house.store);
      return [
        { name: "agreements", kind: "records", count: agreements.length, rows: agreements },
        { name: "access-requests", kind: "records", count: requests.length, rows: requests },
      ];
    },
  },
};

function asAgreement({
  agreement: { id, terms },
  state,
}: Awaited<ReturnType<typeof getAgreement>>): z.infer<typeof agreementShape> {
  return {
    id,
    title: terms.title,
    state,
    startsOn: terms.startsOn,
    endsOn: terms.endsOn,
    parties: [...terms.parties],
    items: terms.items.map(({ dataset, use, columns, rows = [] }) => ({
      dataset,
      use,
      rows: rows.map(({ number, values }) => ({ number, values: [...values] })),
      columns: columns.map(({ number, mask }) => ({ number, mask })),
    })),
  };
}
