// A real Chromium for tests. GUILDHALL_BROWSER names one; on Linux x64 one is unpacked from its npm package, once;
// elsewhere Playwright finds an installed Chrome. Unpacked beside and renamed, so that two test runs do not meet.
import { AxeBuilder } from "@axe-core/playwright";
import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { chromium, type Browser, type LaunchOptions, type Page } from "playwright-core";

const modules = fileURLToPath(new URL("../../node_modules", import.meta.url));
const home = join(modules, ".cache/chromium-153");

/** The browser, started. Use `browser.newContext()`: axe refuses pages made by `browser.newPage()`. */
export async function launchBrowser(): Promise<Browser> {
  return chromium.launch(await findBrowser());
}

/**
 * What axe finds wrong on a page, a line each; empty when nothing is. Two findings are about what govuk-frontend's
 * script does on purpose, tried with screen readers by its authors: `aria-expanded` on a radio that opens a question,
 * and the long name of its file button.
 */
export async function axe(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page })
    .withTags(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"])
    .analyze();
  const onPurpose = (rule: string, html: string) =>
    (rule === "aria-allowed-attr" && html.includes("govuk-radios__input")) ||
    (rule === "label-content-name-mismatch" && html.includes("govuk-file-upload-button"));
  return violations.flatMap((violation) =>
    violation.nodes
      .filter((node) => !onPurpose(violation.id, node.html))
      .map((node) => {
        const why = (node.failureSummary ?? "").split("\n").slice(1, 2).join("").trim();
        return `${violation.id}: ${node.target.join(" ")}: ${why || violation.help}`;
      }),
  );
}

async function findBrowser(): Promise<LaunchOptions> {
  const given = process.env["GUILDHALL_BROWSER"];
  if (given) return { executablePath: given, args: ["--no-sandbox"] };
  if (process.platform !== "linux" || process.arch !== "x64") return { channel: "chrome" };
  if (!existsSync(join(home, "fonts.conf"))) await unpack();
  return {
    executablePath: join(home, "chromium"),
    args: ["--no-sandbox"],
    env: {
      ...definedVariables(),
      LD_LIBRARY_PATH: join(home, "al2023/lib"),
      FONTCONFIG_FILE: join(home, "fonts.conf"),
    },
  };
}

async function unpack(): Promise<void> {
  const work = `${home}-${process.pid}`;
  mkdirSync(work, { recursive: true });
  const before = process.env["TMPDIR"];
  process.env["TMPDIR"] = work; // it unpacks into os.tmpdir(), and takes any old copy it finds there
  try {
    const { default: packed, inflate } = await import("@sparticuz/chromium");
    await packed.executablePath();
    await inflate(join(modules, "@sparticuz/chromium/bin/al2023.tar.br")); // libnss3 and the rest
  } finally {
    if (before === undefined) delete process.env["TMPDIR"];
    else process.env["TMPDIR"] = before;
  }
  const folders = [join(home, "fonts"), "/usr/share/fonts"].map((folder) => `<dir>${folder}</dir>`).join("");
  writeFileSync(join(work, "fonts.conf"), `<fontconfig>${folders}<cachedir>${join(home, "seen")}</cachedir></fontconfig>`);
  // a browser that ran on while the packages were put in again leaves its list of fonts there, and nothing else
  if (!existsSync(join(home, "fonts.conf"))) rmSync(home, { recursive: true, force: true });
  try {
    renameSync(work, home);
  } catch (problem) {
    rmSync(work, { recursive: true, force: true });
    if (!existsSync(join(home, "fonts.conf"))) throw problem; // else another run was quicker
  }
}

function definedVariables(): Record<string, string> {
  return Object.fromEntries(Object.entries(process.env).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])));
}
