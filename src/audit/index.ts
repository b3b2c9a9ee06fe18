export type { AuditEntry, DataUse, Outcome } from "./entry.ts";
export { AuditLog, type AuditRow, type AuditSearch } from "./log.ts";
