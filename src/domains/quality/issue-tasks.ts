import type { House, Session, Task } from "../../access/index.ts";
import { pageSize } from "../../kernel/paging.ts";
import { titlesOf } from "../catalogue/index.ts";
import { listIssueRows } from "./issue-store.ts";

/**
 * Open issues, for the owners of the organisation whose sources they are about. The register has the owner of a dataset as a
 * text, such as a post; so each owner is told, and none is left lying because somebody changed their post.
 */
export async function issueTasks(session: Session, house: House): Promise<readonly Task[]> {
  const { person } = session;
  if (!person?.roles.includes("owner")) return [];
  const window = { offset: 0, limit: pageSize + 1 };
  const issues = await listIssueRows(house.store, person.organisation, { states: ["open"], window });
  const titles = await titlesOf(
    house.store,
    issues.map(({ datasetId }) => datasetId),
  );
  return issues.flatMap((issue): readonly Task[] => {
    const title = titles.get(issue.datasetId);
    if (title === undefined) return []; // its dataset was removed
    return [
      {
        title: `Mend “${title}” at its source`,
        href: `/issues/${issue.id}`,
        why: `A quality rule fails: ${issue.title}.`,
        since: issue.since,
        action: "Look at it",
      },
    ];
  });
}
