import type { House, Page, PageContent, Session } from "../../../access/index.ts";
import { GuildhallError } from "../../../kernel/errors.ts";
import { formatInstant } from "../../../kernel/clock.ts";
import {
  Button,
  DataTable,
  Details,
  errorSummary,
  Figure,
  FileUpload,
  formatBytes,
  formatNumber,
  InsetText,
  Live,
  page,
  plural,
  PostForm,
  Progress,
  SummaryList,
} from "../../../kit/index.ts";
import type { ReceivedFile } from "../../../engine/index.ts";
import type { Job, JobProgress } from "../../../store/index.ts";
import { sourcesActions } from "../actions.ts";
import { refreshSource } from "../add-source.ts";
import { isDatabaseUrl } from "../database-place.ts";
import type { LoadResult } from "../load.ts";
import { getSchedule } from "../schedules.ts";
import { acceptShape, listUnseenShapes, markShapeSeen } from "../shape.ts";
import { cancelLoad, getSource, removeSource, type SourceState } from "../sources.ts";
import { isFetched, type VersionChange } from "../store.ts";
import { isBusy, stateChip } from "./load-state.tsx";
import { ScheduleLine } from "./schedule-page.tsx";
import { uploaded } from "./uploaded.ts";

export const sourcePages: readonly Page[] = [
  {
    method: "GET",
    path: "/sources/:id",
    handle: async ({ session, house, params, csrf }) => page(await sourceContent(session, params["id"] ?? "", house, csrf)),
  },
  {
    method: "POST",
    path: "/sources/:id/refresh",
    upload: true,
    handle: async (request) => {
      const id = request.params["id"] ?? "";
      try {
        await refreshSource(request.session, id, uploaded(request), request.house);
      } catch (error) {
        if (!(error instanceof GuildhallError) || error.kind !== "invalid") throw error;
        return page(await sourceContent(request.session, id, request.house, request.csrf, error), 400);
      }
      return { kind: "redirect", to: `/sources/${id}` };
    },
  },
  {
    method: "POST",
    path: "/sources/:id/fetch",
    handle: async ({ session, house, params }) => {
      await refreshSource(session, params["id"] ?? "", [], house);
      return { kind: "redirect", to: `/sources/${params["id"] ?? ""}` };
    },
  },
  {
    method: "POST",
    path: "/sources/:id/shape",
    handle: async ({ session, house, params, form }) => {
      const id = params["id"] ?? "";
      const accept = form["do"] === "accept";
      await (accept ? acceptShape : markShapeSeen)(session, id, house);
      const flash = accept ? "The new shape is accepted. Load the file again." : "It is off your list.";
      return { kind: "redirect", to: `/sources/${id}`, flash };
    },
  },
  {
    method: "POST",
    path: "/sources/:id/cancel",
    handle: async ({ session, house, params }) => {
      await cancelLoad(session, params["id"] ?? "", house);
      return { kind: "redirect", to: `/sources/${params["id"] ?? ""}`, flash: "The load is being cancelled." };
    },
  },
  {
    method: "POST",
    path: "/sources/:id/remove",
    handle: async ({ session, house, params }) => {
      const source = await removeSource(session, params["id"] ?? "", house);
      return { kind: "redirect", to: "/sources", flash: `“${source.name}” and its data were removed.` };
    },
  },
];

