/**
 * What an attempt is. A hub that is stopped in order hands its job back and none is spent, however often; a hub that is
 * killed may have died of the job, so one is, and after three the job is given up in words, with nothing left behind.
 */
import { readdirSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterEach, beforeEach, expect, test } from "vitest";
import { runProgram, startProgram, type Running } from "../support/program.ts";

let folder: string;
let data: string;
const running = new Set<Running>();
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "guildhall-attempts-"));
  data = join(folder, "data");
  // long enough to be caught in the middle: every record is broken, so each is read byte by byte
  await writeFile(join(folder, "slow.csv"), `a,b\n${"1,2,3\n".repeat(700_000)}1,2\n`);
});
afterEach(async () => {
  await Promise.all([...running].map(({ stop }) => stop("SIGKILL")));
  running.clear();
  await rm(folder, { recursive: true, force: true });
});

async function start(options: readonly string[] = []): Promise<Running> {
  const hub = await startProgram(options, { data });
  running.add(hub);
  return hub;
}

function job(): { state: string; attempts: number; error: { code: string; message: string; remedy: string } | null } {
  const database = new DatabaseSync(join(data, "hub.db"), { readOnly: true });
  try {
    const row = database.prepare("SELECT state, attempts, error FROM job").get();
    const error = row?.["error"] ?? null;
    return {
      state: String(row?.["state"]),
      attempts: Number(row?.["attempts"]),
      error: error === null ? null : (JSON.parse(String(error)) as { code: string; message: string; remedy: string }),
    };
  } finally {
    database.close();
  }
}

async function until(is: () => boolean): Promise<void> {
  while (!is()) await new Promise((again) => setTimeout(again, 20));
}

/** A hub that has begun to load the file. */
async function loading() {
  await runProgram(["organisation", "add", "Exampleton Council"], { data });
  const hub = await start(["--empty"]);
  const asked = runProgram(["source", "add", join(folder, "slow.csv")], { data });
  await until(() => job().state === "running");
  return { hub, asked };
}

test("a stop in mid job spends none, by either signal; then it ends", { timeout: 60_000 }, async () => {
  const { hub: first, asked } = await loading();
  await first.stop("SIGINT");
  expect(await asked).toMatchObject({ code: 1, err: expect.stringMatching(/^The hub is stopping\. The work waits.+\n.+\n$/) });
  expect(job()).toMatchObject({ state: "queued", attempts: 0 });
  const hub = await start();
  await until(() => job().state === "running");
  expect((await hub.stop("SIGTERM")).code).toBe(0);
  expect(job()).toMatchObject({ state: "queued", attempts: 0 });
  expect(readdirSync(join(data, "landing"))).toHaveLength(1);
  await writeFile(join(data, "landing", readdirSync(join(data, "landing"))[0] ?? ""), "a,b\n1,2\n"); // ends at once from here
  await start();
  await until(() => job().state === "done");
  expect(job().attempts).toBe(1);
  expect(readdirSync(join(data, "landing"))).toEqual([]);
});

test("a kill in mid job spends one; at the limit the job is given up in words", { timeout: 60_000 }, async () => {
  const { hub: first, asked } = await loading();
  await first.stop("SIGKILL");
  expect(await asked).toMatchObject({ code: 1, err: expect.stringMatching(/^The hub stopped before it had answered\.\n.+\n$/) });
  for (const spent of [1, 2, 3]) {
    expect(job()).toMatchObject({ state: "running", attempts: spent });
    const hub = await start();
    if (spent === 3) break;
    await until(() => job().attempts === spent + 1);
    await hub.stop("SIGKILL");
  }
  await until(() => job().state === "failed");
  const { error } = job();
  expect(error?.code).toBe("job.given-up");
  expect(error?.message).toBe("“Load a file” was started 3 times, and each time the hub stopped before it ended.");
  expect(error?.remedy).toContain("GUILDHALL_JOB_MB");
  expect(readdirSync(join(data, "landing"))).toEqual([]);
  const shown = await runProgram(["source", "list"], { data });
  expect(shown.out).toMatch(/slow\s.*failed/);
});
