import type { PageContent } from "../../../access/index.ts";
import {
  Button,
  DataTable,
  Details,
  formatNumber,
  InsetText,
  SourceLine,
  SummaryList,
  Input,
  PostForm,
  Select,
} from "../../../kit/index.ts";
import { formatDate, formatInstant } from "../../../kernel/clock.ts";
import { getType } from "../../../vocabulary/index.ts";
import { roundingBase } from "../../../disclosure/index.ts";
import { percentOf, Pictures } from "./pictures.tsx";
import { writeAddress } from "../address.ts";
import type { Answer } from "../ask.ts";
import { findingOf } from "../finding.ts";
import { listedRows, orderedKeys, orderedRows, otherGroups, partsOf, rowOf, wholeOf, type ViewRow } from "../view.ts";
import {
  areaNamesOf,
  countText,
  figureText,
  groupLabel,
  groupTitle,
  hiddenCount,
  hiddenNote,
  measureTitle,
  plainQuestion,
  sourceLine,
  subtitleOf,
} from "../words.ts";

/** For who may keep the question on a page of charts: which pages there are. */
export interface Keep {
  readonly csrf: string;
  readonly titles: readonly string[];
}

/** An answer: what it says, then the picture, the figures, and how it was worked out. */
export function answerContent(answer: Answer, keep: Keep | null): PageContent {
  const { plan } = answer;
  const address = writeAddress(answer.question);
  const note = hiddenNote(answer);
  const rows = orderedRows(answer);
  return {
    title: findingOf(answer),
    lede: subtitleOf(answer),
    crumbs: [
      { text: "Questions", href: "/questions" },
      { text: answer.dataset.title, href: `/questions/new?${address}` },
    ],
    wide: true,
    mainAction: <Button href={`/questions/new?${address}`}>Change the question</Button>,
    body: (
      <>
        {note === null ? null : <InsetText>{note}</InsetText>}
        <NothingShown answer={answer} rows={rows} />
        {plan.groups.length === 1 ? <Pictures answer={answer} id="answer" /> : null}
        <AnswerTable answer={answer} />
        {keep ? <KeepForm answer={answer} keep={keep} /> : null}
        <HowWorkedOut answer={answer} />
      </>
    ),
  };
}

/** The figures of an answer as a table, by one column or by two. */
export function AnswerTable({ answer }: { answer: Answer }) {
  const csv = `/questions.csv?${writeAddress(answer.question)}`;
  return answer.plan.groups.length === 2 ? (
    <TwoWayTable answer={answer} csv={csv} />
  ) : (
    <OneWayTable answer={answer} rows={listedRows(answer)} csv={csv} />
  );
}

function OneWayTable({ answer, rows, csv }: { answer: Answer; rows: readonly ViewRow[]; csv: string }) {
  const { plan } = answer;
  const whole = wholeOf(answer);
  const part = partsOf(answer);
  const isCount = plan.measure.kind === "count";
  const [group] = plan.groups;
  if (!group || !whole) {
    const row = whole && rowOf(whole, answer);
    return (
      <>
        <p class="gh-answer-figure">
          {row ? marked(row) : "[x] not available"}{" "}
          <a class="govuk-link" href={csv}>
            Download CSV
          </a>
        </p>
        <SourceLine>{sourceLine(answer)}</SourceLine>
      </>
    );
  }
  const percent = percentOf(answer, part);
  const share = ({ figure }: ViewRow) => {
    const value = part?.(figure) ?? null;
    return value === null ? (figure.shown ? "[x]" : "[c]") : percent(value);
  };
  const coded = group.column.type === "geo.gss_code" && answer.areas !== null;
  return (
    <DataTable
      caption={measureTitle(plan.measure)}
      rows={rows}
      empty={<NoRecords answer={answer} />}
      csvHref={csv}
      source={sourceLine(answer)}
      count={answer.figures.others ? undefined : rows.length === 1 ? "1 group" : `${formatNumber(rows.length)} groups`}
      total={{
        label: "All",
        cells: {
          value: marked({ ...figureText(whole, answer) }),
          ...(part ? { part: "100 %" } : {}),
          ...(isCount ? {} : { n: countText(whole, answer) }),
        },
      }}
      columns={[
        { key: "name", title: groupTitle(group), names: true, cell: ({ labels }) => labels[0] },
        ...(coded
          ? [{ key: "code", title: "Code", nowrap: true, cell: ({ figure }: ViewRow) => <code>{figure.keys[0]}</code> }]
          : []),
        { key: "value", title: measureTitle(plan.measure), align: "right", cell: marked },
        ...(part ? [{ key: "part", title: "Share of all", align: "right" as const, cell: share }] : []),
        ...(isCount
          ? []
          : [{ key: "n", title: "Records", align: "right" as const, cell: ({ figure }: ViewRow) => countText(figure, answer) }]),
      ]}
    />
  );
}

