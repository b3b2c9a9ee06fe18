import type { House, Page, PageContent, Session } from "../../../access/index.ts";
import { formatDate } from "../../../kernel/clock.ts";
import { Button, DataTable, EmptyState, page, pageFrom, PageLinks, rangeText } from "../../../kit/index.ts";
import { sharingActions } from "../actions.ts";
import { pageAgreements } from "../agreements.ts";
import { StateChip } from "./state-chip.tsx";
import { nameOrganisations } from "./name-organisations.ts";

export const agreementListPages: readonly Page[] = [
  {
    method: "GET",
    path: "/agreements",
    handle: async ({ session, house, query }) => page(await listContent(session, pageFrom(query), house)),
  },
];

async function listContent(session: Session, wanted: number, house: House): Promise<PageContent> {
  const found = await pageAgreements(session, wanted, house);
  const organisations = await nameOrganisations(house);
  const mayPropose = session.may(sharingActions.propose);
  return {
    title: "Agreements",
    lede: "Data is shared under an agreement that every party has signed, for the uses it names, until the day it ends.",
    wide: true,
    mainAction: mayPropose ? <Button href="/agreements/new">Propose an agreement</Button> : undefined,
    body: (
      <>
        <DataTable
          caption="Agreements"
          captionHidden
          count={found.total > found.size ? rangeText(found, "agreement") : undefined}
          rows={found.rows}
          empty={
            <EmptyState
              title="No agreements yet"
              action={mayPropose ? <Button href="/agreements/new">Propose the first</Button> : undefined}
            >
              Without one, each organisation sees its own data only.
            </EmptyState>
          }
          columns={[
            {
              key: "title",
              title: "Agreement",
              names: true,
              cell: ({ agreement }) => (
                <a class="govuk-link" href={`/agreements/${agreement.id}`}>
                  {agreement.terms.title}
                </a>
              ),
            },
            { key: "state", title: "State", cell: ({ state }) => <StateChip of={state} /> },
            {
              key: "with",
              title: "Between",
              cell: ({ agreement }) => agreement.terms.parties.map((id) => organisations.get(id) ?? id).join(" and "),
            },
            { key: "from", title: "From", nowrap: true, cell: ({ agreement }) => formatDate(agreement.terms.startsOn) },
            { key: "until", title: "Until", nowrap: true, cell: ({ agreement }) => formatDate(agreement.terms.endsOn) },
            { key: "lent", title: "Uses lent", align: "right", cell: ({ agreement }) => String(agreement.terms.items.length) },
          ]}
        />
        <PageLinks of={found} path="/agreements" />
      </>
    ),
  };
}
