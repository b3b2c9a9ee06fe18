import type { PageContent } from "../../../access/index.ts";
import { formatInstant } from "../../../kernel/clock.ts";
import type { GuildhallError } from "../../../kernel/errors.ts";
import {
  DataTable,
  EmptyState,
  errorSummary,
  formatBytes,
  formatNumber,
  InsetText,
  Live,
  PostForm,
  Progress,
  Radios,
  Select,
} from "../../../kit/index.ts";
import type { Job } from "../../../store/index.ts";
import { exportFormats, type ExportInput, type ExportResult, type ExportsFrame } from "../exports.ts";

const formatHints: Readonly<Record<keyof typeof exportFormats, string>> = {
  csv: "For any program. Loaded into a hub it gives the same rows again.",
  parquet: "For analysis; smaller, and quick to read.",
  xlsx: "Every cell as text, so that zeros at the front stay. At most 1,048,575 rows.",
  geojson: "For maps: a point for each row that says where it is.",
};

export interface ExportPageParts {
  readonly frame: ExportsFrame;
  readonly kept: (job: Job) => boolean;
  readonly csrf: string;
  readonly form: Readonly<Record<string, string>>;
  readonly error?: GuildhallError | undefined;
}

/** Asks for an export, and shows how far those asked for are. */
export function exportContent({ frame, kept, csrf, form, error }: ExportPageParts): PageContent {
  const { entry, versions, exports } = frame;
  const path = `/datasets/${entry.datasetId}/export`;
  const busy = exports.some(isBusy);
  const failed = exports[0]?.state === "failed" ? exports[0].error : null;
  return {
    title: `Export “${entry.title}”`,
    lede: "Every row as it was received, with what each column is, where the data comes from, its licence and its attribution.",
    crumbs: [
      { text: "Catalogue", href: "/datasets" },
      { text: entry.title, href: `/datasets/${entry.datasetId}` },
    ],
    ...errorSummary(error, "format"),
    ...(busy ? { refreshSeconds: 2 } : {}),
    body: (
      <>
        {entry.licence === "" ? (
          <InsetText>No licence is recorded for this dataset. Ask {entry.owner ?? "its owner"} before you pass it on.</InsetText>
        ) : null}
        <PostForm action={path} csrf={csrf} button="Make the file">
          <Radios
            name="format"
            legend="Format"
            value={form["format"] ?? "csv"}
            error={error?.fields["format"]}
            items={Object.entries(exportFormats)
              .filter(([value]) => value !== "geojson" || frame.hasPlace)
              .map(([value, text]) => ({ value, text, hint: formatHints[value as keyof typeof formatHints] }))}
          />
          {versions.length < 2 ? null : (
            <Select
              name="version"
              label="Version"
              value={form["version"]}
              items={versions.map(({ number, committedAt }, at) => ({
                value: String(number),
                text: `Version ${number}, loaded ${formatInstant(committedAt)}${at === 0 ? " (newest)" : ""}`,
              }))}
            />
          )}
        </PostForm>
        <Live id="exports" href={busy ? path : undefined}>
          {failed ? (
            <InsetText>
              <strong>{failed.message}</strong> {failed.remedy}
            </InsetText>
          ) : null}
          <Exports exports={exports} dataset={entry.datasetId} kept={kept} csrf={csrf} />
        </Live>
      </>
    ),
  };
}

function isBusy({ state }: Job): boolean {
  return state === "queued" || state === "running";
}

function Exports({
  exports,
  dataset,
  kept,
  csrf,
}: Pick<ExportPageParts, "kept" | "csrf"> & { exports: readonly Job[]; dataset: string }) {
  const busy = exports.find(isBusy);
  return (
    <>
      {busy ? (
        <Progress
          what={busy.state === "queued" ? "Waiting for its turn" : (busy.progress?.step ?? "Starting")}
          done={busy.progress?.done ?? 0}
          total={busy.progress?.total}
          amount={busy.progress ? `Step ${busy.progress.done + 1} of ${busy.progress.total}` : "Working"}
          cancel={
            <PostForm
              action={`/datasets/${dataset}/exports/${busy.id}/cancel`}
              csrf={csrf}
              button="Cancel the export"
              secondary
            />
          }
        />
      ) : null}
      <DataTable
        caption="Your exports of it"
        rows={exports}
        empty={
          <EmptyState title="You have made none yet">
            A file appears here when it is ready. It is kept for a day, for you alone, and each download is put on record.
          </EmptyState>
        }
        columns={[
          { key: "file", title: "File", names: true, cell: (job) => <FileCell job={job} dataset={dataset} kept={kept(job)} /> },
          { key: "at", title: "Asked for", nowrap: true, cell: (job) => formatInstant(job.createdAt) },
          { key: "rows", title: "Rows", align: "right", cell: (job) => countCell(job, ({ rows }) => formatNumber(rows)) },
          { key: "size", title: "Size", align: "right", cell: (job) => countCell(job, ({ bytes }) => formatBytes(bytes)) },
          { key: "state", title: "State", cell: (job) => stateWords(job, kept(job)) },
        ]}
      />
    </>
  );
}

function FileCell({ job, dataset, kept }: { job: Job; dataset: string; kept: boolean }) {
  const { format, version } = job.input as ExportInput;
  const text = `${exportFormats[format]} of version ${version}`;
  if (!kept) return <>{text}</>;
  return (
    <a class="govuk-link" href={`/datasets/${dataset}/exports/${job.id}`} download>
      {text}
    </a>
  );
}

function countCell(job: Job, words: (result: ExportResult) => string): string {
  return job.state === "done" ? words(job.result as ExportResult) : "–";
}

function stateWords(job: Job, kept: boolean): string {
  if (job.state === "done") return kept ? "Ready" : "Not kept any more";
  return { queued: "Waiting", running: "Being made", failed: "Failed", cancelled: "Cancelled" }[job.state];
}
