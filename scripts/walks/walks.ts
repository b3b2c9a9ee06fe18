// What is pictured: in each hub, who walks where and what they do on the way. The picture is of where the walk ends.

/** An address, or a verb and what it is done to: `link:words`, `press:words`, `fill:field=value`, and so on. */
export type Step = string;

export interface Walk {
  readonly name: string;
  /** Whose session; nobody's when it is left out. */
  readonly who?: string;
  readonly steps: readonly Step[];
}

type Line = readonly [name: string, ...steps: Step[]];

/** Walks of one person. */
function by(who: string | undefined, ...lines: readonly Line[]): readonly Walk[] {
  return lines.map(([name, ...steps]) => ({ name, steps, ...(who === undefined ? {} : { who }) }));
}

const rows = (count: number, row: (at: number) => string) => Array.from({ length: count }, (_, at) => row(at + 1)).join("\n");
const lateAgreement = ["/agreements/new", "fill:title=Late", "fill:startsOn=2026-01-01", "fill:endsOn=2025-01-01"] as const;
const ask = (dataset: string) => ["/questions", `link:${dataset}`] as const;
const answered = (dataset: string) => [...ask(dataset), "press:Answer the question"] as const;

const empty: readonly Walk[] = [
  ...by(
    undefined,
    ["front", "/"],
    ["sign-in-waits", "/sign-in"],
    ["set-up", "setup:"],
    ["set-up-errors", "setup:", "press:Set up the hub"],
  ),
  {
    name: "home",
    steps: [
      "setup:",
      "fill:place=Exampleton",
      "fill:organisation=Exampleton Council",
      "fill:name=Sam Example",
      "fill:email=sam@example.org",
      "fill:password=three words apart",
      "press:Set up the hub",
    ],
  },
  ...by(undefined, ["set-up-spent", "setup:"]),
  ...by(
    "sam@example.org",
    ["sources", "/sources"],
    ["catalogue", "/datasets"],
    ["catalogue-nothing-found", "/datasets?words=libraries"],
    ["links", "/links"],
    ["link-needs-agreement", "/links/new"],
    ["agreements", "/agreements"],
    ["agreement-needs-partner", "/agreements/new"],
    ["areas", "/areas"],
    ["people", "/people"],
    ["questions", "/questions"],
    ["settings", "/settings"],
    ["tokens", "/tokens"],
    ["search", "/search?q=libraries"],
    ["audit", "/audit"],
    ["audit-nothing", "/audit?reference=NOTHING1"],
  ),
];