function TwoWayTable({ answer, csv }: { answer: Answer; csv: string }) {
  const { plan, figures } = answer;
  const names = areaNamesOf(answer);
  const keys = [orderedKeys(answer, 0), orderedKeys(answer, 1)] as const;
  // the column with fewer values runs across
  const down = keys[0].length >= keys[1].length ? 0 : 1;
  const across = down === 0 ? 1 : 0;
  const [rowGroup, columnGroup] = [plan.groups[down], plan.groups[across]];
  if (!rowGroup || !columnGroup) return null;
  const found = new Map([...figures.cells, ...figures.totals].map((figure) => [JSON.stringify(figure.keys), figure]));
  const at = (rowKey: string | null, columnKey: string | null) => {
    if (rowKey === otherGroups) return "[c]";
    const figure = found.get(JSON.stringify(down === 0 ? [rowKey, columnKey] : [columnKey, rowKey]));
    return figure ? marked(figureText(figure, answer)) : "";
  };
  const withTotals = plan.measure.kind !== "share" || answer.minCell === 0;
  return (
    <DataTable
      caption={`${measureTitle(plan.measure)}, by ${groupTitle(rowGroup)} and ${groupTitle(columnGroup)}`}
      rows={figures.others ? [...keys[down], otherGroups] : keys[down]}
      empty={<NoRecords answer={answer} />}
      csvHref={csv}
      source={sourceLine(answer)}
      total={{
        label: "All",
        cells: {
          ...Object.fromEntries(keys[across].map((key, place) => [`at-${place}`, withTotals ? at(null, key) : ""])),
          all: at(null, null),
        },
      }}
      columns={[
        {
          key: "name",
          title: groupTitle(rowGroup),
          names: true,
          cell: (key) =>
            key === otherGroups ? `${otherGroups}, each fewer than ${answer.minCell}` : groupLabel(rowGroup, key, names),
        },
        ...keys[across].map((columnKey, place) => ({
          key: `at-${place}`,
          title: groupLabel(columnGroup, columnKey, names),
          align: "right" as const,
          cell: (key: string) => at(key, columnKey),
        })),
        { key: "all", title: "All", align: "right", cell: (key) => (withTotals ? at(key, null) : "") },
      ]}
    />
  );
}

/** Puts the question on a page of charts, where it is asked anew each time somebody opens it. */
function KeepForm({ answer, keep: { csrf, titles } }: { answer: Answer; keep: Keep }) {
  const { plan, areas } = answer;
  return (
    <Details summary="Keep this on a page of charts">
      <PostForm action="/dashboards" csrf={csrf} button="Put it on the page">
        <p class="govuk-body">
          The question is kept, not the figures: it is asked anew for whoever opens the page, with their rights.
        </p>
        <input type="hidden" name="address" value={writeAddress(answer.question)} />
        {titles.length === 0 ? null : (
          <Select
            name="page"
            label="Page"
            items={[...titles.map((title) => ({ value: title, text: title })), { value: "", text: "A new page" }]}
          />
        )}
        <Input name="title" label={titles.length === 0 ? "Title of the page" : "Title of the new page"} />
        <Select
          name="draw"
          label="Drawn as"
          items={[
            ...(plan.groups.length === 1 ? [{ value: "chart", text: "A chart" }] : []),
            ...(plan.groups.length === 1 && areas ? [{ value: "map", text: "A map" }] : []),
            { value: "table", text: "A table" },
          ]}
        />
      </PostForm>
    </Details>
  );
}

