import type { House, Page, PageContent, Session } from "../../../access/index.ts";
import { formatInstant } from "../../../kernel/clock.ts";
import { isMendable, type GuildhallError } from "../../../kernel/errors.ts";
import { csvLine } from "../../../kernel/csv.ts";
import {
  Button,
  DataTable,
  Details,
  EmptyState,
  errorSummary,
  FileUpload,
  formatNumber,
  Input,
  page,
  pageFrom,
  PageLinks,
  plural,
  PostForm,
  rangeText,
} from "../../../kit/index.ts";
import { pageSize } from "../../../kernel/paging.ts";
import { highestClass } from "../../../vocabulary/index.ts";
import { classWords, findEntry, listFields } from "../../catalogue/index.ts";
import { sourcesActions } from "../actions.ts";
import { sourcesError } from "../errors.ts";
import { keptUntil, mostDays, setKeeping } from "../let-go.ts";
import { readMendFile } from "../mend-file.ts";
import { layoutsOf, mendLimits } from "../mend.ts";
import { rawText } from "../raw-text.ts";
import { numberedSince } from "../numbered-since.ts";
import { findUnsent } from "../send-together.ts";
import { listSentOf, sentByRecord } from "../sent-store.ts";
import { listQuarantine } from "../sources.ts";
import { sendAllText } from "./send-all-page.tsx";
import { sentWords } from "./sent-page.tsx";
import { uploaded } from "./uploaded.ts";

export const quarantinePages: readonly Page[] = [
  {
    method: "GET",
    path: "/sources/:id/quarantine",
    handle: async ({ session, house, params, query, csrf }) =>
      page(await quarantineContent(session, params["id"] ?? "", pageFrom(query), house, csrf)),
  },
  {
    method: "GET",
    path: "/sources/:id/quarantine.csv",
    handle: async ({ session, house, params }) => {
      const { source, found } = await listQuarantine(session, params["id"] ?? "", { page: 1, size: mostInFile }, house);
      const lines = found.rows.map(({ record, firstLine, lastLine, offset, reasons, raw }) =>
        csvLine([record, firstLine, lastLine, offset, reasons.join(" "), rawText(raw)]),
      );
      const body = ["record,first_line,last_line,byte_offset,reasons,raw\r\n", ...lines].join("");
      return { kind: "file", name: `${source.name} quarantine.csv`, type: "text/csv; charset=utf-8", body };
    },
  },
  {
    method: "POST",
    path: "/sources/:id/quarantine/keep",
    handle: async ({ session, house, params, form, csrf }) => {
      const [id, days] = [params["id"] ?? "", form["days"]?.trim() ?? ""];
      try {
        await setKeeping(session, id, days === "" ? null : Number(days), house);
      } catch (error) {
        if (!isMendable(error) || error.kind !== "invalid") throw error;
        return page(await quarantineContent(session, id, 1, house, csrf, { error, days }), 400);
      }
      return { kind: "redirect", to: `/sources/${id}/quarantine`, flash: "It was saved." };
    },
  },
  {
    method: "POST",
    path: "/sources/:id/quarantine/file",
    upload: true,
    handle: async (request) => {
      const { session, house, params, csrf } = request;
      const id = params["id"] ?? "";
      try {
        const [file] = uploaded(request);
        if (!file) throw sourcesError("none-chosen", {});
        const job = await readMendFile(session, id, file, house);
        return { kind: "redirect", to: `/sources/${id}/quarantine/file/${job.id}` };
      } catch (error) {
        if (!isMendable(error) || error.kind !== "invalid") throw error;
        return page(await quarantineContent(session, id, 1, house, csrf, { error }), 400);
      }
    },
  },
];

export function linesText({ firstLine, lastLine }: { readonly firstLine: number; readonly lastLine: number }): string {
  return firstLine === lastLine ? formatNumber(firstLine) : `${formatNumber(firstLine)} to ${formatNumber(lastLine)}`;
}

function keptWords(kept: Awaited<ReturnType<typeof keptUntil>>): string {
  if (kept === null) return "They are kept as long as their version.";
  return kept.gone
    ? `Their bytes were let go on ${formatInstant(kept.at)}; numbers, lines and reasons stay.`
    : `Their bytes are kept until ${formatInstant(kept.at)}.`;
}

/** What was sent of the records already, and the way to send the others with one message. */
function SendAll({ source, total, unsent, owner }: { source: string; total: number; unsent: number; owner: string }) {
  const sent = total - unsent;
  return (
    <>
      {sent > 0 ? (
        <p class="govuk-body">
          {plural(sent, "record")} {sent === 1 ? "was" : "were"} sent to {owner} already.
        </p>
      ) : null}
      {unsent > 1 ? (
        <Button href={`/sources/${source}/quarantine/send`} secondary>
          {sendAllText(unsent, owner)}
        </Button>
      ) : null}
    </>
  );
}

const mostInFile = mendLimits.inFile;

