import { formatInstant } from "../../../kernel/clock.ts";
import { Chip, DataTable, formatNumber } from "../../../kit/index.ts";
import type { ShownFolder } from "../watch-folder.ts";

const mostShown = 20;

/** The folders that the hub looks into by itself; nothing where there is none. */
export function WatchedFolders({ shown }: { shown: readonly ShownFolder[] }) {
  if (shown.length === 0) return null;
  return (
    <section id="watched">
      <h2 class="govuk-heading-m">Watched folders</h2>
      <p class="govuk-body">
        The hub looks into them every 30 seconds and loads each file that has stood still. It writes nothing there. A file that
        could not be loaded is tried again when it changes.
      </p>
      <DataTable
        caption="Watched folders"
        captionHidden
        rows={shown}
        empty="There are none."
        columns={[
          { key: "folder", title: "Folder", names: true, cell: ({ watched }) => <code>{watched.folder}</code> },
          {
            key: "state",
            title: "State",
            cell: ({ watched: { problem, lookedAt } }) =>
              problem !== null ? (
                <>
                  <Chip text="Cannot be looked into" tone="stop" /> {problem}
                </>
              ) : lookedAt === null ? (
                <Chip text="Not looked into yet" tone="note" />
              ) : (
                <Chip text="Watched" tone="good" />
              ),
          },
          {
            key: "looked",
            title: "Last look",
            cell: ({ watched: { lookedAt } }) => (lookedAt === null ? "–" : formatInstant(lookedAt)),
          },
          {
            key: "files",
            title: "Files",
            cell: ({ taken, waiting, failed }) =>
              [
                `${formatNumber(taken)} taken`,
                ...(waiting > 0 ? [`${formatNumber(waiting)} waiting`] : []),
                ...(failed.length > 0 ? [`${formatNumber(failed.length)} not loaded`] : []),
              ].join(", "),
          },
        ]}
      />
      {shown.some(({ failed }) => failed.length > 0) ? (
        <>
          <h3 class="govuk-heading-s">Could not be loaded</h3>
          <ul class="govuk-list govuk-list--bullet">
            {shown
              .flatMap(({ failed }) => failed)
              .slice(0, mostShown)
              .map(({ file, why, at }) => (
                <li>
                  <strong>{file}</strong>, {formatInstant(at)}: {why ?? "It could not be loaded."}
                </li>
              ))}
          </ul>
        </>
      ) : null}
    </section>
  );
}
