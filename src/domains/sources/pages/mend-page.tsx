import type { House, Page, PageContent, Session } from "../../../access/index.ts";
import { isMendable, type GuildhallError } from "../../../kernel/errors.ts";
import {
  Button,
  Chip,
  DataTable,
  Details,
  EmptyState,
  errorSummary,
  formatNumber,
  InsetText,
  Live,
  page,
  pageFrom,
  PageLinks,
  plural,
  PostForm,
  Progress,
  SummaryList,
  Textarea,
} from "../../../kit/index.ts";
import { findEarlierMends, type EarlierMend } from "../earlier-mends.ts";
import { sourcesError } from "../errors.ts";
import { confirmMends, getReadMends, type ReadMends } from "../mend-file.ts";
import { checkMends, mendLimits, startMend, type CheckedMend, type Mend } from "../mend.ts";
import { rawText } from "../raw-text.ts";
import { getSource, listQuarantine, type QuarantinedRecord } from "../sources.ts";
import { EarlierNote, EarlierOffer } from "./earlier-mends-page.tsx";

export const mendPages: readonly Page[] = [
  {
    method: "GET",
    path: "/sources/:id/quarantine/mend",
    handle: async ({ session, house, params, query, csrf }) =>
      page(await mendContent(session, params["id"] ?? "", pageFrom(query), { house, csrf, checked: [] })),
  },
  {
    method: "POST",
    path: "/sources/:id/quarantine/mend",
    handle: async ({ session, house, params, form, csrf }) => {
      const id = params["id"] ?? "";
      const mends = await withEarlier(mendsOf(form), { session, id, again: Number(form["again"]), house });
      const wanted = { version: form["version"] ?? "", mends };
      const { source, checked } = await checkMends(session, id, wanted, house);
      const sound = checked.filter(({ state }) => state === "reads").length;
      const failing = checked.filter(({ state }) => state === "fails").length;
      if (form["do"] === "save" && sound > 0 && failing === 0) {
        await startMend(session, id, wanted, house);
        return {
          kind: "redirect",
          to: `/sources/${source.id}`,
          flash: `${plural(sound, "mended record")} ${sound === 1 ? "becomes a row" : "become rows"} of a new version.`,
        };
      }
      const error = form["do"] === "save" && sound === 0 ? sourcesError("nothing-mended", {}) : undefined;
      const content = await mendContent(session, id, Number(form["page"]) || 1, { house, csrf, checked, error });
      return page(content, form["do"] === "save" ? 400 : 200);
    },
  },
  {
    method: "GET",
    path: "/sources/:id/quarantine/file/:job",
    handle: async ({ session, house, params, csrf }) =>
      page(await fileContent(session, params["id"] ?? "", params["job"] ?? "", house, csrf)),
  },
  {
    method: "POST",
    path: "/sources/:id/quarantine/file/:job",
    handle: async ({ session, house, params, csrf }) => {
      const [id, job] = [params["id"] ?? "", params["job"] ?? ""];
      try {
        await confirmMends(session, id, job, house);
      } catch (error) {
        if (!isMendable(error) || error.code === "sources.no-source") throw error;
        return page(await fileContent(session, id, job, house, csrf, error), 409);
      }
      return { kind: "redirect", to: `/sources/${id}`, flash: "The records that read become rows of a new version." };
    },
  },
];

function mendsOf(form: Readonly<Record<string, string>>): readonly Mend[] {
  return Object.entries(form).flatMap(([name, text]) => {
    const record = Number(/^r(\d{1,15})$/.exec(name)?.[1] ?? "");
    return record > 0 ? [{ record, text }] : [];
  });
}

/** What was written, with one record as its like was mended before, where somebody chose that. */
async function withEarlier(
  mends: readonly Mend[],
  { session, id, again, house }: { session: Session; id: string; again: number; house: House },
): Promise<readonly Mend[]> {
  if (!(again > 0)) return mends;
  const earlier = (await findEarlierMends(session, id, house)).mends.find(({ record }) => record === again);
  return earlier ? mends.map((mend) => (mend.record === again ? earlier : mend)) : mends;
}

async function mendContent(
  session: Session,
  id: string,
  wanted: number,
  {
    house,
    csrf,
    checked,
    error,
  }: {
    readonly house: House;
    readonly csrf: string;
    readonly checked: readonly CheckedMend[];
    readonly error?: GuildhallError | undefined;
  },
): Promise<PageContent> {
  const { source, version, found } = await listQuarantine(session, id, { page: wanted, size: mendLimits.onPage }, house);
  const earlier = (await findEarlierMends(session, source.id, house)).mends;
  const fails = checked.filter((mend) => mend.state === "fails");
  const reads = checked.filter(({ state }) => state === "reads").length;
  return {
    title: `Mend records of “${source.name}”`,
    lede: "Each record stands as it came. Mend it, check that it reads, then have it read: it becomes a row under its own number.",
    crumbs: [
      { text: "Sources", href: "/sources" },
      { text: source.name, href: `/sources/${source.id}` },
      { text: "Quarantine", href: `/sources/${source.id}/quarantine` },
    ],
    wide: true,
    ...(error
      ? errorSummary(error, fails[0] ? `r${fails[0].record}` : "records")
      : fails.length === 0
        ? {}
        : {
            errors: fails.map(({ record, reasons }) => ({ text: `Record ${record}: ${reasons.join(" ")}`, href: `#r${record}` })),
          }),
    body:
      found.rows.length === 0 || version === null ? (
        <EmptyState title="Nothing is in quarantine">Every record of the newest version was read.</EmptyState>
      ) : (
        <>
          <EarlierNote source={source.id} mends={earlier.length} total={found.total} />
          {reads > 0 ? (
            <InsetText>
              {plural(reads, "record")} {reads === 1 ? "reads" : "read"} now. Nothing is changed until you have them read.
            </InsetText>
          ) : null}
          <p class="govuk-body">
            The columns, in order: <code>{version.columns.map(({ header }) => header).join(" · ")}</code>
          </p>
          <PostForm
            action={`/sources/${source.id}/quarantine/mend`}
            csrf={csrf}
            button="Check what reads"
            name="do"
            value="check"
            secondary
            beside={
              <Button name="do" value="save" preventDoubleClick>
                Have the mended records read
              </Button>
            }
          >
            <input type="hidden" name="version" value={version.id} />
            <input type="hidden" name="page" value={String(found.page)} />
            <div id="records">
              {found.rows.map((record) => (
                <MendField
                  record={record}
                  mend={checked.find((mend) => mend.record === record.record)}
                  earlier={earlier.find((mend) => mend.record === record.record)}
                />
              ))}
            </div>
          </PostForm>
          <PageLinks of={found} path={`/sources/${source.id}/quarantine/mend`} />
        </>
      ),
  };
}

