import type { PersonRecord } from "../../src/domains/linkage/core/person-record.ts";
import { sql, type Fragment } from "../../src/sql/fragment.ts";

/** Records as a relation of the shape that linkage reads, from bound lists. The empty text stands for NULL on the way. */
export function recordsSql(records: readonly PersonRecord[]): Fragment {
  const list = (pick: (record: PersonRecord) => string | null) =>
    sql`unnest(${records.map((record) => pick(record) ?? "")}::VARCHAR[])`;
  return sql`
    SELECT record_id, source, nullif(forename, '') AS forename, nullif(surname, '') AS surname, try_cast(nullif(dob, '') AS DATE) AS dob,
      nullif(postcode, '') AS postcode, nullif(nhs_number, '') AS nhs_number, nullif(uprn, '') AS uprn, nullif(sex, '') AS sex
    FROM (SELECT ${list((r) => r.recordId)} AS record_id, ${list((r) => r.source)} AS source, ${list((r) => r.forename)} AS forename,
      ${list((r) => r.surname)} AS surname, ${list((r) => r.dob)} AS dob, ${list((r) => r.postcode)} AS postcode,
      ${list((r) => r.nhsNumber)} AS nhs_number, ${list((r) => r.uprn)} AS uprn, ${list((r) => r.sex)} AS sex)`;
}

/** A record with nothing in it but what is given. */
export function personRecord(recordId: string, values: Partial<PersonRecord> = {}): PersonRecord {
  const nothing = { forename: null, surname: null, dob: null, postcode: null, nhsNumber: null, uprn: null, sex: null };
  return { source: "test", ...nothing, ...values, recordId };
}
