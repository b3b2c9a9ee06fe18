import { availableParallelism } from "node:os";
import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { collect, Gate, JobRunner, type House, type Module } from "./access/index.ts";
import { AuditLog } from "./audit/index.ts";
import { casesModule } from "./domains/cases/index.ts";
import { catalogueModule, describeDataset } from "./domains/catalogue/index.ts";
import { insightModule } from "./domains/insight/index.ts";
import { findPersonFacts, peopleModule } from "./domains/people/index.ts";
import { recordsModule } from "./domains/records/index.ts";
import { registryModule } from "./domains/registry/index.ts";
import { placesModule } from "./domains/places/index.ts";
import { sharingModule } from "./domains/sharing/index.ts";
import { qualityModule } from "./domains/quality/index.ts";
import { retentionModule } from "./domains/retention/index.ts";
import { sourcesModule } from "./domains/sources/index.ts";
import { watchModule } from "./domains/watch/index.ts";
import { Engine, Lake, lakeMigrations, takeDataFolder } from "./engine/index.ts";
import { hubModule } from "./hub-module.ts";
import type { Clock } from "./kernel/clock.ts";
import { listSettings, type Settings } from "./kernel/config.ts";
import { readKeys } from "./kernel/keys.ts";
import { createLog, type Log } from "./kernel/log.ts";
import { openVault } from "./kernel/vault.ts";
import { jobMigrations, outboxMigrations, Store } from "./store/index.ts";

/** Every domain of the hub, in the order of the verbs. Joining this list is how a domain reaches the faces. */
export const modules: readonly Module[] = [
  peopleModule,
  sourcesModule,
  retentionModule,
  catalogueModule,
  qualityModule,
  registryModule,
  sharingModule,
  insightModule,
  casesModule,
  recordsModule,
  placesModule,
  watchModule,
  hubModule,
];

export interface OpenHouse {
  readonly house: House;
  readonly close: () => Promise<void>;
}

/** Takes the data folder and builds everything over it, in order. `close` undoes it in the other order. */
export async function openHouse(settings: Settings, options: { clock?: Clock; log?: Log } = {}): Promise<OpenHouse> {
  const clock = options.clock ?? Date.now;
  const log = options.log ?? createLog(settings.GUILDHALL_LOG);
  const folder = takeDataFolder(resolve(settings.GUILDHALL_DATA));
  try {
    const isNew = !existsSync(folder.store);
    const keys = readKeys(settings.GUILDHALL_KEYS === "" ? `${folder.root}.keys` : resolve(settings.GUILDHALL_KEYS), isNew);
    const migrations = [outboxMigrations, jobMigrations, lakeMigrations, ...modules.flatMap((module) => module.migrations ?? [])];
    const store = await Store.open(folder.store, migrations);
    const audit = new AuditLog(folder.audit, store);
    await audit.drain();
    const lake = new Lake(folder.lake, store, clock);
    const spill = { tempDirectory: folder.temporary, maxTempMb: settings.GUILDHALL_SPILL_MB };
    const engine = new Engine(
      {
        limits: { memoryMb: settings.GUILDHALL_ENGINE_MB, threads: 2, ...spill },
        concurrency: 2,
        waiting: 200,
        deadlineMs: settings.GUILDHALL_QUESTION_SECONDS * 1000,
        maxRows: 10_000,
      },
      log,
      (files, hash) => lake.verifyFiles(files, hash),
    );
    const gate = new Gate({
      store,
      audit,
      lake,
      engine,
      clock,
      pseudonymSecret: keys.pseudonym,
      facts: {
        describeDataset: (id) => describeDataset(store, id),
        rulesFor: (dataset, agreement, organisation) =>
          collect(modules, (contributions) => contributions.rules?.(dataset, agreement, organisation, house)),
        isLive: async (agreement) =>
          (await collect(modules, async (contributions) => [await contributions.isLive?.(agreement, house)])).includes(true),
        findNeed: async (session, subject) => {
          for (const module of modules) {
            const need = await module.contributes?.need?.(session, subject, house);
            if (need) return need;
          }
          return undefined;
        },
      },
    });
    const jobs = new JobRunner({
      limits: { memoryMb: settings.GUILDHALL_JOB_MB, threads: Math.max(1, availableParallelism() - 1), ...spill }, // pages keep a core
      kinds: modules.flatMap((module) => module.jobs ?? []),
      findPerson: (person, organisation) => findPersonFacts(store, person, organisation),
    });
    const house: House = {
      clock,
      log,
      folder,
      store,
      lake,
      engine,
      audit,
      gate,
      jobs,
      vault: openVault(keys.connector),
      modules,
      settings: listSettings(settings),
    };
    await lake.collect();
    await jobs.start(house);
    return {
      house,
      close: async () => {
        await jobs.stop();
        await engine.stop();
        await audit.close();
        await store.close();
        folder.release();
      },
    };
  } catch (error) {
    folder.release();
    throw error;
  }
}
