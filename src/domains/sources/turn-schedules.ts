import type { House, Loop, Session } from "../../access/index.ts";
import { GuildhallError } from "../../kernel/errors.ts";
import { findJob } from "../../store/index.ts";
import { findPersonFacts, namesOf } from "../people/index.ts";
import { sourcesActions } from "./actions.ts";
import { refreshSource } from "./add-source.ts";
import { listDueSchedules, putSchedule, recordTurn, type Schedule } from "./schedule-store.ts";
import { findSource, type Source } from "./store.ts";
import { nextTimes } from "./timetable.ts";

/** Begins the loads whose time has come. */
export const scheduleLoop: Loop = { name: "sources.schedules", everySeconds: 10, turn: turnSchedules };

/**
 * Queues one load of each source whose time has come, however many times passed while the hub was down. A time that comes while
 * a load of the source waits or runs is left out. Where the person whose loads they are may not load any more, the schedule stops.
 */
export async function turnSchedules(house: House): Promise<void> {
  for (const schedule of await listDueSchedules(house.store, house.clock())) {
    const source = await findSource(house.store, schedule.sourceId, null);
    if (!source) continue;
    // the times of one source do not wait for another's; what failed is still due, and the next turn tries again
    await turn(schedule, source, house).catch((error: unknown) => {
      const code = error instanceof GuildhallError ? error.code : String(error);
      house.log.warn("schedule.not-begun", { source: source.id, code });
    });
  }
}

async function turn(schedule: Schedule, source: Source, house: House): Promise<void> {
  const now = house.clock();
  const nextAt = nextTimes(schedule.cron, now, 1)[0] ?? null;
  const last = source.lastJob === null ? undefined : await findJob(house.store, source.lastJob);
  if (last?.state === "queued" || last?.state === "running")
    return recordTurn(house.store, schedule, { nextAt, leftOutAt: schedule.nextAt });
  const session = await sessionFor(schedule, source, house);
  if (!session) return stop(schedule, source, house);
  await refreshSource(session, source.id, [], house);
  const failed = last?.state === "failed" ? schedule.failed + 1 : last?.state === "cancelled" ? schedule.failed : 0;
  await recordTurn(house.store, schedule, { nextAt, lastAt: now, failed });
}

/** The session of whom the schedule loads for, looked up as they are now; nothing where they may not load any more. */
async function sessionFor({ setBy }: Schedule, source: Source, house: House): Promise<Session | undefined> {
  if (setBy === null) return house.gate.operatorSession();
  const person = await findPersonFacts(house.store, setBy, source.organisation);
  if (!person) return undefined;
  const session = house.gate.serviceSession(person, null);
  return session.may(sourcesActions.refresh, source.organisation) ? session : undefined;
}

/** The hub stops it of its own accord, which stands in the record of use like any other end. */
async function stop(schedule: Schedule, source: Source, house: House): Promise<void> {
  const { setBy } = schedule;
  const name = setBy === null ? undefined : (await namesOf(house.store, [setBy])).get(setBy);
  const why = `It loaded for ${name ?? "somebody who has no account any more"}, who may not load sources here now.`;
  const target = { kind: "source", id: source.id, organisation: source.organisation };
  await house.gate
    .operatorSession()
    .perform(sourcesActions.schedule, target, (scope) =>
      scope.transaction((records) => putSchedule(records, { ...schedule, nextAt: null, stopped: { at: house.clock(), why } })),
    );
}
