import { mkdtemp, rm, stat } from "node:fs/promises";
import { basename, join } from "node:path";
import type { House, JobKind, JobRequest } from "../../access/index.ts";
import { GuildhallError } from "../../kernel/errors.ts";
import { copySound } from "./core/copy-sound.ts";
import { namePattern } from "./core/file-names.ts";
import { planFolder, type InspectedFile, type PlannedDataset } from "./core/plan-folder.ts";
import { inspect, orFailure, sentenceOf, takePlan } from "./load-folder.ts";
import { listSourceRows, type Source } from "./store.ts";
import { findWatchedFolder, listWatchedFiles, recordFate, type WatchedFile, type WatchedFolder } from "./watch-store.ts";

export interface DropJobInput {
  readonly watched: string;
  readonly files: readonly string[];
}

/**
 * Loads files of a watched folder, from copies of the hub's own. One that fits a source goes there: by its name as the next version, by
 * its pattern and columns to a series. What fits none becomes what a folder of such files would. Content that was taken is not taken again.
 */
export const dropJob: JobKind = {
  kind: "sources.drop",
  label: "Load what came into a folder",
  run: async (request) => {
    const { house, progress } = request;
    const input = request.job.input as DropJobInput;
    const watched = await findWatchedFolder(house.store, input.watched);
    if (!watched) return { taken: 0, failed: 0 }; // it is not watched any more
    const held = await listWatchedFiles(house.store, watched.id);
    const wanted = held.filter(({ file, state }) => state === "met" && input.files.includes(file));
    const staging = await mkdtemp(join(house.folder.temporary, "dropped-"));
    const fates = new Fates(watched, new Map(wanted.map((file) => [file.file, file])), house);
    try {
      const inspected: InspectedFile[] = [];
      const known = new Map(
        held.flatMap(({ sha256, file, state }) => (sha256 && state !== "failed" ? [[sha256, file] as const] : [])),
      );
      for (const [at, met] of wanted.entries()) {
        progress({ step: "Looking into the files", done: at, total: wanted.length, unit: "steps" });
        const found = await orFailure(() => takeCopy(watched, met, staging, request));
        if (found instanceof GuildhallError) await fates.fail(met.file, null, sentenceOf(found));
        else if (found && known.has(found.sha256))
          await fates.take(met.file, found.sha256, `It holds what ${known.get(found.sha256) ?? ""} held.`);
        else if (found) inspected.push(found);
      }
      const { plans, copies } = await planDropped(inspected, watched, request);
      for (const [at, { plan, home }] of plans.entries()) {
        progress({ step: plan.name, done: at, total: plans.length, unit: "steps" });
        const place = { folder: staging, organisation: watched.organisation, answers: { defaults: {}, files: {} } };
        const line = await orFailure(() => takePlan(plan, place, request, home));
        const why = line instanceof GuildhallError ? sentenceOf(line) : null;
        for (const { file, sha256 } of plan.files)
          await (why === null ? fates.take(file, sha256, null) : fates.fail(file, sha256, why));
      }
      const shaOf = new Map(inspected.map(({ file, sha256 }) => [file, sha256]));
      for (const { file, of } of copies) await fates.share(file, of, shaOf.get(file) ?? null);
      return fates.count;
    } finally {
      await rm(staging, { recursive: true, force: true });
    }
  },
  // a load that was cancelled, or in which the hub failed, is not begun again and again
  discard: async (job, house) => {
    const { watched, files } = job.input as DropJobInput;
    const left = (await listWatchedFiles(house.store, watched)).filter(
      ({ file, state }) => state === "met" && files.includes(file),
    );
    for (const { sha256, ...file } of left)
      await recordFate(house.store, watched, file, { state: "failed", sha256, why: "The load was stopped.", at: house.clock() });
  },
};

/** A copy of a file in the staging folder, and what is in it; nothing where the file has changed since. */
async function takeCopy(
  { folder }: WatchedFolder,
  met: WatchedFile,
  staging: string,
  request: JobRequest,
): Promise<InspectedFile | undefined> {
  const copy = join(staging, met.file);
  if (!(await copySound(folder, met, copy))) return undefined;
  return inspect(staging, met.file, (await stat(copy)).size, request);
}

