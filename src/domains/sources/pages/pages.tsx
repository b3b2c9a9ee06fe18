import type { House, Page, PageContent, PageReply, PageRequest, Session } from "../../../access/index.ts";
import { formatInstant } from "../../../kernel/clock.ts";
import { GuildhallError } from "../../../kernel/errors.ts";
import {
  Button,
  Chip,
  DataTable,
  Details,
  EmptyState,
  FileUpload,
  Figure,
  formatBytes,
  formatNumber,
  Input,
  InsetText,
  Live,
  Pagination,
  plural,
  PostForm,
  Progress,
  SummaryList,
} from "../../../kit/index.ts";
import type { Job } from "../../../store/index.ts";
import { sourcesActions } from "../actions.ts";
import { addSource, refreshSource } from "../add-source.ts";
import { sourcesError } from "../errors.ts";
import type { LoadResult } from "../load.ts";
import {
  cancelLoad,
  getSource,
  listQuarantine,
  listSources,
  removeSource,
  type QuarantinedRecord,
  type SourceState,
} from "../sources.ts";

const pageSize = 50;

export const sourcesPages: readonly Page[] = [
  { method: "GET", path: "/sources", handle: async ({ session, house }) => page(await listContent(session, house)) },
  { method: "GET", path: "/sources/new", handle: async ({ csrf }) => page(newContent(csrf, {})) },
  {
    method: "POST",
    path: "/sources/new",
    upload: true,
    handle: async (request) => {
      try {
        const added = await addSources(request);
        return { kind: "redirect", to: added.length === 1 ? `/sources/${added[0] ?? ""}` : "/sources" };
      } catch (error) {
        if (!(error instanceof GuildhallError) || error.kind === "refused") throw error;
        return page(newContent(request.csrf, request.form, error), 400);
      }
    },
  },
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
      await refreshSource(request.session, id, uploaded(request), request.house);
      return { kind: "redirect", to: `/sources/${id}` };
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
  {
    method: "GET",
    path: "/sources/:id/quarantine",
    handle: async ({ session, house, params, query }) =>
      page(await quarantineContent(session, params["id"] ?? "", Number(query["after"] ?? 0) || 0, house)),
  },
  {
    method: "GET",
    path: "/sources/:id/quarantine.csv",
    handle: async ({ session, house, params }) => {
      const { source, records } = await listQuarantine(session, params["id"] ?? "", { after: 0, limit: 10_000 }, house);
      const lines = records.map((record) =>
        [record.record, record.firstLine, record.lastLine, record.offset, record.reasons.join(" "), asText(textOf(record))]
          .map((cell) => `"${String(cell).replaceAll('"', '""')}"`)
          .join(","),
      );
      const body = ["record,first_line,last_line,byte_offset,reasons,raw", ...lines].join("\r\n");
      return { kind: "file", name: `${source.name} quarantine.csv`, type: "text/csv; charset=utf-8", body };
    },
  },
];

function page(content: PageContent, status?: number): PageReply {
  return { kind: "page", content, ...(status === undefined ? {} : { status }) };
}

/** Each chosen file becomes a source; the name written on the form is for a single one. */
async function addSources(request: PageRequest): Promise<readonly string[]> {
  const { session, house, form, files } = request;
  if (files.length === 0) uploaded(request);
  const added: string[] = [];
  for (const file of files) {
    const own = file.name.replace(/\.[^.]+$/, "");
    const { source } = await addSource(
      session,
      {
        name: files.length === 1 && form["name"]?.trim() ? form["name"] : own,
        organisation: session.organisation ?? "",
        file: { name: file.name, path: file.path, keep: false },
        owner: form["owner"]?.trim() ? form["owner"].trim() : null,
        dpia: form["dpia"] ?? "",
      },
      house,
    );
    added.push(source.id);
  }
  return added;
}

function uploaded(request: PageRequest) {
  const [file] = request.files;
  if (!file || file.name === "") throw sourcesError("no-file", { path: "(none chosen)" }, { file: "Choose a file." });
  return { name: file.name, path: file.path, keep: false };
}

