import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { House, Session } from "../../access/index.ts";
import { readMended, type ReceivedLayout, type Version } from "../../engine/index.ts";
import { newId } from "../../kernel/ids.ts";
import { ident, join as joinSql, sql } from "../../sql/index.ts";
import type { Job } from "../../store/index.ts";
import { sourcesActions } from "./actions.ts";
import { sourcesError } from "./errors.ts";
import { isLossy, lostSigns, rawText } from "./raw-text.ts";
import { getSource } from "./sources.ts";
import { recordLastJob, type Source } from "./store.ts";

export const mendKind = "sources.mend";
/** How many records one page has to be mended, how long one may be there in characters, and how many one file may have. */
export const mendLimits = { onPage: 20, shown: 20_000, inFile: 10_000 } as const;

/** A quarantined record by its number, with its text as somebody mended it. */
export interface Mend {
  readonly record: number;
  readonly text: string;
}

export type CheckedMend = Mend &
  (
    | { readonly state: "reads"; readonly cells: readonly { readonly header: string; readonly value: string }[] }
    | { readonly state: "fails"; readonly reasons: readonly string[] }
    /** As it stood. */
    | { readonly state: "same" }
    | { readonly state: "unknown" }
  );

export interface CheckedMends {
  readonly source: Source;
  readonly version: Version;
  readonly checked: readonly CheckedMend[];
}

export interface MendInput {
  readonly source: string;
  readonly version: string;
  /** The mends, a line of JSON each, in the landing folder. */
  readonly landing: string;
  readonly purpose: string | null;
}

/** The layouts of the files that a version was read from, by the number of the first record of each; the newest first. */
export async function layoutsOf(
  version: Version,
  house: House,
): Promise<readonly { readonly firstRecord: number; readonly layout: ReceivedLayout | null }[]> {
  const received = await house.lake.listReceived(version.datasetId);
  const grows = (await house.lake.findDataset(version.datasetId))?.kind === "append";
  const loaded = received.filter(({ version: number }) => number <= version.number);
  const last = Math.max(0, ...loaded.map(({ version: number }) => number));
  return loaded
    .filter(({ version: number }) => grows || number === last)
    .map(({ firstRecord, layout }) => ({ firstRecord, layout }))
    .toSorted((one, other) => other.firstRecord - one.firstRecord);
}

/**
 * Reads mended records as the load of their file read each. Nothing is changed. Fails with `sources.no-source`, and with
 * `mended-elsewhere` where the newest version is not the one that was mended.
 */
export async function checkMends(
  session: Session,
  idOrName: string,
  wanted: { readonly version: string; readonly mends: readonly Mend[] },
  house: House,
): Promise<CheckedMends> {
  const { source, version } = await getSource(session, idOrName, house);
  return session.perform(
    sourcesActions.quarantine,
    { kind: "source", id: source.id, organisation: source.organisation },
    async (scope) => {
      if (!version || version.id !== wanted.version) throw sourcesError("mended-elsewhere", {});
      const { relation } = await scope.relation({
        dataset: source.datasetId,
        action: "quarantine",
        under: "own",
        columns: "covered",
      });
      const numbers = [...new Set(wanted.mends.map(({ record }) => record))];
      if (numbers.length === 0) return { source, version, checked: [] };
      const some = joinSql(
        numbers.map((number) => sql`${number}`),
        ", ",
      );
      const { rows } = await scope.query(
        sql`SELECT ${ident("record_no")}, ${ident("raw")} FROM ${relation} WHERE record_no IN (${some})`,
      );
      const held = new Map(rows.map(([record, raw]) => [Number(record), String(raw)]));
      const layouts = await layoutsOf(version, house);
      const checked: CheckedMend[] = [];
      for (const mend of wanted.mends) {
        const layout = layouts.find(({ firstRecord }) => firstRecord <= mend.record)?.layout ?? null;
        checked.push(await checkMend(mend, held.get(mend.record), layout, version));
      }
      return { source, version, checked };
    },
  );
}

async function checkMend(
  { record, text: written }: Mend,
  raw: string | undefined,
  layout: ReceivedLayout | null,
  version: Version,
): Promise<CheckedMend> {
  if (raw === undefined) return { record, text: written, state: "unknown" };
  const held = rawText(raw);
  // a form sends line ends of two signs; the record keeps those that it had
  const text = held.includes("\r\n") ? written.replaceAll(/\r?\n/g, "\r\n") : written.replaceAll("\r\n", "\n");
  if (text === held) return { record, text, state: "same" };
  if (!layout) return { record, text, state: "fails", reasons: ["Records of such a file are mended where it came from."] };
  if (isLossy(raw) && lostSigns.test(text))
    return { record, text, state: "fails", reasons: ["It still holds a sign that stands for bytes which are no text."] };
  const read = await readMended(text, layout);
  if ("reasons" in read) return { record, text, state: "fails", reasons: read.reasons };
  const cells = read.fields.map((value, at) => {
    const number = layout.columns[at];
    return { header: version.columns.find((column) => column.number === number)?.header ?? "", value };
  });
  return { record, text, state: "reads", cells };
}

/**
 * Has mended records become rows of a new version, in which they are in quarantine no more; those that do not read stay
 * there. Fails as `checkMends`, and with `sources.nothing-mended` where none of them reads.
 */
export async function startMend(
  session: Session,
  idOrName: string,
  wanted: { readonly version: string; readonly mends: readonly Mend[] },
  house: House,
): Promise<Job> {
  const { source, version, checked } = await checkMends(session, idOrName, wanted, house);
  const sound = checked.filter(({ state }) => state === "reads");
  return session.perform(sourcesActions.mend, { kind: "source", id: source.id, organisation: source.organisation }, async () => {
    if (sound.length === 0) throw sourcesError("nothing-mended", {});
    const landing = newId("land", house.clock());
    const lines = sound.map(({ record, text }) => `${JSON.stringify({ record, text })}\n`);
    await writeFile(join(house.folder.landing, landing), lines.join(""), { mode: 0o600, flush: true });
    const input: MendInput = { source: source.id, version: version.id, landing, purpose: session.purpose };
    const job = await house.jobs.queue(session, { kind: mendKind, input, organisation: source.organisation });
    await recordLastJob(house.store, source.id, job.id);
    return job;
  });
}

/** Mends as they were laid by. */
export async function readMends(path: string): Promise<readonly Mend[]> {
  return (await readFile(path, "utf8"))
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as Mend);
}
