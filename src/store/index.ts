export { Store, type Migrations, type Records } from "./store.ts";
export { asStoreError } from "./errors.ts";
export { clearOutbox, outboxMigrations, putInOutbox, readOutbox, type OutboxRow } from "./outbox.ts";
export {
  beatJob,
  claimJob,
  finishJob,
  handBackJob,
  findJob,
  jobMigrations,
  listJobs,
  queueJob,
  requestCancel,
  requeueInterrupted,
  type Job,
  type JobProgress,
  type JobState,
  type NewJob,
} from "./jobs.ts";
