import { isPurpose, type House, type Session } from "../../access/index.ts";
import { readPage, type PageOf } from "../../kernel/paging.ts";
import { newId } from "../../kernel/ids.ts";
import { findJob, type Job } from "../../store/index.ts";
import { findEntry } from "../catalogue/index.ts";
import { explainPair, type ExplainedPair, type PersonRecord } from "../linkage/index.ts";
import { findAgreement, stateOf } from "../sharing/index.ts";
import { sql } from "../../sql/index.ts";
import { registryActions } from "./actions.ts";
import { registryError } from "./errors.ts";
import { personColumns, personRecords } from "./person-records.ts";
import {
  entitiesOf,
  findLastRun,
  findProject,
  findReviewPair,
  countOwnProjectRows,
  countReview,
  linkedVersions,
  listOwnProjectRows,
  listReview,
  type LinkProject,
  type LinkRun,
  type RecordKey,
  type RegistryTables,
  type ReviewPair,
} from "./store.ts";

export interface NewProject {
  readonly title: string;
  readonly purpose: string;
  readonly agreement: string;
  readonly dpia: string;
  readonly owner: string;
}

export interface ProjectState {
  readonly project: LinkProject;
  readonly run: LinkRun | null;
  readonly job: Job | null;
}

/** Sets up a link project over the datasets that an agreement lends for matching. Refused with what is missing. */
export async function createProject(session: Session, input: NewProject, house: House): Promise<string> {
  return session.perform(registryActions.create, null, (scope) =>
    scope.transaction(async (records) => {
      const agreement = await findAgreement(records, input.agreement);
      const party = agreement?.terms.parties.includes(session.organisation ?? "") ?? false;
      const datasets = party
        ? [...new Set((agreement?.terms.items ?? []).filter((item) => item.use === "matching").map((item) => item.dataset))]
        : [];
      const live = agreement && party && stateOf(agreement, house.clock()) === "live";
      const missing = {
        ...(input.title.trim() === "" ? { title: "a title" } : {}),
        ...(isPurpose(input.purpose) ? {} : { purpose: "a purpose" }),
        ...(live
          ? datasets.length === 0
            ? { agreement: "datasets lent for matching" }
            : {}
          : { agreement: "an agreement in force" }),
        ...(input.dpia.trim() === "" ? { dpia: "an impact assessment" } : {}),
        ...(input.owner.trim() === "" ? { owner: "an owner" } : {}),
      };
      if (Object.keys(missing).length > 0 || !isPurpose(input.purpose)) {
        const fields = Object.fromEntries(Object.entries(missing).map(([field, what]) => [field, `It needs ${what}.`]));
        throw registryError("incomplete", { missing: Object.values(missing).join(", ") }, fields);
      }
      const now = house.clock();
      const id = newId("lnk", now);
      await records
        .as<RegistryTables>()
        .insertInto("link_project")
        .values({
          id,
          organisation: session.organisation ?? "",
          title: input.title.trim().slice(0, 200),
          purpose: input.purpose,
          agreement_id: input.agreement,
          dpia: input.dpia.trim().slice(0, 200),
          owner: input.owner.trim().slice(0, 200),
          datasets: JSON.stringify(datasets),
          last_job: null,
          created_at: now,
        })
        .execute();
      return id;
    }),
  );
}

export async function listProjects(session: Session, house: House): Promise<readonly ProjectState[]> {
  return session.perform(registryActions.list, null, async (scope) => {
    const own = await listOwnProjectRows(scope.records, session.organisation ?? "");
    return Promise.all(own.map((project) => stateOfProject(project, house)));
  });
}

/** The same, a page at a time. */
export async function pageProjects(session: Session, page: number, house: House): Promise<PageOf<ProjectState>> {
  const organisation = session.organisation ?? "";
  return session.perform(registryActions.list, null, ({ records }) =>
    readPage(page, {
      count: () => countOwnProjectRows(records, organisation),
      rows: async (window) =>
        Promise.all((await listOwnProjectRows(records, organisation, window)).map((project) => stateOfProject(project, house))),
    }),
  );
}

