import { rm, stat, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import type { House, JobKind, Session } from "../../access/index.ts";
import { readSmallTable, type SmallTable } from "../../engine/index.ts";
import { withoutGuard } from "../../kernel/csv.ts";
import { findJob, type Job } from "../../store/index.ts";
import { sourcesActions } from "./actions.ts";
import { takeIn, type IncomingFile } from "./add-source.ts";
import { sourcesError } from "./errors.ts";
import { checkMends, mendLimits, readMends, startMend, type Mend } from "./mend.ts";
import { getSource } from "./sources.ts";

const readMendsKind = "sources.read-mends";
/** What was read and not confirmed goes after a day, with the next file that is sent or the next start of the hub. */
const keptMs = 86_400_000;
const laidByPrefix = "mends-";
const mostTold = 500;

interface ReadMendsInput {
  readonly source: string;
  readonly version: string;
  readonly landing: string;
  readonly fileName: string;
  readonly purpose: string | null;
}

/** What a file of mended records would do. It tells no cell of them. */
export interface ReadMends {
  readonly fileName: string;
  readonly rows: number;
  /** How many read now, stand as they stood, and are not in quarantine. */
  readonly reads: number;
  readonly same: number;
  readonly unknown: number;
  readonly fails: number;
  /** The first of those that do not read, or are not in quarantine, with why. */
  readonly told: readonly { readonly record: number; readonly text: string }[];
}

/** Has a file of mended records read: the quarantine as it was downloaded, with its column “raw” mended. Nothing is changed. */
export async function readMendFile(session: Session, idOrName: string, file: IncomingFile, house: House): Promise<Job> {
  const { source, version } = await getSource(session, idOrName, house);
  return session.perform(sourcesActions.mend, { kind: "source", id: source.id, organisation: source.organisation }, async () => {
    if (!version) throw sourcesError("mended-elsewhere", {});
    await removeOld(house);
    const landing = await takeIn(file, house);
    const fileName = basename(file.name);
    const input: ReadMendsInput = { source: source.id, version: version.id, landing, fileName, purpose: session.purpose };
    return house.jobs.queue(session, { kind: readMendsKind, input, organisation: source.organisation });
  });
}

export const readMendsJob: JobKind = {
  kind: readMendsKind,
  label: "Look at mended records",
  run: async (request): Promise<ReadMends> => {
    const { job, session, house, process, signal, progress } = request;
    const { source, version, landing, fileName } = job.input as ReadMendsInput;
    try {
      const path = join(house.folder.landing, landing);
      const file = { path, name: fileName, scratch: house.folder.temporary, mostRows: mendLimits.inFile };
      const table = await readSmallTable(process, file, { signal, onProgress: progress });
      const mends = mendsIn(table, fileName);
      const { source: found, checked } = await checkMends(session, source, { version, mends }, house);
      await writeFile(laidBy(house, found.datasetId, job.id), mends.map((mend) => `${JSON.stringify(mend)}\n`).join(""), {
        mode: 0o600,
      });
      const count = (state: string) => checked.filter((mend) => mend.state === state).length;
      const told = checked.flatMap((mend) => {
        if (mend.state === "fails") return [{ record: mend.record, text: mend.reasons.join(" ") }];
        return mend.state === "unknown" ? [{ record: mend.record, text: "It is not in quarantine." }] : [];
      });
      return {
        fileName,
        rows: mends.length,
        reads: count("reads"),
        same: count("same"),
        unknown: count("unknown"),
        fails: count("fails"),
        told: told.slice(0, mostTold),
      };
    } finally {
      await discard(job, house);
    }
  },
  discard,
};

async function discard(job: Job, house: House): Promise<void> {
  await rm(join(house.folder.landing, (job.input as ReadMendsInput).landing), { force: true });
}

function mendsIn(table: SmallTable | undefined, name: string): readonly Mend[] {
  const at = (header: string) => table?.headers.findIndex((held) => held.trim().toLowerCase() === header) ?? -1;
  const [recordAt, rawAt] = [at("record"), at("raw")];
  if (!table || recordAt < 0 || rawAt < 0) throw sourcesError("not-a-quarantine", { name });
  if (table.rowsInFile > mendLimits.inFile) throw sourcesError("mends-many", { rows: table.rowsInFile, most: mendLimits.inFile });
  return table.rows.flatMap(({ cells }) => {
    const record = Number((cells[recordAt] ?? "").replaceAll(",", ""));
    return Number.isSafeInteger(record) && record > 0 ? [{ record, text: withoutGuard(cells[rawAt] ?? "") }] : [];
  });
}

/** A file that this person had read. */
export async function getReadMends(session: Session, idOrName: string, id: string, house: House): Promise<Job> {
  const { source } = await getSource(session, idOrName, house);
  const target = { kind: "source", id: source.id, organisation: source.organisation };
  return session.perform(sourcesActions.mend, target, async () => {
    const job = await findJob(house.store, id);
    const mine = job?.kind === readMendsKind && job.actingFor === session.person?.id;
    if (!job || !mine || (job.input as ReadMendsInput).source !== source.id) throw sourcesError("no-mends", {});
    return job;
  });
}

/** Has those that read become rows. Fails as `startMend`, and with `sources.no-mends` where the file was let go. */
export async function confirmMends(session: Session, idOrName: string, id: string, house: House): Promise<Job> {
  const job = await getReadMends(session, idOrName, id, house);
  const { source } = await getSource(session, idOrName, house);
  const path = laidBy(house, source.datasetId, id);
  const mends = await readMends(path).catch(() => {
    throw sourcesError("no-mends", {});
  });
  const { version } = job.input as ReadMendsInput;
  const queued = await startMend(session, source.id, { version, mends }, house);
  await rm(path, { force: true });
  return queued;
}

/**
 * Mends lie beside the segments of their dataset, under a name that no row has: whatever is erased or corrected by law in
 * the dataset takes them with it at once (`Lake.removeUnnamed`), and so does removing its source.
 */
function laidBy(house: House, datasetId: string, job: string): string {
  return join(house.lake.folder, datasetId, `${laidByPrefix}${job}`);
}

async function removeOld(house: House): Promise<void> {
  for (const file of await house.lake.listOrphans()) {
    if (!basename(file).startsWith(laidByPrefix)) continue;
    const path = join(house.lake.folder, file);
    const held = await stat(path).catch(() => undefined);
    if (held && house.clock() - held.mtimeMs > keptMs) await rm(path, { force: true });
  }
}
