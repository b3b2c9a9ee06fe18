import { render } from "preact-render-to-string";
import { expect, test } from "vitest";
import { inventedTown, noise } from "../../../test/support/invented-town.ts";
import { overlaps, svgBoxes } from "../../../test/support/svg-boxes.ts";
import { Choropleth, type AreaShape, type AreaValue } from "../index.ts";

const town = inventedTown(12, 12, 12, 139);
const values: AreaValue[] = town.map((area, at) => ({
  code: area.code,
  name: area.name,
  value: at % 17 === 0 ? null : Math.round(100 + 90 * noise(at)),
  shown: at % 23 !== 0,
  text: at % 23 === 0 ? "fewer than 10" : `${Math.round(100 + 90 * noise(at))} per 1,000`,
}));

function map(shapes: readonly AreaShape[], of: readonly AreaValue[] = values): string {
  return render(
    <Choropleth
      id="m"
      title="Rates are highest along the river"
      subtitle="Casualties per 1,000 residents"
      source="Police records."
      values={of}
      shapes={shapes}
      breaks={[50, 80, 120, 150]}
      legend="Casualties per 1,000"
      boundaries="LSOAs, 2021"
    />,
  );
}

const svgOf = (html: string) => /<svg class="gh-svg[\s\S]*?<\/svg>/.exec(html)?.[0] ?? "";

test("139 areas of full detail stay within 150 KB, with nothing inline", () => {
  const html = map(town);
  expect(town.reduce((sum, area) => sum + (area.geometry.coordinates[0]?.length ?? 0), 0)).toBeGreaterThan(6000);
  expect(svgOf(html).match(/<title>/g)).toHaveLength(139);
  expect(Buffer.byteLength(svgOf(html))).toBeLessThanOrEqual(150_000);
  expect(html).not.toMatch(/ style=|NaN|undefined/);
});

test("either winding draws the same map, and it fills the page", () => {
  const turned = town.map((area) => ({
    ...area,
    geometry: {
      type: "MultiPolygon" as const,
      coordinates: [area.geometry.coordinates.map((ring) => ring.toReversed())] as never,
    },
  }));
  const one = svgBoxes(map(town))[0];
  const two = svgBoxes(map(turned))[0];
  expect(two?.height).toBe(one?.height);
  expect(one?.height).toBeGreaterThan(300);
});

test("the shade of a hidden area does not depend on its value", () => {
  const draw = (value: number | null) =>
    map(
      town,
      values.map((area) => (area.shown ? area : { ...area, value })),
    );
  expect(draw(1)).toBe(draw(199));
  expect(draw(1)).toBe(draw(null));
});

test("the legend names hidden and missing areas, and counts every area once", () => {
  const html = map(town);
  expect(html).toContain("[c] Hidden: fewer than 10");
  expect(html).toContain("[x] Not available");
  const counts = [...html.matchAll(/gh-legend__count">(\d+)/g)].map(([, count]) => Number(count));
  expect(counts.reduce((sum, count) => sum + count, 0)).toBe(139);
});

test("names stand only inside their own areas", () => {
  const wards = inventedTown(5, 4, 8);
  const [drawing] = svgBoxes(map(wards, []));
  expect(drawing?.texts.length).toBeGreaterThan(10);
  expect(overlaps(drawing?.texts ?? [])).toEqual([]);
});
