import { basename, extname, resolve } from "node:path";
import type { Command, CommandRequest, House } from "../../access/index.ts";
import { GuildhallError } from "../../kernel/errors.ts";
import type { Job } from "../../store/index.ts";
import { organisationNamed } from "../people/index.ts";
import { addSource, refreshSource, type AnswersFor, type IncomingFile } from "./add-source.ts";
import { sourcesError } from "./errors.ts";
import { databaseFlags, databaseOf, passwordCommand } from "./database-cli.ts";
import { asSource } from "./http.ts";
import { keepCommand } from "./keep-cli.ts";
import type { LoadResult } from "./load.ts";
import { confirmMends, readMendFile, type ReadMends } from "./mend-file.ts";
import type { MendResult } from "./mend-job.ts";
import type { VersionChange } from "./store.ts";
import { readUrl } from "./fetch-url.ts";
import { compareSource } from "./compare-versions.ts";
import { watchCommand, watchedLines } from "./watch-cli.ts";
import { showWatchedFolders } from "./watch-folder.ts";
import { scheduleCommand } from "./schedule-cli.ts";
import { getSource, listQuarantine, listSources, removeSource } from "./sources.ts";

const cancelled = {
  code: "sources.cancelled",
  kind: "conflict",
  message: "The load was cancelled.",
  remedy: "Add it again when you want it.",
} as const;

const mostFiles = 1000;
const badShareText = "How many percent of the records may be unreadable before a newer load is refused; 5 unless set.";

