// One page with every part of the kit, as a hub would use it.
import {
  BarChart,
  Button,
  ButtonGroup,
  Checkboxes,
  Chip,
  Choropleth,
  DataTable,
  DateInput,
  Details,
  EmptyState,
  Figure,
  FileUpload,
  FilterForm,
  Finding,
  Histogram,
  Input,
  InsetText,
  Layout,
  Live,
  NotificationBanner,
  Pagination,
  PasswordInput,
  PostForm,
  Progress,
  Radios,
  Refusal,
  Select,
  SourceLine,
  Sparkline,
  Steps,
  SummaryList,
  Table,
  Tabs,
  Tag,
  TaskList,
  Textarea,
  TimeLine,
  WarningText,
  type Column,
  type LayoutProps,
  type Tone,
} from "../../src/kit/index.ts";
import { ages, modes, months, sources, wardBars, wardRates, wards } from "./gallery-data.ts";

const verbs = ["Pool", "Know", "Link", "Share", "Use", "Protect", "Open", "Assess"];

const person = { name: "Amara Osei", organisation: "Harbour Council", role: "Data steward", signOutCsrf: "x" };

export function frame(current: string): Omit<LayoutProps, "title" | "children"> {
  return {
    place: "Harbour",
    nav: [
      { verb: "Home", href: "/", current: current === "Home" },
      ...verbs.map((verb) => ({
        verb,
        href: `/${verb.toLowerCase()}`,
        current: verb === current,
        items: [
          { text: "Sources", href: "/pool/sources", current: verb === current },
          { text: "Loads", href: "/pool/loads", current: false },
          { text: "Quarantine", href: "/pool/quarantine", current: false },
        ],
      })),
    ],
    person,
    purpose: { label: "Early help assessment", changeHref: "/purpose" },
    invented: true,
    search: true,
    footer: [
      { text: "Help", href: "/help" },
      { text: "Privacy", href: "/privacy" },
      { text: "Accessibility", href: "/accessibility" },
    ],
  };
}

export function HomePage() {
  return (
    <Layout {...frame("Home")} title="Good afternoon, Amara" lede="Four things need you. The oldest has waited nine days.">
      <TaskList
        empty="Nothing needs you."
        tasks={[
          {
            title: "School census, autumn: the load failed at row 31,902",
            href: "/a",
            why: "The file ended in the middle of a record. Nothing was changed; the version of 30 September is still in use.",
            age: "Waiting 9 days",
            state: { text: "Stopped", tone: "stop" },
            action: { text: "See the load", href: "/a" },
          },
          {
            title: "Quayside Homes asks for council tax accounts",
            href: "/b",
            why: "For homelessness prevention, under the agreement of 3 March 2026. You own this dataset.",
            age: "3 days left to answer",
            state: { text: "Clock running", tone: "look" },
            action: { text: "Decide request", href: "/b" },
          },
          {
            title: "26 pairs of records may be the same person",
            href: "/c",
            why: "Between adult social care referrals and housing repairs; the match was not certain enough to decide alone.",
            age: "Since yesterday",
            action: { text: "Review pairs", href: "/c" },
          },
          {
            title: "Privacy notice of Housing repairs is due for review",
            href: "/d",
            why: "Last reviewed 12 November 2025.",
            age: "Due in 12 days",
            action: { text: "Review notice", href: "/d" },
          },
        ]}
      />
      <Finding title="How the hub is doing" />
      <Figure
        figures={[
          {
            label: "Sources up to date",
            value: "14 of 16",
            trend: <Sparkline points={[12, 12, 13, 13, 15, 14, 14]} label="Steady since July" />,
            asAt: "24 November 2026",
          },
          {
            label: "Records in quarantine",
            value: "1,204",
            trend: <Sparkline points={[400, 520, 610, 700, 980, 1100, 1204]} label="Rising since August" />,
            asAt: "24 November 2026",
          },
          {
            label: "Median time to answer a request",
            value: "6",
            unit: "days",
            trend: <Sparkline points={[14, 12, 12, 9, 8, 7, 6]} label="Falling since June" />,
            asAt: "October 2026",
          },
          { label: "Open data releases", value: "31", trend: "2 more than last month", asAt: "November 2026" },
        ]}
      />
    </Layout>
  );
}

type Source = (typeof sources)[number];
const words: Readonly<Record<Source["state"], string>> = { good: "Up to date", look: "Late", note: "Loading", stop: "Failed" };
const columns: readonly Column<Source>[] = [
  { key: "name", title: "Source", cell: (row) => <a href="/s">{row.name}</a>, sort: "name" },
  { key: "owner", title: "Owner", cell: (row) => row.owner, sort: "owner" },
  { key: "state", title: "State", cell: (row) => <Chip text={words[row.state]} tone={row.state} /> },
  { key: "loaded", title: "Last loaded", cell: (row) => row.loaded, nowrap: true, sort: "loaded" },
  { key: "rows", title: "Rows", cell: (row) => row.rows, align: "right", sort: "rows" },
];

