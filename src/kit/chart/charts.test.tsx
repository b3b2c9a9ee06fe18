import * as fc from "fast-check";
import { render } from "preact-render-to-string";
import { expect, test } from "vitest";
import { overlaps, svgBoxes } from "../../../test/support/svg-boxes.ts";
import { BarChart, Histogram, Sparkline, TimeLine, type BarValue } from "../index.ts";

const words = { id: "c", title: "Half were in cars", subtitle: "People, Harbour, 2019 to 2023", source: "Police records." };
const hidden: BarValue = { code: "h", name: "Ridden horse", value: 4, shown: false, text: "fewer than 10" };

test("a hidden value has hatching, a mark and words, and nothing that depends on it", () => {
  const draw = (value: number | null) =>
    render(
      <BarChart
        {...words}
        values={[
          { code: "a", name: "Car", value: 700, shown: true, text: "700" },
          { ...hidden, value },
        ]}
      />,
    );
  expect(draw(4)).toBe(draw(9));
  expect(draw(4)).toBe(draw(null));
  expect(draw(4)).toContain("[c] fewer than 10");
  expect(draw(4)).toContain('fill="url(#c-hatch-wide)"');
});

test("hidden bins and hidden months do not depend on their values either", () => {
  const bins = (value: number) =>
    render(
      <Histogram
        {...words}
        across="Age"
        counted="People"
        bins={[
          { from: 0, to: 5, value: 40, shown: true, text: "40" },
          { from: 5, to: 10, value, shown: false, text: "fewer than 10" },
        ]}
      />,
    );
  expect(bins(3)).toBe(bins(8));
  const line = (value: number) =>
    render(
      <TimeLine
        {...words}
        counted="People"
        series={[
          {
            name: "All",
            points: [
              { at: "2024-01-01", value: 50, shown: true, text: "50" },
              { at: "2024-02-01", value, shown: false, text: "fewer than 10", interval: { low: value, high: value } },
              { at: "2024-03-01", value: 60, shown: true, text: "60" },
            ],
          },
        ]}
      />,
    );
  expect(line(3)).toBe(line(8));
});

test("zero, hidden and missing read as three different things", () => {
  const html = render(
    <BarChart
      {...words}
      values={[
        { code: "z", name: "Tram", value: 0, shown: true, text: "0" },
        hidden,
        { code: "m", name: "Boat", value: null, shown: true, text: "" },
      ]}
    />,
  );
  const table = html.slice(html.indexOf("<tbody>"));
  expect(table).toContain('<th scope="row">Tram</th><td class="gh-num">0</td>');
  expect(table).toContain('<th scope="row">Ridden horse</th><td class="gh-num">[c] fewer than 10</td>');
  expect(table).toContain('<th scope="row">Boat</th><td class="gh-num">[x] not available</td>');
});

test("bars start at zero, and a negative bar runs the other way", () => {
  const html = render(
    <BarChart
      {...words}
      values={[
        { code: "a", name: "Up", value: 10, shown: true, text: "+10" },
        { code: "b", name: "Down", value: -10, shown: true, text: "−10" },
      ]}
    />,
  );
  const [up, down] = [...html.matchAll(/<rect class="gh-mark-fill" x="([\d.]+)" y="[\d.]+" width="([\d.]+)"/g)].map(
    ([, x, width]) => ({
      x: Number(x),
      width: Number(width),
    }),
  );
  expect(up?.width).toBe(down?.width);
  expect((down?.x ?? 0) + (down?.width ?? 0)).toBe(up?.x);
});

const name = fc.array(
  fc
    .string({ unit: "grapheme-ascii", minLength: 2, maxLength: 11 })
    .map((word) => word.replaceAll(/[<>&"\s]|NaN|undefined/g, "m")), // NaN is looked for in what is drawn
  {
    minLength: 1,
    maxLength: 5,
  },
);
const value = fc.record({
  name: name.map((list) => list.join(" ")),
  value: fc.option(fc.integer({ min: -400, max: 90_000 })),
  shown: fc.boolean(),
});

test("no word of a bar chart is cut by the edge or lies on another", () => {
  fc.assert(
    fc.property(fc.array(value, { minLength: 1, maxLength: 12 }), (list) => {
      const values = list.map((one, at) => ({
        ...one,
        code: String(at),
        text: one.shown ? String(one.value ?? "none") : "fewer than 10",
      }));
      expect(
        misfits(
          render(
            <BarChart
              {...words}
              values={values}
              references={[
                { value: 30, text: "Harbour 30" },
                { value: 31, text: "A limit in law, 31" },
              ]}
            />,
          ),
        ),
      ).toEqual([]);
    }),
    { numRuns: 60 },
  );
});

test("no word of a histogram or a line is cut by the edge or lies on another", () => {
  const counts = fc.array(fc.integer({ min: 0, max: 2_000_000 }), { minLength: 3, maxLength: 30 });
  fc.assert(
    fc.property(counts, fc.integer({ min: 1, max: 50_000 }), fc.integer({ min: 1990, max: 2024 }), (list, width, year) => {
      const bins = list.map((count, at) => ({
        from: at * width,
        to: (at + 1) * width,
        value: count,
        shown: count % 7 !== 0,
        text: String(count),
      }));
      expect(misfits(render(<Histogram {...words} bins={bins} across="Age in years" counted="People" />))).toEqual([]);
      const series = ["All collisions", "Slight", "Serious"].map((name, part) => ({
        name,
        points: list.map((count, at) => ({
          at: `${year + Math.floor(at / 12)}-${String((at % 12) + 1).padStart(2, "0")}-01`,
          value: Math.round(count / (part + 1)),
          shown: (count + part) % 9 !== 0,
          text: String(count),
        })),
      }));
      expect(misfits(render(<TimeLine {...words} series={series} counted="Collisions a month" />))).toEqual([]);
    }),
    { numRuns: 60 },
  );
});

function misfits(html: string): unknown[] {
  const wrong = / style=|NaN|undefined/.exec(html) ?? [];
  const crossed = svgBoxes(html).flatMap(({ width, height, texts }) => [
    ...texts.filter((text) => text.left < -0.5 || text.right > width + 0.5 || text.top < -0.5 || text.bottom > height + 0.5),
    ...overlaps(texts),
  ]);
  return [...wrong, ...crossed];
}

test("a sparkline leaves a gap where there is no figure", () => {
  const html = render(<Sparkline points={[1, 2, null, 4, 5]} label="Rising" />);
  expect(/ d="([^"]*)"/.exec(html)?.[1]?.match(/M/g)).toHaveLength(2);
  expect(html).toContain('role="img" aria-label="Rising"');
  expect(render(<Sparkline points={[]} label="Nothing yet" />)).not.toMatch(/NaN|Infinity/);
});
