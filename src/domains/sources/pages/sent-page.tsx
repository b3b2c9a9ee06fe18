import type { House, Page, PageContent, Session } from "../../../access/index.ts";
import { formatInstant } from "../../../kernel/clock.ts";
import { isMendable, type GuildhallError } from "../../../kernel/errors.ts";
import {
  errorSummary,
  formatNumber,
  page,
  PostForm,
  Radios,
  SummaryList,
  Textarea,
  type SummaryRow,
  type Tone,
} from "../../../kit/index.ts";
import { findEntry } from "../../catalogue/index.ts";
import { namesOf } from "../../people/index.ts";
import { sourcesActions } from "../actions.ts";
import { answerSent, getSent, sendRecord, sentTitle } from "../sent.ts";
import { numbersOf } from "../sent-store.ts";
import { findQuarantined, getSource } from "../sources.ts";
import type { SentRecord, Source } from "../store.ts";

export const sentPages: readonly Page[] = [
  {
    method: "GET",
    path: "/sources/:id/quarantine/:record/send",
    handle: async ({ session, house, params, csrf }) => page(await sendContent(session, params, house, csrf)),
  },
  {
    method: "POST",
    path: "/sources/:id/quarantine/:record/send",
    handle: async ({ session, house, params, form, csrf }) => {
      const said = { record: Number(params["record"]), comment: form["comment"] ?? "" };
      try {
        await sendRecord(session, params["id"] ?? "", said, house);
      } catch (error) {
        if (!isMendable(error) || error.kind !== "invalid") throw error;
        return page(await sendContent(session, params, house, csrf, error), 400);
      }
      return { kind: "redirect", to: `/sources/${params["id"] ?? ""}/quarantine`, flash: "Its owner has it on the home page." };
    },
  },
  {
    method: "GET",
    path: "/sources/:id/quarantine/sent/:sent",
    handle: async ({ session, house, params, csrf }) => page(await sentContent(session, params["sent"] ?? "", house, csrf)),
  },
  {
    method: "POST",
    path: "/sources/:id/quarantine/sent/:sent",
    handle: async ({ session, house, params, form, csrf }) => {
      const id = params["sent"] ?? "";
      const answer = form["answer"] === "cannot" ? "cannot" : "at-source";
      try {
        const sent = await answerSent(session, id, { answer, text: form["text"] ?? "" }, house);
        return { kind: "redirect", to: `/sources/${sent.source_id}/quarantine/sent/${id}`, flash: "Your answer was kept." };
      } catch (error) {
        if (!isMendable(error) || error.kind !== "invalid") throw error;
        return page(await sentContent(session, id, house, csrf, error), 400);
      }
    },
  },
];

const answers: Readonly<Record<NonNullable<SentRecord["answer"]>, { readonly text: string; readonly tone: Tone }>> = {
  mended: { text: "Mended here", tone: "good" },
  "at-source": { text: "Mended at its source", tone: "good" },
  cannot: { text: "Cannot be mended", tone: "look" },
};

export function sentWords({ answer, sent_at: at }: SentRecord): string {
  return answer === null ? `Sent on ${formatInstant(at)}` : answers[answer].text;
}

async function sendContent(
  session: Session,
  params: Readonly<Record<string, string>>,
  house: House,
  csrf: string,
  error?: GuildhallError,
): Promise<PageContent> {
  const { source, record } = await findQuarantined(session, params["id"] ?? "", Number(params["record"]), house);
  const owner = (await findEntry(house.store, source.datasetId))?.owner ?? null;
  return {
    title: `Send record ${record.record} to its owner`,
    lede:
      owner === null
        ? "It goes to the information asset owners of your organisation."
        : `${owner} answers for this dataset. It goes to the information asset owners of your organisation.`,
    crumbs: [
      { text: "Sources", href: "/sources" },
      { text: source.name, href: `/sources/${source.id}` },
      { text: "Quarantine", href: `/sources/${source.id}/quarantine` },
    ],
    ...errorSummary(error, "comment"),
    body: (
      <>
        <SummaryList
          rows={[
            { key: "File", value: source.fileName },
            { key: "Line", value: String(record.firstLine) },
            { key: "Why it was not read", value: record.reasons.join(" ") },
          ]}
        />
        <PostForm action={`/sources/${source.id}/quarantine/${record.record}/send`} csrf={csrf} button="Send it">
          <Textarea
            name="comment"
            label="What is to be done?"
            hint="At most 1,000 characters. What the record holds is not sent: name no person."
            rows={3}
            error={error?.fields["comment"]}
          />
        </PostForm>
      </>
    ),
  };
}

