import { existsSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { parseArgs } from "node:util";
import type { Command, House, Session } from "../../access/index.ts";
import { exitCodeOf, GuildhallError } from "../../kernel/errors.ts";
import { newId } from "../../kernel/ids.ts";
import { LineTerminal, type Line } from "./terminal.ts";

export interface CommandInput {
  readonly argv: readonly string[];
  readonly cwd: string;
  /** A person's token, from GUILDHALL_TOKEN: the command then acts for them and not for the operator. */
  readonly token: string | null;
  /** A secret that was asked for at the terminal. */
  readonly answer: string | null;
}

/** Exit codes: 0 done, 1 failed, 2 wrong usage, 3 refused by policy. */
export async function runCommand(
  input: CommandInput,
  parts: {
    commands: readonly Command[];
    house: House;
    resumeToken: (token: string, house: House) => Promise<Session | undefined>;
  },
  send: (line: Line) => void,
): Promise<number> {
  const found = findCommand(input.argv, parts.commands);
  if (!found) return usage(send, unknownVerb(input.argv, parts.commands));
  const { command, rest } = found;
  const parsed = parse(command, rest);
  if (typeof parsed === "string") return usage(send, `${parsed}\nUsage: ${command.usage}\nExample: ${command.example}`);
  const { flags, lists, words, json } = parsed;
  try {
    const session = input.token === null ? parts.house.gate.operatorSession() : await parts.resumeToken(input.token, parts.house);
    if (!session) {
      send({
        to: "err",
        text: "The token in GUILDHALL_TOKEN does not work or has ended.\nMake a new one: guildhall login EMAIL",
      });
      return 3;
    }
    const secret = async (flag: string) => {
      const file = flags[flag];
      if (typeof file !== "string") return input.answer ?? "";
      const path = resolve(input.cwd, file);
      if (!existsSync(path))
        throw new GuildhallError({
          code: "cli.no-file",
          kind: "invalid",
          message: `There is no file ${path}.`,
          remedy: `Check what --${flag} names.`,
        });
      return readFileSync(path, "utf8").replace(/\r?\n$/, "");
    };
    await command.run({
      session,
      house: parts.house,
      arguments: words,
      flags,
      lists,
      cwd: input.cwd,
      out: new LineTerminal(send, json),
      secret,
    });
    return 0;
  } catch (error) {
    return failed(error, parts.house, json, send);
  }
}

export function findCommand(
  argv: readonly string[],
  commands: readonly Command[],
): { command: Command; rest: readonly string[] } | undefined {
  for (const length of [2, 1]) {
    const verb = argv.slice(0, length).join(" ");
    const command = commands.find((candidate) => candidate.verb === verb && argv.length >= length);
    if (command) return { command, rest: argv.slice(length) };
  }
  return undefined;
}

export function unknownVerb(argv: readonly string[], commands: readonly Pick<Command, "verb">[]): string {
  const given = argv.slice(0, 2).join(" ");
  const nearest = commands
    .map(({ verb }) => ({ verb, distance: Math.min(editDistance(given, verb), editDistance(argv[0] ?? "", verb)) }))
    .toSorted((left, right) => left.distance - right.distance)[0];
  const hint =
    nearest && nearest.distance <= 4 ? `Did you mean “guildhall ${nearest.verb}”?` : "“guildhall help” lists every verb.";
  return `There is no verb “${given}”. ${hint}`;
}

function parse(
  command: Command,
  rest: readonly string[],
):
  | {
      flags: Record<string, string | boolean | undefined>;
      lists: Record<string, readonly string[]>;
      words: string[];
      json: boolean;
    }
  | string {
  try {
    const options = Object.fromEntries(
      Object.entries(command.flags).map(([name, { type, many }]) => [name, { type, multiple: many === true }]),
    );
    const { values, positionals } = parseArgs({
      args: [...rest],
      options: { ...options, json: { type: "boolean" } },
      allowPositionals: true,
      strict: true,
    });
    if (positionals.length < command.takes.least) return "Something is missing.";
    if (positionals.length > command.takes.most) return `It does not take “${positionals[command.takes.most]}”.`;
    const { json, ...given } = values as Record<string, string | boolean | readonly string[] | undefined>;
    const flags: Record<string, string | boolean | undefined> = {};
    const lists: Record<string, readonly string[]> = {};
    for (const [name, { many }] of Object.entries(command.flags)) if (many) lists[name] = [];
    for (const [name, value] of Object.entries(given)) {
      if (typeof value === "string" || typeof value === "boolean") flags[name] = value;
      else if (value !== undefined) lists[name] = value;
    }
    return { flags, lists, words: positionals, json: json === true };
  } catch (error) {
    return error instanceof Error ? error.message : "The options cannot be read.";
  }
}

function usage(send: (line: Line) => void, text: string): number {
  send({ to: "err", text });
  return 2;
}

function failed(error: unknown, house: House, json: boolean, send: (line: Line) => void): number {
  if (error instanceof GuildhallError) {
    const places = Object.entries(error.fields).map(([field, text]) => `  ${field}: ${text}`);
    const text = json
      ? JSON.stringify({ error: { code: error.code, message: error.message, remedy: error.remedy } })
      : [error.message, ...places, error.remedy].join("\n");
    send({ to: "err", text });
    return exitCodeOf[error.kind];
  }
  const reference = newId("err", house.clock()).slice(-8).toUpperCase();
  house.log.error("cli.fault", {
    reference,
    detail: error instanceof Error ? (error.stack ?? error.message) : "something that is no error was thrown",
  });
  send({
    to: "err",
    text: `The hub could not do this because of a fault of its own. Reference ${reference}; the log has the details.`,
  });
  return 1;
}

function editDistance(left: string, right: string): number {
  let previous = Array.from({ length: right.length + 1 }, (_, at) => at);
  for (let row = 1; row <= left.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= right.length; column += 1) {
      const swap = (previous[column - 1] ?? 0) + (left[row - 1] === right[column - 1] ? 0 : 1);
      current.push(Math.min(swap, (previous[column] ?? 0) + 1, (current[column - 1] ?? 0) + 1));
    }
    previous = current;
  }
  return previous[right.length] ?? 0;
}
