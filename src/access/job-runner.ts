import { EngineProcess, type ProcessLimits } from "../engine/index.ts";
import { GuildhallError } from "../kernel/errors.ts";
import { newId } from "../kernel/ids.ts";
import {
  beatJob,
  claimJob,
  findJob,
  finishJob,
  queueJob,
  requestCancel,
  requeueInterrupted,
  type Job,
  type JobProgress,
} from "../store/index.ts";
import type { House } from "./house.ts";
import type { JobKind } from "./module.ts";
import type { Purpose } from "./roles.ts";
import type { PersonFacts, Session } from "./session.ts";

const leaseMs = 30_000;
const beatMs = 500;
const mostAttempts = 3;

export interface JobRunnerParts {
  readonly limits: ProcessLimits;
  readonly kinds: readonly JobKind[];
  /** Looks a person up as they are now, in the organisation that the job is for; jobs of people who left do not run. */
  readonly findPerson: (person: string, organisation: string) => Promise<PersonFacts | undefined>;
}

/** Runs queued jobs one at a time, each in a process of its own, acting for the person who asked. */
export class JobRunner {
  readonly #parts: JobRunnerParts;
  readonly #kinds: ReadonlyMap<string, JobKind>;
  #house: House | undefined;
  #running: Promise<void> | undefined;
  #again = false;
  #stopping = false;
  #current: { id: string; abort: AbortController } | undefined;

  constructor(parts: JobRunnerParts) {
    this.#parts = parts;
    this.#kinds = new Map(parts.kinds.map((kind) => [kind.kind, kind]));
  }

  /** Begins to take jobs; those that were running when the last hub ended start again. */
  async start(house: House): Promise<void> {
    this.#house = house;
    await requeueInterrupted(house.store, house.clock());
    this.#wake();
  }

  /** Queues a job for the session's person and gives it back as it is. */
  async queue(
    session: Session,
    job: { kind: string; input: unknown; organisation: string; idempotencyKey?: string },
  ): Promise<Job> {
    const house = this.#needHouse();
    const now = house.clock();
    const queued = await queueJob(
      house.store,
      {
        id: newId("job", now),
        kind: job.kind,
        input: job.input,
        actingFor: session.person?.id ?? null,
        organisation: job.organisation,
        ...(job.idempotencyKey === undefined ? {} : { idempotencyKey: job.idempotencyKey }),
      },
      now,
    );
    this.#wake();
    return queued;
  }

  async cancel(id: string): Promise<void> {
    const house = this.#needHouse();
    await requestCancel(house.store, id, house.clock());
    if (this.#current?.id === id) this.#current.abort.abort();
  }

  /** Waits until a job has ended, telling its progress on the way. */
  async wait(id: string, onProgress?: (progress: JobProgress) => void): Promise<Job> {
    const house = this.#needHouse();
    for (;;) {
      const job = await findJob(house.store, id);
      if (!job) throw new Error(`There is no job ${id}.`);
      if (job.state !== "queued" && job.state !== "running") return job;
      if (job.progress) onProgress?.(job.progress);
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }

  /** Stops taking jobs; the one that runs is interrupted and waits for the next start. */
  async stop(): Promise<void> {
    this.#stopping = true;
    this.#current?.abort.abort();
    await this.#running;
  }

  #needHouse(): House {
    if (!this.#house) throw new Error("Jobs have not been started.");
    return this.#house;
  }

  #wake(): void {
    this.#again = true;
    this.#running ??= this.#drain()
      .catch((error: unknown) => this.#house?.log.error("job.queue-failed", { detail: String(error) })) // the next job tries again
      .finally(() => (this.#running = undefined));
  }

  async #drain(): Promise<void> {
    const house = this.#needHouse();
    while (this.#again && !this.#stopping) {
      this.#again = false;
      for (
        let job = await claimJob(house.store, house.clock(), leaseMs);
        job && !this.#stopping;
        job = await claimJob(house.store, house.clock(), leaseMs)
      ) {
        await this.#run(house, job);
      }
    }
  }

  async #run(house: House, job: Job): Promise<void> {
    const abort = new AbortController();
    this.#current = { id: job.id, abort };
    let latest: JobProgress | undefined;
    const beat = setInterval(() => {
      const leaseUntil = house.clock() + leaseMs;
      void beatJob(house.store, job.id, latest ? { leaseUntil, progress: latest } : { leaseUntil }).then(
        (cancel) => cancel && abort.abort(),
        (error: unknown) => house.log.warn("job.no-beat", { job: job.id, detail: String(error) }),
      );
    }, beatMs);
    const process = new EngineProcess("job", this.#parts.limits, house.log);
    try {
      const kind = this.#kinds.get(job.kind);
      if (!kind) throw new Error(`Nothing knows how to run a job of kind ${job.kind}.`);
      if (job.attempts > mostAttempts) throw new Error(`The job was started ${mostAttempts} times and never ended.`);
      const session = await this.#sessionFor(house, job);
      const result = await kind.run({
        job,
        session,
        house,
        process,
        signal: abort.signal,
        progress: (progress) => (latest = progress),
      });
      clearInterval(beat);
      await finishJob(house.store, job.id, { state: "done", at: house.clock(), result: result ?? null });
    } catch (error) {
      clearInterval(beat);
      if (this.#stopping && abort.signal.aborted) return; // it waits for the next start
      const known = error instanceof GuildhallError ? error : undefined;
      const state = known?.code === "engine.cancelled" ? "cancelled" : "failed";
      if (!known)
        house.log.error("job.failed", {
          job: job.id,
          kind: job.kind,
          detail: error instanceof Error ? (error.stack ?? error.message) : String(error),
        });
      await finishJob(house.store, job.id, {
        state,
        at: house.clock(),
        error: known
          ? { code: known.code, kind: known.kind, message: known.message, remedy: known.remedy }
          : {
              code: "job.fault",
              message: "The job stopped because of a fault in the hub.",
              remedy: `Give the reference ${job.id.slice(-8).toUpperCase()} to the person who runs this hub.`,
            },
      });
    } finally {
      this.#current = undefined;
      await process.stop();
    }
  }

  async #sessionFor(house: House, job: Job): Promise<Session> {
    if (job.actingFor === null) return house.gate.operatorSession();
    const person = await this.#parts.findPerson(job.actingFor, job.organisation);
    if (!person?.active) throw new Error("The person the job acts for no longer has an account.");
    return house.gate.serviceSession(person, (job.input as { purpose?: Purpose }).purpose ?? null);
  }
}
