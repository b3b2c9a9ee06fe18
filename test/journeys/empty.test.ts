/** A new user's first quarter of an hour: from an empty hub and three files of their own to typed, described datasets. */
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openHouse, type OpenHouse } from "../../src/build-house.ts";
import { newSetUpLink, readHubFacts, resumeSession, resumeToken, writeHubFact } from "../../src/domains/people/index.ts";
import { buildServer } from "../../src/faces/web/index.ts";
import { readSettings } from "../../src/kernel/config.ts";
import { createLog } from "../../src/kernel/log.ts";
import { launchBrowser } from "../support/browser.ts";

let folder: string;
let open: OpenHouse;
let address: string;
let browser: Browser;
let closeServer: () => Promise<void>;
let clicks = 0;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "guildhall-empty-"));
  open = await openHouse(readSettings({ GUILDHALL_DATA: join(folder, "data") }), { log: createLog("silent") });
  await open.house.store.transaction((records) => writeHubFact(records, "mode", "live"));
  const app = await buildServer({
    house: open.house,
    resume: resumeSession,
    resumeToken,
    facts: async () => ({ place: (await readHubFacts(open.house.store)).place, invented: false }),
    uploadBytes: 1_000_000,
    assets: fileURLToPath(new URL("../../dist/assets/", import.meta.url)),
    ready: async () => true,
  });
  address = await app.listen({ host: "127.0.0.1", port: 0 });
  closeServer = () => app.close();
  browser = await launchBrowser();
}, 120_000);

afterAll(async () => {
  await browser.close();
  await closeServer();
  await open.close();
  await rm(folder, { recursive: true, force: true });
});

async function click(page: Page, words: string): Promise<void> {
  clicks += 1;
  await page.locator("main a, main button, main summary", { hasText: words }).first().click();
  await page.waitForLoadState();
}

const files = {
  "libraries.csv":
    "name,postcode,opened,visits\nNorth,ZX1 1AA,12/03/1961,1200\nSouth,ZX2 2BB,01/09/1988,340\nEast,ZX1 3CC,30/11/2004,910\n",
  "trees.csv": "tree_id,species,street,height\nT1,Oak,High Street,12\nT2,Ash,Mill Lane,9\nT3,Oak,Mill Lane,15\n",
  "bins.csv": "route,day,lifts\nA,Mon,410\nB,Tue,388\nC,Wed\n",
};

test("three files become typed and described datasets, in at most 15 clicks", { timeout: 120_000 }, async () => {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  context.setDefaultTimeout(10_000);
  const page = await context.newPage();
  await page.goto(`${address}/set-up/${await newSetUpLink(open.house)}`);
  await page.fill("#place", "Exampleton");
  await page.fill("#organisation", "Exampleton Council");
  await page.fill("#name", "Sam Example");
  await page.fill("#email", "sam@example.org");
  await page.fill("#password", "three words apart");
  await click(page, "Set up the hub");
  const paths = Object.keys(files).map((name) => join(folder, name));
  await Promise.all(Object.entries(files).map(([name, text]) => writeFile(join(folder, name), text)));
  await click(page, "Load an export");
  await page.setInputFiles("input[type=file]", paths);
  await click(page, "Load the file");
  await page.locator("main tr", { hasText: "bins" }).locator("text=Columns and types").waitFor();
  await page.goto(`${address}/sources`);
  await page.locator("main tr", { hasText: "bins" }).locator("a", { hasText: "Columns and types" }).click();
  clicks += 1;
  expect(await page.locator("h1").innerText()).toBe("bins");
  expect(await page.locator("main").innerText()).toMatch(/Quarantined\s+1/);
  await page.goto(`${address}/datasets`); // from the navigation
  clicks += 1;
  await click(page, "libraries");
  const columns = await page.locator("table").first().innerText();
  for (const type of ["Postcode", "Date", "Number"]) expect(columns).toContain(type);
  await click(page, "Describe this dataset");
  await page.fill("#description", "Our libraries.");
  await page.fill("#reviewDate", "2027-06-01");
  await page.locator("input[name=people][value=no]").check(); // a dataset describes people until its owner says otherwise
  clicks += 1;
  await page.fill("#peopleReason", "One row for each library.");
  await click(page, "Save the description");
  expect(await page.locator("h1").innerText()).toBe("libraries");
  expect(await page.locator(".gh-head").innerText()).toContain("Registered");
  await page.locator("a", { hasText: "Change" }).first().click(); // the purpose in force: from looking after data to planning
  await page.locator("label", { hasText: "Planning services" }).click();
  await click(page, "Use this purpose");
  clicks += 2;
  await page.goto(`${address}/questions`);
  clicks += 1;
  await click(page, "libraries");
  await click(page, "Answer the question");
  expect(await page.locator("svg[role=img]").count()).toBeGreaterThan(0);
  expect(clicks).toBeLessThanOrEqual(15);
  await context.close();
});

test("the set-up link works once", async () => {
  const secret = await newSetUpLink(open.house);
  const reply = await fetch(`${address}/set-up/${secret}`);
  expect(await reply.text()).toContain("This link cannot be used");
});

test.each([
  ["empty.csv", "", "The file is empty."],
  ["blank.csv", "\n\n\n", "The file has no header"],
  ["photo.png", "x", "holds no table that Guildhall can read"],
  ["all-bad.csv", "a,b\n1\n2\n3\n", "None of the 3 records"],
])("a file that cannot be used is refused with why: %s", { timeout: 30_000 }, async (name, text, why) => {
  const context = await browser.newContext();
  context.setDefaultTimeout(10_000);
  const page = await context.newPage();
  await page.goto(`${address}/sign-in`);
  await page.fill("#email", "sam@example.org");
  await page.fill("#password", "three words apart");
  await page.locator("main form button[type=submit]").first().click();
  const path = join(folder, name);
  await writeFile(path, text);
  await page.goto(`${address}/sources/new`);
  await page.setInputFiles("input[type=file]", path);
  await page.locator("button", { hasText: "Load the file" }).click();
  const said = page.locator("main", { hasText: why });
  await said.waitFor();
  expect(await said.innerText()).not.toMatch(/\bat .+\.ts/);
  await context.close();
});
