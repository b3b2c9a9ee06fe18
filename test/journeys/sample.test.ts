/** The sample hub walked in a real Chromium without script: the front door, and what ending an agreement does. axe on the way. */
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { axe, launchBrowser } from "../support/browser.ts";
import { openSampleHub, samplePassword, type SampleHub } from "../support/sample-hub.ts";

let hub: SampleHub;
let browser: Browser;
beforeAll(async () => {
  [hub, browser] = await Promise.all([openSampleHub(), launchBrowser()]);
}, 120_000);
afterAll(async () => {
  await browser.close();
  await hub.close();
});

async function as<T>(
  email: string,
  work: (page: Page) => Promise<T>,
  options: { script?: boolean; width?: number } = {},
): Promise<T> {
  const context = await browser.newContext({
    javaScriptEnabled: options.script ?? false,
    viewport: { width: options.width ?? 1440, height: 900 },
  });
  context.setDefaultTimeout(8000);
  try {
    const page = await context.newPage();
    await page.goto(`${hub.address}/sign-in`);
    await page.fill("#email", email);
    await page.fill("#password", samplePassword);
    await page.locator("main form button[type=submit]").first().click();
    return await work(page);
  } finally {
    await context.close();
  }
}

const heading = (page: Page) => page.locator("h1").innerText();

describe("the front door", () => {
  test("a worker finds a person from a referral and reads the joined record with its origins", { timeout: 60_000 }, async () => {
    await as("carys@wexcombe.example", async (page) => {
      await page.locator("main a", { hasText: "Amina Rahman" }).first().click();
      expect(await page.locator("table").innerText()).toContain("date of birth, last name, first name and postcode");
      await page.locator("button", { hasText: "It is candidate 1" }).click();
      expect(await heading(page)).toBe("Amina Rahman");
      const record = await page.locator("main").innerText();
      for (const shown of ["AMINA", "17 May 1991", "Adult social care, Council tax and GP registrations", "Long term support"])
        expect(record).toContain(shown);
      for (const absent of ["AMIRA", "Ethnicity", "Bangladeshi", "band", "annual_charge", "notes"])
        expect(record).not.toContain(absent);
    });
  });

  test("her twin's record is another person's", async () => {
    await as("carys@wexcombe.example", async (page) => {
      await page.goto(`${hub.address}/referrals/new`);
      await page.fill("#givenName", "Amira");
      await page.fill("#familyName", "Rahman");
      await page.fill("#dateOfBirth", "17/5/1991");
      await page.fill("#reason", "Rang for herself.");
      await page.locator("button", { hasText: "Record the referral" }).click();
      await page.locator("button", { hasText: "It is candidate 1" }).click();
      expect(await page.locator("main").innerText()).not.toContain("AMINA");
    });
  });

  test("closing the referral closes the record", async () => {
    await as("carys@wexcombe.example", async (page) => {
      await page.goto(`${hub.address}/referrals`);
      await page.locator("main a", { hasText: "Rhiannon Hollis" }).click();
      const referral = page.url();
      await page.locator("button", { hasText: "It is candidate 1" }).click();
      expect(await heading(page)).toBe("Rhiannon Hollis");
      await page.goto(referral);
      await page.locator("button", { hasText: "Close the referral" }).click();
      const reply = await page.goto(`${referral}/record`);
      expect(reply?.status()).toBe(409);
    });
  });
});

