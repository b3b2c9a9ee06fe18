import type { Reason } from "./rule.ts";
import type { Role } from "./roles.ts";

/** Something that can be done in the hub, declared in the manifest of the domain that does it. */
export interface Action {
  readonly name: string;
  /** What it is in words, for the audit page. */
  readonly label: string;
  /** The roles that may; `signed-in` for every signed-in person. */
  readonly persons: readonly Role[] | "signed-in";
  readonly operator: boolean;
  readonly public: boolean;
  /**
   * Whether it may concern another organisation's things. If not, another's are missing, not refused: their existence
   * is not given away.
   */
  readonly across: boolean;
}

/** Declares an action; what is left out is denied. */
export function action(
  name: string,
  label: string,
  allow: { persons?: readonly Role[] | "signed-in"; operator?: boolean; public?: boolean; across?: boolean },
): Action {
  return {
    name,
    label,
    persons: allow.persons ?? [],
    operator: allow.operator ?? false,
    public: allow.public ?? false,
    across: allow.across ?? false,
  };
}

export interface Actor {
  readonly kind: "person" | "service" | "operator" | "public";
  readonly active: boolean;
  readonly organisation: string | null;
  readonly roles: readonly Role[];
}

export type ActionDecision =
  { readonly effect: "permit" } | { readonly effect: "deny"; readonly outcome: "refused" | "missing"; readonly reason: Reason };

/** Decides whether an actor may start an action at all. Rows are decided on their own, dataset by dataset. */
export function decideAction(actor: Actor, wanted: Action, owner: string | null): ActionDecision {
  if (actor.kind === "public")
    return wanted.public ? { effect: "permit" } : { effect: "deny", outcome: "refused", reason: "session" };
  if (actor.kind === "operator")
    return wanted.operator ? { effect: "permit" } : { effect: "deny", outcome: "refused", reason: "session" };
  if (!actor.active) return { effect: "deny", outcome: "refused", reason: "account" };
  if (wanted.persons !== "signed-in" && !wanted.persons.some((role) => actor.roles.includes(role))) {
    return { effect: "deny", outcome: "refused", reason: "role" };
  }
  if (owner !== null && owner !== actor.organisation && !wanted.across)
    return { effect: "deny", outcome: "missing", reason: "organisation" };
  return { effect: "permit" };
}
