// Makes a picture of every page in every state, at three widths and at 390 px with text at 200 %, in `pictures/`. Says where a
// page is wider than the screen. `npm run pictures -- audit` makes those whose name has that word.
import { cpSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { launchBrowser } from "../test/support/browser.ts";
import { makeMany } from "./walks/many.ts";
import { hubs, type Step, type Walk } from "./walks/walks.ts";
import { startHub, type RunningHub } from "./walks/running-hub.ts";

const out = join(import.meta.dirname, "../pictures");
const sizes = [
  { name: "390", width: 390, text: "100%" },
  { name: "1024", width: 1024, text: "100%" },
  { name: "1440", width: 1440, text: "100%" },
  { name: "390-large", width: 390, text: "200%" },
] as const;
const only = process.argv[2] ?? "";

mkdirSync(out, { recursive: true });
const data = mkdtempSync(join(tmpdir(), "guildhall-pictures-"));
const folders = { sample: join(data, "sample"), empty: join(data, "empty"), many: join(data, "many") };
const browser = await launchBrowser();
const problems: string[] = [];
let made = 0;
try {
  for (const hub of ["empty", "sample", "many"] as const) {
    const isWanted = hubs[hub].some(({ name }) => `${hub}-${name}`.includes(only));
    if (!isWanted && hub !== "sample") continue;
    const running = await startHub(folders[hub], hub === "empty" ? ["--empty"] : []);
    try {
      // every walk is walked, since later ones stand on what earlier ones did
      if (isWanted) for (const walk of hubs[hub]) await take(browser, walk, { hub, running });
    } finally {
      await running.stop();
    }
    if (hub !== "sample") continue;
    cpSync(folders.sample, folders.many, { recursive: true });
    cpSync(`${folders.sample}.keys`, `${folders.many}.keys`);
    makeMany(folders.many);
  }
} finally {
  await browser.close();
  rmSync(data, { recursive: true, force: true });
}
process.stdout.write(`${[...problems, `${made} pictures are in pictures/.`].join("\n")}\n`);
process.exitCode = problems.length > 0 ? 1 : 0;

async function take(chromium: Browser, walk: Walk, { hub, running }: { hub: string; running: RunningHub }): Promise<void> {
  const context = await chromium.newContext({ viewport: { width: 1440, height: 900 } });
  context.setDefaultTimeout(20_000); // a question that is too slow is told so after some seconds
  try {
    const page = await context.newPage();
    if (walk.who !== undefined) await signIn(page, running.address, walk.who);
    for (const step of walk.steps) await follow(page, step, running);
    if (!`${hub}-${walk.name}`.includes(only)) return;
    for (const { name, width, text } of sizes) {
      await page.setViewportSize({ width, height: 900 });
      await page.evaluate(`document.documentElement.style.fontSize = "${text}"`);
      const wide = await page.evaluate<number>("document.documentElement.scrollWidth - document.documentElement.clientWidth");
      if (wide > 0) problems.push(`${hub}-${walk.name} at ${name}: ${wide} px wider than the screen`);
      await page.screenshot({ path: join(out, `${hub}-${walk.name}-${name}.png`), fullPage: true });
      made += 1;
    }
  } catch (error) {
    problems.push(`${hub}-${walk.name}: ${error instanceof Error ? (error.message.split("\n")[0] ?? "") : "failed"}`);
  } finally {
    await context.close();
  }
}

async function signIn(page: Page, address: string, email: string): Promise<void> {
  await page.goto(`${address}/sign-in`);
  await page.fill("#email", email);
  await page.fill("#password", email.endsWith("@example.org") ? "three words apart" : "wexcombe sample");
  await page.locator("main form button[type=submit]").first().click();
  await page.waitForLoadState();
}

/** One step as a person takes it: an address, or a verb with what it is done to. */
async function follow(page: Page, step: Step, hub: RunningHub): Promise<void> {
  const [, verb = "", rest = ""] = /^(\w+):(.*)$/s.exec(step) ?? [];
  const [field = "", value = ""] = rest.split(/=(.*)/s);
  const main = page.locator("main");
  switch (verb) {
    case "link":
      await main.locator("a", { hasText: rest }).first().click();
      break;
    case "press":
      await main.locator("button", { hasText: rest }).first().click();
      break;
    case "open":
      await main.locator("summary", { hasText: rest }).first().click();
      break;
    case "fill":
      await page.fill(`[name="${field}"]`, value);
      break;
    case "check":
      await page.locator(`[name="${field}"][value="${value}"]`).check();
      break;
    case "choose":
      await page.selectOption(`[name="${field}"]`, { label: value });
      break;
    case "file":
      await page.setInputFiles("input[type=file]", { name: field, mimeType: "text/csv", buffer: Buffer.from(value) });
      break;
    case "until":
      await main.getByText(rest).first().waitFor({ timeout: 30_000 });
      break;
    case "engine":
      if (rest === "stop") hub.engine("SIGSTOP");
      else setTimeout(() => hub.engine("SIGKILL"), 1000); // in the middle of the step that follows
      break;
    case "break":
      hub.breakTable(rest);
      break;
    case "add":
      await page.goto(page.url() + rest);
      break;
    case "setup":
      await page.goto(hub.setUp ?? hub.address);
      break;
    default:
      await page.goto(hub.address + step);
  }
  if (verb === "link" || verb === "press") await page.waitForLoadState();
}
