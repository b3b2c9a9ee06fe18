export interface Entity {
  readonly id: string;
  readonly records: readonly string[];
}

/** What became of an entity between two runs. */
export type EntityChange =
  | { readonly kind: "kept"; readonly id: string }
  | { readonly kind: "new"; readonly id: string }
  | { readonly kind: "merged"; readonly id: string; readonly into: string }
  | { readonly kind: "split"; readonly id: string; readonly into: readonly string[] }
  | { readonly kind: "gone"; readonly id: string };

export interface StableIds {
  readonly entities: readonly Entity[];
  readonly history: readonly EntityChange[];
}

interface Claim {
  readonly id: string;
  readonly cluster: number;
  readonly shared: number;
}

/**
 * Gives each cluster an entity id that lasts. A cluster keeps the id of the earlier entity with which it shares most
 * records; between equals the oldest id, ids being in order of age; each id goes to one cluster. Clusters left without
 * one get a new id. The history says what was kept, new, merged (all of an entity's records went to others' clusters),
 * split (its records went to several) or gone (none of its records are left). Does not depend on the order of input.
 */
export function stableIds(previous: readonly Entity[], clusters: readonly (readonly string[])[], newId: () => string): StableIds {
  const idOf = new Map(previous.flatMap(({ id, records }) => records.map((record) => [record, id] as const)));
  const ordered = clusters
    .map((cluster) => cluster.toSorted())
    .toSorted((one, other) => ((one[0] ?? "") < (other[0] ?? "") ? -1 : 1));
  const claims = ordered.flatMap((cluster, at) => claimsOf(cluster, at, idOf));
  const kept = settle(claims);
  const taken = new Set(kept.values());
  const entities = ordered.map((records, at) => ({ id: kept.get(at) ?? newId(), records }));
  const fresh = entities.filter(({ id }) => !taken.has(id)).map(({ id }): EntityChange => ({ kind: "new", id }));
  const fates = previous
    .map(({ id }) => id)
    .toSorted()
    .flatMap((id) => fateOf(id, claims, entities));
  return { entities, history: [...fates, ...fresh] };
}

function claimsOf(cluster: readonly string[], at: number, idOf: ReadonlyMap<string, string>): readonly Claim[] {
  const shared = new Map<string, number>();
  for (const record of cluster) {
    const id = idOf.get(record);
    if (id !== undefined) shared.set(id, (shared.get(id) ?? 0) + 1);
  }
  return [...shared].map(([id, count]) => ({ id, cluster: at, shared: count }));
}

/** The strongest claims win; one id for a cluster, one cluster for an id. */
function settle(claims: readonly Claim[]): ReadonlyMap<number, string> {
  const byStrength = claims.toSorted(
    (one, other) => other.shared - one.shared || (one.id < other.id ? -1 : one.id > other.id ? 1 : one.cluster - other.cluster),
  );
  const kept = new Map<number, string>();
  const taken = new Set<string>();
  for (const { id, cluster } of byStrength) {
    if (kept.has(cluster) || taken.has(id)) continue;
    kept.set(cluster, id);
    taken.add(id);
  }
  return kept;
}

function fateOf(id: string, claims: readonly Claim[], entities: readonly Entity[]): readonly EntityChange[] {
  const into = claims
    .filter((claim) => claim.id === id)
    .map(({ cluster }) => entities[cluster]?.id ?? "")
    .toSorted();
  const [only] = into;
  if (only === undefined) return [{ kind: "gone", id }];
  if (into.length > 1) return [{ kind: "split", id, into }];
  return [only === id ? { kind: "kept", id } : { kind: "merged", id, into: only }];
}
