import type { House, Page, PageContent, Session } from "../../../access/index.ts";
import { formatInstant } from "../../../kernel/clock.ts";
import { isMendable, type GuildhallError } from "../../../kernel/errors.ts";
import { errorSummary, Input, InsetText, page, PostForm, Radios, Select, SummaryList } from "../../../kit/index.ts";
import { sourcesActions } from "../actions.ts";
import { sourcesError } from "../errors.ts";
import { getSchedule, pauseSchedule, resumeSchedule, setSchedule, stopSchedule, type ShownSchedule } from "../schedules.ts";
import { isFetched, type Source } from "../store.ts";
import { timetableOf, timetableWords, weekdays } from "../timetable.ts";

export const schedulePages: readonly Page[] = [
  {
    method: "GET",
    path: "/sources/:id/schedule",
    handle: async ({ session, house, params, csrf }) => page(await scheduleContent(session, params["id"] ?? "", house, csrf)),
  },
  {
    method: "POST",
    path: "/sources/:id/schedule",
    handle: async ({ session, house, params, form, csrf }) => {
      const id = params["id"] ?? "";
      const { every = "", at = "", cron = "" } = form;
      try {
        const chosen = every === "week" ? (form["day"] ?? "") : every;
        const { source, schedule } = await setSchedule(session, id, { every: chosen, at, cron }, house);
        const next = schedule.nextAt === null ? "" : ` The next load is on ${formatInstant(schedule.nextAt)}.`;
        return { kind: "redirect", to: `/sources/${source.id}/schedule`, flash: `The times were set.${next}` };
      } catch (error) {
        if (!isMendable(error) || error.kind === "missing") throw error;
        return page(await scheduleContent(session, id, house, csrf, { form, error }), 400);
      }
    },
  },
  ...(
    [
      ["pause", pauseSchedule, "It is paused. Its times are left out until you resume it."],
      ["resume", resumeSchedule, "It loads by itself again."],
      ["stop", stopSchedule, "It is not loaded by itself any more."],
    ] as const
  ).map(([verb, change, flash]): Page => ({
    method: "POST",
    path: `/sources/:id/schedule/${verb}`,
    handle: async ({ session, house, params }) => {
      await change(session, params["id"] ?? "", house);
      return { kind: "redirect", to: `/sources/${params["id"] ?? ""}/schedule`, flash };
    },
  })),
];

async function scheduleContent(
  session: Session,
  id: string,
  house: House,
  csrf: string,
  refused?: { form: Readonly<Record<string, string>>; error: GuildhallError },
): Promise<PageContent> {
  const { source, shown } = await getSchedule(session, id, house);
  if (!isFetched(source)) throw sourcesError("not-fetched", { name: source.name });
  const base = `/sources/${source.id}/schedule`;
  const mayChange = session.may(sourcesActions.schedule, source.organisation);
  const { schedule } = shown ?? {};
  return {
    title: "Load by itself",
    lede: `When the hub fetches “${source.name}” without anybody asking. Times are those of London, summer and winter.`,
    crumbs: [
      { text: "Sources", href: "/sources" },
      { text: source.name, href: `/sources/${source.id}` },
    ],
    ...(schedule ? { state: scheduleChip(shown) } : {}),
    ...errorSummary(refused?.error, "every"),
    body: (
      <>
        {shown ? <ScheduleFacts shown={shown} /> : null}
        {mayChange && schedule && !schedule.stopped ? (
          <div class="gh-form__buttons">
            {schedule.pausedAt === null ? (
              <PostForm action={`${base}/pause`} csrf={csrf} button="Pause" secondary />
            ) : (
              <PostForm action={`${base}/resume`} csrf={csrf} button="Resume" secondary />
            )}
            <PostForm action={`${base}/stop`} csrf={csrf} button="Stop loading by itself" warning />
          </div>
        ) : null}
        {mayChange ? <ScheduleForm source={source} shown={shown} csrf={csrf} refused={refused} /> : null}
      </>
    ),
  };
}

function scheduleChip(shown: ShownSchedule | null): NonNullable<PageContent["state"]> {
  if (shown?.schedule.stopped) return { text: "Stopped", tone: "stop" };
  return shown?.schedule.pausedAt === null ? { text: "Loads by itself", tone: "good" } : { text: "Paused", tone: "look" };
}

