import { z } from "zod";
import type { Module } from "../../access/index.ts";
import { sharingActions } from "./actions.ts";
import { getAgreement, listAgreements } from "./agreements.ts";
import { compileRules } from "./compile-rules.ts";
import { sharingPages } from "./pages/pages.tsx";
import { signedBy, stateOf } from "./state.ts";
import { findAgreement, listAgreementsOf, sharingMigrations } from "./store.ts";

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

const soon = 30 * 86_400_000;

export const sharingModule: Module = {
  name: "sharing",
  actions: Object.values(sharingActions),
  migrations: sharingMigrations,
  pages: sharingPages,
  sections: [{ verb: "Share", text: "Agreements", href: "/agreements", action: sharingActions.propose }],
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
    tasks: async (session, house) => {
      if (session.organisation === null || !session.may(sharingActions.list)) return [];
      const agreements = await listAgreementsOf(house.store, session.organisation);
      const now = house.clock();
      const toSign = session.may(sharingActions.sign)
        ? agreements
            .filter(
              (agreement) =>
                ["draft", "awaiting signature"].includes(stateOf(agreement, now)) &&
                !signedBy(agreement).includes(session.organisation ?? ""),
            )
            .map((agreement) => ({
              title: `Sign “${agreement.terms.title}”`,
              href: `/agreements/${agreement.id}`,
              why: "It waits for your organisation’s signature.",
              since: agreement.createdAt,
              action: "Read and sign",
            }))
        : [];
      const ending = session.may(sharingActions.end)
        ? agreements
            .filter((agreement) => stateOf(agreement, now) === "live" && Date.parse(agreement.terms.endsOn) - now < soon)
            .map((agreement) => ({
              title: `“${agreement.terms.title}” ends soon`,
              href: `/agreements/${agreement.id}`,
              why: "Everything shared under it stops on that day.",
              since: Date.parse(agreement.terms.endsOn) - soon,
              action: "Look at it",
            }))
        : [];
      return [...toSign, ...ending];
    },
    exports: async (session, house) => {
      const agreements = await listAgreements(session, house);
      return [{ name: "agreements", kind: "records", count: agreements.length, rows: agreements }];
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
