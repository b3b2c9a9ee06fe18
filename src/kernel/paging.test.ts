import { expect, test } from "vitest";
import { readPage, type PageWindow } from "./paging.ts";

const list = (total: number) => {
  const asked: PageWindow[] = [];
  return { asked, count: async () => total, rows: async (window: PageWindow) => (asked.push(window), ["row"]) };
};

test.each([
  [1, 1, 0],
  [3, 3, 100],
  [4, 3, 100],
  [0, 1, 0],
  [-2, 1, 0],
  [Number.NaN, 1, 0],
])("page %j of 101 rows is page %j, from row %j on", async (wanted, page, offset) => {
  const rows = list(101);
  expect(await readPage(wanted, rows)).toEqual({ rows: ["row"], total: 101, page, size: 50 });
  expect(rows.asked).toEqual([{ offset, limit: 50 }]);
});

test("nothing is read of an empty list", async () => {
  const rows = list(0);
  expect(await readPage(2, rows)).toEqual({ rows: [], total: 0, page: 1, size: 50 });
  expect(rows.asked).toEqual([]);
});