function MendField({
  record,
  mend,
  earlier,
}: {
  record: QuarantinedRecord;
  mend: CheckedMend | undefined;
  earlier: EarlierMend | undefined;
}) {
  const text = rawText(record.raw);
  const lines =
    record.firstLine === record.lastLine ? `Line ${record.firstLine}` : `Lines ${record.firstLine} to ${record.lastLine}`;
  const label = `Record ${formatNumber(record.record)}`;
  const hint = `${lines}, byte ${formatNumber(record.offset)}. ${record.reasons.join(" ")}`;
  if (text.length > mendLimits.shown)
    return (
      <p class="govuk-body">
        <strong>{label}</strong> has more than {formatNumber(mendLimits.shown)} characters. Mend it in a spreadsheet: the way is
        on the page before this one.
      </p>
    );
  return (
    <div class="gh-mend">
      <Textarea
        name={`r${record.record}`}
        label={label}
        hint={hint}
        value={mend?.text ?? text}
        error={mend?.state === "fails" ? mend.reasons.join(" ") : undefined}
        rows={Math.min(14, Math.max(2, Math.ceil(text.length / 60), text.split("\n").length))}
        spellcheck={false}
        autocomplete="off"
        classes="gh-raw"
      />
      {mend?.state === "reads" ? (
        <>
          <Chip text="It reads" tone="good" />
          <Details summary="The cells that it gives">
            <SummaryList
              rows={mend.cells.map(({ header, value }) => ({ key: header, value: value === "" ? "(empty)" : value }))}
            />
          </Details>
        </>
      ) : mend?.state === "unknown" ? (
        <Chip text="It is not in quarantine any more" tone="look" />
      ) : null}
      {earlier && mend?.state !== "reads" ? <EarlierOffer mend={earlier} /> : null}
    </div>
  );
}

async function fileContent(
  session: Session,
  id: string,
  jobId: string,
  house: House,
  csrf: string,
  error?: GuildhallError,
): Promise<PageContent> {
  const job = await getReadMends(session, id, jobId, house);
  const { source } = await getSource(session, id, house);
  const path = `/sources/${source.id}/quarantine/file/${job.id}`;
  const crumbs = [
    { text: "Sources", href: "/sources" },
    { text: source.name, href: `/sources/${source.id}` },
    { text: "Quarantine", href: `/sources/${source.id}/quarantine` },
  ];
  const back = (
    <a class="govuk-link" href={`/sources/${source.id}/quarantine`}>
      Back to the quarantine
    </a>
  );
  if (job.state === "queued" || job.state === "running")
    return {
      title: "What reads now",
      crumbs,
      refreshSeconds: 2,
      body: (
        <Live id="mends" href={path}>
          <Progress what="Reading the mended records" done={0} amount={job.progress?.step ?? "It is about to begin"} />
        </Live>
      ),
    };
  if (job.state !== "done")
    return {
      title: "The file was not read",
      lede: `${job.error?.message ?? "Reading it was stopped."} ${job.error?.remedy ?? ""}`.trim(),
      crumbs,
      body: <Live id="mends">{back}</Live>,
    };
  const { fileName, reads, same, fails, unknown, told } = job.result as ReadMends;
  return {
    title: "What reads now",
    lede: `By “${fileName}”. Nothing is changed yet.`,
    crumbs,
    ...(error ? { errors: [{ text: `${error.message} ${error.remedy}`, href: "#mends" }] } : {}),
    body: (
      <Live id="mends">
        <SummaryList
          rows={[
            { key: "Read now", value: formatNumber(reads) },
            { key: "Do not read yet", value: formatNumber(fails) },
            { key: "Stand as they stood", value: formatNumber(same) },
            { key: "Are not in quarantine", value: formatNumber(unknown) },
          ]}
        />
        {told.length === 0 ? null : (
          <DataTable
            caption="They stay in quarantine"
            count={told.length < fails + unknown ? `The first ${told.length} of ${fails + unknown}` : undefined}
            rows={told}
            empty=""
            columns={[
              { key: "record", title: "Record", align: "right", names: true, cell: ({ record }) => formatNumber(record) },
              { key: "why", title: "Why", cell: ({ text }) => text },
            ]}
          />
        )}
        {reads > 0 ? (
          <PostForm action={path} csrf={csrf} button={`Have ${plural(reads, "record")} read`} beside={back} />
        ) : (
          <p class="govuk-body">{back}</p>
        )}
      </Live>
    ),
  };
}