async function listContent(session: Session, house: House): Promise<PageContent> {
  const states = await listSources(session, house);
  const busy = states.some(({ job }) => isBusy(job));
  const mayAdd = session.may(sourcesActions.add, session.organisation);
  return {
    title: "Sources",
    lede: "Where the hub’s data comes from, and what the last load of each brought.",
    verb: "Pool",
    wide: true,
    ...(busy ? { refreshSeconds: 3 } : {}),
    mainAction: mayAdd ? <Button href="/sources/new">Add a source</Button> : undefined,
    body: (
      <Live id="sources" href={busy ? "/sources" : undefined}>
        <DataTable
          caption="Sources"
          captionHidden
          rows={states}
          empty={
            <EmptyState
              title="No sources yet"
              action={mayAdd ? <Button href="/sources/new">Add the first file</Button> : undefined}
            >
              A source is a file that one of your systems exports. Add one, and the hub counts every row, says what each column
              is, and keeps each version.
            </EmptyState>
          }
          columns={[
            {
              key: "name",
              title: "Source",
              names: true,
              cell: ({ source }) => (
                <a class="govuk-link" href={`/sources/${source.id}`}>
                  {source.name}
                </a>
              ),
            },
            { key: "state", title: "Last load", cell: ({ job }) => <LoadChip job={job} /> },
            {
              key: "file",
              title: "Rows in file",
              align: "right",
              cell: ({ version }) => (version ? formatNumber(version.rowsInFile) : "–"),
            },
            { key: "rows", title: "Loaded", align: "right", cell: ({ version }) => (version ? formatNumber(version.rows) : "–") },
            {
              key: "bad",
              title: "Quarantined",
              align: "right",
              cell: ({ source, version }) =>
                version && version.quarantined > 0 ? (
                  <a class="govuk-link" href={`/sources/${source.id}/quarantine`}>
                    {formatNumber(version.quarantined)}
                  </a>
                ) : version ? (
                  "0"
                ) : (
                  "–"
                ),
            },
            {
              key: "at",
              title: "Loaded on",
              nowrap: true,
              cell: ({ version }) => (version ? formatInstant(version.committedAt) : "–"),
            },
            {
              key: "dataset",
              title: "Dataset",
              cell: ({ source, version }) =>
                version ? (
                  <a class="govuk-link" href={`/datasets/${source.datasetId}`}>
                    Columns and types
                  </a>
                ) : (
                  "–"
                ),
            },
          ]}
        />
      </Live>
    ),
  };
}

function isBusy(job: Job | null): boolean {
  return job?.state === "queued" || job?.state === "running";
}

function LoadChip({ job }: { job: Job | null }) {
  if (!job) return <>–</>;
  const states = {
    queued: ["Waiting", "note"],
    running: ["Loading", "note"],
    done: ["Loaded", "good"],
    failed: ["Failed", "stop"],
    cancelled: ["Cancelled", "look"],
  } as const;
  const [text, tone] = states[job.state];
  return <Chip text={text} tone={tone} />;
}

function newContent(csrf: string, form: Readonly<Record<string, string>>, error?: GuildhallError): PageContent {
  const field = Object.keys(error?.fields ?? {})[0] ?? "file";
  return {
    title: "Add a source",
    lede: "Choose files that your systems export. The hub counts every row and says what each column is.",
    crumbs: [{ text: "Sources", href: "/sources" }],
    verb: "Pool",
    ...(error === undefined ? {} : { errors: [{ text: `${error.message} ${error.remedy}`, href: `#${field}` }] }),
    body: (
      <PostForm
        action="/sources/new"
        csrf={csrf}
        button="Load the file"
        multipart
        beside={
          <a class="govuk-link" href="/sources">
            Back to the sources
          </a>
        }
      >
        <FileUpload
          name="file"
          label="File, or several"
          multiple
          hint="CSV in UTF-8, with the column names in the first row, or NDJSON. Rows that cannot be read are set aside and kept."
          error={error?.fields["file"] ?? (error && field === "file" ? error.message : undefined)}
        />
        <Input
          name="name"
          label="Name"
          hint="What your colleagues call it. Left empty, or with several files, each takes its file’s name."
          value={form["name"]}
          error={error?.fields["name"]}
        />
        <Details summary="It describes people" open={Boolean(form["dpia"] || form["owner"])}>
          <Input name="owner" label="Information asset owner" hint="The person who answers for it." value={form["owner"]} />
          <Input
            name="dpia"
            label="Impact assessment"
            hint="The reference of the approved one that covers this data."
            value={form["dpia"]}
          />
        </Details>
      </PostForm>
    ),
  };
}

