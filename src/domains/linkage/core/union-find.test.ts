import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { unionFind, type ClusterRecord, type Edge } from "./union-find.ts";

const alone = (...ids: readonly string[]): readonly ClusterRecord[] => ids.map((recordId) => ({ recordId, nhsNumber: null }));

describe("clusters", () => {
  test("chains join, and loners stay", () => {
    const edges = [
      { left: "c", right: "a", weight: 9 },
      { left: "b", right: "c", weight: 8 },
    ];
    expect(unionFind(alone("d", "c", "b", "a"), edges, 10)).toEqual({ clusters: [["a", "b", "c"], ["d"]], refused: [] });
  });

  test("the weakest link gives way when a cluster would grow too large", () => {
    const edges = [
      { left: "b", right: "c", weight: 5 },
      { left: "a", right: "b", weight: 9 },
      { left: "c", right: "d", weight: 8 },
    ];
    expect(unionFind(alone("a", "b", "c", "d"), edges, 3)).toEqual({
      clusters: [
        ["a", "b"],
        ["c", "d"],
      ],
      refused: [{ left: "b", right: "c", weight: 5, reason: "size" }],
    });
  });

  test("two valid NHS numbers never meet, whichever way round", () => {
    const records = [
      { recordId: "a", nhsNumber: "1" },
      { recordId: "b", nhsNumber: null },
      { recordId: "c", nhsNumber: "2" },
      { recordId: "d", nhsNumber: "1" },
    ];
    const edges = [
      { left: "a", right: "b", weight: 9 },
      { left: "b", right: "c", weight: 8 },
      { left: "b", right: "d", weight: 7 },
    ];
    expect(unionFind(records, edges, 10)).toEqual({
      clusters: [["a", "b", "d"], ["c"]],
      refused: [{ left: "b", right: "c", weight: 8, reason: "nhs" }],
    });
  });

  test("an edge to nowhere is a fault", () => {
    expect(() => unionFind(alone("a"), [{ left: "a", right: "x", weight: 1 }], 5)).toThrow("not there");
  });
});

describe("on random graphs", () => {
  const nodes = Array.from({ length: 30 }, (_, at) => String(at).padStart(2, "0"));
  const edge = fc.record({
    left: fc.constantFrom(...nodes),
    right: fc.constantFrom(...nodes),
    weight: fc.integer({ min: 1, max: 6 }),
  });
  const numbers = fc.array(fc.constantFrom(null, null, null, "1", "2", "3"), { minLength: 30, maxLength: 30 });

  test("with no limits, the same as walking the graph", () => {
    fc.assert(
      fc.property(fc.array(edge, { maxLength: 40 }), (edges) => {
        expect(unionFind(alone(...nodes), edges, nodes.length).clusters).toEqual(walked(nodes, edges));
      }),
      { seed: 7 },
    );
  });

  test("limits hold, refusals have cause, and order does not matter", () => {
    fc.assert(
      fc.property(fc.array(edge, { maxLength: 60 }), numbers, fc.integer({ min: 2, max: 8 }), (edges, nhs, maxSize) => {
        const records = nodes.map((recordId, at) => ({ recordId, nhsNumber: nhs[at] ?? null }));
        const numberOf = new Map(records.map(({ recordId, nhsNumber }) => [recordId, nhsNumber]));
        const result = unionFind(records, edges, maxSize);
        expect(result.clusters.flat().toSorted()).toEqual(nodes);
        for (const cluster of result.clusters) {
          expect(cluster.length).toBeLessThanOrEqual(maxSize);
          expect(new Set(cluster.map((id) => numberOf.get(id)).filter((number) => number !== null)).size).toBeLessThanOrEqual(1);
        }
        const kept = edges.filter(({ left, right }) =>
          result.clusters.some((cluster) => cluster.includes(left) && cluster.includes(right)),
        );
        expect(walked(nodes, kept)).toEqual(result.clusters);
        expect(unionFind(records.toReversed(), edges.toReversed(), maxSize)).toEqual(result);
      }),
      { seed: 7 },
    );
  });
});

/** Connected components by walking, written without union–find. */
function walked(nodes: readonly string[], edges: readonly Edge[]): readonly (readonly string[])[] {
  const seen = new Set<string>();
  return nodes.flatMap((start) => {
    if (seen.has(start)) return [];
    const reached = new Set([start]);
    for (const at of reached) {
      for (const { left, right } of edges) {
        if (left === at) reached.add(right);
        if (right === at) reached.add(left);
      }
    }
    for (const node of reached) seen.add(node);
    return [[...reached].toSorted()];
  });
}