export function ListPage() {
  return (
    <Layout
      {...frame("Pool")}
      title="Sources"
      lede="Where this hub's data comes from: who owns it, when it last arrived, and what went wrong."
      crumbs={[
        { text: "Home", href: "/" },
        { text: "Pool", href: "/pool" },
      ]}
      mainAction={<Button href="/new">Add a source</Button>}
      flash={{ text: "Council tax accounts was refreshed: 118,204 rows.", tone: "good" }}
    >
      <Tabs
        label="Sources"
        tabs={[
          { text: "All", href: "?", current: true, count: "16" },
          { text: "Needs attention", href: "?a", current: false, count: "3" },
          { text: "Paused", href: "?p", current: false },
        ]}
      />
      <FilterForm
        action="/pool/sources"
        keep={{ sort: "name" }}
        clearHref="/pool/sources"
        active={[{ text: "Owner: Harbour Council", removeHref: "?" }]}
      >
        <Input name="words" label="Name contains" />
        <Select
          name="owner"
          label="Owner"
          items={[{ text: "Anyone" }, { text: "Harbour Council" }, { text: "Quayside Homes" }]}
        />
      </FilterForm>
      <DataTable
        caption="Sources"
        captionHidden
        columns={columns}
        rows={sources}
        sort="name"
        href={(sort) => `?sort=${sort}`}
        empty="None"
        total={{ label: "Six sources shown", cells: { rows: "1,863,840" } }}
        count="1 to 6 of 16 sources"
        source="Load register, 24 November 2026, 14:05"
        csvHref="/pool/sources.csv"
      />
      <Pagination
        previous={{ href: "?page=1" }}
        next={{ href: "?page=3" }}
        items={[
          { number: "1", href: "?page=1" },
          { number: "2", href: "?page=2", current: true },
          { number: "3", href: "?page=3" },
          { ellipsis: true },
          { number: "9", href: "?page=9" },
        ]}
      />
      <Live id="load" href="/live">
        <Progress
          what="Reading housing-repairs-2026.csv"
          done={412_000}
          total={1_204_377}
          amount="412,000 of 1,204,377 rows"
          timeLeft="about 40 seconds left"
          cancel={<Button secondary>Stop the load</Button>}
        />
      </Live>
      <EmptyState
        title="No quarantined records"
        action={
          <Button secondary href="/help">
            How loads are checked
          </Button>
        }
      >
        <p>
          When a record cannot be read, it waits here with the reason, so that you can mend it or let it go. One bad record never
          holds up the rest.
        </p>
      </EmptyState>
      <h2>Add your first source in three steps</h2>
      <Steps
        steps={[
          { title: "Give us a file or an address", state: "done", children: <p>CSV, Excel, or a database table.</p> },
          { title: "Check what we found in it", state: "current", children: <p>Each column gets a type; you can change it.</p> },
          { title: "Say who owns it and how often it comes", state: "later" },
        ]}
      />
    </Layout>
  );
}

export function ChartsPage() {
  const chart = { level: 2 as const };
  return (
    <Layout
      {...frame("Use")}
      title="Road casualties"
      lede="People hurt on Harbour's roads, as recorded by the police, 2019 to June 2024."
      crumbs={[
        { text: "Home", href: "/" },
        { text: "Use", href: "/use" },
      ]}
      state={{ text: "Provisional", tone: "note" }}
    >
      <Choropleth
        {...chart}
        id="map"
        title="Casualties are highest along the river"
        subtitle="Casualties per 1,000 residents a year, Harbour wards, 2019 to 2023"
        source="Police road casualty records, n = 1,431, as at 12 November 2026."
        values={wardRates}
        shapes={wards}
        breaks={[2, 4, 6, 8]}
        format={(value) => value.toFixed(0)}
        legend="Casualties per 1,000 residents"
        boundaries="Wards, May 2023"
        highlight={wards[11]?.code}
        nameTitle="Ward"
      />
      <BarChart
        {...chart}
        id="modes"
        title="Half of those hurt were in cars"
        subtitle="Casualties by how they travelled, number of people, Harbour, 2019 to 2023"
        source="Police road casualty records, n = 1,431, as at 12 November 2026."
        values={modes}
        highlight={["car"]}
        nameTitle="How they travelled"
        valueTitle="Casualties"
      />
      <BarChart
        {...chart}
        id="bars"
        title="Which wards stand out?"
        subtitle="Casualties per 1,000 residents a year with 95 % intervals, nine highest wards, 2019 to 2023"
        source="Police road casualty records, as at 12 November 2026."
        values={wardBars}
        references={[{ value: 4.6, text: "Harbour 4.6" }]}
        nameTitle="Ward"
        valueTitle="Casualties per 1,000"
      />
      <TimeLine
        {...chart}
        id="time"
        title="Collisions fell by a fifth since 2019"
        subtitle="Collisions a month by severity, number, Harbour, January 2019 to June 2024"
        source="Police road casualty records, as at 12 November 2026."
        counted="Collisions a month"
        series={[
          { name: "All collisions", points: months(96, -0.35, 4) },
          { name: "Slight", points: months(68, -0.2, 9) },
          { name: "Serious", points: months(26, -0.1, 2, [20, 21, 44]) },
        ]}
      />
      <Histogram
        {...chart}
        id="ages"
        title="Most of those hurt were between 15 and 35"
        subtitle="Casualties by age in bands of five years, number of people, Harbour, 2019 to 2023"
        source="Police road casualty records, n = 1,431, as at 12 November 2026."
        bins={ages}
        across="Age in years"
        counted="People"
      />
      <SourceLine>[c] confidential, [x] not available, [p] provisional.</SourceLine>
    </Layout>
  );
}