/** What is set, for whom it loads, and the times that come next. */
function ScheduleFacts({ shown: { schedule, runsAs, next } }: { shown: ShownSchedule }) {
  return (
    <>
      {schedule.stopped ? (
        <InsetText>
          <p class="govuk-body">
            <strong>The hub stopped this on {formatInstant(schedule.stopped.at)}.</strong>
          </p>
          <p class="govuk-body">{schedule.stopped.why} Set the times again below, and it loads for you.</p>
        </InsetText>
      ) : null}
      <SummaryList
        rows={[
          { key: "Times", value: timetableWords(schedule.cron) },
          { key: "Loads for", value: `${runsAs}, who set it on ${formatInstant(schedule.setAt)}` },
          ...(schedule.pausedAt === null ? [] : [{ key: "Paused", value: `Since ${formatInstant(schedule.pausedAt)}` }]),
          ...(next.length === 0
            ? []
            : [
                {
                  key: "Next times",
                  value: (
                    <ul class="govuk-list">
                      {next.map((time) => (
                        <li>{formatInstant(time)}</li>
                      ))}
                    </ul>
                  ),
                },
              ]),
          ...(schedule.lastAt === null ? [] : [{ key: "Last begun", value: formatInstant(schedule.lastAt) }]),
          ...(schedule.leftOutAt === null
            ? []
            : [{ key: "Left out", value: `${formatInstant(schedule.leftOutAt)}, since another load was still under way` }]),
        ]}
      />
    </>
  );
}

function ScheduleForm({
  source,
  shown,
  csrf,
  refused,
}: {
  source: Source;
  shown: ShownSchedule | null;
  csrf: string;
  refused: { form: Readonly<Record<string, string>>; error: GuildhallError } | undefined;
}) {
  const held = shown && timetableOf(shown.schedule.cron);
  const isDay = held && (weekdays as readonly string[]).includes(held.every);
  const filled = refused?.form ?? {
    every: isDay ? "week" : (held?.every ?? "day"),
    day: isDay ? held.every : "monday",
    at: held && held.every !== "cron" ? held.at : "06:00",
    cron: held?.cron ?? "",
  };
  const errors = refused?.error.fields ?? {};
  return (
    <PostForm
      action={`/sources/${source.id}/schedule`}
      csrf={csrf}
      button={shown ? "Change the times" : "Load it by itself"}
      beside={
        <a class="govuk-link" href={`/sources/${source.id}`}>
          Back to the source
        </a>
      }
    >
      <p class="govuk-body">
        Each load is yours: it stops when you are no steward or owner here any more. Where nothing has changed, nothing is loaded.
      </p>
      <Radios
        name="every"
        legend="How often"
        value={filled["every"]}
        error={errors["every"]}
        items={[
          { value: "hour", text: "Every hour" },
          { value: "day", text: "Every day" },
          { value: "weekday", text: "Monday to Friday" },
          {
            value: "week",
            text: "Once a week",
            conditional: (
              <Select
                name="day"
                label="Day"
                value={filled["day"]}
                items={weekdays.map((day) => ({ value: day, text: day.charAt(0).toUpperCase() + day.slice(1) }))}
              />
            ),
          },
          {
            value: "cron",
            text: "By a cron line",
            hint: "For those who know them.",
            conditional: (
              <Input
                name="cron"
                label="Cron line"
                hint="Minute, hour, day of the month, month, day of the week: 0 6 * * 1-5 is Monday to Friday at 06:00."
                value={filled["cron"]}
                error={errors["cron"]}
              />
            ),
          },
        ]}
      />
      <Input
        name="at"
        label="At"
        hint="Such as 06:00. Of every hour only the minutes count; a cron line says its own."
        value={filled["at"]}
        error={errors["at"]}
      />
    </PostForm>
  );
}

/** On the page of a source: whether and when it loads by itself, and the way to change it. */
export function ScheduleLine({ source, shown, mayChange }: { source: Source; shown: ShownSchedule | null; mayChange: boolean }) {
  const next = shown?.next.map(formatInstant).join("; then ");
  return (
    <>
      <h2 class="govuk-heading-m">Load by itself</h2>
      <p class="govuk-body">
        {shown === null
          ? "It is fetched when somebody asks."
          : shown.schedule.stopped
            ? `The hub stopped this. ${shown.schedule.stopped.why}`
            : shown.schedule.pausedAt === null
              ? `${timetableWords(shown.schedule.cron)}, for ${shown.runsAs}. Next on ${next ?? ""}.`
              : `Paused. ${timetableWords(shown.schedule.cron)}, for ${shown.runsAs}.`}{" "}
        <a class="govuk-link" href={`/sources/${source.id}/schedule`}>
          {mayChange ? (shown ? "Change the times" : "Set times") : "See the times"}
        </a>
      </p>
    </>
  );
}
