import type { Command, CommandRequest } from "../../access/index.ts";
import { formatInstant } from "../../kernel/clock.ts";
import { sourcesError } from "./errors.ts";
import { getSchedule, pauseSchedule, resumeSchedule, setSchedule, stopSchedule } from "./schedules.ts";
import { timetableWords } from "./timetable.ts";

export const scheduleCommand: Command = {
  verb: "source schedule",
  summary: "Have a source that the hub can fetch loaded by itself, say when it is, or stop it.",
  usage:
    "guildhall source schedule SOURCE [--every hour|day|weekday|monday… --at HH:MM | --cron LINE | --pause | --resume | --stop] [--json]",
  example: "guildhall source schedule 'Air quality' --every day --at 06:00",
  flags: {
    every: { type: "string", about: "hour, day, weekday (Monday to Friday), or a day of the week such as monday." },
    at: { type: "string", about: "The time in London, such as 06:00; of every hour the minutes count." },
    cron: { type: "string", about: "Five fields instead: minute, hour, day of the month, month, day of the week." },
    pause: { type: "boolean", about: "Leave its times out until it is resumed." },
    resume: { type: "boolean", about: "Go on with it." },
    stop: { type: "boolean", about: "Take its times away." },
  },
  takes: { least: 1, most: 1 },
  run: async (request) => {
    const {
      session,
      house,
      arguments: [name = ""],
      out,
    } = request;
    const asked = askedFor(request);
    if (asked === "stop") {
      const source = await stopSchedule(session, name, house);
      out.line(`${source.name} is not loaded by itself any more.`);
      return out.json({ source: source.name, schedule: null });
    }
    if (asked === "pause") await pauseSchedule(session, name, house);
    else if (asked === "resume") await resumeSchedule(session, name, house);
    else if (asked) await setSchedule(session, name, asked, house);
    const { source, shown } = await getSchedule(session, name, house);
    out.line(
      shown
        ? `${source.name}: ${timetableWords(shown.schedule.cron)}, for ${shown.runsAs}.`
        : `${source.name} is not loaded by itself.`,
    );
    if (shown?.schedule.stopped) out.line(`The hub stopped it: ${shown.schedule.stopped.why}`);
    else if (shown && shown.schedule.pausedAt !== null) out.line("It is paused.");
    for (const time of shown?.next ?? []) out.line(`Next: ${formatInstant(time)}`);
    out.json({
      source: source.name,
      schedule: shown && {
        cron: shown.schedule.cron,
        runsAs: shown.runsAs,
        paused: shown.schedule.pausedAt !== null,
        stopped: shown.schedule.stopped?.why ?? null,
        next: shown.next.map((time) => new Date(time).toISOString()),
      },
    });
  },
};

type Asked = "pause" | "resume" | "stop" | { every: string; at: string; cron: string } | undefined;

function askedFor({ flags: { every, at, cron, pause, resume, stop } }: CommandRequest): Asked {
  const said = [every ?? at, cron, pause, resume, stop].filter((flag) => flag !== undefined && flag !== false);
  if (said.length > 1) throw sourcesError("no-timetable", { why: "more than one thing is asked for at once" });
  if (pause === true) return "pause";
  if (resume === true) return "resume";
  if (stop === true) return "stop";
  if (typeof cron === "string") return { every: "cron", at: "", cron };
  return every === undefined && at === undefined ? undefined : { every: String(every ?? ""), at: String(at ?? ""), cron: "" };
}