const sample: readonly Walk[] = [
  ...by(
    undefined,
    ["front", "/"],
    ["sign-in", "/sign-in"],
    ["sign-in-refused", "/sign-in", "fill:email=amal@wexcombe.example", "fill:password=wrong", "press:Sign in"],
    ["api", "/api/docs"],
    ["not-found-stranger", "/nothing-here"],
  ),
  ...by(
    "amal@wexcombe.example",
    ["steward-home", "/"],
    ["sources", "/sources"],
    ["add-source", "/sources/new"],
    ["add-source-errors", "/sources/new", "press:Load the file"],
    ["source", "/sources", "link:Adult social care"],
    ["quarantine", "/sources", "link:Adult social care", "link:Quarantined"],
    ["catalogue", "/datasets"],
    ["dataset", "/datasets", "link:Adult social care"],
    ["dataset-no-people", "/datasets", "link:Population by ward"],
    ["dataset-of-another", "/datasets", "link:GP registrations"],
    ["column", "/datasets", "link:Adult social care", "link:NHS Number"],
    ["column-values", "/datasets", "link:Adult social care", "link:Client Type"],
    ["describe", "/datasets", "link:Adult social care", "link:Change the description"],
    [
      "describe-errors",
      "/datasets",
      "link:Population by ward",
      "link:Change the description",
      "fill:peopleReason=",
      "press:Save the description",
    ],
    ["links", "/links"],
    ["link-project", "/links", "link:Front door"],
    ["link-why", "/links", "link:Front door", "link:Explain"],
    ["areas", "/areas"],
    ["add-areas", "/areas/new"],
    ["add-areas-errors", "/areas/new", "press:Add the areas"],
    ["search", "/search?q=tax"],
    ["search-nothing", "/search?q=zebra"],
    ["refused", "/referrals"],
    ["not-found", "/nothing-here"],
    ["source-failed", "/sources/new", "file:photo.csv=\u0000\u0001", "fill:name=A photo", "press:Load the file", "until:Failed"],
    [
      "source-loaded",
      "/sources/new",
      "file:visits.csv=branch_no,visits,days\n1,5,0\n2,7,0\n",
      "fill:name=Library visits",
      "press:Load the file",
      "until:Rows in file",
    ],
    [
      "dataset-declared",
      "/datasets",
      "link:Library visits",
      "link:Describe this dataset",
      "check:people=no",
      "fill:peopleReason=One row for each library.",
      "press:Save the description",
    ],
    ["sources-one-failed", "/sources"],
    ["steward-home-after", "/"],
  ),
  ...by(
    "bram@wexcombe.example",
    ["analyst-home", "/"],
    ["questions", "/questions"],
    ["question-builder", ...ask("Council tax")],
    ["question-map", ...ask("Council tax"), "choose:by=Ward code", "press:Answer the question"],
    ["question-two-ways", ...ask("Population"), "choose:by=Sex", "choose:by2=Age band", "press:Answer the question"],
    ["question-one-figure", ...ask("Council tax"), "choose:by=Nothing: one figure", "press:Answer the question"],
    [
      "question-by-zero",
      ...ask("Library visits"),
      "check:measure=ratio",
      "choose:over=Visits",
      "choose:per=Days",
      "press:Answer the question",
    ],
    ["question-no-rows", ...ask("Population"), "choose:c1=Sex", "fill:v1=nobody", "press:Answer the question"],
    ["question-errors", ...ask("Council tax"), "check:measure=value", "press:Answer the question"],
    ["question-missing", "/questions/new?dataset=none"],
    ["catalogue-analyst", "/datasets"],
    ["purpose", "/purpose"],
    ["tokens", "/tokens", "fill:name=Monthly report", "press:Make a token"],
    ["settings", "/settings"],
    ["password", "/password"],
    ["password-errors", "/password", "fill:now=wrong", "fill:next=short", "press:Change my password"],
  ),
  ...by(
    "carys@wexcombe.example",
    ["worker-home", "/"],
    ["referrals", "/referrals"],
    ["new-referral", "/referrals/new"],
    ["new-referral-errors", "/referrals/new", "press:Record the referral"],
    ["referral", "/referrals", "link:Amina Rahman"],
    [
      "referral-nobody",
      "/referrals/new",
      "fill:givenName=Nobody",
      "fill:familyName=Known",
      "fill:dateOfBirth=1/1/1950",
      "fill:reason=Rang about a visit.",
      "press:Record the referral",
    ],
    ["referral-closed", "/referrals", "link:Nobody Known", "press:Close the referral", "link:Nobody Known"],
    ["record", "/referrals", "link:Amina Rahman", "press:It is candidate 1"],
    ["record-refused", "/referrals", "link:Nobody Known", "add:/record"],
  ),
  ...by(
    "dev@wexcombe.example",
    ["governance-home", "/"],
    ["agreements", "/agreements"],
    ["agreement-live", "/agreements", "link:Adult front door"],
    ["new-agreement", "/agreements/new"],
    ["new-agreement-errors", ...lateAgreement, "press:Draft the agreement"],
    ["agreement-draft", "/agreements/new", "fill:title=Warm homes", "fill:endsOn=2027-06-01", "press:Draft the agreement"],
    ["lend", "/agreements", "link:Warm homes", "open:Lend a dataset", "choose:dataset=Council tax", "press:Choose columns"],
    [
      "lend-errors",
      "/agreements",
      "link:Warm homes",
      "open:Lend a dataset",
      "choose:dataset=Council tax",
      "press:Choose columns",
      "press:Save what is lent",
    ],
    [
      "agreement-waits",
      "/agreements",
      "link:Warm homes",
      "open:Lend a dataset",
      "choose:dataset=Council tax",
      "press:Choose columns",
      "choose:c9=Shown as it is",
      "choose:r1=band",
      "fill:v1=A | B",
      "press:Save what is lent",
    ],
    ["new-link", "/links/new"],
    ["new-link-errors", "/links/new", "press:Set up the project"],
    ["terms", "/agreements", "link:Warm homes", "link:Change the terms"],
    ["terms-errors", "/agreements", "link:Warm homes", "link:Change the terms", "fill:endsOn=2020-01-01", "press:Save the terms"],
    ["audit", "/audit"],
    ["audit-filtered", "/audit?action=sharing.list&person=dev%40wexcombe.example&from=2026-01-01"],
    ["agreement-end-errors", "/agreements", "link:Adult front door", "open:End this", "press:End the"],
    [
      "agreement-ended",
      "/agreements",
      "link:Adult front door",
      "open:End this",
      "fill:reason=The pilot is over.",
      "press:End the",
    ],
  ),
  ...by(
    "edie@wexcombe.example",
    ["administrator-home", "/"],
    ["administrator-settings", "/settings"],
    ["people", "/people"],
    ["people-errors", "/people", "open:Add a person", "press:Add the person"],
    ["person", "/people", "link:Bram Analyst"],
    ["person-suspended", "/people", "link:Bram Analyst", "press:Suspend the account", "link:Bram Analyst"],
  ),
  ...by(undefined, ["sign-in-suspended", "/sign-in", "press:Sign in as Bram Analyst"]),
];

