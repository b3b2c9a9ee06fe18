import type { Attribute, Literal, Pred } from "../../src/access/pred.ts";
import type { AttributeType } from "../../src/access/pred-sql.ts";
import type { DataAction, DataRequest, DatasetFacts, Rule } from "../../src/access/rule.ts";
import type { Purpose, Role } from "../../src/access/roles.ts";
import { maskOrder } from "../../src/vocabulary/mask.ts";

/** A whole question of policy: what is asked, under which rules, of which dataset. */
export interface PolicyCase {
  readonly request: DataRequest;
  readonly dataset: DatasetFacts;
  readonly rules: readonly Rule[];
}

export type PolicyRow = ReadonlyMap<string, Literal>;

export const columnTypes: ReadonlyMap<string, AttributeType> = new Map([
  ["c1", "VARCHAR"],
  ["c2", "VARCHAR"],
  ["c3", "BIGINT"],
  ["c4", "DATE"],
  ["c5", "BOOLEAN"],
  ["c6", "DOUBLE"],
  ["c7", "DATE"],
]);

// Few values, so that they often meet; each text also in another normal form, letter case, or with a trailing space.
const texts = ["caf\u00e9", "cafe\u0301", "Caf\u00e9", "", "W01", "W01 ", "\u212b", "\u00c5", "A\u030a", "'", "org_1", "care"];
const numbers = [-(2n ** 53n), -1n, 0n, 1n, 2n, 19_000n, 19_001n, 2n ** 53n];
const roles: readonly Role[] = ["practitioner", "analyst", "steward"];
const purposes: readonly Purpose[] = ["care", "planning", "stewardship"];
const actions: readonly DataAction[] = ["read", "search", "aggregate", "link", "export"];
const agreements = [null, "agr_1", "agr_2"] as const;
const organisations = ["org_1", "org_2"];

export type Chance = () => number;

/** Chance that can be repeated (mulberry32). */
export function chanceFrom(seed: number): Chance {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

export function pick<T>(chance: Chance, items: readonly T[]): T {
  const item = items[Math.floor(chance() * items.length)];
  if (item === undefined && items.length === 0) throw new Error("Nothing to pick from.");
  return item as T;
}

export function some<T>(chance: Chance, items: readonly T[], share = 0.5): readonly T[] {
  return items.filter(() => chance() < share);
}

export function policyRow(chance: Chance): PolicyRow {
  const row = new Map<string, Literal>();
  for (const [name, type] of columnTypes) if (chance() < 0.7) row.set(name, valueOf(chance, type));
  return row;
}

function valueOf(chance: Chance, type: AttributeType): Literal {
  if (type === "VARCHAR") return pick(chance, texts);
  if (type === "BOOLEAN") return chance() < 0.5;
  return type === "DATE" ? pick(chance, [-1n, 0n, 1n, 19_000n, 19_001n]) : pick(chance, numbers);
}

export function attribute(chance: Chance): Attribute {
  const roll = chance();
  if (roll < 0.75) return { of: "row", name: pick(chance, [...columnTypes.keys(), "c9"]) };
  return pick<Attribute>(chance, [
    { of: "who", name: "organisation" },
    { of: "who", name: "nothing" },
    { of: "who", name: "grade" },
    { of: "who", name: "roles" },
    { of: "why", name: "purpose" },
    { of: "agreement", name: "id" },
  ]);
}

function literal(chance: Chance, a: Attribute): Literal {
  const type = a.of === "row" ? columnTypes.get(a.name) : a.name === "grade" ? "BIGINT" : "VARCHAR";
  return valueOf(chance, chance() < 0.93 && type ? type : pick(chance, [...columnTypes.values()]));
}

export function pred(chance: Chance, depth = 4): Pred {
  const roll = chance();
  if (depth > 0 && roll < 0.35) {
    const args = Array.from({ length: Math.floor(chance() * 4) }, () => pred(chance, depth - 1));
    return { op: chance() < 0.5 ? "and" : "or", args };
  }
  if (depth > 0 && roll < 0.5) return { op: "not", arg: pred(chance, depth - 1) };
  if (roll < 0.53) return { op: "true" };
  const a = attribute(chance);
  if (roll < 0.62) return { op: "has", a };
  if (roll < 0.75) return { op: "in", a, set: Array.from({ length: Math.floor(chance() * 4) }, () => literal(chance, a)) };
  const op = pick(chance, ["eq", "eq", "lt", "le"] as const);
  return { op, a, b: chance() < 0.3 ? attribute(chance) : literal(chance, a) };
}

function rule(chance: Chance, id: string, asked: string | null): Rule {
  const effect = chance() < 0.75 ? "permit" : "forbid";
  const anyone = effect === "forbid" && chance() < 0.5;
  return {
    id,
    effect,
    roles: anyone ? [] : some(chance, roles, 0.7),
    purposes: anyone ? [] : some(chance, purposes, 0.7),
    actions: some(chance, actions, 0.8),
    dataset: chance() < 0.95 ? "d" : "other",
    agreement: chance() < 0.8 ? asked : pick(chance, agreements),
    when: pred(chance, effect === "forbid" ? 2 : 4),
    columns: some(chance, [1, 2, 3, 4, 5, 6, 7, 8], 0.8).map((number) => ({ number, mask: pick(chance, maskOrder) })),
    minCell: chance() < 0.5 ? null : Math.floor(chance() * 30),
    rowLimit: chance() < 0.5 ? null : Math.floor(chance() * 20_000),
  };
}

export function policyCase(chance: Chance): PolicyCase {
  const agreement = pick(chance, agreements);
  const organisation = pick(chance, organisations);
  const purpose = chance() < 0.95 ? pick(chance, purposes) : null;
  const held = some(chance, roles, 0.7);
  const who = new Map<string, Literal | readonly Literal[]>([
    ["organisation", organisation],
    ["roles", held],
  ]);
  if (chance() < 0.5) who.set("grade", pick(chance, numbers));
  return {
    request: {
      roles: held,
      organisation,
      purpose,
      action: pick(chance, actions),
      under: agreement === null ? "own" : { agreement },
      columns: chance() < 0.6 ? "covered" : some(chance, [1, 2, 3, 9], 0.3),
      need: chance() < 0.2 ? null : chance() < 0.9,
      known: {
        who,
        why: new Map(purpose === null ? [] : [["purpose", purpose]]),
        agreement: new Map(agreement === null ? [] : [["id", agreement]]),
      },
    },
    dataset: {
      id: "d",
      name: "Dataset",
      organisation: agreement === null && chance() < 0.9 ? organisation : pick(chance, organisations),
      describesPeople: chance() < 0.5,
      columns: [1, 2, 3, 4, 5, 6, 7].map((number) => ({
        number,
        name: `c${number}`,
        type: "text",
        class: "open",
        mask: "clear",
      })),
    },
    rules: Array.from({ length: 1 + Math.floor(chance() * 4) }, (_, at) => rule(chance, `r${at}`, agreement)),
  };
}

/** A case as text, for saying which one went wrong. */
export function describeCase(value: unknown): string {
  return JSON.stringify(value, (_key, item: unknown) =>
    typeof item === "bigint" ? `${item}n` : item instanceof Map ? Object.fromEntries(item) : item,
  );
}
