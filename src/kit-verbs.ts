import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { describeMatches, readKit, readKits, recogniseKit, type Kit, type KitColumn } from "./domains/sources/index.ts";
import { tableLines } from "./faces/cli/index.ts";
import { GuildhallError } from "./kernel/errors.ts";
import { readSettings } from "./kernel/config.ts";
import { readPlainFile } from "./read-plain-file.ts";

const usage = [
  "Usage: guildhall kit list [--json]",
  "       guildhall kit show NAME [--json]",
  "       guildhall kit check FOLDER",
  "       guildhall kit recognise FILE [--table NAME] [--json]",
].join("\n");

interface Asked {
  readonly verb: string;
  readonly named: string | undefined;
  readonly table: string | undefined;
  readonly json: boolean;
}

/** `guildhall kit …`: what kits there are, whether one is sound, and which one a file is like. No hub is needed. Gives the exit code. */
export async function runKitVerb(rest: readonly string[], cwd: string): Promise<number> {
  const asked = readWords(rest);
  if (asked?.verb === "list" && asked.named === undefined) return list(asked);
  if (asked?.verb === "show" && asked.named !== undefined) return show(asked.named, asked);
  if (asked?.verb === "check" && asked.named !== undefined) return check(asked.named, cwd);
  if (asked?.verb === "recognise" && asked.named !== undefined) return recognise(asked.named, asked, cwd);
  process.stderr.write(`${usage}\n`);
  return 2;
}

/** Every kit; with those that cannot be used told apart, the list fails. */
async function list({ json }: Asked): Promise<number> {
  const { kits, problems } = await knownKits();
  if (json) sayJson(kits.map(asJson));
  else
    say(
      tableLines(
        ["Kit", "What it is", "Confirmed", "Personal", "Layouts"],
        kits.map((kit) => [kit.name, kit.title, kit.status, kit.personal, kit.layouts.length]),
      ),
    );
  for (const problem of problems) process.stderr.write(`A kit cannot be used: ${problem}.\n`);
  return problems.length === 0 ? 0 : 1;
}

async function show(name: string, { json }: Asked): Promise<number> {
  const { kits } = await knownKits();
  const kit = kits.find((each) => each.name === name);
  if (!kit)
    throw new GuildhallError({
      code: "kits.no-kit",
      kind: "missing",
      message: `There is no kit “${name}”.`,
      remedy: "Look at those there are: guildhall kit list.",
    });
  if (json) sayJson(asJson(kit));
  else
    say([
      `${kit.title} (${kit.name}), edition ${kit.edition}`,
      kit.about,
      "",
      `From ${kit.publisher}: ${kit.format}`,
      `The kit itself is ${kit.status}. Personal: ${kit.personal}.`,
      `Law, as a reminder: ${kit.law}. Retention class: ${kit.retention}.`,
      `Feeds: ${kit.feeds.join(", ")}.`,
      ...kit.notes,
      ...kit.layouts.flatMap(({ name: layout, columns, open, key }) => [
        "",
        `${layout}${open ? ", and more columns" : ""}${key.length === 0 ? "" : `; key: ${key.join(", ")}`}`,
        ...tableLines(
          ["Column", "What it is", "Required", "Codes"],
          columns.map((column) => [column.name, column.type ?? "–", column.required ? "yes" : "no", codesOf(column)]),
        ),
      ]),
    ]);
  return 0;
}

async function check(folder: string, cwd: string): Promise<number> {
  const { kit, problems } = await readKit(resolve(cwd, folder));
  for (const problem of problems) process.stderr.write(`${problem}.\n`);
  if (kit) {
    const layouts = kit.layouts.length === 1 ? "one layout" : `${kit.layouts.length} layouts`;
    say([`${kit.name} can be used: ${layouts}, ${kit.layouts.reduce((sum, { columns }) => sum + columns.length, 0)} columns.`]);
  }
  return problems.length === 0 ? 0 : 1;
}

async function recognise(file: string, { table, json }: Asked, cwd: string): Promise<number> {
  const { described } = await readPlainFile({ file, table, whole: false }, cwd);
  const matches = recogniseKit(
    (await knownKits()).kits,
    described.load.columns.map(({ header }) => header),
  );
  if (json)
    sayJson(
      matches.map(({ kit, layout, sure, columns, missing, added }) => ({
        kit: kit.name,
        edition: kit.edition,
        layout: layout.name,
        sure: sure && matches.length === 1,
        columns: Object.fromEntries([...columns].map(([header, { name, type }]) => [header, { name, type }])),
        missing,
        added,
      })),
    );
  else say(matches.length === 0 ? ["It is like no kit."] : describeMatches(matches));
  return 0;
}

function knownKits() {
  return readKits(readSettings(process.env).GUILDHALL_KITS);
}

function codesOf({ codes }: KitColumn): string {
  if (codes === null) return "–";
  const said = [...codes].map(([code, meaning]) => (meaning === "" ? code : `${code} ${meaning}`)).join(", ");
  return said.length > 60 ? `${said.slice(0, 57)}…` : said;
}

/** A kit as plain data: patterns and lists of codes as they are written. */
function asJson(kit: Kit) {
  const layouts = kit.layouts.map((layout) => ({
    ...layout,
    columns: layout.columns.map((column) => ({
      ...column,
      pattern: column.pattern?.source ?? null,
      codes: column.codes && Object.fromEntries(column.codes),
    })),
  }));
  return { ...kit, layouts };
}

function say(lines: readonly string[]): void {
  process.stdout.write(`${lines.join("\n")}\n`);
}

function sayJson(value: unknown): void {
  say([JSON.stringify(value, null, 2)]);
}

function readWords(rest: readonly string[]): Asked | undefined {
  try {
    const options = { table: { type: "string" }, json: { type: "boolean" } } as const;
    const { values, positionals } = parseArgs({ args: [...rest], options, allowPositionals: true });
    const [verb, named, ...more] = positionals;
    if (verb === undefined || more.length > 0) return undefined;
    return { verb, named, table: values.table, json: values.json === true };
  } catch {
    return undefined;
  }
}
