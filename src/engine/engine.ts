import { compile, type Fragment, type Stage } from "../sql/index.ts";
import type { Log } from "../kernel/log.ts";
import { FairQueue } from "./fair-queue.ts";
import { EngineProcess, type ProcessLimits } from "./process.ts";
import type { QueryResult, RowsOutput, RowsTarget, StatementInput } from "./protocol.ts";
import { Relation } from "./relation.ts";

export interface EngineSettings {
  readonly limits: ProcessLimits;
  readonly concurrency: number;
  readonly waiting: number;
  readonly deadlineMs: number;
  readonly maxRows: number;
}

/** Where questions are answered. A statement runs only if every leaf is a Relation or a list of literals. */
export class Engine {
  readonly #process: EngineProcess;
  readonly #queue: FairQueue;
  readonly #settings: EngineSettings;
  readonly #verify: (files: readonly string[]) => Promise<void>;

  /** `verify` fails when a file is not what it was when it was written. */
  constructor(
    settings: EngineSettings,
    log: Log,
    verify: (files: readonly string[], hash: (path: string) => Promise<string>) => Promise<void>,
  ) {
    this.#settings = settings;
    this.#process = new EngineProcess("engine", settings.limits, log);
    this.#queue = new FairQueue(settings.concurrency, settings.waiting);
    this.#verify = (files) => verify(files, async (path) => (await this.#process.run("hash", { path })).sha256);
  }

  get pid(): number | undefined {
    return this.#process.pid;
  }

  /** The rows of one statement, at most `maxRows` (10,000 unless the hub is set otherwise). */
  async query(statement: Fragment | Stage, options: { organisation: string; maxRows?: number }): Promise<QueryResult> {
    const { input, files } = prepare(statement);
    return this.#queue.run(options.organisation, async () => {
      await this.#verify(files);
      const maxRows = options.maxRows ?? this.#settings.maxRows;
      return this.#process.run("query", { ...input, maxRows }, { deadlineMs: this.#settings.deadlineMs });
    });
  }

  /** The same on a process of a job's own, for heavy work: no deadline, the job's limits, and its cancelling. */
  async queryOn(
    process: EngineProcess,
    statement: Fragment | Stage,
    options: { maxRows: number; signal?: AbortSignal },
  ): Promise<QueryResult> {
    const { input, files } = prepare(statement);
    await this.#verify(files);
    return process.run("query", { ...input, maxRows: options.maxRows }, options.signal ? { signal: options.signal } : {});
  }

  /** Writes the rows of a statement into a file, on a process of a job's own. */
  async writeOn(
    process: EngineProcess,
    statement: Fragment | Stage,
    target: RowsTarget,
    options: { signal?: AbortSignal },
  ): Promise<RowsOutput> {
    const { input, files } = prepare(statement);
    await this.#verify(files);
    return process.run("rows", { ...input, ...target }, options);
  }

  /** Starts the process before anyone waits for it. */
  async warm(): Promise<void> {
    await this.#process.run("query", { text: "SELECT 1", check: "SELECT 1", params: [], leaves: [], maxRows: 1 });
  }

  async stop(): Promise<void> {
    await this.#process.stop();
  }
}

function prepare(statement: Fragment | Stage): { input: StatementInput; files: readonly string[] } {
  const bare = compile(statement);
  const full = compile(statement, (leaf) => Relation.rowsOf(leaf));
  const leaves = [...bare.leaves.values()];
  return {
    input: { text: full.text, check: bare.text, params: full.params, leaves: [...bare.leaves.keys()] },
    files: [...new Set(leaves.flatMap((leaf) => Relation.filesOf(leaf)))],
  };
}
