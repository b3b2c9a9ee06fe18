import type { AuditLog } from "../audit/index.ts";
import type { DataFolder, Engine, Lake } from "../engine/index.ts";
import type { Clock } from "../kernel/clock.ts";
import type { SettingRow } from "../kernel/config.ts";
import type { Log } from "../kernel/log.ts";
import type { Vault } from "../kernel/vault.ts";
import type { Store } from "../store/index.ts";
import type { Gate } from "./gate.ts";
import type { JobRunner } from "./job-runner.ts";
import type { Module } from "./module.ts";

/** Everything that is built once and handed to use cases: the only things that have effects. */
export interface House {
  readonly clock: Clock;
  readonly log: Log;
  readonly folder: DataFolder;
  readonly store: Store;
  readonly lake: Lake;
  readonly engine: Engine;
  readonly audit: AuditLog;
  readonly gate: Gate;
  readonly jobs: JobRunner;
  /** For the secrets of connectors. */
  readonly vault: Vault;
  readonly modules: readonly Module[];
  /** What the hub was started with. */
  readonly settings: readonly SettingRow[];
}
