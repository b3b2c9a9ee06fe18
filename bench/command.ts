import { spawn } from "node:child_process";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

export const root = fileURLToPath(new URL("..", import.meta.url));
export const main = join(root, "dist/main.js");

export interface Cost {
  /** User and system seconds of the command and everything it started and waited for. */
  readonly cpuSeconds: number;
  readonly seconds: number;
  readonly output: string;
}

/** Runs a command line through a shell, whose `times` tells what it and all its children used. */
export async function costOf(args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Cost> {
  const started = performance.now();
  const child = spawn("sh", ["-c", '"$@"; status=$?; times; exit $status', "sh", ...args], {
    env: { ...process.env, ...env },
    stdio: ["ignore", "pipe", "inherit"],
  });
  let output = "";
  child.stdout.on("data", (chunk: Buffer) => (output += chunk.toString()));
  const code = await new Promise((resolve) => child.once("close", resolve));
  if (code !== 0) throw new Error(`${args.join(" ")} ended with ${String(code)}.`);
  const [user = "", system = ""] = output.trimEnd().split("\n").at(-1)?.split(/\s+/) ?? [];
  return { cpuSeconds: secondsOf(user) + secondsOf(system), seconds: (performance.now() - started) / 1000, output };
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((left, right) => left - right);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

function secondsOf(text: string): number {
  const [, minutes = "0", seconds = "0"] = /^(\d+)m([\d.]+)s$/.exec(text) ?? [];
  return Number(minutes) * 60 + Number(seconds);
}
