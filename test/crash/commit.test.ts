import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { once } from "node:events";
import { existsSync, readdirSync, readFileSync, watch } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout } from "node:timers/promises";
import { expect, test } from "vitest";
import { openDuckDB, type TestDatabase } from "../support/duckdb.ts";
import { chanceFrom } from "../support/policy-cases.ts";
import { bundle } from "./bundle.ts";

/*
 * A hub is killed in the middle of loading, again and again. Whatever it was doing, what the folder holds afterwards
 * is one version or the other, whole, with its files as they were written; and loading goes on.
 */
const kills = 200;
const lanes = 2;

interface State {
  readonly version: { readonly contentHash: string; readonly rows: number; readonly quarantined: number } | null;
  readonly files: readonly { readonly file: string; readonly sha256: string; readonly bytes: number }[];
  readonly text: readonly string[];
  readonly quarantine: readonly string[];
  readonly typed: readonly string[];
}

const bodies = {
  "a.csv": Array.from({ length: 40 }, (_, at) => `${at},old ${at}`),
  "b.csv": Array.from({ length: 60 }, (_, at) => (at === 30 ? `${at},broken,x` : `${at},new ${at}`)),
};
const texts = Object.entries(bodies).map(([name, lines]) => ({ name, lines, text: `id,what\n${lines.join("\n")}\n` }));
const sha256 = (bytes: Buffer | string) => createHash("sha256").update(bytes).digest("hex");

/** What is wrong with what a folder was found to hold; nothing when it is one version or the other. */
async function problemsOf(state: State, folder: string, database: TestDatabase): Promise<readonly string[]> {
  const problems = state.files.flatMap(({ file, sha256: wanted }) => {
    const path = join(folder, "data", "lake", file);
    if (!existsSync(path)) return [`${file} is named and not there`];
    return sha256(readFileSync(path)) === wanted ? [] : [`${file} is not what was written`];
  });
  if (!state.version || problems.length > 0) return problems;
  const { contentHash, rows, quarantined } = state.version;
  const which = texts.find(({ text }) => sha256(text) === contentHash);
  if (!which) return [...problems, `the version is of no file (${contentHash})`];
  const good = which.lines.filter((line) => line.split(",").length === 2);
  if (rows !== good.length || quarantined !== which.lines.length - good.length)
    problems.push(`the counts are ${rows} and ${quarantined}`);
  const [text] = state.text;
  if (text === undefined || state.text.length !== 1) return [...problems, "the version has no text layer"];
  const found = await database.rows({
    text: `SELECT c1 || ',' || c2 AS line FROM read_parquet($1) ORDER BY record_no`,
    params: [text],
  });
  if (found.map(({ line }) => line as string).join("\n") !== good.join("\n")) problems.push("the rows are not the file's");
  if (state.quarantine.length !== (quarantined === 0 ? 0 : 1)) problems.push("the quarantine is not the version's");
  for (const typed of state.typed) {
    const [counted] = await database.rows({ text: "SELECT count(*)::INTEGER AS n FROM read_parquet($1)", params: [typed] });
    if (counted?.["n"] !== good.length) problems.push("the typed layer is not the version's");
  }
  return problems;
}

/** Resolves at the `nth` time that a file of the store or the lake is written, or after a second when less is. */
async function somethingWritten(folder: string, nth: number): Promise<void> {
  const lake = join(folder, "data", "lake");
  const folders = [join(folder, "data"), ...readdirSync(lake).map((name) => join(lake, name))];
  const enough = Promise.withResolvers<void>();
  let left = nth;
  const watchers = folders.map((each) => watch(each, () => (left -= 1) <= 0 && enough.resolve()));
  await Promise.race([enough.promise, setTimeout(1000)]);
  for (const watcher of watchers) watcher.close();
}

async function lane(seed: number, program: string, database: TestDatabase) {
  const folder = await mkdtemp(join(tmpdir(), "crash-"));
  const chance = chanceFrom(seed);
  const problems: string[] = [];
  const seen = new Set<string>();
  let unfinished = 0;
  let loaded = 0;
  try {
    for (const { name, text } of texts) await writeFile(join(folder, name), text);
    for (let at = 0; at <= kills / lanes; at += 1) {
      const child = spawn(process.execPath, ["--disable-warning=ExperimentalWarning", program, folder], {
        stdio: ["ignore", "pipe", "pipe"],
      });
      let errors = "";
      child.stderr.on("data", (chunk: Buffer) => (errors += chunk.toString()));
      const gone = once(child, "exit");
      // now and then a load is waited for, so that the next load after a kill is seen to work
      let wait = at % 8 === 7 ? 1 : 0;
      let endedSince = false;
      let opened = false;
      for await (const line of createInterface({ input: child.stdout })) {
        const said = JSON.parse(line) as (State & { opened: true }) | { loaded: string; error: unknown };
        if ("opened" in said) {
          opened = true;
          problems.push(...(await problemsOf(said, folder, database)));
          if (said.version) seen.add(said.version.contentHash);
        } else {
          loaded += 1;
          endedSince = true;
          if (said.loaded !== "done") problems.push(`a load ended as ${said.loaded}: ${JSON.stringify(said.error)}`);
          wait -= 1;
        }
        if (opened && wait <= 0) break;
      }
      if (!opened) problems.push(`the folder could not be opened: ${errors.slice(0, 500)}`);
      if (opened) await (at % 2 === 0 ? setTimeout(chance() * 350) : somethingWritten(folder, 1 + Math.floor(chance() * 14)));
      if (!endedSince) unfinished += 1;
      child.kill("SIGKILL");
      await gone;
      if (problems.length > 0) break;
    }
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
  }
  return { problems, seen, unfinished, loaded };
}

test(`${kills} kills leave the old version or the new one`, async () => {
  const database = await openDuckDB();
  const program = await bundle("./load-for-ever.ts");
  try {
    const endings = await Promise.all(Array.from({ length: lanes }, (_, at) => lane(at + 1, program.path, database)));
    expect(endings.flatMap(({ problems }) => problems)).toEqual([]);
    // both versions were met, so that something was at stake
    expect(new Set(endings.flatMap(({ seen }) => [...seen])).size).toBe(2);
    expect(endings.reduce((sum, { loaded }) => sum + loaded, 0)).toBeGreaterThan(15);
  } finally {
    database.close();
    await program.remove();
  }
}, 240_000);