async function sourceContent(
  session: Session,
  id: string,
  house: House,
  csrf: string,
  error?: GuildhallError,
): Promise<PageContent> {
  const state = await getSource(session, id, house);
  const { source, version, job } = state;
  const busy = isBusy(job);
  const grows = (await house.lake.findDataset(source.datasetId))?.kind === "append";
  const received = grows ? await house.lake.listReceived(source.datasetId) : [];
  const shown = isFetched(source) ? (await getSchedule(session, source.id, house)).shown : undefined;
  const unseen = await listUnseenShapes(house.store, source.datasetId);
  const mayRefresh = session.may(sourcesActions.refresh, source.organisation);
  return {
    title: source.name,
    lede: version ? `Loaded from the file ${source.fileName}.` : `From the file ${source.fileName}.`,
    state: stateChip(job),
    crumbs: [{ text: "Sources", href: "/sources" }],
    ...errorSummary(error, "file"),
    ...(busy ? { refreshSeconds: 2 } : {}),
    mainAction: !busy && version ? <Button href={`/datasets/${source.datasetId}`}>See columns and types</Button> : undefined,
    body: (
      <Live id="load" href={busy ? `/sources/${source.id}` : undefined}>
        {busy && job ? (
          <LoadProgress
            job={job}
            cancelTo={mayRefresh ? `/sources/${source.id}/cancel` : undefined}
            csrf={csrf}
            now={house.clock()}
          />
        ) : null}
        {job?.state === "failed" && job.error ? (
          <InsetText>
            <p class="govuk-body">
              <strong>{job.error.message}</strong>
            </p>
            <p class="govuk-body">{job.error.remedy}</p>
            {job.error.code === "catalogue.people-unready" ? (
              <p class="govuk-body">
                <a class="govuk-link" href={`/datasets/${source.datasetId}/describe`}>
                  Record the owner and the impact assessment
                </a>
              </p>
            ) : null}
          </InsetText>
        ) : null}
        {job?.state === "failed" && job.error?.code === "sources.would-break" && mayRefresh ? (
          <PostForm
            action={`/sources/${source.id}/shape`}
            csrf={csrf}
            button="Accept the new shape"
            name="do"
            value="accept"
            secondary
          >
            <p class="govuk-body">
              <a class="govuk-link" href={`/datasets/${source.datasetId}/lineage`}>
                See what uses its columns
              </a>
            </p>
          </PostForm>
        ) : null}
        {unseen.length === 0 ? null : (
          <InsetText>
            {unseen.map(({ version: number, told }) => (
              <p class="govuk-body">
                <strong>Version {number} has another shape.</strong> {told.join(" ")}
              </p>
            ))}
            {mayRefresh ? (
              <PostForm
                action={`/sources/${source.id}/shape`}
                csrf={csrf}
                button="I have seen this"
                name="do"
                value="seen"
                secondary
              />
            ) : null}
          </InsetText>
        )}
        {version ? <VersionFigures state={state} /> : null}
        {grows && received.length > 0 ? <ReceivedFiles files={received} /> : null}
        {shown === undefined ? null : <ScheduleLine source={source} shown={shown} mayChange={mayRefresh} />}
        {!busy && mayRefresh ? (
          <>
            {source.url === null ? null : (
              <PostForm action={`/sources/${source.id}/fetch`} csrf={csrf} button="Fetch it again" secondary>
                <p class="govuk-body">
                  It is fetched from <code>{source.url}</code>. Where it has not changed, nothing is loaded.{" "}
                  {isDatabaseUrl(source.url) ? (
                    <a class="govuk-link" href={`/sources/${source.id}/database`}>
                      What is asked, and the password
                    </a>
                  ) : null}
                </p>
              </PostForm>
            )}
            <Details
              summary={version ? (grows ? "Add files" : "Load a newer file") : "Try another file"}
              open={error !== undefined || !version}
            >
              <PostForm action={`/sources/${source.id}/refresh`} csrf={csrf} button="Load the file" multipart>
                <FileUpload
                  name="file"
                  label="File"
                  multiple={grows}
                  hint={
                    grows
                      ? "Their rows are added. Each row says which file it came from; a file that came before is not read again."
                      : "It becomes the next version. The versions before it stay."
                  }
                  error={error && (error.fields["file"] ?? error.message)}
                />
              </PostForm>
            </Details>
            {session.may(sourcesActions.remove, source.organisation) ? (
              <Details summary="Remove this source">
                <PostForm action={`/sources/${source.id}/remove`} csrf={csrf} button="Remove the source and all its data" warning>
                  <p class="govuk-body">Every version and every quarantined record goes with it. This cannot be undone.</p>
                </PostForm>
              </Details>
            ) : null}
          </>
        ) : null}
      </Live>
    ),
  };
}

