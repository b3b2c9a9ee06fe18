import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import type { Log } from "../kernel/log.ts";
import { EngineProcess, type ProcessLimits } from "./process.ts";

let folder: string;
let limits: ProcessLimits;
const lines: string[] = [];
const note = (event: string, fields: unknown) => void lines.push(`${event} ${JSON.stringify(fields)}`);
const log: Log = { info: note, warn: note, error: note };
const running: EngineProcess[] = [];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "process-"));
  limits = { memoryMb: 400, threads: 1, tempDirectory: folder, maxTempMb: 100 };
});
afterEach(async () => {
  await Promise.all(running.splice(0).map((each) => each.stop()));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

function engine(): EngineProcess {
  const made = new EngineProcess("engine", limits, log);
  running.push(made);
  return made;
}
const query = (text: string) => ({ text, check: text, params: [], leaves: [], maxRows: 10 });
const slow = query("SELECT count(*) FROM range(100000000000) a(n) WHERE n % 7 = 3 OR sin(n) > 2");
const quick = query("SELECT 42 AS answer");
const isThere = (pid: number) => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};

describe("an engine process", () => {
  test("killed in the middle of a question: its caller is told, the next question works", async () => {
    const one = engine();
    await one.run("query", quick);
    const pid = one.pid ?? 0;
    const asked = Promise.allSettled([one.run("query", slow), one.run("query", slow)]);
    process.kill(pid, "SIGKILL");
    expect((await asked).map((ending) => ending.status === "rejected" && ending.reason)).toMatchObject([
      { code: "engine.died" },
      { code: "engine.died" },
    ]);
    const [first, second] = await Promise.all([one.run("query", quick), one.run("query", quick)]);
    expect(first).toEqual({ columns: ["answer"], rows: [[42]] });
    expect(second).toEqual(first);
    expect(one.pid).not.toBe(pid);
    expect(lines.join("\n")).toContain("engine.process-ended");
  });

  test("killed again and again: each time the next question works", async () => {
    const one = engine();
    for (let at = 0; at < 3; at += 1) {
      expect((await one.run("query", quick)).rows).toEqual([[42]]);
      process.kill(one.pid ?? 0, "SIGKILL");
      // asked at once, whether or not the end has been noticed: answered, or told that it died
      const ending = await one.run("query", quick).then(
        ({ rows }) => rows,
        (error: unknown) => error,
      );
      expect([[[42]], expect.objectContaining({ code: "engine.died" })]).toContainEqual(ending);
    }
  });

  test("a deadline interrupts, and the process goes on", async () => {
    const one = engine();
    await one.run("query", quick);
    const pid = one.pid;
    await expect(one.run("query", slow, { deadlineMs: 100 })).rejects.toMatchObject({ code: "engine.deadline" });
    expect((await one.run("query", quick)).rows).toEqual([[42]]);
    expect(one.pid).toBe(pid);
  });

  test("a signal cancels", async () => {
    const one = engine();
    await one.run("query", quick);
    const abort = new AbortController();
    const asked = Promise.allSettled([one.run("query", slow, { signal: abort.signal })]);
    abort.abort();
    expect(await asked).toMatchObject([{ reason: { code: "engine.cancelled" } }]);
    const late = new AbortController();
    const later = Promise.allSettled([one.run("query", slow, { signal: late.signal })]);
    await new Promise((done) => setTimeout(done, 50));
    late.abort();
    expect(await later).toMatchObject([{ reason: { code: "engine.cancelled" } }]);
    await expect(one.run("query", quick, { signal: abort.signal })).rejects.toMatchObject({ code: "engine.cancelled" });
  });

  test("stopped while it starts, it does not outlive that", async () => {
    const one = engine();
    const asked = one.run("query", quick).then(
      () => "answered",
      () => "died",
    );
    await one.stop();
    expect(["answered", "died"]).toContain(await asked);
    await expect(one.run("query", quick)).rejects.toMatchObject({ code: "engine.died" });
    expect(one.pid === undefined || !isThere(one.pid)).toBe(true);
  });

  test("a statement that reads anything else is not run", async () => {
    const one = engine();
    const path = join(folder, "secret.csv");
    await writeFile(path, "a\ncanary\n");
    await expect(one.run("query", query(`FROM '${path}'`))).rejects.toMatchObject({ code: "engine.failed" });
    await expect(one.run("query", query(`SELECT current_setting('temp_directory')`))).rejects.toMatchObject({
      code: "engine.failed",
    });
  });

  test("a failing statement puts no data into the log", async () => {
    const one = engine();
    lines.length = 0;
    const bad = "SELECT CAST(v AS INTEGER) FROM (VALUES ('canary-7')) t(v)";
    await expect(one.run("query", query(bad))).rejects.toMatchObject({ code: "engine.failed" });
    const date = "SELECT strptime(v, '%d') FROM (VALUES ('canary-8')) t(v)";
    await expect(one.run("query", query(date))).rejects.toMatchObject({ code: "engine.failed" });
    expect(lines.join("\n")).toContain("Conversion Error");
    expect(lines.join("\n")).not.toContain("canary");
  });

  test("more rows than are allowed are refused", async () => {
    await expect(engine().run("query", query("SELECT * FROM range(11)"))).rejects.toMatchObject({ code: "engine.too-many-rows" });
  });
});

test("a job's process is gone once stopped, with what it wrote on the way", async () => {
  const job = new EngineProcess("job", limits, log);
  await job.run("query", quick);
  const pid = job.pid ?? 0;
  expect(isThere(pid)).toBe(true);
  await job.stop();
  expect(isThere(pid)).toBe(false);
  expect((await readdir(folder)).filter((name) => name.includes(String(pid)))).toEqual([]);
});