function NoRecords({ answer }: { answer: Answer }) {
  return (
    <>
      <p class="govuk-body">No record meets these conditions. Change them, or take one away.</p>
      <SourceLine>{sourceLine(answer)}</SourceLine>
    </>
  );
}

function marked({ text, mark }: Pick<ViewRow, "text" | "mark">): string {
  return mark === "" ? text : `[${mark}] ${text}`;
}

/** Where all is hidden, the likeliest reason is that each row is a total already. */
function NothingShown({ answer, rows }: { answer: Answer; rows: readonly ViewRow[] }) {
  if (hiddenCount(answer) === 0 || rows.some(({ figure }) => figure.shown)) return null;
  return (
    <p class="govuk-body">
      Every group is too small to show. Split by something coarser, or take a condition away. If the dataset describes no people,
      its owner can declare so where the dataset is described.
    </p>
  );
}

function HowWorkedOut({ answer }: { answer: Answer }) {
  const { plan, dataset, version, agreement, areas, asAt } = answer;
  const groups = plan.groups.map((group) => `${groupTitle(group)} (${getType(group.column.type).label.toLowerCase()})`);
  const hasAges = plan.groups.some(({ form }) => form === "ageBand");
  return (
    <Details summary="How this was worked out">
      <SummaryList
        rows={[
          { key: "Question", value: plainQuestion(plan) },
          { key: "Dataset", value: `${dataset.title}, version ${version.number}, loaded ${formatInstant(version.committedAt)}` },
          ...(answer.question.on ? [{ key: "As it stood on", value: formatDate(answer.question.on) }] : []),
          {
            key: "Under",
            value: agreement ? `“${agreement.title}”, lent by ${agreement.lentBy}` : "Your organisation’s own data",
          },
          {
            key: "Records",
            value: plan.conditions.length === 0 ? "All of them" : `Only where ${plan.conditions.join(", and where ")}`,
          },
          { key: "Split by", value: groups.length === 0 ? "Nothing" : groups.join(", then ") },
          { key: "Measure", value: measureExplained(answer) },
          ...(hasAges ? [{ key: "Ages", value: `Counted on ${formatDate(asAt)}` }] : []),
          {
            key: "Protection",
            value: protectionExplained(answer),
          },
          ...(areas ? [{ key: "Map", value: `${areas.set.title}; five classes with as many shown areas in each` }] : []),
        ]}
      />
    </Details>
  );
}

function protectionExplained({ minCell, people }: Answer): string {
  if (minCell === 0) return "The dataset describes no people, so nothing is hidden.";
  const difference = `A question is refused when, with an earlier answer to you or a colleague, it would describe fewer than ${minCell}.`;
  if (!people)
    return `Counts from 1 to ${minCell - 1} are hidden, then further ones until none of them can be worked out. A value is shown only where its count is. ${difference}`;
  return `Counts below ${minCell}, zero too, are hidden, and further ones that would give them away. Every other count is to the nearest ${roundingBase}, each on its own, so parts need not add up. Shares are of rounded counts, in whole per cent; averages have three significant figures; totals are an average times a rounded count. ${difference}`;
}

function measureExplained({ plan: { measure } }: Answer): string {
  switch (measure.kind) {
    case "count":
      return "The number of records";
    case "share":
      return `The records where ${measure.words}, out of all in the group, in per cent`;
    case "ratio":
      return `${measure.column.label} added up, divided by ${measure.per.label} added up, over records that have both; [x] where the second adds up to zero`;
    default:
      return `${measureTitle(measure)}, over the records that have a value`;
  }
}
