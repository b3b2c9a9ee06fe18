import type { House, Page, PageContent, Session } from "../../../access/index.ts";
import { formatInstant } from "../../../kernel/clock.ts";
import { isMendable, type GuildhallError } from "../../../kernel/errors.ts";
import { pageSize, readPage } from "../../../kernel/paging.ts";
import {
  Button,
  DataTable,
  Details,
  EmptyState,
  formatNumber,
  InsetText,
  page,
  pageFrom,
  PageLinks,
  plural,
  PostForm,
  rangeText,
  SummaryList,
} from "../../../kit/index.ts";
import { findEarlierMends, repeatMends, type EarlierMend } from "../earlier-mends.ts";

export const earlierMendsPages: readonly Page[] = [
  {
    method: "GET",
    path: "/sources/:id/quarantine/again",
    handle: async ({ session, house, params, query, csrf }) =>
      page(await earlierContent(session, params["id"] ?? "", pageFrom(query), { house, csrf })),
  },
  {
    method: "POST",
    path: "/sources/:id/quarantine/again",
    handle: async ({ session, house, params, form, csrf }) => {
      const id = params["id"] ?? "";
      try {
        const { records } = await repeatMends(session, id, { version: form["version"] ?? "" }, house);
        const flash = `${plural(records, "record")} ${records === 1 ? "becomes a row" : "become rows"} of a new version, as mended before.`;
        return { kind: "redirect", to: `/sources/${id}`, flash };
      } catch (error) {
        if (!isMendable(error) || error.code === "sources.no-source") throw error;
        return page(await earlierContent(session, id, 1, { house, csrf, error }), 409);
      }
    },
  },
];

async function earlierContent(
  session: Session,
  id: string,
  wanted: number,
  { house, csrf, error }: { readonly house: House; readonly csrf: string; readonly error?: GuildhallError },
): Promise<PageContent> {
  const { source, version, mends } = await findEarlierMends(session, id, house);
  const found = await readPage(
    wanted,
    {
      count: async () => mends.length,
      rows: async ({ offset, limit }) => mends.slice(offset, offset + limit),
    },
    pageSize,
  );
  return {
    title: "Use earlier mends again",
    lede: "These records came again with the very bytes of records that were mended before. Nothing is changed until you have them read.",
    crumbs: [
      { text: "Sources", href: "/sources" },
      { text: source.name, href: `/sources/${source.id}` },
      { text: "Quarantine", href: `/sources/${source.id}/quarantine` },
      { text: "Mend", href: `/sources/${source.id}/quarantine/mend` },
    ],
    wide: true,
    ...(error ? { errors: [{ text: `${error.message} ${error.remedy}`, href: "#again" }] } : {}),
    body: (
      <div id="again">
        <DataTable
          caption="Records that were mended before"
          captionHidden
          count={rangeText(found, "record")}
          rows={found.rows}
          empty={
            <EmptyState title="None of these records was mended before">
              A record that comes again with the very same bytes, and is not read for the same reasons, is offered the mend that
              it had. What was erased, or whose bytes were let go, is not known again.
            </EmptyState>
          }
          columns={[
            { key: "record", title: "Record", align: "right", names: true, cell: ({ record }) => formatNumber(record) },
            { key: "why", title: "Why it was not read", cell: ({ reasons }) => reasons.join(" ") },
            { key: "text", title: "As it would be mended", cell: ({ text }) => <code class="gh-raw">{text.slice(0, 400)}</code> },
            { key: "mended", title: "Mended before", cell: (mend) => mendedBefore(mend) },
          ]}
        />
        <PageLinks of={found} path={`/sources/${source.id}/quarantine/again`} />
        {version === null || found.total === 0 ? null : (
          <PostForm
            action={`/sources/${source.id}/quarantine/again`}
            csrf={csrf}
            button={`Have ${plural(found.total, "record")} read as mended before`}
            beside={
              <a class="govuk-link" href={`/sources/${source.id}/quarantine/mend`}>
                Mend them one by one
              </a>
            }
          >
            <input type="hidden" name="version" value={version.id} />
          </PostForm>
        )}
      </div>
    ),
  };
}

function mendedBefore({ version, at, told }: EarlierMend): string {
  return `In version ${version}, ${formatInstant(at)}. ${told}`;
}

/** At the top of the page where records are mended: how many were mended before, and the way to use those mends again. */
export function EarlierNote({ source, mends, total }: { source: string; mends: number; total: number }) {
  if (mends === 0) return null;
  return (
    <InsetText>
      {formatNumber(mends)} of {total === 1 ? "this 1 record" : `these ${formatNumber(total)} records`}{" "}
      {mends === 1 ? "was" : "were"} mended before.{" "}
      <a class="govuk-link" href={`/sources/${source}/quarantine/again`}>
        Use {mends === 1 ? "that mend" : "those mends"} again
      </a>
    </InsetText>
  );
}

/** Beside a record: the cells that its like was given, by whom and when, and the button that writes them into its text. */
export function EarlierOffer({ mend }: { mend: EarlierMend }) {
  return (
    <Details summary="The same record was mended before">
      <p class="govuk-body">{mendedBefore(mend)}</p>
      <SummaryList rows={mend.cells.map(({ header, value }) => ({ key: header, value: value === "" ? "(empty)" : value }))} />
      <Button name="again" value={String(mend.record)} secondary>
        Start record {formatNumber(mend.record)} from that mend
      </Button>
    </Details>
  );
}
