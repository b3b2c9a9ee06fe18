import type { House, Scope, Session } from "../../access/index.ts";
import { ident, join, sql, type Fragment } from "../../sql/index.ts";
import { getType } from "../../vocabulary/index.ts";
import { casesError, findReferral, setSubject, type Referral } from "../cases/index.ts";
import { entitiesOf, linkedVersions, listProjectRows, type LinkProject } from "../registry/index.ts";
import { findAgreement, stateOf } from "../sharing/index.ts";
import { recordsActions } from "./actions.ts";
import { recordsError } from "./errors.ts";

/** Somebody who may be the person of a referral, and which details agree. No value is shown, nor who knows them. */
export interface Candidate {
  /** `<link project>/<entity>`, the subject that need and the record of use speak of. */
  readonly subject: string;
  readonly agree: readonly Detail[];
  readonly differ: readonly Detail[];
}

export type Detail = "date of birth" | "last name" | "first name" | "postcode";

const details = [
  { detail: "date of birth", type: "person.date_of_birth" },
  { detail: "last name", type: "person.surname" },
  { detail: "first name", type: "person.forename" },
  { detail: "postcode", type: "postcode" },
] as const;

const mostCandidates = 5;
const mostRows = 200;

/** The people whom at least two details of a referral fit, the best first. Fails with `records.too-many` past five. */
export async function findCandidates(session: Session, referralId: string, house: House): Promise<readonly Candidate[]> {
  return session.perform(recordsActions.find, { kind: "referral", id: referralId, organisation: null }, async (scope) => {
    const candidates = await search(scope, referralId, house);
    scope.concerns(candidates.map(({ subject }) => subject));
    return candidates;
  });
}

/** Records whom a referral is about: one of its own candidates, found again. */
export async function confirmSubject(session: Session, referralId: string, subject: string, house: House): Promise<void> {
  await session.perform(recordsActions.confirm, { kind: "referral", id: referralId, organisation: null }, async (scope) => {
    const referral = await findReferral(scope.records, referralId);
    if (referral?.subject) throw recordsError("confirmed", {});
    const candidates = await search(scope, referralId, house);
    if (!candidates.some((candidate) => candidate.subject === subject)) throw recordsError("not-a-candidate", {});
    scope.concerns([subject]);
    await scope.transaction((records) => setSubject(records, referralId, subject));
  });
}

/** The link project for care that the session's organisation takes part in, under an agreement in force. */
export async function findCareProject(session: Session, house: House): Promise<LinkProject> {
  for (const project of await listProjectRows(house.store)) {
    if (project.purpose !== "care") continue;
    const agreement = await findAgreement(house.store, project.agreement);
    if (agreement?.terms.parties.includes(session.organisation ?? "") && stateOf(agreement, house.clock()) === "live")
      return project;
  }
  throw recordsError("no-project", {});
}

/** The datasets that the project's agreement lends for care, in the order of the project. */
export async function careDatasets(project: LinkProject, house: House): Promise<readonly string[]> {
  const agreement = await findAgreement(house.store, project.agreement);
  const lent = new Set((agreement?.terms.items ?? []).filter((item) => item.use === "care").map((item) => item.dataset));
  return project.datasets.filter((dataset) => lent.has(dataset));
}

async function search(scope: Scope, referralId: string, house: House): Promise<readonly Candidate[]> {
  const referral = await findReferral(scope.records, referralId);
  if (!referral || referral.worker !== scope.session.person?.id) throw casesError("no-referral", {});
  if (referral.closedAt !== null) throw casesError("closed", {});
  const project = await findCareProject(scope.session, house);
  const versions = await linkedVersions(scope.records, project.id);
  const found = new Map<string, { agree: Set<Detail> }>();
  for (const dataset of await careDatasets(project, house)) {
    const version = versions.get(dataset);
    if (version === undefined) continue; // nobody has linked it yet
    const granted = await scope.relation({
      dataset,
      action: "search",
      under: { agreement: project.agreement },
      columns: "covered",
      version,
      subjects: [`referral:${referralId}`],
    });
    const tests = details.flatMap(({ detail, type }) => {
      const column = granted.columns.find((candidate) => candidate.type === type && candidate.mask === "clear");
      const test = column && agreement(ident(`c${column.number}`), detail, referral);
      return test ? [{ detail, test }] : [];
    });
    if (tests.length < 2) continue;
    const flags = tests.map(({ test }, at) => sql`${test} AS ${ident(`f${at}`)}`);
    const score = join(
      tests.map((_, at) => sql`(CASE WHEN ${ident(`f${at}`)} THEN 1 ELSE 0 END) +`),
      " ",
    );
    const { rows } = await scope.query(
      sql`SELECT * FROM (SELECT record_no, ${join(flags, ", ")} FROM ${granted.relation}) WHERE ${score} 0 >= 2 LIMIT ${mostRows + 1}`,
      { maxRows: mostRows + 1 },
    );
    if (rows.length > mostRows) throw recordsError("too-many", {});
    for (const [record, ...agrees] of rows) {
      for (const entity of await entitiesOf(scope.records, project.id, dataset, [Number(record)])) {
        const held = found.get(entity) ?? { agree: new Set<Detail>() };
        tests.forEach(({ detail }, at) => agrees[at] === true && held.agree.add(detail));
        found.set(entity, held);
      }
    }
  }
  if (found.size > mostCandidates * 4) throw recordsError("too-many", {});
  const likely = [...found].filter(([, { agree }]) => isLikely(agree));
  const candidates = likely.map(([entity, held]) => candidateOf(entity, held, project));
  return candidates
    .toSorted((left, right) => right.agree.length - left.agree.length || left.subject.localeCompare(right.subject))
    .slice(0, mostCandidates);
}

/**
 * A date of birth with one detail more, or the whole name with the postcode: a surname and a postcode alone fit every
 * member of a household.
 */
function isLikely(agree: ReadonlySet<Detail>): boolean {
  return agree.has("date of birth") || (agree.has("first name") && agree.has("last name") && agree.has("postcode"));
}

function candidateOf(entity: string, held: { agree: ReadonlySet<Detail> }, project: LinkProject): Candidate {
  const known = details.map(({ detail }) => detail);
  return {
    subject: `${project.id}/${entity}`,
    agree: known.filter((detail) => held.agree.has(detail)),
    differ: known.filter((detail) => !held.agree.has(detail)),
  };
}

function agreement(column: Fragment, detail: Detail, referral: Referral): Fragment | undefined {
  switch (detail) {
    case "date of birth":
      return sql`coalesce(${column} = CAST(${referral.dateOfBirth} AS DATE), false)`;
    case "last name":
      return equal(column, getType("person.surname").parse(referral.familyName));
    case "first name":
      return equal(column, getType("person.forename").parse(referral.givenName));
    case "postcode":
      return equal(column, getType("postcode").parse(referral.postcode));
  }
}

function equal(column: Fragment, value: string | undefined): Fragment | undefined {
  return value === undefined ? undefined : sql`coalesce(${column} = ${value}, false)`;
}