/** One project with a page of the pairs that its last run left for review, strongest first. */
export async function getProject(
  session: Session,
  id: string,
  page: number,
  house: House,
): Promise<ProjectState & { review: PageOf<ReviewPair>; titles: ReadonlyMap<string, string> }> {
  return session.perform(registryActions.list, { kind: "link-project", id, organisation: null }, async (scope) => {
    const project = await findProject(scope.records, id);
    if (!project || project.organisation !== session.organisation) throw registryError("no-project", {});
    const titles = await Promise.all(
      project.datasets.map(
        async (dataset) => [dataset, (await findEntry(scope.records, dataset))?.title ?? "A dataset that is gone"] as const,
      ),
    );
    return {
      ...(await stateOfProject(project, house)),
      review: await readPage(page, {
        count: () => countReview(scope.records, id),
        rows: (window) => listReview(scope.records, id, window),
      }),
      titles: new Map(titles),
    };
  });
}

/** Queues a run, acting for the person, under the project's purpose. */
export async function startRun(session: Session, id: string, house: House): Promise<Job> {
  const project = await findProject(house.store, id);
  if (!project || (session.kind === "person" && project.organisation !== session.organisation))
    throw registryError("no-project", {}); // another's is told as none
  return session.perform(registryActions.run, { kind: "link-project", id, organisation: project.organisation }, async () => {
    const agreement = await findAgreement(house.store, project.agreement);
    if (!agreement || stateOf(agreement, house.clock()) !== "live") throw registryError("no-agreement", {});
    const job = await house.jobs.queue(session, {
      kind: "registry.link",
      input: { project: id, purpose: project.purpose },
      organisation: project.organisation,
    });
    await house.store.as<RegistryTables>().updateTable("link_project").set({ last_job: job.id }).where("id", "=", id).execute();
    return job;
  });
}

/** Why a pair that the last run left for review is, or is not, taken to be one person: in words, without a value of either. */
export async function explainRecords(
  session: Session,
  id: string,
  left: RecordKey,
  right: RecordKey,
  house: House,
): Promise<ExplainedPair & { readonly why: ReviewPair["why"] }> {
  const project = await findProject(house.store, id);
  if (!project || project.organisation !== session.organisation) throw registryError("no-project", {});
  const person = session.person;
  if (!person) throw registryError("no-project", {});
  return house.gate
    .serviceSession(person, project.purpose)
    .perform(registryActions.explain, { kind: "link-project", id, organisation: project.organisation }, async (scope) => {
      const pair = await findReviewPair(scope.records, id, left, right);
      if (!pair) throw registryError("no-pair", {});
      const entities = [
        ...(await entitiesOf(scope.records, id, left.dataset, [left.record])),
        ...(await entitiesOf(scope.records, id, right.dataset, [right.record])),
      ];
      scope.concerns(entities.map((entity) => `${id}/${entity}`));
      const only = new Map<string, number[]>();
      for (const { dataset, record } of [left, right]) only.set(dataset, [...(only.get(dataset) ?? []), record]);
      const { stage } = await personRecords(scope, project, { only, versions: await linkedVersions(scope.records, id) });
      const names = sql`record_id, source, forename, surname, CAST(dob AS VARCHAR) AS dob, postcode, nhs_number, uprn, sex`;
      const { rows } = await scope.query(sql`SELECT ${names} FROM ${stage}`, { maxRows: 10 });
      const found = rows.map((row) => recordOf(row.map((cell) => (cell === null ? null : String(cell)))));
      const one = found.find((record) => record.recordId === `${left.dataset}:${left.record}`);
      const other = found.find((record) => record.recordId === `${right.dataset}:${right.record}`);
      if (!one || !other) throw registryError("no-pair", {});
      return { ...explainPair(one, other), why: pair.why };
    });
}

function recordOf(cells: readonly (string | null)[]): PersonRecord {
  const at = (name: (typeof personColumns)[number]) => cells[personColumns.indexOf(name)] ?? null;
  return {
    recordId: at("record_id") ?? "",
    source: at("source") ?? "",
    forename: at("forename"),
    surname: at("surname"),
    dob: at("dob"),
    postcode: at("postcode"),
    nhsNumber: at("nhs_number"),
    uprn: at("uprn"),
    sex: at("sex"),
  };
}

async function stateOfProject(project: LinkProject & { lastJob: string | null }, house: House): Promise<ProjectState> {
  return {
    project,
    run: (await findLastRun(house.store, project.id)) ?? null,
    job: project.lastJob === null ? null : ((await findJob(house.store, project.lastJob)) ?? null),
  };
}
