import { expect, test } from "vitest";
import { Layout, renderPage } from "../index.ts";

const nav = [
  { verb: "Pool", href: "/pool", current: true, items: [{ text: "Sources", href: "/pool/sources", current: true }] },
  { verb: "Know", href: "/know", current: false },
];
const person = { name: "Amara Osei", organisation: "Harbour Council", role: "Data steward", signOutCsrf: "t0k" };

test("a working page is a whole document, with nothing inline", () => {
  const html = renderPage(
    <Layout title="Sources" place="Harbour" nav={nav} person={person} invented search refreshSeconds={5}>
      <p>Words</p>
    </Layout>,
  );
  expect(html).toMatch(/^<!doctype html><html lang="en-GB" class="gh-working"><head><meta charset="utf-8"\/?>/);
  expect(html).toContain("<title>Sources – Harbour</title>");
  expect(html).toContain("Everyone here is invented.");
  expect(html).toContain('<noscript><meta http-equiv="refresh" content="5"');
  expect(html).toContain('<input type="hidden" name="_csrf" value="t0k"');
  expect(html).not.toMatch(/ style=|<style|<script(?! type="module" src=)|GOV\.UK/);
});

test("a public page has no navigation, and an error is in the title", () => {
  const html = renderPage(
    <Layout
      title="Sign in"
      place="Harbour"
      nav={nav}
      invented={false}
      errors={[{ text: "Enter your password", href: "#password" }]}
    >
      <p>Words</p>
    </Layout>,
  );
  expect(html).toContain("<title>Error: Sign in – Harbour</title>");
  expect(html).toContain('<a href="#password">Enter your password</a>');
  expect(html).not.toContain("gh-verbs");
  expect(html).not.toContain("invented");
});