describe("a source that loads by itself", () => {
  const place = { url: "https://open.wexcombe.invalid/air-quality.csv", name: "Air quality" };

  test("a steward sets its times without script, sees the next three, and stops them", { timeout: 60_000 }, async () => {
    await as("amal@wexcombe.example", async (page) => {
      await page.goto(`${hub.address}/sources/new`);
      await page.fill("#url", place.url);
      await page.fill("#name", place.name);
      await page.locator("button", { hasText: "Load the file" }).click();
      await hub.house.jobs.idle();
      await page.reload();
      await page.locator("main a", { hasText: "Set times" }).click();
      await page.locator("[name=every][value=week]").check();
      await page.selectOption("#day", "monday");
      await page.fill("#at", "7:30");
      await page.locator("button", { hasText: "Load it by itself" }).click();
      const facts = await page.locator("main dl").innerText();
      expect(facts).toContain("Every Monday at 07:30");
      expect(facts).toContain("Amal Steward, who set it on");
      expect(facts.match(/, 07:30/g)).toHaveLength(3);
      await page.locator("button", { hasText: "Stop loading by itself" }).click();
      expect(await page.locator("main").innerText()).toContain("It is not loaded by itself any more.");
    });
  });

  test("axe finds nothing on the pages for it, with errors and without", { timeout: 90_000 }, async () => {
    for (const width of [390, 1440])
      await as(
        "amal@wexcombe.example",
        async (page) => {
          const problems: string[] = [];
          await page.goto(`${hub.address}/sources`);
          await page.locator("main a", { hasText: place.name }).first().click();
          const source = page.url();
          problems.push(...(await lookAt(page, "source")));
          await page.goto(`${source}/schedule`);
          problems.push(...(await lookAt(page, "schedule")));
          await page.locator("[name=every][value=cron]").check();
          await page.locator("button", { hasText: "Load it by itself" }).click();
          expect(await page.locator("main").innerText()).toContain("a cron line has five fields");
          problems.push(...(await lookAt(page, "schedule with an error")));
          await page.goto(`${hub.address}/sources/new/database`);
          problems.push(...(await lookAt(page, "database")));
          await page.locator("button", { hasText: "Load from the database" }).click();
          problems.push(...(await lookAt(page, "database with an error")));
          expect(problems).toEqual([]);
        },
        { script: true, width },
      );
  });
});

describe("quality", () => {
  const withScript = { script: true }; // which axe needs

  test("a steward finds the rows that fail a rule, and tells the owner of the source", { timeout: 60_000 }, async () => {
    await as(
      "amal@wexcombe.example",
      async (page) => {
        const problems: string[] = [];
        const open = async (words: string) => {
          await page.locator("main a", { hasText: words }).first().click();
          problems.push(...(await lookAt(page, page.url())));
        };
        expect(await page.locator("main").innerText()).toContain("Mend “Adult social care” at its source");
        await page.goto(`${hub.address}/quality`);
        await open("Adult social care");
        await open("NHS Number");
        await open("See which rows fail");
        const rows = await page.locator("main table").innerText();
        expect(rows).toContain("9999999999");
        expect(rows).not.toMatch(/\b999\d{7}\b(?<!9999999999)/);
        await page.goto(`${hub.address}/issues`);
        await open("Has Unpaid Carer");
        await page.fill("[name=text]", "The form asks yes or no from now on.");
        await page.locator("button", { hasText: "Say that it is mended" }).click();
        expect(await page.locator("main").innerText()).toContain("Said to be mended, by Amal Steward");
        expect(problems).toEqual([]);
      },
      withScript,
    );
  });

  test("a dataset that nobody had checked gets rules, without script", { timeout: 60_000 }, async () => {
    await as("amal@wexcombe.example", async (page) => {
      await page.goto(`${hub.address}/datasets`);
      await page.locator("main a", { hasText: "Council tax" }).first().click();
      await page.locator("main a", { hasText: "How good the data is" }).click();
      await page.locator("button", { hasText: "Check the data and suggest rules" }).click();
      await page.getByText("suggestions from what the data holds").waitFor({ timeout: 30_000 });
      await page.locator("button", { hasText: "Accept the ticked rules" }).click();
      expect(await page.locator("main").innerText()).toMatch(/You accepted \d+ rules/);
    });
  });
});

