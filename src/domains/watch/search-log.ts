import type { House, Session } from "../../access/index.ts";
import type { AuditRow } from "../../audit/index.ts";
import { watchActions } from "./actions.ts";

export interface LogFilter {
  readonly person?: string;
  readonly action?: string;
  readonly dataset?: string;
  readonly agreement?: string;
  readonly outcome?: "done" | "refused" | "missing" | "failed";
  readonly reference?: string;
  readonly before?: number;
  readonly limit: number;
}

/** Entries, newest first: uses by the session's organisation and uses of its data by anyone; every entry for the operator. */
export async function searchLog(session: Session, filter: LogFilter, house: House): Promise<readonly AuditRow[]> {
  return session.perform(watchActions.search, null, async () => {
    await house.audit.drain();
    const organisation = session.organisation;
    return house.audit.search({
      ...filter,
      limit: Math.min(filter.limit, 500),
      ...(organisation === null ? {} : { organisation }),
    });
  });
}
