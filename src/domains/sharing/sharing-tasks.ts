import type { House, Session, Task } from "../../access/index.ts";
import { titlesOf } from "../catalogue/index.ts";
import { listOrganisations } from "../people/index.ts";
import { listAnsweredRequests, listWaitingRequests } from "./access-requests.ts";
import { sharingActions } from "./actions.ts";
import { signedBy, stateOf } from "./state.ts";
import { listAgreementsOf } from "./store.ts";

const day = 86_400_000;
const soon = 30 * day;
/** An answer stands on the home page of whoever asked for so long. */
const answerShown = 14 * day;

/** What agreements and requests for access ask of this person. */
export async function sharingTasks(session: Session, house: House): Promise<readonly Task[]> {
  if (session.organisation === null || !session.may(sharingActions.list)) return [];
  return [...(await agreementTasks(session, session.organisation, house)), ...(await requestTasks(session, house))];
}

async function agreementTasks(session: Session, organisation: string, house: House): Promise<readonly Task[]> {
  const agreements = await listAgreementsOf(house.store, organisation);
  const now = house.clock();
  const toSign = session.may(sharingActions.sign)
    ? agreements
        .filter(
          (agreement) =>
            ["draft", "awaiting signature"].includes(stateOf(agreement, now)) && !signedBy(agreement).includes(organisation),
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
}

async function requestTasks(session: Session, house: House): Promise<readonly Task[]> {
  const organisation = session.organisation ?? "";
  const waiting = session.may(sharingActions.answer, organisation) ? await listWaitingRequests(house.store, organisation) : [];
  const answered = await listAnsweredRequests(house.store, session.person?.id ?? "", house.clock() - answerShown);
  if (waiting.length + answered.length === 0) return [];
  const titles = await titlesOf(
    house.store,
    [...waiting, ...answered].map(({ dataset_id: dataset }) => dataset),
  );
  const organisations = new Map((await listOrganisations(house.store)).map(({ id, name }) => [id, name]));
  return [
    ...waiting.map((request) => ({
      title: `${organisations.get(request.asker) ?? "Somebody"} asks for “${titles.get(request.dataset_id) ?? ""}”`,
      href: `/access-requests/${request.id}`,
      why: request.why.length > 120 ? `${request.why.slice(0, 120)}…` : request.why,
      since: request.asked_at,
      action: "Read and answer",
    })),
    ...answered.map((request) => ({
      title: `Your request for “${titles.get(request.dataset_id) ?? ""}” was ${request.answer ?? ""}`,
      href: `/access-requests/${request.id}`,
      why: `${organisations.get(request.owner) ?? "Its owner"} has answered. This stays here for two weeks.`,
      since: request.answered_at ?? request.asked_at,
      action: "Read the answer",
    })),
  ];
}
