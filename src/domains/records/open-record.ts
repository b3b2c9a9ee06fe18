import type { House, Session } from "../../access/index.ts";
import { ident, join, sql } from "../../sql/index.ts";
import { casesError, findReferral } from "../cases/index.ts";
import { linkedVersions, recordsOf } from "../registry/index.ts";
import { recordsActions } from "./actions.ts";
import { assembleRecord, type PersonRecordView, type SourceRows } from "./assemble-record.ts";
import { recordsError } from "./errors.ts";
import { careDatasets, findCareProject } from "./find-subject.ts";

const mostRows = 500;

/**
 * The joined record of the person that a referral is about: the columns lent for care, each value with its source and
 * date. The referral is the need; when it is closed, or the agreement ends, the next request is refused.
 */
export async function openRecord(session: Session, referralId: string, house: House): Promise<PersonRecordView> {
  return session.perform(recordsActions.open, { kind: "referral", id: referralId, organisation: null }, async (scope) => {
    const referral = await findReferral(scope.records, referralId);
    if (!referral || referral.worker !== session.person?.id) throw casesError("no-referral", {});
    if (referral.closedAt !== null) throw casesError("closed", {});
    if (referral.subject === null) throw recordsError("no-subject", {});
    const project = await findCareProject(session, house);
    const [projectId = "", entity = ""] = referral.subject.split("/");
    const keys = projectId === project.id ? await recordsOf(scope.records, project.id, entity) : [];
    if (keys.length === 0) throw recordsError("no-subject", {});
    const versions = await linkedVersions(scope.records, project.id);
    const sources: SourceRows[] = [];
    for (const dataset of await careDatasets(project, house)) {
      const records = keys.filter((key) => key.dataset === dataset).map((key) => key.record);
      const version = versions.get(dataset);
      if (records.length === 0 || version === undefined) continue;
      const granted = await scope.relation({
        dataset,
        action: "read",
        under: { agreement: project.agreement },
        columns: "covered",
        version,
        records,
        subjects: [referral.subject],
      });
      const cells = granted.columns.map(({ number }) => ident(`c${number}`));
      const { rows } = await scope.query(
        sql`SELECT ${join(cells, ", ")} FROM ${granted.relation} ORDER BY record_no LIMIT ${mostRows}`,
        { maxRows: mostRows },
      );
      sources.push({ granted, rows: rows.map((row) => row.map((cell) => (cell === null ? null : String(cell)))) });
    }
    return assembleRecord(sources);
  });
}