describe("a file with one broken record", () => {
  let dataset = "";
  const shelters = [
    "ref,street,kind,installed",
    "S1,High Street,Glass,2011-05-01",
    "S2,Mill Lane,Brick,1984-03-12",
    "S3,Mill Lane,Glass",
    "S4,Quay Road,Glass,2019-09-30",
  ].join("\n");

  test("is mended in the browser, becomes a version of one more row, and is read as rows", { timeout: 120_000 }, async () => {
    const problems: string[] = [];
    const narrow = { script: true, width: 390 }; // axe needs script
    const look = async (page: Page, name: string) => problems.push(...(await lookAt(page, name)));
    dataset = await as(
      "amal@wexcombe.example",
      async (page) => {
        await page.goto(`${hub.address}/sources/new`);
        await page.setInputFiles("input[type=file]", {
          name: "shelters.csv",
          mimeType: "text/csv",
          buffer: Buffer.from(shelters),
        });
        await page.fill("#name", "Bus shelters");
        await page.locator("button", { hasText: "Load the file" }).click();
        await hub.house.jobs.idle();
        await page.goto(`${hub.address}/sources`);
        await page.locator("main a", { hasText: "Bus shelters" }).first().click();
        const source = page.url();
        await page.goto(`${source}/quarantine`);
        await look(page, "quarantine");
        await page.locator("main a", { hasText: "Mend these records" }).click();
        await page.fill("[name=r3]", "S3,Mill Lane,Glass,2015-01-20");
        await page.locator("button", { hasText: "Check what reads" }).click();
        await page.getByText("It reads", { exact: true }).waitFor();
        await look(page, "mend");
        await page.locator("button[name=do][value=save]").click();
        await hub.house.jobs.idle();
        await page.goto(`${hub.address}/datasets`);
        await look(page, "register");
        await page.locator("main a", { hasText: "Bus shelters" }).first().click();
        const address = page.url();
        await look(page, "dataset");
        await page.locator("main a", { hasText: "Describe this dataset" }).click();
        await page.locator("input[name=people][value=no]").check();
        await page.fill("#peopleReason", "One row for each shelter.");
        await page.locator("button", { hasText: "Save the description" }).click();
        return address;
      },
      narrow,
    );
    const id = dataset.split("/").at(-1) ?? "";
    const versions = await Promise.all([1, 2].map((number) => hub.house.lake.findVersion(id, number)));
    expect(versions.map((version) => [version?.rows, version?.quarantined])).toEqual([
      [3, 1],
      [4, 0],
    ]);
    await as(
      "bram@wexcombe.example",
      async (page) => {
        const refs = async (query: string) => {
          await page.goto(`${dataset}/rows?${query}`);
          await look(page, `rows?${query}`);
          return (await page.locator("main tbody tr").allInnerTexts()).map((row) => /S\d/.exec(row)?.[0]);
        };
        expect(await refs("sort=-4")).toEqual(["S4", "S3", "S1", "S2"]);
        expect(await refs("c1=3&o1=is&v1=Glass")).toEqual(["S1", "S3", "S4"]);
        expect(await refs("search=mill")).toEqual(["S2", "S3"]);
        expect(await refs("version=1")).toEqual(["S1", "S2", "S4"]);
        await page.goto(`${dataset}/glance`);
        await look(page, "glance");
        expect(await page.locator("main").innerText()).toMatch(/Street\s+Rows by value\s+MILL LANE\s+2/);
      },
      narrow,
    );
    expect(problems).toEqual([]);
  });
});

describe("the overview of quality", () => {
  test("shows every dimension beside the navigation, with nothing to scroll sideways", { timeout: 60_000 }, async () => {
    for (const width of [700, 1024, 1280, 1281, 1440])
      await as(
        "amal@wexcombe.example",
        async (page) => {
          await page.goto(`${hub.address}/quality`);
          const hidden = await page.locator(".gh-table-scroll").evaluate((box) => box.scrollWidth - box.clientWidth);
          expect([width, hidden]).toEqual([width, 0]);
        },
        { script: true, width },
      );
  });
});

