// Every part of the kit in a real browser under the hub's content policy: axe, a phone's width, and pictures on request.
import { mkdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Browser, Page } from "playwright-core";
import type { VNode } from "preact";
import { afterAll, beforeAll, expect, test } from "vitest";
import { renderPage } from "../../src/kit/index.ts";
import { textWidth } from "../../src/kit/chart/text-width.ts";
import { axe, launchBrowser } from "../support/browser.ts";
import { servePages } from "../support/page-server.ts";
import { ChartsPage, FormPage, HomePage, ListPage, PublicPage } from "./gallery.tsx";

const pages: Readonly<Record<string, () => VNode>> = {
  home: HomePage,
  list: ListPage,
  charts: ChartsPage,
  form: FormPage,
  public: PublicPage,
};
const pictures = process.env["PICTURES"] === "1" ? fileURLToPath(new URL("../../pictures/", import.meta.url)) : undefined;

let browser: Browser;
let served: Awaited<ReturnType<typeof servePages>>;

beforeAll(async () => {
  const html = Object.entries(pages).map(([name, page]) => [`/${name}`, () => renderPage(page())] as const);
  [browser, served] = await Promise.all([launchBrowser(), servePages(Object.fromEntries(html))]);
  if (pictures) mkdirSync(pictures, { recursive: true });
});

afterAll(async () => {
  await browser.close();
  served.close();
});

interface View {
  width: number;
  colorScheme?: "light" | "dark";
  javaScriptEnabled?: boolean;
}

/** Opens a page and gives what the browser complained about, a refused script or style among it. */
async function open(name: string, { width, colorScheme = "light", javaScriptEnabled = true }: View) {
  const context = await browser.newContext({
    viewport: { width, height: 900 },
    colorScheme,
    javaScriptEnabled,
    reducedMotion: "reduce",
  });
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on("console", (message) => {
    if (message.type() === "error") complaints.push(`${message.text()} ${message.location().url}`);
  });
  page.on("pageerror", (problem) => complaints.push(String(problem)));
  await page.goto(`${served.address}/${name}`);
  await page.waitForLoadState("networkidle");
  return { page, complaints, close: () => context.close() };
}

const overflow = (page: Page) =>
  page.evaluate<string[]>(
    `document.documentElement.scrollWidth > innerWidth
      ? [...document.querySelectorAll("body *")].filter((e) => e.getBoundingClientRect().right > innerWidth + 1).map((e) => e.tagName + "." + e.getAttribute("class")).slice(0, 8)
      : []`,
  );

for (const name of Object.keys(pages)) {
  for (const width of [390, 1440]) {
    test(`${name} at ${width}: axe finds nothing, nothing runs over, the policy holds`, async () => {
      const { page, complaints, close } = await open(name, { width });
      expect(await axe(page)).toEqual([]);
      expect(await overflow(page)).toEqual([]);
      expect(complaints).toEqual([]);
      await close();
    });
  }
  test(`${name} at 320, as 1280 at 400 %: nothing runs over`, async () => {
    const { page, close } = await open(name, { width: 320 });
    expect(await overflow(page)).toEqual([]);
    await close();
  });
  test(`${name} in the dark: axe finds nothing`, async () => {
    const { page, close } = await open(name, { width: 1440, colorScheme: "dark" });
    expect(await axe(page)).toEqual([]);
    await close();
  });
}

// oxlint-disable-next-line vitest/expect-expect -- pictures are for people to look at
test.runIf(pictures)("pictures", { timeout: 120_000 }, async () => {
  for (const name of Object.keys(pages)) {
    for (const width of [390, 1024, 1440]) {
      const { page, close } = await open(name, { width });
      await page.screenshot({ path: `${pictures}kit-${name}-${width}.png`, fullPage: true });
      await close();
    }
    const { page, close } = await open(name, { width: 1440, colorScheme: "dark" });
    await page.screenshot({ path: `${pictures}kit-${name}-dark.png`, fullPage: true });
    await page.emulateMedia({ media: "print" });
    await page.screenshot({ path: `${pictures}kit-${name}-print.png`, fullPage: true });
    await close();
  }
});

test("the table of glyph widths is that of the font as the browser draws it", async () => {
  const { page, close } = await open("charts", { width: 1440 });
  const drawn = await page.evaluate<{ text: string; weight: number; size: number; width: number }[]>(`(() =>
    [...document.querySelectorAll(".gh-chart__wide text")].map((text) => ({
      text: text.textContent,
      weight: Number(getComputedStyle(text).fontWeight) > 500 ? 700 : 400,
      size: parseFloat(getComputedStyle(text).fontSize),
      width: text.getComputedTextLength(),
    })))()`);
  expect(drawn.length).toBeGreaterThan(60);
  const off = drawn.filter(({ text, weight, size, width }) => {
    const guess = textWidth(text, size, weight === 700 ? 700 : 400);
    return guess < width * 0.985 - 0.5 || guess > width * 1.08 + 1;
  });
  expect(off).toEqual([]);
  await close();
});