async function sourceContent(session: Session, id: string, house: House, csrf: string): Promise<PageContent> {
  const state = await getSource(session, id, house);
  const { source, version, job } = state;
  const busy = isBusy(job);
  const mayRefresh = session.may(sourcesActions.refresh, source.organisation);
  return {
    title: source.name,
    lede: `Loaded from the file ${source.fileName}.`,
    state: stateChip(job),
    crumbs: [{ text: "Sources", href: "/sources" }],
    verb: "Pool",
    ...(busy ? { refreshSeconds: 2 } : {}),
    mainAction: !busy && version ? <Button href={`/datasets/${source.datasetId}`}>See columns and types</Button> : undefined,
    body: (
      <Live id="load" href={busy ? `/sources/${source.id}` : undefined}>
        {busy && job ? (
          <LoadProgress job={job} cancelTo={mayRefresh ? `/sources/${source.id}/cancel` : undefined} csrf={csrf} />
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
        {version ? <VersionFigures state={state} /> : null}
        {!busy && mayRefresh ? (
          <>
            <Details summary={version ? "Load a newer file" : "Try another file"}>
              <PostForm action={`/sources/${source.id}/refresh`} csrf={csrf} button="Load the file" multipart>
                <FileUpload name="file" label="File" hint="It becomes the next version. The versions before it stay." />
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

function stateChip(job: Job | null): NonNullable<PageContent["state"]> {
  if (job?.state === "failed") return { text: "Failed", tone: "stop" };
  if (job?.state === "cancelled") return { text: "Cancelled", tone: "look" };
  return isBusy(job) ? { text: "Loading", tone: "note" } : { text: "Loaded", tone: "good" };
}

function LoadProgress({ job, cancelTo, csrf }: { job: Job; cancelTo: string | undefined; csrf: string }) {
  const progress = job.progress;
  const amount =
    !progress || progress.total === 0
      ? "Working"
      : progress.unit === "bytes"
        ? `${formatBytes(progress.done)} of ${formatBytes(progress.total)}`
        : `${formatNumber(progress.done)} of ${formatNumber(progress.total)}`;
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

function VersionFigures({ state: { source, version, job } }: { state: SourceState }) {
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

async function quarantineContent(session: Session, id: string, after: number, house: House): Promise<PageContent> {
  const { source, records, total } = await listQuarantine(session, id, { after, limit: pageSize }, house);
  const last = records.at(-1);
  const more = last !== undefined && records.length === pageSize;
  return {
    title: `Quarantine of “${source.name}”`,
    lede: "Records of the newest version that could not be read. Mend them in the file or at their source, and load the file again.",
    crumbs: [
      { text: "Sources", href: "/sources" },
      { text: source.name, href: `/sources/${source.id}` },
    ],
    verb: "Pool",
    wide: true,
    body: (
      <>
        <DataTable
          caption="Quarantined records"
          captionHidden
          count={plural(total, "record")}
          {...(total > 0 ? { csvHref: `/sources/${source.id}/quarantine.csv` } : {})}
          rows={records}
          empty={<EmptyState title="Nothing is in quarantine">Every record of the newest version was read.</EmptyState>}
          columns={[
            { key: "record", title: "Record", align: "right", names: true, cell: (record) => formatNumber(record.record) },
            {
              key: "line",
              title: "Line",
              nowrap: true,
              cell: (record) =>
                record.firstLine === record.lastLine
                  ? formatNumber(record.firstLine)
                  : `${formatNumber(record.firstLine)} to ${formatNumber(record.lastLine)}`,
            },
            { key: "why", title: "Why", cell: (record) => record.reasons.join(" ") },
            { key: "raw", title: "As it stood", cell: (record) => <code class="gh-raw">{textOf(record).slice(0, 400)}</code> },
          ]}
        />
        {more ? (
          <Pagination next={{ href: `/sources/${source.id}/quarantine?after=${last.record}`, text: "Next records" }} />
        ) : null}
      </>
    ),
  };
}

/** A record that a spreadsheet would run as a formula, marked as text as in every file of the hub. */
function asText(raw: string): string {
  return /^[=+@\t\r-]/.test(raw) ? `'${raw}` : raw;
}

/** The bytes as text; what is no UTF-8 shows as the replacement sign. */
function textOf(record: QuarantinedRecord): string {
  return Buffer.from(record.raw, "base64").toString("utf8").replaceAll("\0", "␀");
}