async function quarantineContent(
  session: Session,
  id: string,
  wanted: number,
  house: House,
  csrf: string,
  refused: { readonly error?: GuildhallError; readonly days?: string } = {},
): Promise<PageContent> {
  const { source, version, found } = await listQuarantine(session, id, { page: wanted, size: pageSize }, house);
  const count = rangeText(found, "record");
  const mendable = version !== null && (await layoutsOf(version, house)).some(({ layout }) => layout !== null);
  const mayMend = found.total > 0 && mendable && session.may(sourcesActions.mend, source.organisation);
  const sent = sentByRecord(version ? await listSentOf(house.store, await numberedSince(version, house)) : []);
  const maySend = found.total > 0 && session.may(sourcesActions.send, source.organisation);
  const unsent = maySend ? (await findUnsent(session, source.id, house)).total : 0;
  const owner = (await findEntry(house.store, source.datasetId))?.owner ?? "their owner";
  const kept = version === null ? null : await keptUntil(source, version, house);
  const classes = (await listFields(house.store, source.datasetId)).map((field) => field.class);
  return {
    title: `Quarantine of “${source.name}”`,
    lede: "Records of the newest version that could not be read. Nothing of them is lost.",
    crumbs: [
      { text: "Sources", href: "/sources" },
      { text: source.name, href: `/sources/${source.id}` },
    ],
    wide: true,
    ...errorSummary(refused.error, "file"),
    mainAction: mayMend ? (
      <Button
        href={`/sources/${source.id}/quarantine/mend?page=${Math.ceil(((found.page - 1) * pageSize + 1) / mendLimits.onPage)}`}
      >
        Mend these records
      </Button>
    ) : undefined,
    body: (
      <>
        {found.total === 0 ? null : (
          <p class="govuk-body">
            They are as sensitive as their dataset ({(classWords[highestClass(classes)]?.text ?? "internal").toLowerCase()}
            ). {keptWords(kept)}{" "}
            {mendable
              ? ""
              : "Records of such a file cannot be mended here: mend them where it came from, and load the file again."}
          </p>
        )}
        {maySend ? <SendAll source={source.id} total={found.total} unsent={unsent} owner={owner} /> : null}
        <DataTable
          caption="Quarantined records"
          captionHidden
          count={found.total > mostInFile ? `${count}; the CSV has the first ${formatNumber(mostInFile)}` : count}
          {...(found.total > 0 ? { csvHref: `/sources/${source.id}/quarantine.csv` } : {})}
          rows={found.rows}
          empty={<EmptyState title="Nothing is in quarantine">Every record of the newest version was read.</EmptyState>}
          columns={[
            { key: "record", title: "Record", align: "right", names: true, cell: (record) => formatNumber(record.record) },
            {
              key: "line",
              title: "Line",
              nowrap: true,
              cell: linesText,
            },
            { key: "why", title: "Why", cell: (record) => record.reasons.join(" ") },
            {
              key: "sent",
              title: "Sent to its owner",
              cell: ({ record }) => {
                const one = sent.get(record);
                return one ? (
                  <a class="govuk-link" href={`/sources/${source.id}/quarantine/sent/${one.id}`}>
                    {sentWords(one)}
                  </a>
                ) : (
                  <a class="govuk-link" href={`/sources/${source.id}/quarantine/${record}/send`}>
                    Send it
                  </a>
                );
              },
            },
            {
              key: "raw",
              title: "As it stood",
              cell: (record) => <code class="gh-raw">{rawText(record.raw).slice(0, 400)}</code>,
            },
          ]}
        />
        <PageLinks of={found} path={`/sources/${source.id}/quarantine`} />
        {session.may(sourcesActions.keep, source.organisation) ? (
          <Details summary="How long they are kept" open={refused.days !== undefined}>
            <PostForm action={`/sources/${source.id}/quarantine/keep`} csrf={csrf} button="Save" secondary>
              <Input
                name="days"
                label="Days"
                hint={`From 1 to ${formatNumber(mostDays)}, counted from the load; empty for as long as the version. Then the bytes go from every version; numbers, lines and reasons stay.`}
                value={refused.days ?? String(source.keepQuarantine ?? "")}
                error={refused.error?.fields["days"]}
                classes="govuk-input--width-5"
                type="number"
              />
            </PostForm>
          </Details>
        ) : null}
        {mayMend ? (
          <Details summary="Mend them in a spreadsheet" open={refused.error !== undefined && refused.days === undefined}>
            <PostForm action={`/sources/${source.id}/quarantine/file`} csrf={csrf} button="Look at the mended records" multipart>
              <FileUpload
                name="file"
                label="The mended file"
                error={refused.error?.fields["file"]}
                hint={`Download the records as CSV, mend the column “raw”, and send that file: CSV, XLSX or ODS, at most ${formatNumber(mostInFile)} records. You are told what reads before anything is changed.`}
              />
            </PostForm>
          </Details>
        ) : null}
      </>
    ),
  };
}
