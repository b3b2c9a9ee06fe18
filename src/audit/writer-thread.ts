import { fileURLToPath } from "node:url";
import { Worker } from "node:worker_threads";
import { asStoreError } from "../store/index.ts";
import type { AuditEntry } from "./entry.ts";
import type { WriteReply, WriteRequest } from "./log-writer.ts";

interface Pending {
  readonly resolve: () => void;
  readonly reject: (error: Error) => void;
}

/** The thread that writes the log: started when first needed, and again after it dies. What it held then fails. */
export class WriterThread {
  readonly #path: string;
  readonly #pending = new Map<number, Pending>();
  #worker: Worker | undefined;
  #nextId = 1;

  constructor(path: string) {
    this.#path = path;
  }

  /** Resolves once the entries, all or none, are on the disk. */
  async write(entries: readonly AuditEntry[]): Promise<void> {
    const worker = (this.#worker ??= this.#start());
    const id = this.#nextId;
    this.#nextId += 1;
    await new Promise<void>((resolve, reject) => {
      this.#pending.set(id, { resolve, reject });
      worker.ref();
      worker.postMessage({ id, entries } satisfies WriteRequest);
    });
  }

  async close(): Promise<void> {
    const worker = this.#worker;
    if (!worker) return;
    worker.ref();
    const gone = new Promise<void>((resolve) => worker.once("exit", () => resolve()));
    worker.postMessage(null);
    await gone;
  }

  #start(): Worker {
    const worker = new Worker(writerProgram(), {
      workerData: { path: this.#path },
      resourceLimits: { maxOldGenerationSizeMb: 64, maxYoungGenerationSizeMb: 4 },
    });
    worker.on("message", ({ id, error }: WriteReply) => {
      const pending = this.#pending.get(id);
      this.#pending.delete(id);
      if (this.#pending.size === 0) worker.unref();
      if (error === null) pending?.resolve();
      else pending?.reject(asStoreError(Object.assign(new Error(error.message), { errcode: error.errcode }), this.#path));
    });
    let reason = new Error("The writer of the audit log stopped.");
    worker.once("error", (error) => (reason = error instanceof Error ? error : reason));
    worker.once("exit", () => {
      this.#worker = undefined;
      const lost = [...this.#pending.values()];
      this.#pending.clear();
      for (const { reject } of lost) reject(reason);
    });
    return worker;
  }
}

/** The program beside this file: TypeScript in a checkout, a bundle once built. */
function writerProgram(): string {
  const here = import.meta.url;
  return fileURLToPath(new URL(here.endsWith(".ts") ? "./log-writer.ts" : "./audit-writer.js", here));
}