const many: readonly Walk[] = [
  ...by(
    "amal@wexcombe.example",
    ["five-roles-home", "/"],
    ["sources", "/sources"],
    ["datasets", "/datasets"],
    ["datasets-middle", "/datasets?page=100"],
    ["dataset-versions", "/datasets", "fill:words=population", "press:Find", "link:Population by ward"],
    ["people", "/people"],
    ["people-found", "/people?words=number+42"],
    ["agreements", "/agreements"],
    ["agreement-expired", "/agreements", "link:Sharing agreement number 3"],
    ["links", "/links"],
    ["link-pairs", "/links", "link:Front door"],
    ["areas", "/areas"],
    ["settings", "/settings"],
    ["audit", "/audit"],
    ["audit-older", "/audit", "link:Older entries"],
    [
      "source-quarantine",
      "/sources/new",
      `file:bad.csv=a,b\n${rows(200, (at) => `x,${at}`)}\n${rows(1200, (at) => `only ${at}`)}\n`,
      "fill:name=A bad file",
      "press:Load the file",
      "until:Rows in file",
      "link:Quarantined",
    ],
  ),
  ...by("carys@wexcombe.example", ["worker-home", "/"], ["referrals", "/referrals"], ["referrals-last", "/referrals?page=999"]),
  ...by(
    "bram@wexcombe.example",
    ["questions", "/questions"],
    // asked once before, so that the process runs and the files are known to be whole
    ["question-too-slow", ...answered("Council tax"), ...ask("Council tax"), "engine:stop", "press:Answer the question"],
    [
      "question-engine-died",
      ...answered("Council tax"),
      ...ask("Council tax"),
      "engine:stop",
      "engine:kill",
      "press:Answer the question",
    ],
  ),
  ...by("amal@wexcombe.example", ["fault", "break:area", "/areas"]),
];

export const hubs: Readonly<Record<"empty" | "sample" | "many", readonly Walk[]>> = { empty, sample, many };