interface Dropped {
  readonly plan: PlannedDataset;
  /** The source that it fits. */
  readonly home: Source | undefined;
}

async function planDropped(
  inspected: readonly InspectedFile[],
  { organisation }: WatchedFolder,
  request: JobRequest,
): Promise<{ plans: readonly Dropped[]; copies: ReturnType<typeof planFolder>["copies"] }> {
  const sources = await listSourceRows(request.house.store, organisation);
  const homes = new Map<InspectedFile, Source>();
  for (const file of inspected) {
    const home = await findHome(file, sources, request.house);
    if (home) homes.set(file, home);
  }
  const { planned, copies } = planFolder(inspected);
  // a file that fits a source goes there by itself, also where several would have made a series
  const plans = planned.flatMap((plan): readonly Dropped[] => {
    const [at, free] = [plan.files.filter((file) => homes.has(file)), plan.files.filter((file) => !homes.has(file))];
    return [
      ...at.map((file) => ({ plan: { ...plan, kind: "series" as const, files: [file] }, home: homes.get(file) })),
      ...(free.length > 0 ? [{ plan: { ...plan, files: free }, home: undefined }] : []),
    ];
  });
  return { plans, copies };
}

/**
 * The one source that a file of one table fits: brought as a file of this name, or of this pattern and with these columns. Nothing where
 * there is none, or several.
 */
async function findHome(file: InspectedFile, sources: readonly Source[], house: House): Promise<Source | undefined> {
  if (file.tables.length !== 1) return undefined;
  const name = basename(file.file);
  const pattern = namePattern(name);
  const brought = sources.filter(({ url }) => url === null);
  const named = brought.filter((source) => source.fileName === name && source.pattern === "");
  if (named.length > 0) return named.length === 1 ? named[0] : undefined;
  if (!pattern.includes("#") || file.columns === null) return undefined;
  const alike: Source[] = [];
  for (const source of brought.filter((other) => other.pattern === pattern || other.fileName === pattern)) {
    const version = await house.lake.findVersion(source.datasetId);
    const own = version?.columns.map(({ header }) => header).filter((header) => !/^Source file(?: part \d+)?$/.test(header));
    if (own && JSON.stringify(own) === JSON.stringify(file.columns)) alike.push(source);
  }
  return alike.length === 1 ? alike[0] : undefined;
}

/** Puts on record what became of each file, so that a hub that is stopped goes on where it was. */
class Fates {
  readonly #watched: WatchedFolder;
  readonly #met: ReadonlyMap<string, WatchedFile>;
  readonly #house: House;
  readonly #ended = { taken: new Set<string>(), failed: new Set<string>() };

  constructor(watched: WatchedFolder, met: ReadonlyMap<string, WatchedFile>, house: House) {
    this.#watched = watched;
    this.#met = met;
    this.#house = house;
  }

  get count(): { readonly taken: number; readonly failed: number } {
    return { taken: this.#ended.taken.size, failed: this.#ended.failed.size };
  }

  /** A file of several tables is taken where each of them was. */
  async take(file: string, sha256: string | null, why: string | null): Promise<void> {
    if (this.#ended.failed.has(file)) return;
    this.#ended.taken.add(file);
    await this.#record(file, { state: "taken", sha256, why });
  }

  async fail(file: string, sha256: string | null, why: string): Promise<void> {
    this.#ended.taken.delete(file);
    this.#ended.failed.add(file);
    await this.#record(file, { state: "failed", sha256, why });
  }

  /** A copy of another file of these ends as that one did. */
  async share(file: string, of: string, sha256: string | null): Promise<void> {
    const why = `It holds what ${of} holds.`;
    if (this.#ended.failed.has(of)) await this.fail(file, sha256, `${why} That one could not be loaded.`);
    else await this.take(file, sha256, why);
  }

  async #record(file: string, fate: Pick<WatchedFile, "state" | "sha256" | "why">): Promise<void> {
    const met = this.#met.get(file);
    if (met) await recordFate(this.#house.store, this.#watched.id, met, { ...fate, at: this.#house.clock() });
  }
}
