import { strictestMask, type ColumnClass, type Mask, type Reading } from "../vocabulary/index.ts";
import { always, never, type Pred } from "./pred.ts";
import { settleKnown, type Bindings } from "./pred-evaluate.ts";
import type { Purpose, Role } from "./roles.ts";

/**
 * What may be done with the rows of a dataset. `check` counts the rows that meet a condition, and knows each cell as it was
 * received beside what it was read as; `inspect` shows such cells under masks, to mend them at their source. `unread` tells where
 * records stand that could not be read, and why; only `quarantine` holds their bytes.
 */
export type DataAction = "read" | "search" | "aggregate" | "link" | "quarantine" | "unread" | "export" | "check" | "inspect";

/** One statement of policy about one dataset. Agreements and an organisation's own policy compile to these. */
export interface Rule {
  readonly id: string;
  readonly effect: "permit" | "forbid";
  readonly roles: readonly Role[];
  readonly purposes: readonly Purpose[];
  readonly actions: readonly DataAction[];
  readonly dataset: string;
  /** The agreement it belongs to; null for an organisation's policy on its own data. */
  readonly agreement: string | null;
  readonly when: Pred;
  /** Columns by number, with the mask each is shown under. A permit covers these and no others. */
  readonly columns: readonly { readonly number: number; readonly mask: Mask }[];
  readonly minCell: number | null;
  readonly rowLimit: number | null;
}

export interface DatasetColumn {
  readonly number: number;
  readonly name: string;
  readonly type: string;
  readonly reading?: Reading;
  /** By what it was worked out from other columns of its row; absent where a file has it. */
  readonly recipe?: string;
  readonly class: ColumnClass;
  readonly mask: Mask;
}

/** What policy needs to know of a dataset. */
export interface DatasetFacts {
  readonly id: string;
  readonly name: string;
  readonly organisation: string;
  readonly describesPeople: boolean;
  readonly columns: readonly DatasetColumn[];
}

export interface DataRequest {
  readonly roles: readonly Role[];
  readonly organisation: string;
  readonly purpose: Purpose | null;
  readonly action: DataAction;
  /** `own` for the organisation's policy on its own data, else the agreement named. */
  readonly under: "own" | { readonly agreement: string };
  /** Columns asked for by number, or all that are covered. */
  readonly columns: readonly number[] | "covered";
  /** Whether business need ties this person to each subject of the request now; null when no subject is named. */
  readonly need: boolean | null;
  readonly known: Omit<Bindings, "row">;
}

export type Reason =
  | "account"
  | "role"
  | "purpose"
  | "no_agreement"
  | "agreement_not_live"
  | "agreement_scope"
  | "column"
  | "no_need"
  | "forbidden"
  | "limit"
  | "session"
  | "organisation"
  | "policy_error";

export interface Obligations {
  readonly rowFilter: Pred;
  readonly columns: readonly { readonly number: number; readonly mask: Mask }[];
  /** Counts below this are hidden. 0: the dataset describes no people, and no agreement asks for it. */
  readonly minCell: number;
  readonly rowLimit: number;
}

export type Decision =
  | { readonly effect: "permit"; readonly because: readonly string[]; readonly obligations: Obligations }
  | { readonly effect: "deny"; readonly reason: Reason; readonly because: readonly string[] };

export const defaultMinCell = 10;
export const defaultRowLimit = 10_000;

/**
 * Decides what a request may do with the rows of one dataset. Default deny; a forbid that matches without looking at
 * the row denies, one that looks at the row takes its rows away; anything that goes wrong is `policy_error`.
 *
 * Several permits that match: a row passes if any passes it, each column shows what all of them cover, under the
 * strictest mask; the largest minimum cell and the smallest row limit hold.
 */
export function decide(request: DataRequest, dataset: DatasetFacts, rules: readonly Rule[]): Decision {
  try {
    return decideOrThrow(request, dataset, rules);
  } catch {
    return deny("policy_error");
  }
}