async function sentContent(
  session: Session,
  id: string,
  house: House,
  csrf: string,
  error?: GuildhallError,
): Promise<PageContent> {
  const sent = await getSent(session, id, house);
  const { source } = await getSource(session, sent.source_id, house);
  const names = await namesOf(house.store, [sent.sent_by, sent.answered_by ?? ""]);
  const nameOf = (person: string | null) => names.get(person ?? "") ?? "Somebody who has left";
  return {
    title: sentTitle(sent, source.name),
    lede:
      sent.numbers === null
        ? "It could not be read, and was sent to the owner of its source."
        : "They could not be read, and were sent together to the owner of their source. One answer is for all of them.",
    state: sent.answer === null ? { text: "Waiting", tone: "look" } : answers[sent.answer],
    crumbs: [
      { text: "Sources", href: "/sources" },
      { text: source.name, href: `/sources/${source.id}` },
      { text: "Quarantine", href: `/sources/${source.id}/quarantine` },
    ],
    ...errorSummary(error, "text"),
    body: (
      <>
        <SummaryList
          rows={[
            ...(sent.numbers === null ? placeOfOne(sent, source) : placeOfSeveral(sent, source)),
            { key: "Sent by", value: `${nameOf(sent.sent_by)}, ${formatInstant(sent.sent_at)}` },
            { key: "What is to be done", value: sent.comment },
            ...(sent.answered_at === null
              ? []
              : [
                  { key: "Answered by", value: `${nameOf(sent.answered_by)}, ${formatInstant(sent.answered_at)}` },
                  {
                    key: "Answer",
                    value: sent.answer_text || `${sent.numbers === null ? "It was" : "They were"} mended here and read.`,
                  },
                ]),
          ]}
        />
        {sent.answer === null && session.may(sourcesActions.answerSent, sent.organisation) ? (
          <PostForm action={`/sources/${source.id}/quarantine/sent/${sent.id}`} csrf={csrf} button="Send the answer">
            <Radios
              name="answer"
              legend={`What came of ${sent.numbers === null ? "it" : "them"}?`}
              items={[
                {
                  value: "at-source",
                  text: sent.numbers === null ? "It is mended at its source" : "They are mended at their source",
                  hint: `The next file that is loaded has ${sent.numbers === null ? "it" : "them"} right.`,
                },
                { value: "cannot", text: `${sent.numbers === null ? "It" : "They"} cannot be mended`, hint: "Say why." },
              ]}
            />
            <Textarea name="text" label="What did you find or do?" rows={3} error={error?.fields["text"]} />
          </PostForm>
        ) : null}
      </>
    ),
  };
}

function placeOfOne(sent: SentRecord, source: Source): readonly SummaryRow[] {
  return [
    { key: "File", value: `${source.fileName}, line ${sent.line}, version ${sent.version}` },
    { key: "Why it was not read", value: sent.reasons },
  ];
}

function placeOfSeveral(sent: SentRecord, source: Source): readonly SummaryRow[] {
  const mended = sent.records - numbersOf(sent).length;
  return [
    { key: "File", value: `${source.fileName}, version ${sent.version}` },
    {
      key: "Records",
      value: (
        <>
          {formatNumber(sent.records)}
          {mended === 0 ? "" : `, of which ${formatNumber(mended)} ${mended === 1 ? "was" : "were"} mended here since`}.{" "}
          <a class="govuk-link" href={`/sources/${source.id}/quarantine`}>
            See the quarantine
          </a>
        </>
      ),
    },
    { key: "Why they were not read", value: <ReasonList lines={sent.reasons.split("\n")} /> },
  ];
}

/** How many records have which reason, a line each. */
export function ReasonList({ lines }: { lines: readonly string[] }) {
  return (
    <ul class="govuk-list">
      {lines.map((line) => (
        <li>{line}</li>
      ))}
    </ul>
  );
}
