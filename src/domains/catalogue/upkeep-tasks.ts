import { collect, type House, type Session, type Task } from "../../access/index.ts";
import { pageSize } from "../../kernel/paging.ts";
import { listSuspended } from "../people/index.ts";
import { catalogueActions } from "./actions.ts";
import { attestedFor, lifeOf } from "./life.ts";
import { classOfEntry } from "./policy.ts";
import { listOwnedBy, listRegistered, listWaitingEntries } from "./store.ts";

const day = 86_400_000;

/** What the register asks of this person: describe, review, attest; and of governance, to find owners for what has none left. */
export async function upkeepTasks(session: Session, house: House): Promise<readonly Task[]> {
  const organisation = session.organisation;
  if (organisation === null) return [];
  return [
    ...(session.may(catalogueActions.describe, organisation) ? await describeTasks(organisation, house) : []),
    ...(session.may(catalogueActions.attest, organisation) ? await attestTasks(organisation, house) : []),
    ...(session.roles.includes("governance") ? await ownerlessTasks(organisation, house) : []),
  ];
}

async function describeTasks(organisation: string, house: House): Promise<readonly Task[]> {
  const soon = new Date(house.clock() + 30 * day).toISOString().slice(0, 10);
  const waiting = await listWaitingEntries(house.store, organisation, soon);
  const drafts = waiting.drafts.map((entry) => ({
    title: `Describe “${entry.title}”`,
    href: `/datasets/${entry.datasetId}/describe`,
    why: "It has no owner or no review date yet, so nobody else can find it.",
    since: entry.createdAt,
    action: "Describe it",
  }));
  const due = waiting.due.map((entry) => ({
    title: `Review “${entry.title}”`,
    href: `/datasets/${entry.datasetId}/describe`,
    why: "Its review date is near or past.",
    since: Date.parse(entry.reviewDate ?? "") - 30 * day,
    action: "Review it",
  }));
  return [...drafts, ...due];
}

/** What waits for an owner's word: never attested, another thing since, or attested nearly a year ago; no more than a person gets done. */
async function attestTasks(organisation: string, house: House): Promise<readonly Task[]> {
  const now = house.clock();
  const lent = Map.groupBy(
    await collect(house.modules, (contributions) => contributions.lending?.(organisation, house)),
    ({ dataset }) => dataset,
  );
  const tasks = (await listRegistered(house.store, organisation)).flatMap(({ entry, classes }): Task[] => {
    const { attestation } = entry;
    const recipients = (lent.get(entry.datasetId) ?? []).map(({ agreement }) => agreement);
    const highest = classOfEntry(
      entry,
      classes.map((columnClass) => ({ class: columnClass })),
    );
    const { life, reopened } = lifeOf(entry, { class: highest, recipients }, now);
    const due = attestation !== null && now - attestation.at > attestedFor - 30 * day;
    if (life === "attested" && !due) return [];
    const why =
      attestation === null
        ? "Nobody has attested yet that what the register says of it is right."
        : (reopened[0] ?? (due ? "A year is nearly over since its owner attested to it." : undefined));
    if (why === undefined) return []; // its review date is past, which is asked for already
    return [
      {
        title: `Attest to “${entry.title}”`,
        href: `/datasets/${entry.datasetId}/attest`,
        why,
        since: attestation === null ? entry.createdAt : attestation.at + attestedFor - 30 * day,
        action: "Read and attest",
      },
    ];
  });
  return tasks.slice(0, pageSize + 1);
}

async function ownerlessTasks(organisation: string, house: House): Promise<readonly Task[]> {
  const left = (await listSuspended(house.store, organisation)).map(({ name }) => name);
  return (await listOwnedBy(house.store, organisation, left)).slice(0, pageSize + 1).map((entry) => ({
    title: `Find an owner for “${entry.title}”`,
    href: `/datasets/${entry.datasetId}`,
    why: `The account of its owner, ${entry.owner ?? ""}, is suspended.`,
    since: entry.createdAt,
    action: "Look at it",
  }));
}