export function FormPage() {
  return (
    <Layout
      {...frame("Share")}
      purpose={{ label: "Risk to life", changeHref: "/purpose", breakGlass: true }}
      title="Ask for data"
      lede="Say what you need and why. The owner answers within ten working days."
      crumbs={[{ text: "Share", href: "/share" }]}
      errors={[
        { text: "Enter why you need the data", href: "#why" },
        { text: "The end date must be in the future", href: "#until-year" },
      ]}
    >
      <PostForm action="/ask" csrf="x" button="Send request" multipart beside={<a href="/share">Cancel</a>}>
        <Input name="title" label="Short title" hint="What colleagues will call it" />
        <Input name="nhs" label="Cost" prefix="£" suffix="a year" inputmode="numeric" classes="govuk-input--width-5" />
        <Textarea name="why" label="Why do you need it?" error="Enter why you need the data" />
        <DateInput
          id="until"
          namePrefix="until"
          legend="Until when?"
          hint="For example, 27 3 2027"
          error="The end date must be in the future"
          wrong={["year"]}
          values={{ day: "12", month: "11", year: "2024" }}
        />
        <Radios
          name="basis"
          legend="Lawful basis"
          items={[
            {
              value: "task",
              text: "Public task",
              hint: "Something the law asks of us",
              checked: true,
              conditional: <Input name="law" label="Which law?" />,
            },
            { value: "consent", text: "Consent" },
            { divider: "or" },
            { value: "none", text: "I do not know" },
          ]}
        />
        <Checkboxes
          name="columns"
          legend="What do you need?"
          values={["address"]}
          items={[
            { value: "name", text: "Names" },
            { value: "address", text: "Addresses" },
            { value: "none", text: "No personal data", exclusive: true },
          ]}
        />
        <Select name="owner" label="Owner" items={[{ text: "Harbour Council" }, { text: "Quayside Homes" }]} />
        <FileUpload name="file" label="Supporting letter" dropZone />
        <PasswordInput name="password" label="Your password" hint="Because this is sensitive" />
      </PostForm>
      <WarningText>Looking at a record you do not need for your work is an offence.</WarningText>
      <InsetText>Requests and answers are kept for six years.</InsetText>
      <Details summary="What happens next?">The owner is told by mail and sees your request on their home page.</Details>
      <NotificationBanner text="The agreement with Quayside Homes ends in 3 weeks." disableAutoFocus />
      <SummaryList
        rows={[
          { key: "Dataset", value: "Council tax accounts", actions: [{ href: "/x", text: "Change", about: "dataset" }] },
          { key: "Owner", value: "Harbour Council, Revenues" },
          { key: "Until", value: "27 March 2027", actions: [{ href: "/x", text: "Change", about: "end date" }] },
        ]}
      />
      <Table
        caption="What is held"
        head={[{ text: "Column" }, { text: "Filled", format: "numeric" }]}
        rows={[
          [{ text: "Postcode" }, { text: "99.2 %", format: "numeric" }],
          [{ text: "Date of birth" }, { text: "[c]", format: "numeric" }],
        ]}
        firstCellIsHeader
      />
      <p>
        <Tag>Draft</Tag>
      </p>
      <ButtonGroup>
        <Button>Approve request</Button>
        <Button secondary>Ask a question</Button>
        <Button warning>Refuse request</Button>
        <a class="govuk-link" href="/later">
          Later
        </a>
      </ButtonGroup>
      <p>
        {(["good", "look", "stop", "note", "plain"] satisfies Tone[]).map((tone) => (
          <>
            <Chip text={tone} tone={tone} />{" "}
          </>
        ))}
      </p>
      <Refusal
        sentence="You cannot see this record for early help assessment."
        remedy={<p>If you are working with this person, open a case first.</p>}
        reference="req_01j9zk3v7"
      />
    </Layout>
  );
}

export function PublicPage() {
  return (
    <Layout title="Sign in" lede="For people who work with Harbour Council and its partners." place="Harbour" nav={[]} invented>
      <PostForm action="/sign-in" csrf="x" button="Sign in">
        <Input name="email" label="Work email" type="email" autocomplete="username" />
        <PasswordInput name="password" label="Password" />
      </PostForm>
    </Layout>
  );
}