describe("every page that people start from", () => {
  const visits: readonly (readonly [email: string, paths: readonly string[]])[] = [
    [
      "amal@wexcombe.example",
      [
        "/",
        "/sources",
        "/sources/new",
        "/datasets",
        "/quality",
        "/issues",
        "/links",
        "/areas",
        "/search?q=tax",
        "/purpose",
        "/tokens",
        "/settings",
        "/referrals",
      ],
    ],
    ["bram@wexcombe.example", ["/", "/datasets", "/quality", "/questions"]],
    ["carys@wexcombe.example", ["/", "/referrals", "/referrals/new"]],
    ["dev@wexcombe.example", ["/agreements", "/agreements/new", "/audit"]],
    ["edie@wexcombe.example", ["/people", "/settings"]],
  ];
  const widths = [390, 1440] as const;
  test.each(visits.flatMap(([email, paths]) => widths.map((width) => ({ email, paths, width }))))(
    "axe finds nothing for $email at $width",
    { timeout: 90_000 },
    async ({ email, paths, width }) => {
      const found = await as(
        email,
        async (page) => {
          const problems: string[] = [];
          const deeper = new Set<string>();
          for (const path of paths) {
            await page.goto(hub.address + path);
            problems.push(...(await lookAt(page, path)));
            for (const link of await page
              .locator("main table a")
              .evaluateAll((links) => links.slice(0, 2).map((link) => link.getAttribute("href") ?? "")))
              deeper.add(link);
          }
          for (const path of [...deeper].filter((link) => link.startsWith("/") && !link.endsWith(".csv"))) {
            await page.goto(hub.address + path);
            problems.push(...(await lookAt(page, path)));
          }
          return problems;
        },
        { script: true, width },
      );
      expect(found).toEqual([]);
    },
  );
});

async function lookAt(page: Page, path: string): Promise<readonly string[]> {
  const problems = (await axe(page)).map((problem) => `${path}: ${problem}`);
  const overflow = await page.evaluate<number>("document.documentElement.scrollWidth - document.documentElement.clientWidth");
  return overflow > 0 ? [...problems, `${path}: ${overflow} px wider than the screen`] : problems;
}

describe("ending the agreement", () => {
  test("stops the record and the question at the next request", { timeout: 90_000 }, async () => {
    const asked = await as("bram@wexcombe.example", async (analyst) => {
      await analyst.goto(`${hub.address}/questions`);
      await analyst.locator("main a", { hasText: "GP registrations" }).first().click();
      await analyst.selectOption("[name=by]", { label: "Practice code" });
      await analyst.locator("button", { hasText: "Answer the question" }).click();
      expect(await analyst.locator("main").innerText()).toContain("X99001");
      expect(await analyst.locator("main").innerText()).toContain("Adult front door");
      return analyst.url();
    });
    await as("carys@wexcombe.example", async (worker) => {
      await worker.goto(`${hub.address}/referrals`);
      await worker.locator("main a", { hasText: "Amina Rahman" }).first().click();
      await worker.locator("main a", { hasText: "Open the record" }).click();
      expect(await heading(worker)).toBe("Amina Rahman");
      await as("dev@wexcombe.example", async (page) => {
        await page.goto(`${hub.address}/agreements`);
        await page.locator("main a", { hasText: "Adult front door" }).click();
        await page.locator("summary", { hasText: "End this agreement" }).click();
        await page.fill("#reason", "The pilot is over.");
        await page.locator("button", { hasText: "End the agreement now" }).click();
        expect(await page.locator("main").innerText()).toContain("The pilot is over.");
      });
      const reply = await worker.reload();
      expect(reply?.status()).toBeGreaterThanOrEqual(400);
      const text = await worker.locator("main").innerText();
      for (const gone of ["AMINA", "17 May 1991", "9996208702"]) expect(text).not.toContain(gone);
    });
    await as("bram@wexcombe.example", async (analyst) => {
      const reply = await analyst.goto(asked);
      expect(reply?.status()).toBeGreaterThanOrEqual(400);
      expect(await analyst.locator("main").innerText()).not.toContain("X99001");
    });
  });
});

