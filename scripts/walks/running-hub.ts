// A hub of its own for the pictures, as `npm start` runs it, and the ways in which it can be made to fail.
import { execFileSync, spawn } from "node:child_process";
import { createServer } from "node:net";
import { DatabaseSync } from "node:sqlite";
import { join } from "node:path";

export interface RunningHub {
  readonly address: string;
  readonly setUp: string | null;
  readonly engine: (signal: NodeJS.Signals) => void;
  /** Takes a table away, so that a page of it meets a fault. */
  readonly breakTable: (name: string) => void;
  readonly stop: () => Promise<void>;
}

export async function startHub(folder: string, options: readonly string[]): Promise<RunningHub> {
  const port = await freePort();
  const env = { ...process.env, GUILDHALL_DATA: folder, GUILDHALL_PORT: String(port), GUILDHALL_QUESTION_SECONDS: "4" };
  const child = spawn(process.execPath, [join(import.meta.dirname, "../../dist/main.js"), "start", ...options], {
    env,
    stdio: ["ignore", "pipe", "inherit"],
  });
  let said = "";
  await new Promise<void>((resolve, reject) => {
    child.stdout.on("data", (chunk: Buffer) => {
      said += chunk.toString();
      if (said.includes("Stop the hub with Ctrl-C")) resolve();
    });
    child.once("exit", () => reject(new Error(`The hub stopped:\n${said}`)));
  });
  return {
    address: `http://127.0.0.1:${port}`,
    setUp: /http:\S+\/set-up\/\S+/.exec(said)?.[0] ?? null,
    engine: (signal) => {
      const list = execFileSync("ps", ["-o", "pid=", "--ppid", String(child.pid)], { encoding: "utf8" });
      for (const pid of list.split("\n").map(Number).filter(Boolean)) process.kill(pid, signal);
    },
    breakTable: (name) => {
      const database = new DatabaseSync(join(folder, "hub.db"), { timeout: 5000 });
      database.exec(`ALTER TABLE ${name} RENAME TO ${name}_gone`);
      database.close();
    },
    stop: async () => {
      if (child.exitCode !== null || child.signalCode !== null)
        throw new Error(`The hub has stopped by itself (${child.exitCode}).`);
      const gone = new Promise((resolve) => child.once("exit", resolve));
      child.kill("SIGTERM");
      setTimeout(() => child.kill("SIGKILL"), 10_000).unref();
      await gone;
    },
  };
}

async function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" && address ? address.port : 0));
    });
  });
}
