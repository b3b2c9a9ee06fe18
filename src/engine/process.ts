import { fork, type ChildProcess } from "node:child_process";
import { fileURLToPath } from "node:url";
import { GuildhallError } from "../kernel/errors.ts";
import type { Log } from "../kernel/log.ts";
import { engineError } from "./errors.ts";
import type { FromHost, Progress, TaskName, Tasks, ToHost } from "./protocol.ts";

export interface ProcessLimits {
  /** What the process may use in all; DuckDB gets half. */
  readonly memoryMb: number;
  readonly threads: number;
  readonly tempDirectory: string;
  readonly maxTempMb: number;
}

export interface TaskOptions {
  /** The task is interrupted after this long, and its process killed two seconds later. */
  readonly deadlineMs?: number;
  readonly onProgress?: (progress: Progress) => void;
  readonly signal?: AbortSignal;
}

interface Pending {
  readonly child: ChildProcess;
  readonly name: TaskName;
  readonly resolve: (output: unknown) => void;
  readonly reject: (error: Error) => void;
  readonly onProgress: ((progress: Progress) => void) | undefined;
}

const killAfterMs = 2000;

/** One engine or job process, started when first needed and started again, with back-off, after it dies. */
export class EngineProcess {
  readonly #role: "engine" | "job";
  readonly #limits: ProcessLimits;
  readonly #log: Log;
  readonly #pending = new Map<number, Pending>();
  #child: ChildProcess | undefined;
  #starting: Promise<ChildProcess> | undefined;
  #nextId = 1;
  #deaths = 0;
  #stopped = false;

  constructor(role: "engine" | "job", limits: ProcessLimits, log: Log) {
    this.#role = role;
    this.#limits = limits;
    this.#log = log;
  }

  get pid(): number | undefined {
    return this.#child?.pid;
  }

  async run<N extends TaskName>(name: N, input: Tasks[N]["input"], options: TaskOptions = {}): Promise<Tasks[N]["output"]> {
    if (options.signal?.aborted) throw engineError("cancelled", {});
    const child = await this.#start();
    if (options.signal?.aborted) throw engineError("cancelled", {}); // while it started: the signal is not told twice
    const id = this.#nextId;
    this.#nextId += 1;
    return new Promise<Tasks[N]["output"]>((resolve, reject) => {
      let late: NodeJS.Timeout | undefined;
      let timedOut = false;
      const interrupt = () => {
        tell(child, { kind: "interrupt", id });
        late = setTimeout(() => child.kill("SIGKILL"), killAfterMs);
      };
      const deadline =
        options.deadlineMs === undefined
          ? undefined
          : setTimeout(() => {
              timedOut = true;
              interrupt();
            }, options.deadlineMs);
      options.signal?.addEventListener("abort", interrupt, { once: true });
      const settle = () => {
        clearTimeout(deadline);
        clearTimeout(late);
        options.signal?.removeEventListener("abort", interrupt);
        this.#pending.delete(id);
      };
      this.#pending.set(id, {
        child,
        name,
        onProgress: options.onProgress,
        resolve: (output) => {
          settle();
          resolve(output as Tasks[N]["output"]);
        },
        reject: (error) => {
          settle();
          reject(
            timedOut
              ? engineError("deadline", { seconds: Math.round((options.deadlineMs ?? 0) / 1000) })
              : options.signal?.aborted
                ? engineError("cancelled", {})
                : error,
          );
        },
      });
      if (!tell(child, { kind: "task", id, name, input })) this.#pending.get(id)?.reject(engineError("died", {}));
    });
  }

  /** Ends the process; whatever it was doing fails. */
  async stop(): Promise<void> {
    this.#stopped = true;
    await this.#starting?.catch(() => undefined); // one that was just starting must not outlive this
    const child = this.#child;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const gone = new Promise<void>((resolve) => child.once("exit", () => resolve()));
    tell(child, { kind: "stop" });
    const late = setTimeout(() => child.kill("SIGKILL"), killAfterMs);
    await gone;
    clearTimeout(late);
  }

  async #start(): Promise<ChildProcess> {
    if (this.#stopped) throw engineError("died", {});
    if (this.#child?.connected) return this.#child;
    this.#starting ??= this.#spawn().finally(() => (this.#starting = undefined));
    return this.#starting;
  }

  async #spawn(): Promise<ChildProcess> {
    if (this.#deaths > 0) await new Promise((resolve) => setTimeout(resolve, Math.min(5000, 50 * 2 ** this.#deaths)));
    const settings = { role: this.#role, ...this.#limits, memoryMb: Math.floor(this.#limits.memoryMb / 2) };
    const child = fork(hostProgram(), [JSON.stringify(settings)], {
      serialization: "advanced",
      stdio: ["ignore", "ignore", "inherit", "ipc"],
      execArgv: ["--disable-warning=ExperimentalWarning", "--max-old-space-size=512"],
    });
    child.on("message", (message: FromHost) => this.#receive(message));
    child.once("exit", (code, signal) => this.#ended(child, code, signal));
    child.on("error", (error) => this.#log.warn("engine.process-error", { role: this.#role, detail: error.message }));
    await new Promise<void>((resolve, reject) => {
      child.once("message", () => resolve());
      child.once("exit", () => reject(engineError("died", {})));
      child.once("error", reject);
    });
    this.#child = child;
    return child;
  }

  #receive(message: FromHost): void {
    if (message.kind === "ready") return;
    const pending = this.#pending.get(message.id);
    if (!pending) return;
    if (message.kind === "progress") pending.onProgress?.(message.progress);
    else if (message.kind === "done") {
      this.#deaths = 0;
      pending.resolve(message.output);
    } else {
      if (message.detail !== undefined)
        this.#log.error("engine.task-failed", { task: pending.name, code: message.code, detail: message.detail });
      pending.reject(errorOf(message.code, message.message, pending.name));
    }
  }

  #ended(child: ChildProcess, code: number | null, signal: string | null): void {
    if (this.#child === child) this.#child = undefined;
    if (this.#stopped && this.#pending.size === 0) return;
    this.#deaths += 1;
    this.#log.warn("engine.process-ended", { role: this.#role, code, signal, waiting: this.#pending.size });
    for (const pending of this.#pending.values()) if (pending.child === child) pending.reject(engineError("died", {}));
  }
}

/** Whether the message could be sent; a process that has just died takes none. */
function tell(child: ChildProcess, message: ToHost): boolean {
  if (!child.connected) return false;
  child.send(message);
  return true;
}

function errorOf(code: string, message: string, task: string): GuildhallError {
  switch (code) {
    case "engine.unreadable":
      return engineError("unreadable", { problem: message });
    case "engine.not-written":
      return engineError("not-written", { problem: message });
    case "engine.too-many-rows":
      return engineError("too-many-rows", { limit: Number(/\d+/.exec(message)?.[0] ?? 0) });
    case "engine.no-space":
      return engineError("no-space", {});
    case "engine.cancelled":
      return engineError("cancelled", {});
    default:
      return engineError("failed", { task });
  }
}

/** The host program beside this file: TypeScript in a checkout, a bundle once built. */
function hostProgram(): string {
  const here = import.meta.url;
  return fileURLToPath(new URL(here.endsWith(".ts") ? "./host.ts" : "./engine-host.js", here));
}
