import { renderToString } from "preact-render-to-string";
import { expect, test } from "vitest";
import { pageFrom, PageLinks, rangeText } from "../index.ts";

const linksOf = (html: string) => [...html.matchAll(/href="([^"]*)"/g)].map(([, href]) => href?.replaceAll("&amp;", "&"));

test("a page in the middle leads to the first, the last and its neighbours, and keeps the filters", () => {
  const html = renderToString(
    <PageLinks
      of={{ total: 1204, page: 12, size: 50 }}
      path="/datasets"
      query={{ words: "tax & homes", page: "12", empty: "" }}
    />,
  );
  const at = (page: number) => `/datasets?words=tax+%26+homes${page === 1 ? "" : `&page=${page}`}`;
  expect(linksOf(html)).toEqual([at(11), at(1), at(11), at(12), at(13), at(25), at(13)]);
  expect(html).toMatch(/aria-current="page"[^>]*>12</);
});

test("the first page of two leads on, and a list on one page leads nowhere", () => {
  expect(linksOf(renderToString(<PageLinks of={{ total: 51, page: 1, size: 50 }} path="/x" at="pairs" />))).toEqual([
    "/x#pairs",
    "/x?page=2#pairs",
    "/x?page=2#pairs",
  ]);
  expect(renderToString(<PageLinks of={{ total: 50, page: 1, size: 50 }} path="/x" />)).toBe("");
});

test.each([
  [{}, 1],
  [{ page: "3" }, 3],
  [{ page: "-1" }, 1],
  [{ page: "x" }, 1],
  [{ page: "2.9" }, 2],
])("the address %j asks for page %j", (query, page) => expect(pageFrom(query)).toBe(page));

test("says which rows of how many are shown", () => {
  expect(rangeText({ total: 1204, page: 25, size: 50 }, "dataset")).toBe("1,201 to 1,204 of 1,204 datasets");
  expect(rangeText({ total: 1, page: 1, size: 50 }, "person", "people")).toBe("1 person");
});
