import * as fc from "fast-check";
import { expect, test } from "vitest";
import { stretchesAt, type Point } from "./geo.ts";
import { mapLabels } from "./map-labels.ts";
import { textWidth } from "./text-width.ts";

/** Whether a point lies inside, by the rule of even and odd, worked out for one point. */
function contains(rings: readonly (readonly Point[])[], [x, y]: Point): boolean {
  let crossed = 0;
  for (const ring of rings)
    for (const [at, [x1, y1]] of ring.entries()) {
      const [x2, y2] = ring[(at + 1) % ring.length] ?? [x1, y1];
      if (y1 > y !== y2 > y && x < ((x2 - x1) * (y - y1)) / (y2 - y1) + x1) crossed += 1;
    }
  return crossed % 2 === 1;
}

const star = fc.array(fc.integer({ min: 30, max: 200 }), { minLength: 3, maxLength: 30 }).map((reaches) =>
  reaches.map((reach, at): Point => {
    const turn = (2 * Math.PI * at) / reaches.length;
    return [250 + reach * Math.cos(turn), 250 + reach * Math.sin(turn)];
  }),
);

test("the stretches of a line are where its points lie inside", () => {
  fc.assert(
    fc.property(fc.array(star, { minLength: 1, maxLength: 3 }), fc.double({ min: 40, max: 460, noNaN: true }), (rings, y) => {
      const stretches = stretchesAt(rings, y);
      for (let x = 40.13; x < 460; x += 7)
        expect(stretches.some(([from, to]) => x > from && x < to)).toBe(contains(rings, [x, y]));
    }),
  );
});

test("a name lies wholly inside its area, and is left out where there is no room", () => {
  let named = 0;
  fc.assert(
    fc.property(star, (ring) => {
      for (const { x, y, lines } of mapLabels([{ code: "a", name: "Old Town", rings: [ring], path: "" }], 12)) {
        named += 1;
        const half = Math.max(...lines.map((line) => textWidth(line, 12, 700))) / 2;
        for (const across of [-1, -0.5, 0, 0.5, 1])
          for (const down of [-1, 0, 1]) expect(contains([ring], [x + across * half, y + down * 7 * lines.length])).toBe(true);
      }
    }),
    { numRuns: 200 },
  );
  expect(named).toBeGreaterThan(50);
});
