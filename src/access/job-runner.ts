import { EngineProcess, type ProcessLimits } from "../engine/index.ts";
import { defineErrors, GuildhallError } from "../kernel/errors.ts";
import { newId } from "../kernel/ids.ts";
import {
  beatJob,
  claimJob,
  findJob,
  finishJob,
  handBackJob,
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

const jobError = defineErrors("job", {
  "given-up": {
    kind: "broken",
    message: (p: { label: string; attempts: number }) =>
      `“${p.label}” was started ${p.attempts} times, and each time the hub stopped before it ended.`,
    remedy:
      "Look at the memory and the disk of the machine, and at GUILDHALL_JOB_MB; then start it again. Nothing was half-saved.",
  },
  "hub-stops": {
    kind: "unavailable",
    message: () => "The hub is stopping. The work waits and goes on when the hub is started again.",
    remedy: "Start the hub, then look at the source or the project.",
  },
  "nobody-asks": {
    kind: "refused",
    message: () => "The person that the work was for has no account here any more.",
    remedy: "Somebody else may start it again.",
  },
});

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
    for (const stopped of await requeueInterrupted(house.store, house.clock())) await this.#discard(house, stopped);
    this.#wake();
  }

  /** Queues a job for the session's person and gives it back as it is. */
  async queue(session: Session, job: { kind: string; input: unknown; organisation: string }): Promise<Job> {
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
    const job = await findJob(house.store, id);
    if (job?.state === "cancelled") await this.#discard(house, job); // it had not begun
  }

  /** Waits until a job has ended, telling its progress on the way. Fails with `job.hub-stops`. */
  async wait(id: string, onProgress?: (progress: JobProgress) => void): Promise<Job> {
    const house = this.#needHouse();
    for (;;) {
      const job = await findJob(house.store, id);
      if (!job) throw new Error(`There is no job ${id}.`);
      if (job.state !== "queued" && job.state !== "running") return job;
      if (job.progress) onProgress?.(job.progress);
      if (this.#stopping) throw jobError("hub-stops", {});
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }

  /** Waits until no job is left to run. */
  async idle(): Promise<void> {
    await this.#running;
  }

  /** Stops taking jobs; the one that runs is interrupted and handed back, for the next start. */
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
      for (;;) {
        const job = await claimJob(house.store, house.clock(), leaseMs);
        if (!job) break;
        if (this.#stopping) return handBackJob(house.store, job.id);
        await this.#run(house, job);
        if (this.#stopping) return;
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
      if (job.attempts > mostAttempts) throw jobError("given-up", { label: kind.label, attempts: mostAttempts });
      const session = await this.#sessionFor(house, job);
      const result = await kind.run({
        job,
        session,
        house,
        process,
        signal: abort.signal,
        progress: (progress) => {
          // a step of many files says which one in its words: it is still the step that began with the first
          const since = latest?.unit === progress.unit && latest.done <= progress.done ? latest.since : house.clock();
          latest = { ...progress, since };
        },
      });
      clearInterval(beat);
      await finishJob(house.store, job.id, { state: "done", at: house.clock(), result: result ?? null });
    } catch (error) {
      clearInterval(beat);
      if (this.#stopping && abort.signal.aborted) return await handBackJob(house.store, job.id);
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
      await this.#discard(house, job);
    } finally {
      this.#current = undefined;
      await process.stop();
    }
  }

  async #discard(house: House, job: Job): Promise<void> {
    await this.#kinds
      .get(job.kind)
      ?.discard?.(job, house)
      .catch((error: unknown) => house.log.warn("job.not-discarded", { job: job.id, detail: String(error) }));
  }

  async #sessionFor(house: House, job: Job): Promise<Session> {
    if (job.actingFor === null) return house.gate.operatorSession();
    const person = await this.#parts.findPerson(job.actingFor, job.organisation);
    if (!person?.active) throw jobError("nobody-asks", {});
    return house.gate.serviceSession(person, (job.input as { purpose?: Purpose }).purpose ?? null);
  }
}
