// Makes a picture of every page at three widths in `pictures/`: the sample hub as each person sees it, and an empty one.
import { spawn, type ChildProcess } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { BrowserContext, Page } from "playwright-core";
import { launchBrowser } from "../test/support/browser.ts";

const root = fileURLToPath(new URL("..", import.meta.url));
const out = join(root, "pictures");
const widths = [390, 1024, 1440] as const;
const only = process.argv[2];

/** What each person of the sample looks at: an address, or the words of links to follow from one. */
const walks: readonly { who: string; pages: readonly (readonly [name: string, path: string, ...links: string[]])[] }[] = [
  {
    who: "amal",
    pages: [
      ["home", "/"],
      ["sources", "/sources"],
      ["add-source", "/sources/new"],
      ["source", "/sources", "Adult social care"],
      ["quarantine", "/sources", "Adult social care", "Quarantined"],
      ["catalogue", "/datasets"],
      ["dataset", "/datasets", "Adult social care"],
      ["column", "/datasets", "Adult social care", "NHS Number"],
      ["describe", "/datasets", "Adult social care", "Change the description"],
      ["links", "/links"],
      ["link-project", "/links", "Front door"],
      ["why", "/links", "Front door", "Explain"],
      ["areas", "/areas"],
      ["search", "/search?q=tax"],
      ["refused", "/referrals"],
      ["not-found", "/nothing-here"],
    ],
  },
  {
    who: "bram",
    pages: [
      ["home", "/"],
      ["questions", "/questions"],
      ["question-builder", "/questions", "Council tax"],
      ["question-map", "/questions", "Council tax", "by:Ward code", "button:Answer the question"],
      ["catalogue", "/datasets"],
      ["purpose", "/purpose"],
      ["tokens", "/tokens"],
    ],
  },
  {
    who: "carys",
    pages: [
      ["home", "/"],
      ["referrals", "/referrals"],
      ["new-referral", "/referrals/new"],
      ["referral", "/referrals", "Amina Rahman"],
      ["record", "/referrals", "Amina Rahman", "button:It is candidate 1"],
    ],
  },
  {
    who: "dev",
    pages: [
      ["home", "/"],
      ["agreements", "/agreements"],
      ["agreement", "/agreements", "Adult front door"],
      ["new-agreement", "/agreements/new"],
      ["audit", "/audit"],
    ],
  },
  {
    who: "edie",
    pages: [
      ["home", "/"],
      ["people", "/people"],
    ],
  },
];

mkdirSync(out, { recursive: true });
const data = mkdtempSync(join(tmpdir(), "guildhall-pictures-"));
const browser = await launchBrowser();
const running = new Set<ChildProcess>();
try {
  const sample = await startHub(join(data, "sample"), []);
  await inContext(async (page) => {
    await shoot(page, `${sample.address}/`, "nobody-front");
    await shoot(page, `${sample.address}/sign-in`, "nobody-sign-in");
    await shoot(page, `${sample.address}/api/docs`, "nobody-api");
  });
  for (const { who, pages } of walks) {
    if (only !== undefined && !who.includes(only) && !pages.some(([name]) => name.includes(only))) continue;
    await inContext(async (page) => {
      await signIn(page, sample.address, `${who}@wexcombe.example`);
      for (const [name, path, ...links] of pages) {
        if (only !== undefined && !who.includes(only) && !name.includes(only)) continue;
        await page.setViewportSize({ width: 1440, height: 900 });
        await page.goto(sample.address + path);
        for (const link of links) await follow(page, link);
        await shoot(page, page.url(), `${who}-${name}`);
      }
    });
  }
  await stopHub(sample.child);
  const empty = await startHub(join(data, "empty"), ["--empty"]);
  await inContext(async (page) => {
    if (empty.setUp === null) throw new Error("The empty hub printed no set-up link.");
    await shoot(page, empty.setUp, "empty-set-up");
    await page.fill("[name=place]", "Exampleton");
    await page.fill("[name=organisation]", "Exampleton Council");
    await page.fill("[name=name]", "Sam Example");
    await page.fill("[name=email]", "sam@example.org");
    await page.fill("[name=password]", "three words apart");
    await page.click("text=Set up the hub");
    for (const [name, path] of [
      ["home", "/"],
      ["sources", "/sources"],
      ["catalogue", "/datasets"],
      ["links", "/links"],
      ["agreements", "/agreements"],
    ] as const) {
      await shoot(page, empty.address + path, `empty-${name}`);
    }
  });
  await stopHub(empty.child);
} finally {
  await browser.close();
  for (const child of running) child.kill("SIGKILL");
  rmSync(data, { recursive: true, force: true });
  rmSync(`${data}.keys`, { force: true });
}

async function inContext(work: (page: Page) => Promise<void>): Promise<void> {
  const context: BrowserContext = await browser.newContext({ javaScriptEnabled: true });
  try {
    context.setDefaultTimeout(8000);
    await work(await context.newPage());
  } finally {
    await context.close();
  }
}

async function signIn(page: Page, address: string, email: string): Promise<void> {
  await page.goto(`${address}/sign-in`);
  await page.fill("#email", email);
  await page.fill("#password", "wexcombe sample");
  await page.locator("form button", { hasText: "Sign in" }).first().click();
}

async function follow(page: Page, words: string): Promise<void> {
  if (words.startsWith("by:")) {
    await page.selectOption("[name=by]", { label: words.slice(3) });
    return;
  }
  if (words.startsWith("button:"))
    await page
      .locator("button", { hasText: words.slice(7) })
      .first()
      .click();
  else await page.locator("main a", { hasText: words }).first().click();
  await page.waitForLoadState();
}

async function shoot(page: Page, address: string, name: string): Promise<void> {
  for (const width of widths) {
    await page.setViewportSize({ width, height: 900 });
    await page.goto(address);
    await page.screenshot({ path: join(out, `${name}-${width}.png`), fullPage: true });
  }
}

async function startHub(
  folder: string,
  options: readonly string[],
): Promise<{ address: string; setUp: string | null; child: ChildProcess }> {
  const port = await freePort();
  const env = { ...process.env, GUILDHALL_DATA: folder, GUILDHALL_PORT: String(port) };
  const child = spawn(process.execPath, [join(root, "dist/main.js"), "start", ...options], {
    env,
    stdio: ["ignore", "pipe", "inherit"],
  });
  running.add(child);
  let said = "";
  await new Promise<void>((resolve, reject) => {
    child.stdout?.on("data", (chunk: Buffer) => {
      said += chunk.toString();
      if (said.includes("Stop the hub with Ctrl-C")) resolve();
    });
    child.once("exit", () => reject(new Error(`The hub stopped:\n${said}`)));
  });
  return { address: `http://127.0.0.1:${port}`, setUp: /http:\S+\/set-up\/\S+/.exec(said)?.[0] ?? null, child };
}

async function stopHub(child: ChildProcess): Promise<void> {
  const gone = new Promise((resolve) => child.once("exit", resolve));
  child.kill("SIGTERM");
  await gone;
  running.delete(child);
}

async function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" && address ? address.port : 0));
    });
  });
}