describe("records in quarantine", () => {
  const withScript = { script: true }; // which axe needs

  test.each([390, 1440])("are sent to their owner together, who answers once, at %i", { timeout: 90_000 }, async (width) => {
    await as(
      "amal@wexcombe.example",
      async (page) => {
        const { look, open, press, problems } = looking(page);
        await newSource(page, `Sent ${width}`, "name,count\nx,1\nAll in\nall\n");
        await open("Quarantined");
        await open("Send all 2 records to");
        await press("Send all 2 records to");
        expect(await page.locator("main").innerText()).toContain("2 records: It has 1 field where the header has 2.");
        expect(await page.locator("main").innerText()).toContain("Say what is to be done.");
        await page.fill("[name=comment]", "The totals belong in a file of their own.");
        await press("Send all 2 records to");
        expect(await page.locator("main").innerText()).toContain("2 records were sent to their owner already.");
        await page.goto(hub.address);
        await open(`2 records of “Sent ${width}” were sent to you`);
        expect(await page.locator("main").innerText()).not.toContain("All in");
        await page.locator("[name=answer][value=cannot]").check();
        await page.fill("[name=text]", "They are totals.");
        await press("Send the answer");
        await open("See the quarantine");
        expect(await page.locator("main table a", { hasText: "Cannot be mended" }).count()).toBe(2);
        await look();
        expect(problems).toEqual([]);
      },
      { ...withScript, width },
    );
  });

  test.each([390, 1440])(
    "that come again are mended as before once somebody says so, at %i",
    { timeout: 90_000 },
    async (width) => {
      await as(
        "amal@wexcombe.example",
        async (page) => {
          const { open, press, problems } = looking(page);
          const rows = Array.from({ length: 40 }, (_, at) => `x,${at}`).join("\n");
          await newSource(page, `Again ${width}`, `name,count\n${rows}\nTotal\n`);
          const source = page.url();
          await page.goto(`${source}/quarantine/mend`);
          await page.fill("[name=r41]", "Total,40");
          await press("Have the mended records read");
          await page.getByText("1 record was mended by Amal Steward and read.").waitFor({ timeout: 30_000 });
          await page.locator("summary", { hasText: "Load a newer file" }).click();
          await page.setInputFiles("input[type=file]", csvOf(`name,count\nnew,1\n${rows}\nTotal\n`));
          await press("Load the file");
          await page.getByText("Nothing was changed on the way in.").waitFor({ timeout: 30_000 });
          await open("Quarantined");
          await open("Mend these records");
          expect(await page.locator("[name=r42]").inputValue()).toBe("Total");
          await page.locator("summary", { hasText: "The same record was mended before" }).click();
          await press("Start record 42 from that mend");
          expect(await page.locator("[name=r42]").inputValue()).toBe("Total,40");
          await open("Use that mend again");
          await press("Have 1 record read as mended before");
          await page.getByText("1 record was mended by Amal Steward and read.").waitFor({ timeout: 30_000 });
          await page.goto(`${source}/quarantine`);
          expect(await page.locator("main").innerText()).toContain("Nothing is in quarantine");
          expect(problems).toEqual([]);
        },
        { ...withScript, width },
      );
    },
  );

  const csvOf = (text: string) => ({ name: "made.csv", mimeType: "text/csv", buffer: Buffer.from(text) });

  async function newSource(page: Page, name: string, text: string): Promise<void> {
    await page.goto(`${hub.address}/sources/new`);
    await page.setInputFiles("input[type=file]", csvOf(text));
    await page.fill("[name=name]", name);
    await page.locator("button", { hasText: "Load the file" }).click();
    await page.getByText("Rows in file").waitFor({ timeout: 30_000 });
  }

  /** Goes on by a link or a button of the page, and has axe look at where that leads. */
  function looking(page: Page) {
    const problems: string[] = [];
    const look = async () => problems.push(...(await lookAt(page, page.url())));
    const follow = async (what: string, words: string) => {
      await page.locator(`main ${what}`, { hasText: words }).first().click();
      await page.waitForLoadState();
      await look();
    };
    return { problems, look, open: (words: string) => follow("a", words), press: (words: string) => follow("button", words) };
  }
});