const mostShown = 200;

function ReceivedFiles({ files }: { files: readonly ReceivedFile[] }) {
  return (
    <DataTable
      caption="Files it was made of"
      count={files.length > mostShown ? `The newest ${mostShown} of ${plural(files.length, "file")}` : undefined}
      rows={files.toReversed().slice(0, mostShown)}
      empty="There are none."
      columns={[
        {
          key: "name",
          title: "File",
          names: true,
          cell: (file) => (file.part === "" ? file.name : `${file.name}, ${file.part}`),
        },
        { key: "version", title: "Version", align: "right", cell: (file) => formatNumber(file.version) },
        { key: "rows", title: "Rows", align: "right", cell: (file) => formatNumber(file.rows) },
        { key: "bad", title: "Quarantined", align: "right", cell: (file) => formatNumber(file.quarantined) },
      ]}
    />
  );
}

function changeText({ added, gone, changed, key }: VersionChange): string {
  const rows = [
    `${formatNumber(added)} added`,
    `${formatNumber(gone)} gone`,
    ...(changed === null ? [] : [`${formatNumber(changed)} changed`]),
  ];
  return `${rows.join(", ")}; rows are told apart by ${key === null ? "all that stands in them" : `“${key}”`}.`;
}

/** “, 8 MB a second, about 11 seconds left”, once there is something to tell it from. */
function pace({ done, total, since }: JobProgress, now: number, worded: (amount: number) => string): string {
  const seconds = (now - since) / 1000;
  if (done <= 0 || seconds < 1 || done >= total) return "";
  const left = Math.ceil(((total - done) * seconds) / done);
  const time = left < 90 ? plural(left, "second") : plural(Math.round(left / 60), "minute");
  return `, ${worded(Math.round(done / seconds))} a second, about ${time} left`;
}

function LoadProgress({ job, cancelTo, csrf, now }: { job: Job; cancelTo: string | undefined; csrf: string; now: number }) {
  const progress = job.progress;
  const amount =
    !progress || progress.total === 0
      ? "Working"
      : progress.unit === "bytes"
        ? `${formatBytes(progress.done)} of ${formatBytes(progress.total)}${pace(progress, now, formatBytes)}`
        : `${formatNumber(progress.done)} of ${formatNumber(progress.total)}${pace(progress, now, formatNumber)}`;
  return (
    <Progress
      what={job.state === "queued" ? "Waiting for its turn" : (progress?.step ?? "Starting")}
      done={progress?.done ?? 0}
      total={progress?.total}
      amount={amount}
      cancel={cancelTo === undefined ? undefined : <PostForm action={cancelTo} csrf={csrf} button="Cancel the load" secondary />}
    />
  );
}

function VersionFigures({ state: { source, version, change, job } }: { state: SourceState }) {
  if (!version) return null;
  const asAt = formatInstant(version.committedAt);
  const seconds = job?.state === "done" ? (job.result as LoadResult).seconds : undefined;
  return (
    <>
      <Figure
        figures={[
          { label: "Rows in file", value: formatNumber(version.rowsInFile), asAt },
          { label: "Loaded", value: formatNumber(version.rows), asAt },
          {
            label: "Quarantined",
            value: formatNumber(version.quarantined),
            asAt,
            ...(version.quarantined > 0 ? { href: `/sources/${source.id}/quarantine` } : {}),
          },
          ...(seconds === undefined ? [] : [{ label: "Seconds", value: seconds.toFixed(1), asAt }]),
        ]}
      />
      <SummaryList
        rows={[
          { key: "Version", value: String(version.number) },
          { key: "Content", value: <code>{version.contentHash.slice(0, 16)}</code> },
          ...(change ? [{ key: "Since the version before", value: changeText(change) }] : []),
          {
            key: "Notes",
            value:
              version.notes.length === 0 ? (
                "Nothing was changed on the way in."
              ) : (
                <ul class="govuk-list">
                  {version.notes.map((note) => (
                    <li>{note}</li>
                  ))}
                </ul>
              ),
          },
        ]}
      />
    </>
  );
}
