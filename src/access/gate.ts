import { createHmac, randomBytes } from "node:crypto";
import type { AuditEntry, AuditLog } from "../audit/index.ts";
import type { Engine, Lake } from "../engine/index.ts";
import type { Clock } from "../kernel/clock.ts";
import { newId } from "../kernel/ids.ts";
import { putInOutbox, type Records, type Store } from "../store/index.ts";
import type { Purpose } from "./roles.ts";
import type { Action } from "./action.ts";
import type { DatasetFacts, Reason, Rule } from "./rule.ts";
import { Session, type PersonFacts } from "./session.ts";

/** What decisions need to know and only domains can tell. Each is asked at the time of the decision. */
export interface PolicyFacts {
  describeDataset(id: string): Promise<DatasetFacts | undefined>;
  /** The rules of one agreement, or of an organisation's policy on its own data, with every forbid that holds. */
  rulesFor(dataset: string, agreement: string | null, organisation: string): Promise<readonly Rule[]>;
  isLive(agreement: string): Promise<boolean>;
  /** The case, task or referral that ties this person to this subject now. */
  findNeed(session: Session, subject: string): Promise<{ kind: string; id: string } | undefined>;
}

export interface GateParts {
  readonly store: Store;
  readonly audit: AuditLog;
  readonly lake: Lake;
  readonly engine: Engine;
  readonly clock: Clock;
  readonly facts: PolicyFacts;
  /** The hub's secret for pseudonyms. */
  readonly pseudonymSecret: string;
}

/** The one place that makes sessions. */
export class Gate {
  readonly store: Store;
  readonly audit: AuditLog;
  readonly lake: Lake;
  readonly engine: Engine;
  readonly clock: Clock;
  readonly #facts: PolicyFacts;
  readonly #secret: string;

  constructor(parts: GateParts) {
    this.store = parts.store;
    this.audit = parts.audit;
    this.lake = parts.lake;
    this.engine = parts.engine;
    this.clock = parts.clock;
    this.#facts = parts.facts;
    this.#secret = parts.pseudonymSecret;
  }

  /** For a person who has signed in; the facts are looked up for each request. */
  personSession(person: PersonFacts, purpose: Purpose | null): Session {
    return Session.make(this, { kind: "person", person, purpose });
  }

  /** For a job that acts for a named person. */
  serviceSession(person: PersonFacts, purpose: Purpose | null): Session {
    return Session.make(this, { kind: "service", person, purpose });
  }

  operatorSession(): Session {
    return Session.make(this, { kind: "operator", person: null, purpose: null });
  }

  publicSession(): Session {
    return Session.make(this, { kind: "public", person: null, purpose: null });
  }

  describeDataset(id: string): Promise<DatasetFacts | undefined> {
    return this.#facts.describeDataset(id);
  }

  rulesFor(dataset: string, agreement: string | null, organisation: string): Promise<readonly Rule[]> {
    return this.#facts.rulesFor(dataset, agreement, organisation);
  }

  isLive(agreement: string): Promise<boolean> {
    return this.#facts.isLive(agreement);
  }

  findNeed(session: Session, subject: string): Promise<{ kind: string; id: string } | undefined> {
    return this.#facts.findNeed(session, subject);
  }

  /** Keyed per agreement, so that two partners cannot join on a pseudonym. */
  pseudonymKey(agreement: string | null): string {
    return createHmac("sha256", this.#secret)
      .update(agreement ?? "own")
      .digest("hex");
  }

  newReference(): { id: string; salt: string; reference: string } {
    const id = newId("use", this.clock());
    return { id, salt: randomBytes(16).toString("hex"), reference: id.slice(-8).toUpperCase() };
  }

  /** Puts on record that a stranger was turned away: whose account it was about, where there is one, and why. */
  async noteRefusal(wanted: Action, about: { person: string | null; reason: Reason }): Promise<void> {
    await this.audit.append({
      ...this.newReference(),
      at: this.clock(),
      session: "public",
      person: about.person,
      organisation: null,
      roles: [],
      action: wanted.name,
      outcome: "refused",
      reason: about.reason,
      purpose: null,
      evidence: null,
      agreement: null,
      target: null,
      data: [],
      subjects: [],
    });
  }

  async entryInto(records: Records, entry: AuditEntry): Promise<void> {
    await putInOutbox(records, JSON.stringify(entry));
  }
}
