import type { House, Task } from "../../access/index.ts";
import { formatInstant } from "../../kernel/clock.ts";
import { plural } from "../../kit/index.ts";
import { findSchedule, listSchedules } from "./schedule-store.ts";
import { listSourceRows, type Source } from "./store.ts";

/** Failures in a row from which on the task says since when nothing new came. */
const manyFailures = 3;

/** Schedules that the hub had to stop, for the organisation's stewards. */
export async function stoppedTasks(organisation: string, house: House): Promise<readonly Task[]> {
  const schedules = await listSchedules(house.store);
  const sources = schedules.size === 0 ? [] : await listSourceRows(house.store, organisation);
  return sources.flatMap(({ id, name }) => {
    const stopped = schedules.get(id)?.stopped;
    if (!stopped) return [];
    const title = `“${name}” is not loaded by itself any more`;
    return [{ title, href: `/sources/${id}/schedule`, why: stopped.why, since: stopped.at, action: "Set its times" }];
  });
}

/** What a failed load of a schedule adds to its task, once it is not the first: how often, and since when nothing new came. */
export async function failuresInRow(source: Source, house: House): Promise<string> {
  const schedule = await findSchedule(house.store, source.id);
  const failures = (schedule?.failed ?? 0) + 1; // and the one that the task is about
  if (failures < manyFailures) return "";
  const newest = await house.lake.findVersion(source.datasetId);
  const since = newest ? `nothing new has come since ${formatInstant(newest.committedAt)}` : "nothing has ever come";
  return ` ${plural(failures, "load")} in a row failed: ${since}.`;
}
