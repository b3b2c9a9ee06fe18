/** How a use ended: done, refused by policy, not there for this session, or failed on the way. */
export type Outcome = "done" | "refused" | "missing" | "failed";

/** One dataset as it was used: which version, which columns, how many rows or groups left. */
export interface DataUse {
  readonly dataset: string;
  readonly owner: string;
  readonly version: string | null;
  readonly columns: readonly string[];
  readonly rows: number;
}

/**
 * One use of the hub: a request, a job or an export, whatever number of rows it touched. The shape is final, since the
 * log becomes a Merkle log over these same entries; `salt` is there so that an entry's hash gives nothing away.
 */
export interface AuditEntry {
  readonly id: string;
  readonly at: number;
  readonly salt: string;
  readonly session: "person" | "service" | "operator" | "public";
  readonly person: string | null;
  readonly organisation: string | null;
  readonly roles: readonly string[];
  readonly action: string;
  readonly outcome: Outcome;
  /** A code of `Reason` for refusals, an error code for failures. */
  readonly reason: string | null;
  readonly purpose: string | null;
  readonly evidence: { readonly kind: string; readonly id: string } | null;
  readonly agreement: string | null;
  readonly target: { readonly kind: string; readonly id: string } | null;
  readonly data: readonly DataUse[];
  /** Entities whose records were shown or changed; for totals over many people, none. */
  readonly subjects: readonly string[];
  /** What a stranger is told so that those who may can find this entry. */
  readonly reference: string;
}
