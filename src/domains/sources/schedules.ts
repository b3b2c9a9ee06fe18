import type { House, Session } from "../../access/index.ts";
import { namesOf } from "../people/index.ts";
import { sourcesActions } from "./actions.ts";
import { sourcesError } from "./errors.ts";
import { deleteSchedule, findSchedule, putSchedule, type Schedule } from "./schedule-store.ts";
import { findSource, isFetched, type Source } from "./store.ts";
import { cronOf, nextTimes } from "./timetable.ts";

/** A schedule as it is shown: for whom it loads, and the times that come next. */
export interface ShownSchedule {
  readonly schedule: Schedule;
  readonly runsAs: string;
  readonly next: readonly number[];
}

/** The source with its schedule, for those who may list sources. Fails with `sources.no-source`. */
export async function getSchedule(
  session: Session,
  idOrName: string,
  house: House,
): Promise<{ source: Source; shown: ShownSchedule | null }> {
  const source = await needSource(session, idOrName, house);
  return session.perform(
    sourcesActions.list,
    { kind: "source", id: source.id, organisation: source.organisation },
    async ({ records }) => {
      const schedule = await findSchedule(records, source.id);
      if (!schedule) return { source, shown: null };
      const { setBy } = schedule;
      const runsAs =
        setBy === null
          ? "The operator of this hub"
          : ((await namesOf(records, [setBy])).get(setBy) ?? "Somebody who has no account any more");
      const next = schedule.nextAt === null ? [] : [schedule.nextAt, ...nextTimes(schedule.cron, schedule.nextAt, 2)];
      return { source, shown: { schedule, runsAs, next } };
    },
  );
}

/**
 * Has a source loaded by itself from now on, for the session's person, in the place of the times it had. Fails with
 * `sources.no-source`, `sources.not-fetched` and `sources.no-timetable`.
 */
export async function setSchedule(
  session: Session,
  idOrName: string,
  chosen: { every: string; at: string; cron: string },
  house: House,
): Promise<{ source: Source; schedule: Schedule }> {
  return change(session, idOrName, house, (_held, source) => {
    if (!isFetched(source)) throw sourcesError("not-fetched", { name: source.name });
    const now = house.clock();
    const cron = cronOf(chosen, now);
    return {
      sourceId: source.id,
      cron,
      setBy: session.person?.id ?? null,
      setAt: now,
      pausedAt: null,
      stopped: null,
      nextAt: nextTimes(cron, now, 1)[0] ?? null,
      lastAt: null,
      leftOutAt: null,
      failed: 0,
    };
  });
}

/** Leaves the times of a schedule out until it is resumed. Fails with `sources.no-schedule`. */
export async function pauseSchedule(session: Session, idOrName: string, house: House): Promise<void> {
  await change(session, idOrName, house, (held, source) => {
    if (!held || held.stopped) throw sourcesError("no-schedule", { name: source.name });
    return { ...held, pausedAt: held.pausedAt ?? house.clock(), nextAt: null };
  });
}

/** Goes on with a paused schedule, for whom it was set; what was left out is not made up for. Fails with `sources.no-schedule`. */
export async function resumeSchedule(session: Session, idOrName: string, house: House): Promise<void> {
  await change(session, idOrName, house, (held, source) => {
    if (!held || held.stopped) throw sourcesError("no-schedule", { name: source.name });
    return { ...held, pausedAt: null, nextAt: nextTimes(held.cron, house.clock(), 1)[0] ?? null };
  });
}

/** Takes the schedule of a source away. Fails with `sources.no-schedule`. */
export async function stopSchedule(session: Session, idOrName: string, house: House): Promise<Source> {
  const source = await needSource(session, idOrName, house);
  return session.perform(sourcesActions.schedule, targetOf(source), (scope) =>
    scope.transaction(async (records) => {
      if (!(await findSchedule(records, source.id))) throw sourcesError("no-schedule", { name: source.name });
      await deleteSchedule(records, source.id);
      return source;
    }),
  );
}

async function change(
  session: Session,
  idOrName: string,
  house: House,
  become: (held: Schedule | undefined, source: Source) => Schedule,
): Promise<{ source: Source; schedule: Schedule }> {
  const source = await needSource(session, idOrName, house);
  return session.perform(sourcesActions.schedule, targetOf(source), (scope) =>
    scope.transaction(async (records) => {
      const schedule = become(await findSchedule(records, source.id), source);
      await putSchedule(records, schedule);
      return { source, schedule };
    }),
  );
}

async function needSource(session: Session, idOrName: string, house: House): Promise<Source> {
  const source = await findSource(house.store, idOrName, session.organisation);
  if (!source) throw sourcesError("no-source", { name: idOrName });
  return source;
}

function targetOf(source: Source) {
  return { kind: "source", id: source.id, organisation: source.organisation };
}