export const sourcesCommands: readonly Command[] = [
  {
    verb: "source add",
    summary: "Load a file as a new source, or files that belong together with --append.",
    usage:
      "guildhall source add FILE…|URL [--append] [--table T] [--name N] [--organisation O] [--owner W] [--dpia REF] [--bad-share PERCENT] [--json]\n       guildhall source add --postgres ADDRESS (--table SCHEMA.TABLE | --query-file FILE) [--name N] [--password-file FILE] […]",
    example: "guildhall source add exports/council-tax.csv --name 'Council tax'",
    flags: {
      name: { type: "string", about: "What to call it; the file's name when left out." },
      organisation: { type: "string", about: "Whose it is; the host's when left out." },
      owner: { type: "string", about: "The information asset owner." },
      dpia: { type: "string", about: "The reference of the impact assessment that covers it." },
      append: { type: "boolean", about: "Files are added to it, and each row says which it came from." },
      table: {
        type: "string",
        about: "Which table, where the file holds several: a sheet, a member, a record path; of a database schema.table.",
      },
      ...databaseFlags,
      "bad-share": { type: "string", about: badShareText },
    },
    takes: { least: 0, most: mostFiles },
    run: async (request) => {
      const database = await databaseOf(request);
      const [given = database?.url ?? ""] = request.arguments;
      if (given === "" || (database && request.arguments.length > 0)) throw sourcesError("none-chosen", {});
      const url = database || /^https?:\/\//i.test(given) ? given : undefined;
      const files = url === undefined ? filesOf(request.arguments, request) : [];
      const first = database?.called ?? (url === undefined ? basename(given) : new URL(readUrl(url)).pathname);
      const name = String(request.flags["name"] ?? (basename(first, extname(first)) || given.slice(0, 100)));
      const table = request.flags["table"];
      const { source, job } = await addSource(
        request.session,
        {
          name,
          organisation: await organisationOf(request),
          files,
          ...(url === undefined ? {} : { url }),
          ...(database ? { database } : {}),
          kind: request.flags["append"] === true ? "append" : "snapshot",
          part: typeof table === "string" && !database ? table : null,
          ...badShareOf(request),
          owner: typeof request.flags["owner"] === "string" ? request.flags["owner"] : null,
          dpia: String(request.flags["dpia"] ?? ""),
        },
        request.house,
      );
      await report(source.name, job, request);
    },
  },
  {
    verb: "source refresh",
    summary: "Load a newer file of a source as its next version, add files to one that grows, or fetch one from the web again.",
    usage: "guildhall source refresh NAME [FILE…] [--owner W] [--dpia REF] [--bad-share PERCENT] [--json]",
    example: "guildhall source refresh 'Council tax' exports/council-tax-november.csv",
    flags: {
      owner: { type: "string", about: "The information asset owner, when there was none or it is another now." },
      dpia: { type: "string", about: "The reference of the impact assessment that covers it, likewise." },
      "bad-share": { type: "string", about: badShareText },
    },
    takes: { least: 1, most: mostFiles },
    run: async (request) => {
      const { source, job } = await refreshSource(
        request.session,
        request.arguments[0] ?? "",
        filesOf(request.arguments.slice(1), request),
        request.house,
        answersFor(request),
      );
      await report(source.name, job, request);
    },
  },
  scheduleCommand,
  passwordCommand,
  watchCommand,
  {
    verb: "source list",
    summary: "List the sources with what was loaded last.",
    usage: "guildhall source list [--json]",
    example: "guildhall source list",
    flags: {},
    takes: { least: 0, most: 0 },
    run: async ({ session, house, out }) => {
      const states = await listSources(session, house);
      out.table(
        ["Source", "Version", "Rows", "Quarantined", "Last load"],
        states.map(({ source, version, job }) => [
          source.name,
          version?.number ?? "–",
          version?.rows ?? "–",
          version?.quarantined ?? "–",
          job?.state ?? "–",
        ]),
      );
      for (const line of watchedLines(await showWatchedFolders(session))) out.line(line);
      out.json(states.map(asSource));
    },
  },
  {
    verb: "source show",
    summary: "Show one source and its newest version.",
    usage: "guildhall source show NAME [--json]",
    example: "guildhall source show 'Council tax' --json",
    flags: {},
    takes: { least: 1, most: 1 },
    run: async ({ session, house, arguments: [name = ""], out }) => {
      const state = await getSource(session, name, house);
      const { version } = state;
      out.line(`${state.source.name} (${state.source.fileName})`);
      out.table(
        ["Version", "Rows in file", "Loaded", "Quarantined", "Content"],
        version
          ? [[version.number, version.rowsInFile, version.rows, version.quarantined, version.contentHash.slice(0, 12)]]
          : [],
      );
      const found = asSource(state);
      out.json({
        name: found.name,
        version: found.version && {
          number: found.version.number,
          rows: found.version.rows,
          quarantined: found.version.quarantined,
          hash: found.version.hash,
          at: found.version.at,
        },
      });
    },
  },
  {
    verb: "source compare",
    summary: "Say what changed between two versions of a source: rows added, gone and changed.",
    usage: "guildhall source compare NAME FROM TO [--json]",
    example: "guildhall source compare 'Council tax' 3 4",
    flags: {},
    takes: { least: 3, most: 3 },
    run: async ({ session, house, arguments: [name = "", from, to], out }) => {
      const queued = await compareSource(session, name, { from: Number(from), to: Number(to) }, house);
      const job = await house.jobs.wait(queued.id);
      if (job.state !== "done") throw new GuildhallError({ ...cancelled, ...job.error });
      const change = job.result as VersionChange;
      out.table(
        ["From", "To", "Added", "Gone", "Changed", "Told apart by"],
        [[change.from, change.to, change.added, change.gone, change.changed ?? "–", change.key ?? "the whole row"]],
      );
      out.json(change);
    },
  },
  {
    verb: "source quarantine",
    summary: "List the records that could not be read, with place and reasons.",
    usage: "guildhall source quarantine NAME [--json]",
    example: "guildhall source quarantine 'Council tax'",
    flags: {},
    takes: { least: 1, most: 1 },
    run: async ({ session, house, arguments: [name = ""], out }) => {
      const {
        found: { rows: records, total },
      } = await listQuarantine(session, name, { page: 1, size: 1000 }, house);
      out.table(
        ["Record", "Lines", "Byte", "Reasons"],
        records.map((record) => [
          record.record,
          `${record.firstLine}–${record.lastLine}`,
          record.offset,
          record.reasons.join(" "),
        ]),
      );
      if (total > records.length) out.line(`The first ${records.length} of ${total} are shown.`);
      out.json({ total, records });
    },
  },
  {
    verb: "source remove",
    summary: "Remove a source with its dataset and every file of it.",
    usage: "guildhall source remove NAME",
    example: "guildhall source remove 'Old list'",
    flags: {},
    takes: { least: 1, most: 1 },
    run: async ({ session, house, arguments: [name = ""], out }) => {
      const source = await removeSource(session, name, house);
      out.line(`Removed ${source.name} and its data.`);
      out.json({ removed: source.id });
    },
  },
  keepCommand,
  {
    verb: "source mend",
    summary: "Say what reads of a file of mended records, and with --save have it read.",
    usage: "guildhall source mend SOURCE FILE [--save] [--json]",
    example: "guildhall source mend Visits mended.csv --save",
    flags: { save: { type: "boolean", about: "Have those that read become rows of a new version." } },
    takes: { least: 2, most: 2 },
    run: async ({ session, house, arguments: [name = "", file = ""], flags, cwd, out }) => {
      const given = { name: file, path: resolve(cwd, file), keep: true };
      const looked = await endedJob((await readMendFile(session, name, given, house)).id, house);
      const found = looked.result as ReadMends;
      out.line(
        `${found.reads} read now, ${found.fails} do not, ${found.same} stand as they stood, ${found.unknown} are not in quarantine.`,
      );
      out.table(
        ["Record", "Why it stays"],
        found.told.map(({ record, text }) => [record, text]),
      );
      const save = flags["save"] === true && found.reads > 0;
      const saved = save
        ? ((await endedJob((await confirmMends(session, name, looked.id, house)).id, house)).result as MendResult)
        : null;
      if (saved) out.line(`${saved.mended} records are rows of version ${saved.version}.`);
      else if (found.reads > 0) out.line("Nothing is changed yet: add --save.");
      out.json({ ...found, saved });
    },
  },
];

