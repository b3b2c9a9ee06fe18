// Each component against the HTML that govuk-frontend publishes for other implementations. A fixture is compared when
// every option it uses is one the component takes; the rest are counted below, so that leaving one out is a decision:
//  - attributes and classes on nested parts (a hint's, a label's, a legend's), before/after slots: pages never need them;
//  - summary cards, localised button words of the file and password boxes, items given as null or false: not wanted here;
//  - date boxes as a free list of `items`: ours are always day, month and year.
import { readFileSync } from "node:fs";
import type { VNode } from "preact";
import { render } from "preact-render-to-string";
import { describe, expect, test } from "vitest";
import * as adapt from "./fixture-adapters.test-support.tsx";
import { optionPaths, tidyHtml } from "./tidy-html.test-support.ts";

interface Fixture {
  readonly name: string;
  readonly options: adapt.Options;
  readonly html: string;
}

const excluded: Record<string, readonly string[]> = {};
let compared = 0;

for (const [component, adapter] of Object.entries(adapt.adapters)) {
  const path = new URL(`../../../node_modules/govuk-frontend/dist/govuk/components/${component}/fixtures.json`, import.meta.url);
  const { fixtures } = JSON.parse(readFileSync(path, "utf8")) as { fixtures: readonly Fixture[] };
  const takes = (fixture: Fixture) => optionPaths(fixture.options).every((option) => adapter.options.test(option));
  const wanted = fixtures.filter((fixture) => takes(fixture) && !adapter.without?.includes(fixture.name));
  excluded[component] = fixtures.filter((fixture) => !wanted.includes(fixture)).map((fixture) => fixture.name);
  compared += wanted.length;

  describe(`${component} as published`, () => {
    test.each(wanted.map((fixture) => [fixture.name, fixture] as const))("%s", (_, fixture) => {
      const raw: string[] = [];
      const vnode: VNode = adapter.make(fixture.options, (html) => `⟦${raw.push(html) - 1}⟧`);
      const html = render(vnode).replaceAll(/⟦(\d+)⟧/g, (_mark, at: string) => raw[Number(at)] ?? "");
      expect(tidyHtml(html)).toBe(tidyHtml(fixture.html));
    });
  });
}

test("no fixture drops out unnoticed", () => {
  const counts = Object.fromEntries(Object.entries(excluded).map(([component, names]) => [component, names.length]));
  expect({ compared, counts }).toMatchInlineSnapshot(`
    {
      "compared": 440,
      "counts": {
        "breadcrumbs": 0,
        "button": 1,
        "checkboxes": 2,
        "date-input": 32,
        "details": 0,
        "error-message": 0,
        "error-summary": 0,
        "fieldset": 0,
        "file-upload": 4,
        "hint": 0,
        "input": 5,
        "inset-text": 0,
        "label": 1,
        "notification-banner": 1,
        "pagination": 1,
        "password-input": 1,
        "radios": 2,
        "select": 1,
        "skip-link": 0,
        "summary-list": 10,
        "table": 1,
        "tag": 0,
        "textarea": 0,
        "warning-text": 0,
      },
    }
  `);
});
