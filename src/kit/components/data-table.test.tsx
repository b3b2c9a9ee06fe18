import { render } from "preact-render-to-string";
import { expect, test } from "vitest";
import { DataTable, type Column } from "../index.ts";

interface Ward {
  name: string;
  count: string;
}
const columns: readonly Column<Ward>[] = [
  { key: "name", title: "Ward", cell: (ward) => ward.name, sort: "name" },
  { key: "count", title: "Collisions", cell: (ward) => ward.count, align: "right", sort: "count" },
];

test("a sorted column says so and its link turns the order", () => {
  const html = render(
    <DataTable
      caption="Collisions by ward"
      columns={columns}
      rows={[{ name: "Sale Moor", count: "[c]" }]}
      sort="name"
      href={(sort) => `?sort=${sort}`}
      empty="None"
      total={{ label: "All wards", cells: { count: "1,431" } }}
      csvHref="/collisions.csv"
    />,
  );
  expect(html).toContain('aria-sort="ascending"><a class="gh-table__sort" href="?sort=-name">Ward');
  expect(html).toContain('<a class="gh-table__sort" href="?sort=count">Collisions</a>');
  expect(html).toContain(
    '<th scope="row" role="rowheader">Sale Moor</th><td role="cell" class="gh-num" data-title="Collisions">[c]</td>',
  );
  expect(html).toContain(
    '<th scope="row" role="rowheader">All wards</th><td role="cell" class="gh-num" data-title="Collisions">1,431</td>',
  );
  expect(html).toContain('href="/collisions.csv"');
});

test("an empty table teaches", () => {
  expect(render(<DataTable caption="x" columns={columns} rows={[]} empty="Add a source first." />)).toBe(
    '<div class="gh-table-empty">Add a source first.</div>',
  );
});
