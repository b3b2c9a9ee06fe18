import * as fc from "fast-check";
import { expect, test } from "vitest";
import { stableIds, type Entity } from "./stable-ids.ts";

function counter(): () => string {
  let next = 0;
  return () => `new${(next += 1)}`;
}
const entity = (id: string, ...records: readonly string[]): Entity => ({ id, records });

test.each<[string, Entity[], string[][], Entity[], object[]]>([
  [
    "first run",
    [],
    [["b"], ["a"]],
    [entity("new1", "a"), entity("new2", "b")],
    [
      { kind: "new", id: "new1" },
      { kind: "new", id: "new2" },
    ],
  ],
  ["nothing changed", [entity("e1", "a", "b")], [["b", "a"]], [entity("e1", "a", "b")], [{ kind: "kept", id: "e1" }]],
  ["a record more", [entity("e1", "a")], [["a", "z"]], [entity("e1", "a", "z")], [{ kind: "kept", id: "e1" }]],
  [
    "merged: the larger share wins",
    [entity("e1", "a"), entity("e2", "b", "c")],
    [["a", "b", "c"]],
    [entity("e2", "a", "b", "c")],
    [
      { kind: "merged", id: "e1", into: "e2" },
      { kind: "kept", id: "e2" },
    ],
  ],
  [
    "merged: between equals the oldest",
    [entity("e2", "a"), entity("e1", "b")],
    [["a", "b"]],
    [entity("e1", "a", "b")],
    [
      { kind: "kept", id: "e1" },
      { kind: "merged", id: "e2", into: "e1" },
    ],
  ],
  [
    "split: the larger part keeps the id",
    [entity("e1", "a", "b", "c")],
    [["a"], ["b", "c"]],
    [entity("new1", "a"), entity("e1", "b", "c")],
    [
      { kind: "split", id: "e1", into: ["e1", "new1"] },
      { kind: "new", id: "new1" },
    ],
  ],
  [
    "gone",
    [entity("e1", "a")],
    [["b"]],
    [entity("new1", "b")],
    [
      { kind: "gone", id: "e1" },
      { kind: "new", id: "new1" },
    ],
  ],
  [
    "second best gets its own id back",
    [entity("e1", "a", "b", "c"), entity("e2", "d")],
    [
      ["a", "b"],
      ["c", "d"],
    ],
    [entity("e1", "a", "b"), entity("e2", "c", "d")],
    [
      { kind: "split", id: "e1", into: ["e1", "e2"] },
      { kind: "kept", id: "e2" },
    ],
  ],
])("%s", (_, previous, clusters, entities, history) => {
  expect(stableIds(previous, clusters, counter())).toEqual({ entities, history });
});

test("ids are unique, nothing is lost, the same again changes nothing, and order does not matter", () => {
  const nodes = Array.from({ length: 12 }, (_, at) => `r${String(at).padStart(2, "0")}`);
  const partition = fc
    .array(fc.nat(5), { minLength: 12, maxLength: 12 })
    .map((groups) => [...Map.groupBy(nodes, (_, at) => groups[at] ?? 0)].map(([, ids]) => ids));
  const old = partition.map((clusters) => clusters.map((records, at) => ({ id: `e${at}`, records })));
  fc.assert(
    fc.property(old, partition, (previous, clusters) => {
      const result = stableIds(previous, clusters, counter());
      expect(new Set(result.entities.map(({ id }) => id)).size).toBe(clusters.length);
      expect(result.entities.flatMap(({ records }) => records).toSorted()).toEqual(nodes);
      expect(stableIds(previous.toReversed(), clusters.toReversed(), counter())).toEqual(result);
      const again = stableIds(result.entities, clusters, counter());
      expect(again.entities).toEqual(result.entities);
      expect(again.history.filter(({ kind }) => kind !== "kept")).toEqual([]);
    }),
    { seed: 7 },
  );
});
