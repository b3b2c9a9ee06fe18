import type { AuditEntry, DataUse, Outcome } from "../audit/index.ts";
import { GuildhallError } from "../kernel/errors.ts";
import { decideAction, type Action } from "./action.ts";
import { accessError } from "./errors.ts";
import type { Gate } from "./gate.ts";
import type { Purpose, Role } from "./roles.ts";
import type { Reason } from "./rule.ts";
import { Scope } from "./scope.ts";

/** Who asks, looked up at the time of asking. */
export interface PersonFacts {
  readonly id: string;
  readonly name: string;
  readonly active: boolean;
  readonly organisation: string;
  readonly organisationName: string;
  readonly roles: readonly Role[];
}

export interface Target {
  readonly kind: string;
  readonly id: string;
  /** The organisation it belongs to; null for things of the whole hub. */
  readonly organisation: string | null;
}

type Kind = AuditEntry["session"];

/**
 * On every call: who, why and under what. The gate makes sessions of four kinds and there is no other way to get one.
 * A person's session acts for the person; a service's for a named person in a job; the operator's runs the machine and
 * holds no purpose, so it reads no person-level row; the public's reads what is public.
 */
export class Session {
  readonly kind: Kind;
  readonly person: PersonFacts | null;
  readonly purpose: Purpose | null;
  readonly #gate: Gate;

  private constructor(gate: Gate, facts: { kind: Kind; person: PersonFacts | null; purpose: Purpose | null }) {
    this.#gate = gate;
    this.kind = facts.kind;
    this.person = facts.person;
    this.purpose = facts.purpose;
  }

  /** For the gate alone. */
  static make(gate: Gate, facts: { kind: Kind; person: PersonFacts | null; purpose: Purpose | null }): Session {
    return new Session(gate, facts);
  }

  get organisation(): string | null {
    return this.person?.organisation ?? null;
  }

  get roles(): readonly Role[] {
    return this.person?.roles ?? [];
  }

  /** Whether the action would be allowed to start, for drawing a page; nothing is recorded and nothing is granted. */
  may(wanted: Action, owner: string | null = null): boolean {
    return decideAction(this.#actor(), wanted, owner).effect === "permit";
  }

  /**
   * Decides, does the work, and puts the use on record before the result is handed back. Refusals and failures are
   * recorded too. Fails with `access.refused`, `access.missing`, `access.sign-in`, or what the work fails with.
   */
  async perform<T>(wanted: Action, target: Target | null, work: (scope: Scope) => Promise<T>): Promise<T> {
    const decision = decideAction(this.#actor(), wanted, target?.organisation ?? null);
    const note = this.#gate.newReference();
    if (decision.effect === "deny") {
      if (this.kind === "public") throw accessError("sign-in", {});
      await this.#record(wanted, target, { outcome: decision.outcome, reason: decision.reason, ...note, scope: null });
      throw accessError(decision.outcome, { reference: note.reference });
    }
    const scope = Scope.make(this, this.#gate, (records) =>
      this.#gate.entryInto(records, this.#entry(wanted, target, { outcome: "done", reason: null, ...note, scope })),
    );
    let result: T;
    try {
      result = await work(scope);
    } catch (error) {
      scope.close();
      const denial = error instanceof Denial ? error : undefined;
      const outcome: Outcome = denial ? denial.outcome : "failed";
      const reason = denial ? denial.reason : error instanceof GuildhallError ? error.code : "fault";
      // what a transaction has committed stays, with its entry; the failure that came after it gets one of its own
      const ending = (await this.#isKept(scope, note.id)) ? this.#gate.newReference() : note;
      if (this.kind !== "public") await this.#record(wanted, target, { outcome, reason, ...ending, scope });
      throw denial ? accessError(denial.outcome, { reference: ending.reference }) : error;
    }
    scope.close();
    const kept = await this.#isKept(scope, note.id);
    if (this.kind !== "public" && (!kept || scope.readSinceNoted)) {
      const ending = kept ? this.#gate.newReference() : note;
      await this.#record(wanted, target, { outcome: "done", reason: null, ...ending, scope });
    }
    return result;
  }

  /** Whether the log holds the entry that a transaction of this use was to bring: one rolled back brings none. */
  async #isKept(scope: Scope, id: string): Promise<boolean> {
    if (!scope.noted) return false;
    try {
      await this.#gate.audit.drain();
      return this.#gate.audit.has(id);
    } catch {
      throw accessError("no-audit", {});
    }
  }

  #actor() {
    return { kind: this.kind, active: this.person?.active ?? false, organisation: this.organisation, roles: this.roles };
  }

  async #record(wanted: Action, target: Target | null, use: Use): Promise<void> {
    try {
      await this.#gate.audit.append(this.#entry(wanted, target, use));
    } catch {
      throw accessError("no-audit", {});
    }
  }

  #entry(wanted: Action, target: Target | null, use: Use): AuditEntry {
    return {
      id: use.id,
      at: this.#gate.clock(),
      salt: use.salt,
      session: this.kind,
      person: this.person?.id ?? null,
      organisation: this.organisation,
      roles: this.roles,
      action: wanted.name,
      outcome: use.outcome,
      reason: use.reason,
      purpose: this.purpose,
      evidence: use.scope?.evidence ?? null,
      agreement: use.scope?.agreement ?? null,
      target: target && { kind: target.kind, id: target.id },
      data: use.scope?.data ?? ([] as readonly DataUse[]),
      subjects: use.scope?.subjects ?? [],
      reference: use.reference,
    };
  }
}

interface Use {
  readonly outcome: Outcome;
  readonly reason: string | null;
  readonly id: string;
  readonly salt: string;
  readonly reference: string;
  readonly scope: Scope | null;
}

/** Thrown inside a use by a decision about rows; the person sees one sentence and a reference, the log the reason. */
export class Denial extends Error {
  readonly outcome: "refused" | "missing";
  readonly reason: Reason;

  constructor(outcome: "refused" | "missing", reason: Reason) {
    super(`Denied: ${reason}.`);
    this.outcome = outcome;
    this.reason = reason;
  }
}
