// Ten thousand of everything a list may hold, written straight into a stopped copy of the sample hub.
import { mkdirSync, statSync, writeFileSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import { basename, join } from "node:path";

const many = 10_000;
const one = (table: string, where: string) => `(SELECT * FROM ${table} WHERE ${where} LIMIT 1)`;
const council = "(SELECT id FROM organisation WHERE name = 'Wexcombe Council')";
const personOf = (email: string) => `(SELECT id FROM person WHERE email = '${email}@wexcombe.example')`;
/** Sentences that copy one row, or make one, for each number `n` from 1 on. */
const statements: readonly string[] = [
  "UPDATE person SET state = 'active'",
  `INSERT INTO person SELECT 'per_many' || n, 'Worker Number ' || n, 'worker' || n || '@wexcombe.example', iif(n % 9 = 0, 'suspended', 'active'), password, 1, n
   FROM numbers, ${one("person", "email LIKE 'carys%'")}`,
  `INSERT INTO membership SELECT 'per_many' || n, ${council}, iif(n % 2 = 0, 'analyst', 'practitioner') FROM numbers`,
  `INSERT OR IGNORE INTO membership SELECT ${personOf("amal")}, ${council}, value
   FROM json_each('["steward","owner","governance","signatory","administrator"]')`,
  `INSERT INTO referral SELECT 'ref_many' || n, organisation, worker, 'Given', 'Family ' || n, '1970-01-01', '', 'Rang about a long wait for a visit, number ' || n || '.', NULL,
   opened_at - n * 60000, iif(n > 60, opened_at, NULL) FROM numbers, ${one("referral", "family_name = 'Rahman'")}`,
  `INSERT INTO dataset SELECT 'dst_many' || n, organisation, 'Libraries and community rooms, return number ' || n, kind, 1, created_at
   FROM numbers, ${one("dataset", "name = 'Council tax'")}`,
  `INSERT INTO entry (dataset_id, organisation, title, description, lawful_basis, dpia, attribution, openness, openness_reason, state, created_at)
   SELECT 'dst_many' || n, ${council}, 'Libraries and community rooms, return number ' || n, 'Monthly.', '', '', '', 'undecided', '', 'draft', n FROM numbers`,
  `INSERT INTO source (id, organisation, name, file_name, dataset_id, last_job, created_at)
   SELECT 'src_many' || n, organisation, 'Libraries and community rooms, return number ' || n, 'libraries-' || n || '.csv', 'dst_many' || n, NULL, n
   FROM numbers, ${one("source", "name = 'Council tax'")}`,
  `INSERT INTO dataset_version (id, dataset_id, number, content_hash, rows_in_file, rows, quarantined, columns, notes, state, committed_at, last_record)
   SELECT 'ver_many' || n, dataset_id, n + 1, content_hash, rows_in_file, rows, quarantined, columns, notes, state, committed_at + n, last_record
   FROM numbers, ${one("dataset_version", "dataset_id = (SELECT id FROM dataset WHERE name = 'Population by ward')")} WHERE n < 400`,
  `INSERT INTO agreement SELECT 'agr_many' || n,
   json_set(terms, '$.title', 'Sharing agreement number ' || n, '$.startsOn', '2024-01-01', '$.endsOn', iif(n % 3 = 0, '2025-01-01', json_extract(terms, '$.endsOn'))),
   iif(n % 7 = 0, created_at, NULL), created_by, iif(n % 7 = 0, 'The pilot is over.', NULL), created_by, created_at - n
   FROM numbers, ${one("agreement", "true")}`,
  `INSERT INTO agreement_party SELECT 'agr_many' || n, id FROM numbers, organisation`,
  `INSERT INTO link_project SELECT 'lnk_many' || n, organisation, 'Link project number ' || n, purpose, agreement_id, dpia, owner, datasets, NULL, n
   FROM numbers, ${one("link_project", "true")}`,
  `INSERT INTO review_pair SELECT project_id, left_dataset, 1000000 + n, right_dataset, n, weight - n / 1000.0, why FROM numbers, ${one("review_pair", "true")}`,
  `INSERT INTO area_set SELECT 'are_many' || n, 'Wards, set number ' || n, attribution, organisation, n FROM numbers, ${one("area_set", "true")} WHERE n < 40`,
  `INSERT INTO area SELECT 'are_many' || n, code, name, geometry FROM numbers, area WHERE n < 40`,
];
const record = `INSERT INTO entry SELECT ? + n, 'aud_many' || n, at + n, person, organisation, action, outcome, agreement, reference, body
  FROM numbers, ${one("entry", "person IS NOT NULL")}`;
const numbers = `CREATE TEMP TABLE numbers AS WITH RECURSIVE count(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM count WHERE n < ${many}) SELECT n FROM count`;

/** A watched folder with what was taken and what could not be loaded, and one that has gone away. */
function watchFolders(hub: DatabaseSync, folder: string): void {
  mkdirSync(folder);
  const path = join(folder, "bin-collections-november.csv");
  writeFileSync(path, "");
  const modified = Math.trunc(statSync(path).mtimeMs);
  const put = hub.prepare(`INSERT INTO watched_folder (id, organisation, folder, set_at) VALUES (?, ${council}, ?, 1)`);
  put.run("fld_many1", folder);
  put.run("fld_many2", "/srv/shares/environmental-services/exports");
  const file = hub.prepare(
    "INSERT INTO watched_file (folder_id, file, bytes, modified, state, why, at) VALUES ('fld_many1', ?, 0, ?, ?, ?, ?)",
  );
  for (let number = 1; number <= 12; number += 1) file.run(`counts-${number}.csv`, 1, "taken", null, modified);
  file.run(basename(path), modified, "failed", "The file has no header: every line is blank. Check the file.", modified);
}

export function makeMany(folder: string): void {
  const hub = new DatabaseSync(join(folder, "hub.db"));
  hub.exec(numbers);
  hub.exec("BEGIN");
  for (const statement of statements) hub.exec(statement);
  hub.exec("COMMIT");
  watchFolders(hub, `${folder}-dropped`);
  hub.close();
  const log = new DatabaseSync(join(folder, "audit.db"));
  log.exec(numbers);
  const { last } = log.prepare("SELECT max(sequence) AS last FROM entry").get() ?? {};
  log.prepare(record).run(Number(last));
  log.close();
}