function filesOf(named: readonly string[], { cwd }: CommandRequest): readonly IncomingFile[] {
  return named.map((file) => ({ name: basename(file), path: resolve(cwd, file), keep: true }));
}

function answersFor(request: CommandRequest): AnswersFor {
  const { owner, dpia } = request.flags;
  return {
    ...(typeof owner === "string" ? { owner } : {}),
    ...(typeof dpia === "string" ? { dpia } : {}),
    ...badShareOf(request),
  };
}

function badShareOf({ flags }: CommandRequest): { badShare?: number } {
  const given = flags["bad-share"];
  if (typeof given !== "string") return {};
  const percent = Number(given.replace("%", ""));
  if (!(percent >= 0 && percent <= 100)) throw sourcesError("no-share", { given });
  return { badShare: percent / 100 };
}

async function organisationOf({ session, house, flags }: CommandRequest): Promise<string> {
  if (session.organisation !== null) return session.organisation;
  const named = flags["organisation"];
  const found = await organisationNamed(session, typeof named === "string" ? named : undefined, house);
  if (found === undefined) throw sourcesError("no-organisation", { name: String(named) });
  return found;
}

async function report(name: string, queued: Job, { house, out }: CommandRequest): Promise<void> {
  const job = await house.jobs.wait(queued.id, (progress) =>
    out.progress(progress.unit === "pairs" ? null : { ...progress, unit: progress.unit }),
  );
  out.progress(null);
  if (job.state === "cancelled") throw new GuildhallError(cancelled);
  if (job.state === "failed" && job.error) throw new GuildhallError({ kind: "invalid", ...job.error }); // its own kind, where it is known
  const result = job.result as LoadResult;
  out.table(
    ["Source", "Rows in file", "Loaded", "Quarantined", "Seconds"],
    [[name, result.rowsInFile, result.rowsLoaded, result.rowsQuarantined, result.seconds.toFixed(1)]],
  );
  if (result.unchanged) out.line("The content is what it was: there is no new version.");
  for (const note of result.notes) out.line(note);
  out.json({ name, ...result });
}

/** Waits for a job, and fails as it did. */
async function endedJob(id: string, house: House): Promise<Job> {
  const job = await house.jobs.wait(id);
  if (job.error) throw new GuildhallError({ ...job.error, kind: job.error.kind ?? "broken" });
  return job;
}
