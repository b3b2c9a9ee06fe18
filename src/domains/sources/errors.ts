import { defineErrors } from "../../kernel/errors.ts";

const percent = (share: number) => `${Math.round(share * 1000) / 10} %`;

export const sourcesError = defineErrors("sources", {
  "no-source": {
    kind: "missing",
    message: (p: { name: string }) => `There is no source “${p.name}”, or it is not available to you.`,
    remedy: "Check the name in the list of sources.",
  },
  "no-dataset": {
    kind: "missing",
    message: () => "There is no such dataset, or it is not available to you.",
    remedy: "Look for it in the catalogue.",
  },
  "name-taken": {
    kind: "conflict",
    message: (p: { name: string }) => `There is already a source called “${p.name}”.`,
    remedy: "Choose another name, or refresh the source that exists.",
  },
  "no-name": { kind: "invalid", message: () => "A source needs a name.", remedy: "Write a name of 1 to 100 characters." },
  "mended-elsewhere": {
    kind: "conflict",
    message: () => "The source has a newer version than the one whose records you mended.",
    remedy: "Open its quarantine again: a record that was read meanwhile is not there any more.",
  },
  "nothing-mended": {
    kind: "invalid",
    message: () => "None of the records reads yet.",
    remedy: "Mend what is said of each, then send them again. Nothing was changed.",
  },
  "not-a-quarantine": {
    kind: "invalid",
    message: (p: { name: string }) => `“${p.name}” has no columns “record” and “raw”, so nobody can say which record a row is.`,
    remedy: "Download the quarantine as CSV, mend the column “raw” in it, and send that file.",
  },
  "mends-many": {
    kind: "limit",
    message: (p: { rows: number; most: number }) => `The file has ${p.rows} records; at most ${p.most} are read.`,
    remedy: "Send it in parts.",
  },
  "no-mends": {
    kind: "missing",
    message: () => "The mended records are not there any more, or they are not available to you.",
    remedy: "Send the file again. Nothing was changed.",
  },
  "no-quarantined": {
    kind: "missing",
    message: (p: { record: number }) => `Record ${p.record} is not in quarantine.`,
    remedy: "Go back to the quarantine: it may have been mended.",
  },
  "newer-version": {
    kind: "conflict",
    message: () => "The source has a newer version than the one that you looked at. Nothing was sent.",
    remedy: "Look at its quarantine again: other records may be in it.",
  },
  "all-sent": {
    kind: "conflict",
    message: () => "Every record in quarantine was sent already.",
    remedy: "Look at the list: it says of each when it was sent, or what was answered.",
  },
  "would-break": {
    kind: "conflict",
    message: (p: { columns: string; uses: string }) =>
      `The file has no ${p.columns} any more, which is used in: ${p.uses}. The version before stays.`,
    remedy:
      "Load a file that has it. Or accept the new shape on the source's page, and load this one again: what uses it will miss it.",
  },
  "no-days": {
    kind: "invalid",
    message: (p: { most: number }) => `Records in quarantine are kept from 1 to ${p.most} days, or as long as their version.`,
    remedy: "Write a whole number of days, or nothing for as long as their version.",
  },
  "no-comment": {
    kind: "invalid",
    message: () => "Nothing was said.",
    remedy: "Write a sentence. Name no person.",
  },
  "no-sent": {
    kind: "missing",
    message: () => "There is no such record, or it is not available to you.",
    remedy: "Look at your home page.",
  },
  "none-chosen": {
    kind: "invalid",
    message: () => "No file was chosen.",
    remedy: "Choose the file that your system exported.",
  },
  "no-file": {
    kind: "invalid",
    message: (p: { path: string }) => `There is no file ${p.path}, or it cannot be read.`,
    remedy: "Check the path and that you may read the file.",
  },
  "unknown-format": {
    kind: "unsupported",
    message: (p: { name: string }) => `“${p.name}” holds no table that Guildhall can read.`,
    remedy:
      "Save it as CSV, as an Excel or OpenDocument workbook, as JSON, XML, GeoJSON or Parquet; it may be in a zip or gzip file.",
  },
  "no-table": {
    kind: "invalid",
    message: (p: { name: string; tables: string }) => `There is no table “${p.name}” in the file. It holds: ${p.tables}.`,
    remedy: "Choose one of those tables by its name.",
  },
  "nothing-read": {
    kind: "invalid",
    message: (p: { records: number }) => `None of the ${p.records} records in the file could be read.`,
    remedy: "Check that the header has as many fields as the rows. The version that was there before is untouched.",
  },
  "too-many-bad": {
    kind: "invalid",
    message: (p: { bad: number; all: number; share: number }) =>
      `${p.bad} of ${p.all} records could not be read, which is more than the ${percent(p.share)} this source allows. The version that was there before is untouched.`,
    remedy: "Mend the file, or allow more for this source if it is right as it is (--bad-share).",
  },
  "name-again": {
    kind: "conflict",
    message: (p: { file: string; version: number }) =>
      `A file called ${p.file} was loaded in version ${p.version}, with other content. Nothing was added.`,
    remedy: "If it holds other rows, give it another name. If it corrects the first, load all files again as a new source.",
  },
  "not-together": {
    kind: "invalid",
    message: () => "A source that is loaded whole takes one file at a time.",
    remedy: "Choose one file, or add a source that files are added to.",
  },
  "no-share": {
    kind: "invalid",
    message: (p: { given: string }) => `“${p.given}” is no share of records.`,
    remedy: "Give a number of percent from 0 to 100, such as --bad-share 10.",
  },
  "no-version": {
    kind: "invalid",
    message: (p: { name: string; number: number }) => `“${p.name}” has no version ${p.number}.`,
    remedy: "Look at its versions: guildhall source show NAME.",
  },
  "url-unusable": {
    kind: "invalid",
    message: (p: { url: string }) => `“${p.url}” is no web address that data can be fetched from.`,
    remedy: "Write one that begins with https:// or http://.",
  },
  "url-secret": {
    kind: "invalid",
    message: () => "The web address holds a user name or a password.",
    remedy: "Leave them out: an address is shown and logged. Places that need a sign-in cannot be fetched from yet.",
  },
  "url-inside": {
    kind: "refused",
    message: (p: { host: string }) => `${p.host} is on this machine or in a private network, which is not fetched from.`,
    remedy: "If it is meant, the person who runs the hub can allow the host with GUILDHALL_FETCH_INSIDE.",
  },
  "url-failed": {
    kind: "unavailable",
    message: (p: { host: string; why: string }) => `The data could not be fetched from ${p.host}: ${p.why}.`,
    remedy: "Try again later, or look whether the address is still right. The version that was there before is untouched.",
  },
  "not-fetched": {
    kind: "invalid",
    message: (p: { name: string }) => `“${p.name}” is made of files that people bring, which the hub cannot fetch by itself.`,
    remedy: "Add it anew from a place that the hub can fetch it from.",
  },
  "no-timetable": {
    kind: "invalid",
    message: (p: { why: string }) => `Those are no times to load at: ${p.why}.`,
    remedy: "Choose how often and when, such as every day at 06:00; no more often than every five minutes.",
  },
  "no-schedule": {
    kind: "conflict",
    message: (p: { name: string }) => `“${p.name}” is not loaded by itself.`,
    remedy: "Set the times at which it is to be loaded.",
  },
  "database-unusable": {
    kind: "invalid",
    message: (p: { why: string }) => `That is no address of a PostgreSQL database: ${p.why}.`,
    remedy:
      "Write postgres://user@host:5432/database, without a password; add ?sslmode=… where the certificate is not to be checked.",
  },
  "database-secret": {
    kind: "invalid",
    message: () => "The address of the database holds a password.",
    remedy: "Leave it out: an address is shown and logged. The password has a place of its own, where it is kept encrypted.",
  },
  "database-no-ask": {
    kind: "invalid",
    message: (p: { why: string }) => `It is not clear what to ask the database: ${p.why}.`,
    remedy: "Name one table or view as schema.table, or write one query.",
  },
  "database-unguarded": {
    kind: "refused",
    message: (p: { host: string }) => `A password is not sent to ${p.host} without checking whose certificate it shows.`,
    remedy:
      "Leave sslmode out. Only for a host that the person who runs the hub allows with GUILDHALL_FETCH_INSIDE may it be require or disable.",
  },
  "database-password": {
    kind: "invalid",
    message: (p: { host: string; user: string }) => `The database at ${p.host} does not let “${p.user}” in with this password.`,
    remedy: "Check the user's name in the address, set the password again, or ask whoever runs the database to let the hub in.",
  },
  "database-password-lost": {
    kind: "unavailable",
    message: () => "The password of the database cannot be read with the hub's present key file.",
    remedy: "Set it again, or bring the key file back that it was kept under.",
  },
  "database-none": {
    kind: "invalid",
    message: (p: { host: string; database: string }) => `There is no database “${p.database}” at ${p.host}.`,
    remedy: "Check the name in the address.",
  },
  "database-no-table": {
    kind: "invalid",
    message: (p: { said: string }) => `The database does not know a table or schema that was asked for. ${p.said}`,
    remedy: "Check the name, with its schema; between double quotes where it has capitals.",
  },
  "database-denied": {
    kind: "invalid",
    message: (p: { user: string; said: string }) => `“${p.user}” may not read all that was asked for. ${p.said}`,
    remedy: "Ask whoever runs the database to grant SELECT on it to this user, and nothing else.",
  },
  "database-writes": {
    kind: "invalid",
    message: () => "The query would change something in the database. It was not let.",
    remedy: "Write one that only reads.",
  },
  "database-several": {
    kind: "invalid",
    message: () => "That is more than one statement.",
    remedy: "Write one SELECT; what it needs first may stand in a WITH.",
  },
  "database-query": {
    kind: "invalid",
    message: (p: { said: string }) => `The database does not understand the query. ${p.said}`,
    remedy: "Try it in the database's own tools first, then set it as a new source.",
  },
  "database-no-tls": {
    kind: "unavailable",
    message: (p: { host: string }) => `The database at ${p.host} offers no encrypted connection.`,
    remedy:
      "Have it set up there. For a host of the own network that is allowed with GUILDHALL_FETCH_INSIDE, sslmode=disable does without.",
  },
  "database-certificate": {
    kind: "unavailable",
    message: (p: { host: string; code: string }) =>
      `The certificate that ${p.host} shows is not one this hub trusts (${p.code}).`,
    remedy:
      "Name the host as its certificate does; NODE_EXTRA_CA_CERTS may name a file of your own authority. For a host allowed with GUILDHALL_FETCH_INSIDE, sslmode=require does not check it.",
  },
  "database-too-much": {
    kind: "limit",
    message: (p: { megabytes: number }) => `The database sends more than ${p.megabytes} MB.`,
    remedy: "Ask for fewer columns or rows. The version that was there before is untouched.",
  },
  "database-failed": {
    kind: "unavailable",
    message: (p: { host: string; why: string }) => `The data could not be fetched from the database at ${p.host}: ${p.why}.`,
    remedy: "Try again later, or look whether the address is still right. The version that was there before is untouched.",
  },
  "database-miscounted": {
    kind: "invalid",
    message: (p: { sent: number; read: number }) =>
      `The database sent ${p.sent} rows, and ${p.read} were read. Nothing was loaded.`,
    remedy:
      "Give the columns names that are words (SELECT a AS …); of one column alone, leave out the rows that have nothing in it.",
  },
  "not-database": {
    kind: "conflict",
    message: (p: { name: string }) => `“${p.name}” does not come from a database.`,
    remedy: "Choose a source that does.",
  },
  "no-folder": {
    kind: "invalid",
    message: (p: { path: string }) => `There is no folder ${p.path}, or it cannot be read.`,
    remedy: "Check the path and that the hub's account may read the folder.",
  },
  "folder-too-large": {
    kind: "invalid",
    message: (p: { what: string }) => `The folder holds ${p.what}. Nothing was loaded.`,
    remedy: "Load the folders in it one by one.",
  },
  "folder-own": {
    kind: "refused",
    message: (p: { path: string }) => `${p.path} holds what the hub keeps for itself.`,
    remedy: "Make a folder of its own for files that are to be loaded.",
  },
  watched: {
    kind: "conflict",
    message: (p: { path: string }) => `${p.path} is watched already.`,
    remedy: "Stop that first: guildhall source watch FOLDER --stop.",
  },
  "not-watched": {
    kind: "invalid",
    message: (p: { path: string }) => `${p.path} is not watched.`,
    remedy: "List the watched folders: guildhall source watch.",
  },
  "no-column": {
    kind: "invalid",
    message: (p: { file: string; column: string }) =>
      `${p.file} has no column “${p.column}”, of which the place file says a type.`,
    remedy: "Correct the name of the column in the place file; it is written as in the header.",
  },
  "no-organisation": {
    kind: "invalid",
    message: (p: { name: string }) => `A source belongs to an organisation, and this hub has none called “${p.name}”.`,
    remedy: "Check the name, or add the organisation: guildhall organisation add.",
  },
});
