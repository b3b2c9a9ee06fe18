/** A pair that scored high enough to be joined. */
export interface Edge {
  readonly left: string;
  readonly right: string;
  /** Bits. */
  readonly weight: number;
}

export interface RefusedEdge extends Edge {
  /** `size`: the cluster would grow over the limit. `nhs`: two valid NHS numbers would meet in it. */
  readonly reason: "size" | "nhs";
}

export interface Clusters {
  /** Every record in one cluster, alone if need be; records and clusters in order of record id. */
  readonly clusters: readonly (readonly string[])[];
  readonly refused: readonly RefusedEdge[];
}

export interface ClusterRecord {
  readonly recordId: string;
  readonly nhsNumber: string | null;
}

/**
 * Joins records along edges, strongest first (union–find with path halving and union by size, Tarjan 1975). An edge is
 * refused when the cluster would pass `maxSize`, or would hold two different valid NHS numbers: so a chain of fair
 * likenesses cannot pull a family, or a father and son of one name, into one person. Equal weights go by record id, so
 * the answer does not depend on the order of input.
 */
export function unionFind(records: readonly ClusterRecord[], edges: readonly Edge[], maxSize: number): Clusters {
  const ids = records.map(({ recordId }) => recordId).toSorted();
  const indexOf = new Map(ids.map((id, at) => [id, at]));
  const parent = Int32Array.from(ids, (_, at) => at);
  const size = new Int32Array(ids.length).fill(1);
  const nhs = nhsIndexes(records, indexOf);
  const find = (start: number): number => {
    let at = start;
    for (let up = parent[at] ?? at; up !== at; up = parent[at] ?? at) {
      parent[at] = parent[up] ?? up;
      at = parent[at] ?? up;
    }
    return at;
  };
  const place = (id: string): number => {
    const at = indexOf.get(id);
    if (at === undefined) throw new Error("An edge names a record that is not there.");
    return find(at);
  };
  const refused: RefusedEdge[] = [];
  for (const edge of edges.toSorted(strongestFirst)) {
    const [one, other] = [place(edge.left), place(edge.right)];
    if (one === other) continue;
    const [big, small] = (size[one] ?? 0) >= (size[other] ?? 0) ? [one, other] : [other, one];
    const [bigNhs = -1, smallNhs = -1] = [nhs[big], nhs[small]];
    if (bigNhs >= 0 && smallNhs >= 0 && bigNhs !== smallNhs) refused.push({ ...edge, reason: "nhs" });
    else if ((size[big] ?? 0) + (size[small] ?? 0) > maxSize) refused.push({ ...edge, reason: "size" });
    else {
      parent[small] = big;
      size[big] = (size[big] ?? 0) + (size[small] ?? 0);
      nhs[big] = Math.max(bigNhs, smallNhs);
    }
  }
  const clusters = Map.groupBy(ids, (id) => place(id));
  return { clusters: [...clusters.values()], refused };
}

/** For each record, which NHS number it has, as an index; −1 for none. */
function nhsIndexes(records: readonly ClusterRecord[], indexOf: ReadonlyMap<string, number>): Int32Array {
  const numbers = new Map<string, number>();
  const indexes = new Int32Array(records.length).fill(-1);
  for (const { recordId, nhsNumber } of records) {
    if (nhsNumber === null) continue;
    const index = numbers.get(nhsNumber) ?? numbers.size;
    numbers.set(nhsNumber, index);
    indexes[indexOf.get(recordId) ?? 0] = index;
  }
  return indexes;
}

function strongestFirst(one: Edge, other: Edge): number {
  return other.weight - one.weight || compareText(one.left, other.left) || compareText(one.right, other.right);
}

function compareText(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}