function decideOrThrow(request: DataRequest, dataset: DatasetFacts, rules: readonly Rule[]): Decision {
  const agreement = request.under === "own" ? null : request.under.agreement;
  if (agreement === null && dataset.organisation !== request.organisation) return deny("no_agreement");
  if (request.purpose === null) return deny("purpose");
  const purpose = request.purpose;
  const here = rules.filter((rule) => rule.dataset === dataset.id && (rule.agreement === agreement || rule.effect === "forbid"));
  if (!here.some((rule) => rule.effect === "permit")) return deny("agreement_scope");
  const forbids = here.filter((rule) => rule.effect === "forbid" && speaksOf(rule, request));
  const settledForbids = forbids.map((rule) => ({ rule, when: simplify(settleKnown(rule.when, request.known)) }));
  const outright = settledForbids.filter(({ when }) => when.op === "true");
  if (outright.length > 0)
    return deny(
      "forbidden",
      outright.map(({ rule }) => rule.id),
    );

  const permits = here.filter((rule) => rule.effect === "permit");
  const forAction = permits.filter((rule) => rule.actions.includes(request.action));
  if (forAction.length === 0) return deny("agreement_scope");
  const forPurpose = forAction.filter((rule) => rule.purposes.includes(purpose));
  if (forPurpose.length === 0) return deny("purpose");
  const forRole = forPurpose.filter((rule) => rule.roles.some((role) => request.roles.includes(role)));
  if (forRole.length === 0) return deny("role");
  const wanted = request.columns;
  const covering = wanted === "covered" ? forRole : forRole.filter((rule) => wanted.every((number) => covers(rule, number)));
  if (covering.length === 0) return deny("column");
  if (personLevel(request.action) && dataset.describesPeople && request.need !== true) return deny("no_need");

  const shown = dataset.columns.map(({ number }) => number).filter((number) => covering.every((rule) => covers(rule, number)));
  const columns = (wanted === "covered" ? shown : wanted).map((number) => ({ number, mask: maskOf(covering, number) }));
  if (columns.length === 0 || columns.some(({ number }) => !shown.includes(number))) return deny("column");
  const passes: Pred = { op: "or", args: covering.map((rule) => settleKnown(rule.when, request.known)) };
  const taken = settledForbids.map(({ when }): Pred => ({ op: "not", arg: when }));
  return {
    effect: "permit",
    because: covering.map((rule) => rule.id),
    obligations: {
      rowFilter: simplify({ op: "and", args: [passes, ...taken] }),
      columns,
      minCell: minCellOver(covering, dataset.describesPeople),
      rowLimit: Math.min(defaultRowLimit, ...covering.map((rule) => rule.rowLimit ?? defaultRowLimit)),
    },
  };
}

/** What the rules ask for holds whatever is described; of people it is 10 where a rule asks for nothing, and never below 5. */
function minCellOver(rules: readonly Rule[], people: boolean): number {
  return Math.max(people ? 5 : 0, ...rules.map((rule) => rule.minCell ?? (people ? defaultMinCell : 0)));
}

/** Whether rows themselves are shown, so that somebody's record may be read from the answer. */
function personLevel(action: DataAction): boolean {
  return action === "read" || action === "search" || action === "export";
}

function speaksOf(rule: Rule, request: DataRequest): boolean {
  return (
    rule.actions.includes(request.action) &&
    (rule.roles.length === 0 || rule.roles.some((role) => request.roles.includes(role))) &&
    (rule.purposes.length === 0 || (request.purpose !== null && rule.purposes.includes(request.purpose)))
  );
}

function covers(rule: Rule, number: number): boolean {
  return rule.columns.some((column) => column.number === number);
}

function maskOf(rules: readonly Rule[], number: number): Mask {
  return rules
    .flatMap((rule) => rule.columns.filter((column) => column.number === number))
    .map((column) => column.mask)
    .reduce(strictestMask);
}

/** Drops parts that are always or never true, so that a settled condition is `true` exactly when it needs no row. */
export function simplify(pred: Pred): Pred {
  if (pred.op === "not") {
    const arg = simplify(pred.arg);
    if (arg.op === "true") return never;
    return isNever(arg) ? always : { op: "not", arg };
  }
  if (pred.op !== "and" && pred.op !== "or") return pred;
  const args = pred.args.map(simplify);
  const [unit, zero] = pred.op === "and" ? [isAlways, isNever] : [isNever, isAlways];
  if (args.some(zero)) return pred.op === "and" ? never : always;
  const left = args.filter((arg) => !unit(arg));
  const [only] = left;
  if (only && left.length === 1) return only;
  return left.length === 0 ? (pred.op === "and" ? always : never) : { op: pred.op, args: left };
}

function isAlways(pred: Pred): boolean {
  return pred.op === "true";
}

function isNever(pred: Pred): boolean {
  return pred.op === "or" && pred.args.length === 0;
}

function deny(reason: Reason, because: readonly string[] = []): Decision {
  return { effect: "deny", reason, because };
}
