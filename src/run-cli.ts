import { resolve } from "node:path";
import { createInterface } from "node:readline/promises";
import type { Command } from "./access/index.ts";
import { restoreBackup } from "./backup.ts";
import { modules, openHouse } from "./build-house.ts";
import { describePlainFile } from "./describe-plain-file.ts";
import { resumeToken } from "./domains/people/index.ts";
import { socketPath } from "./engine/index.ts";
import { findCommand, runCommand, sendCommand, Printer, unknownVerb, type CommandInput } from "./faces/cli/index.ts";
import { runKitVerb } from "./kit-verbs.ts";
import { listSettings, readSettings } from "./kernel/config.ts";
import { startHub } from "./start-hub.ts";

/** Verbs that need no data folder and run without one. */
const plain = {
  start: "Start the hub. --empty begins without a sample, --registers without people.",
  help: "List every verb with an example.",
  detect: "Say what the columns of a file are, and why: guildhall detect FILE [--table NAME] [--json].",
  profile: "Say how the columns of a file are filled: guildhall profile FILE [--table NAME] [--json].",
  kit: "Say which kits there are, whether one is sound, or which one a file is like: guildhall kit list | show | check | recognise.",
  config: "List every setting, what it does and what it is now.",
  restore: "Put a backup into an empty data folder: guildhall restore DIR.",
} as const;

/** Runs one command line; gives its exit code. */
export async function runCli(argv: readonly string[]): Promise<number> {
  process.umask(0o077); // whatever the hub writes is its owner's alone
  const commands = allCommands();
  const [verb = "help", ...rest] = argv;
  if (verb === "start") return startHub(rest, readSettings(process.env));
  if (verb === "help" || verb === "--help" || verb === "-h") return help(commands);
  if (verb === "detect" || verb === "profile") return describePlainFile(verb, rest, process.cwd());
  if (verb === "kit") return runKitVerb(rest, process.cwd());
  if (verb === "config") return config(rest.includes("--json"));
  if (verb === "restore") return restore(rest);
  const found = findCommand(argv, commands);
  if (!found) {
    process.stderr.write(`${unknownVerb(argv, [...commands, ...Object.keys(plain).map((name) => ({ verb: name }))])}\n`);
    return 2;
  }
  const settings = readSettings(process.env);
  const printer = new Printer();
  const input: CommandInput = {
    argv,
    cwd: process.cwd(),
    token: process.env["GUILDHALL_TOKEN"] ?? null,
    answer: await askSecret(found.command, found.rest),
  };
  const print = (line: Parameters<Printer["print"]>[0]) => printer.print(line);
  const answered = await sendCommand(socketPath(resolve(settings.GUILDHALL_DATA)), input, print);
  if (answered !== undefined) return answered;
  const { house, close } = await openHouse(settings);
  try {
    const code = await runCommand(input, { commands, house, resumeToken }, print);
    await house.jobs.idle(); // no hub is there to do later what the verb left to be done
    return code;
  } finally {
    await close();
  }
}

export function allCommands(): readonly Command[] {
  return modules.flatMap((module) => module.commands ?? []);
}

function help(commands: readonly Command[]): number {
  const lines = ["Guildhall, the open community information hub.", ""];
  for (const [verb, summary] of Object.entries(plain)) lines.push(`  ${verb}`, `      ${summary}`, `      guildhall ${verb}`);
  for (const command of commands) lines.push(`  ${command.verb}`, `      ${command.summary}`, `      ${command.example}`);
  lines.push("", "--json gives an answer for machines. Exit codes: 0 done, 1 failed, 2 wrong usage, 3 refused by policy.");
  process.stdout.write(`${lines.join("\n")}\n`);
  return 0;
}

function config(json: boolean): number {
  const rows = listSettings(readSettings(process.env));
  if (json) process.stdout.write(`${JSON.stringify(rows, null, 2)}\n`);
  else
    for (const row of rows)
      process.stdout.write(`${row.name}=${String(row.value)}\n    ${row.about} Default: ${row.fallback || "none"}.\n`);
  return 0;
}

async function restore(rest: readonly string[]): Promise<number> {
  const [from] = rest.filter((word) => !word.startsWith("--"));
  if (from === undefined) {
    process.stderr.write("Usage: guildhall restore DIR\nIt fills the folder that GUILDHALL_DATA names, which must be empty.\n");
    return 2;
  }
  const data = resolve(readSettings(process.env).GUILDHALL_DATA);
  const { files } = await restoreBackup(resolve(from), data);
  process.stdout.write(`Restored ${files} files into ${data}. Put the key file at ${data}.keys before you start the hub.\n`);
  return 0;
}

/** Asks for the secret that a command needs and no flag brings; nothing where there is no terminal to ask at. */
async function askSecret(command: Command, rest: readonly string[]): Promise<string | null> {
  const needed = Object.keys(command.flags).find((flag) => flag.endsWith("password-file"));
  if (needed === undefined || !process.stdin.isTTY) return null;
  const says = (flag: string) => rest.some((word) => word === `--${flag}` || word.startsWith(`--${flag}=`));
  const { onlyWith } = command.flags[needed] ?? {};
  if (says(needed) || (onlyWith !== undefined && !says(onlyWith))) return null;
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return await terminal.question("Password: ");
  } finally {
    terminal.close();
  }
}
