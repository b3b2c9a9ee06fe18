import type { House, Page, PageContent, Session } from "../../../access/index.ts";
import { formatInstant } from "../../../kernel/clock.ts";
import { isMendable, type GuildhallError } from "../../../kernel/errors.ts";
import {
  Button,
  Chip,
  DataTable,
  EmptyState,
  errorSummary,
  page,
  pageFrom,
  PageLinks,
  PostForm,
  Radios,
  rangeText,
  SummaryList,
  Textarea,
  type Tone,
} from "../../../kit/index.ts";
import { titlesOf } from "../../catalogue/index.ts";
import { namesOf } from "../../people/index.ts";
import { answerRequest, getRequest, pageRequests, type AccessRequest } from "../access-requests.ts";
import { sharingActions } from "../actions.ts";
import { uses } from "../model.ts";
import { nameOrganisations } from "./name-organisations.ts";

export const requestPages: readonly Page[] = [
  {
    method: "GET",
    path: "/access-requests",
    handle: async ({ session, house, query }) => page(await listContent(session, pageFrom(query), house)),
  },
  {
    method: "GET",
    path: "/access-requests/:id",
    handle: async ({ session, house, params, csrf }) => page(await requestContent(session, params["id"] ?? "", house, csrf, {})),
  },
  {
    method: "POST",
    path: "/access-requests/:id",
    handle: async ({ session, house, params, form, csrf }) => {
      const id = params["id"] ?? "";
      const answer = form["answer"] === "agreed" ? "agreed" : "declined";
      try {
        await answerRequest(session, id, { answer, reason: form["reason"] ?? "" }, house);
      } catch (error) {
        if (!isMendable(error)) throw error;
        return page(await requestContent(session, id, house, csrf, form, error), error.kind === "conflict" ? 409 : 400);
      }
      return { kind: "redirect", to: `/access-requests/${id}`, flash: "Your answer was sent." };
    },
  },
];

function stateOf({ answer }: AccessRequest): { readonly text: string; readonly tone: Tone } {
  if (answer === null) return { text: "Waiting", tone: "look" };
  return answer === "agreed" ? { text: "Agreed", tone: "good" } : { text: "Declined", tone: "plain" };
}

async function listContent(session: Session, wanted: number, house: House): Promise<PageContent> {
  const found = await pageRequests(session, wanted);
  const organisations = await nameOrganisations(house);
  const titles = await titlesOf(
    house.store,
    found.rows.map(({ dataset_id: dataset }) => dataset),
  );
  return {
    title: "Requests for access",
    lede: "Who asked whom for which dataset, and what the answer was.",
    wide: true,
    body: (
      <>
        <DataTable
          caption="Requests"
          captionHidden
          count={found.total > found.size ? rangeText(found, "request") : undefined}
          rows={found.rows}
          empty={
            <EmptyState title="No requests yet" action={<Button href="/datasets">Look through the catalogue</Button>}>
              On the page of another organisation’s dataset you can ask for access to it.
            </EmptyState>
          }
          columns={[
            {
              key: "dataset",
              title: "Dataset",
              names: true,
              cell: ({ id, dataset_id: dataset }) => (
                <a class="govuk-link" href={`/access-requests/${id}`}>
                  {titles.get(dataset) ?? "A dataset that was removed"}
                </a>
              ),
            },
            { key: "state", title: "State", cell: (request) => <Chip {...stateOf(request)} /> },
            { key: "from", title: "Asked by", cell: ({ asker }) => organisations.get(asker) ?? asker },
            { key: "to", title: "Belongs to", cell: ({ owner }) => organisations.get(owner) ?? owner },
            { key: "use", title: "Use", cell: ({ use }) => uses[use].label },
            { key: "at", title: "Asked", nowrap: true, cell: ({ asked_at: at }) => formatInstant(at) },
          ]}
        />
        <PageLinks of={found} path="/access-requests" />
      </>
    ),
  };
}

async function requestContent(
  session: Session,
  id: string,
  house: House,
  csrf: string,
  form: Readonly<Record<string, string>>,
  error?: GuildhallError,
): Promise<PageContent> {
  const request = await getRequest(session, id);
  const organisations = await nameOrganisations(house);
  const title = (await titlesOf(house.store, [request.dataset_id])).get(request.dataset_id) ?? "A dataset that was removed";
  const names = await namesOf(
    house.store,
    [request.asked_by, request.answered_by].filter((person) => person !== null),
  );
  const mayAnswer = request.answer === null && session.may(sharingActions.answer, request.owner);
  const mayPropose = request.answer === "agreed" && session.may(sharingActions.propose);
  const other = request.owner === session.organisation ? request.asker : request.owner;
  const nameOf = (person: string | null) => (person === null ? "" : (names.get(person) ?? "Somebody who has left"));
  return {
    title: `Request for “${title}”`,
    lede: `${organisations.get(request.asker) ?? "An organisation"} asks ${organisations.get(request.owner) ?? "another"} for access.`,
    state: stateOf(request),
    crumbs: [{ text: "Requests for access", href: "/access-requests" }],
    ...errorSummary(error, "reason"),
    mainAction: mayPropose ? <Button href={`/agreements/new?partner=${other}`}>Propose an agreement</Button> : undefined,
    body: (
      <>
        <SummaryList
          rows={[
            {
              key: "Dataset",
              value: (
                <a class="govuk-link" href={`/datasets/${request.dataset_id}`}>
                  {title}
                </a>
              ),
            },
            { key: "Use", value: uses[request.use].label },
            { key: "What for", value: request.why },
            { key: "Facts needed", value: request.needs || "Not said" },
            { key: "Asked by", value: `${nameOf(request.asked_by)}, ${formatInstant(request.asked_at)}` },
            ...(request.answered_at === null
              ? []
              : [
                  { key: "Answered by", value: `${nameOf(request.answered_by)}, ${formatInstant(request.answered_at)}` },
                  { key: "Answer", value: request.reason || "Agreed" },
                ]),
          ]}
        />
        {request.answer === "agreed" ? (
          <p class="govuk-body">Nothing is lent yet: that takes an agreement that both organisations have signed.</p>
        ) : null}
        {mayAnswer ? (
          <PostForm action={`/access-requests/${id}`} csrf={csrf} button="Send the answer">
            <Radios
              name="answer"
              legend="Would you lend it?"
              value={form["answer"]}
              items={[
                { value: "agreed", text: "Yes", hint: "An agreement comes next; nothing is lent before both have signed it." },
                { value: "declined", text: "No", hint: "Say why, so that they can ask for less or look elsewhere." },
              ]}
            />
            <Textarea name="reason" label="What do you say?" value={form["reason"]} error={error?.fields["reason"]} rows={3} />
          </PostForm>
        ) : null}
      </>
    ),
  };
}
