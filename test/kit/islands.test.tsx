// What script adds: progress that follows the work, "/" to search, questions that open; and what stands without it.
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { Button, Input, Layout, Live, Progress, Radios, renderPage } from "../../src/kit/index.ts";
import { launchBrowser } from "../support/browser.ts";
import { servePages } from "../support/page-server.ts";
import { frame } from "./gallery.tsx";

let asked = 0;

function Load({ done }: { done: number }) {
  return (
    <Live id="load" href={done < 3 ? "/fragment" : undefined}>
      <Progress what="Reading the file" done={done} total={3} amount={`${done} of 3 parts`} cancel={<Button>Stop</Button>} />
    </Live>
  );
}

function LoadPage() {
  return (
    <Layout {...frame("Pool")} title="Load" refreshSeconds={2}>
      <Load done={0} />
      <Radios
        name="basis"
        legend="Basis"
        items={[
          { value: "task", text: "Public task", conditional: <Input name="law" label="Which law?" /> },
          { value: "consent", text: "Consent" },
        ]}
      />
    </Layout>
  );
}

let browser: Browser;
let served: Awaited<ReturnType<typeof servePages>>;

beforeAll(async () => {
  const pages = { "/load": () => renderPage(<LoadPage />), "/fragment": () => renderPage(<Load done={(asked += 1)} />) };
  [browser, served] = await Promise.all([launchBrowser(), servePages(pages)]);
});

afterAll(async () => {
  await browser.close();
  served.close();
});

test("progress is swapped in with the keyboard where it was, and the whole page comes again once the work is over", async () => {
  asked = 0;
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(`${served.address}/load`);
  await page.getByRole("button", { name: "Stop" }).focus();
  await page.getByText("2 of 3 parts").waitFor();
  expect(await page.evaluate<string>("document.activeElement.textContent")).toBe("Stop");
  await page.waitForEvent("load");
  expect(asked).toBe(3);
  await context.close();
});

test("the key / goes to the search box, and is a letter while one types", async () => {
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(`${served.address}/load`);
  await page.keyboard.press("/");
  expect(await page.evaluate<string>("document.activeElement.id")).toBe("search");
  await page.keyboard.type("a/b");
  expect(await page.inputValue("#search")).toBe("a/b");
  await context.close();
});

test("a question opens with its answer; without script it stands open and the page reloads itself", async () => {
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(`${served.address}/load`);
  expect(await page.isVisible("#law")).toBe(false);
  await page.getByLabel("Public task").check();
  expect(await page.isVisible("#law")).toBe(true);
  await context.close();

  const plain = await browser.newContext({ javaScriptEnabled: false });
  const still = await plain.newPage();
  await still.goto(`${served.address}/load`);
  expect(await still.isVisible("#law")).toBe(true);
  await still.waitForRequest(`${served.address}/load`, { timeout: 5000 });
  await plain.close();
});
