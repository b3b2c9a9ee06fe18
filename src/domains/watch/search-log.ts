import type { House, Session } from "../../access/index.ts";
import type { AuditRow } from "../../audit/index.ts";
import { civilDate, startOfDay } from "../../kernel/clock.ts";
import { watchActions } from "./actions.ts";

export interface LogFilter {
  readonly person?: string;
  readonly action?: string;
  readonly dataset?: string;
  readonly agreement?: string;
  /** The opaque reference of a person whose record was found or opened. */
  readonly subject?: string;
  readonly outcome?: "done" | "refused" | "missing" | "failed";
  readonly reference?: string;
  readonly from?: number;
  readonly until?: number;
  readonly before?: number;
  readonly limit: number;
}

/** Entries, newest first: uses by the session's organisation and uses of its data by anyone; every entry for the operator. */
export async function searchLog(session: Session, filter: LogFilter, house: House): Promise<readonly AuditRow[]> {
  return session.perform(watchActions.search, null, async (scope) => {
    if (filter.subject !== undefined) scope.concerns([filter.subject]); // who asks about somebody is on record too
    await house.audit.drain();
    const organisation = session.organisation;
    return house.audit.search({
      ...filter,
      limit: Math.min(filter.limit, 500),
      ...(organisation === null ? {} : { organisation }),
    });
  });
}

type Given = Readonly<Record<string, string | boolean | undefined>>;

/** A filter as an address or a command line gives it. What is empty or no such thing filters nothing; days are whole, in Europe/London. */
export function readFilter(given: Given, limit: number): LogFilter {
  const text = (name: keyof LogFilter) => {
    const value = given[name];
    return typeof value === "string" && value.trim() !== "" ? { [name]: value.trim() } : {};
  };
  const outcome = given["outcome"];
  const before = Number(given["before"]);
  const from = dayOf(given["from"]);
  const until = dayOf(given["until"]);
  const end = until === undefined ? undefined : startOfDay(civilDate(until + 36 * 3_600_000));
  return {
    ...text("person"),
    ...text("action"),
    ...text("dataset"),
    ...text("agreement"),
    ...text("subject"),
    ...text("reference"),
    ...(from === undefined ? {} : { from }),
    ...(end === undefined ? {} : { until: end }),
    ...(outcome === "done" || outcome === "refused" || outcome === "missing" || outcome === "failed" ? { outcome } : {}),
    ...(Number.isInteger(before) && before > 0 ? { before } : {}),
    limit,
  };
}

function dayOf(given: string | boolean | undefined): number | undefined {
  return typeof given === "string" ? startOfDay(given) : undefined;
}
