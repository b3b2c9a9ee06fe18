// The built hub as people run it: a process of its own, started from the command line and stopped with a signal.
import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";

const main = fileURLToPath(new URL("../../dist/main.js", import.meta.url));

export interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

export interface Running {
  readonly address: string;
  readonly child: ChildProcess;
  /** What it has printed so far. */
  readonly out: () => string;
  /** Stops it as Ctrl-C does and waits until it is gone. */
  readonly stop: (signal?: NodeJS.Signals) => Promise<Ended>;
}

export interface ProgramOptions {
  /** The data folder; its keys lie beside it. */
  readonly data: string;
  readonly settings?: Readonly<Record<string, string>>;
  readonly as?: { readonly uid: number; readonly gid: number };
  /** A command and its first arguments that the program is run by, such as a shell with limits. */
  readonly through?: readonly string[];
}

/** Runs one command line to its end. */
export async function runProgram(argv: readonly string[], options: ProgramOptions): Promise<Ended> {
  const { ended } = begin(argv, options);
  return ended;
}

/** Starts a hub on a free port and waits until it can be used; fails with what it printed when it ends before that. */
export async function startProgram(argv: readonly string[], options: ProgramOptions): Promise<Running> {
  const { child, ended, out, err } = begin(["start", ...argv], options);
  const address = await new Promise<string>((resolve, reject) => {
    child.stdout?.on("data", () => {
      const found = /Guildhall is at (\S+)/.exec(out())?.[1];
      if (found !== undefined && out().includes("Stop the hub with Ctrl-C")) resolve(found);
    });
    void ended.then(({ code }) => reject(new Error(`The hub ended with ${code}: ${out()}\n${err()}`)));
  });
  return {
    address,
    child,
    out,
    stop: async (signal = "SIGINT") => {
      child.kill(signal);
      return ended;
    },
  };
}

function begin(argv: readonly string[], { data, settings, as, through = [] }: ProgramOptions) {
  const [command = "", ...rest] = [...through, process.execPath, "--disable-warning=ExperimentalWarning", main, ...argv];
  const child = spawn(command, rest, {
    env: { PATH: process.env["PATH"] ?? "", TZ: "UTC", GUILDHALL_DATA: data, GUILDHALL_PORT: "0", ...settings },
    stdio: ["ignore", "pipe", "pipe"],
    ...as,
  });
  let out = "";
  let err = "";
  child.stdout.on("data", (chunk: Buffer) => (out += chunk.toString()));
  child.stderr.on("data", (chunk: Buffer) => (err += chunk.toString()));
  const ended = once(child, "close").then(([code]): Ended => ({ code: code as number | null, out, err }));
  return { child, ended, out: () => out, err: () => err };
}
