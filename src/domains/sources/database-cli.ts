import { readFileSync } from "node:fs";
import { basename, extname, resolve } from "node:path";
import type { Command, CommandFlag, CommandRequest } from "../../access/index.ts";
import type { DatabaseAsk } from "./database-place.ts";
import { setDatabasePassword } from "./database.ts";
import { sourcesError } from "./errors.ts";

export const databaseFlags: Readonly<Record<string, CommandFlag>> = {
  postgres: { type: "string", about: "A PostgreSQL database instead of files: postgres://user@host:5432/database." },
  "query-file": { type: "string", about: "The file with the query to ask it; one SELECT." },
  "password-file": {
    type: "string",
    about: "The file with its password; asked for at the terminal when left out.",
    onlyWith: "postgres",
  },
};

/** The database that a command names, and what to ask it; nothing where it names none. */
export async function databaseOf(
  request: CommandRequest,
): Promise<{ url: string; ask: DatabaseAsk; password: string; called: string } | undefined> {
  const { postgres, table, "query-file": file } = request.flags;
  if (typeof postgres !== "string") return undefined;
  if ((table === undefined) === (file === undefined))
    throw sourcesError("database-no-ask", { why: "it takes either --table or --query-file" });
  const ask: DatabaseAsk =
    typeof file === "string"
      ? { kind: "query", query: readQuery(resolve(request.cwd, file)) }
      : { kind: "table", table: String(table) };
  const called = typeof file === "string" ? basename(file, extname(file)) : String(table);
  return { url: postgres, ask, password: await request.secret("password-file", "Password: "), called };
}

export const passwordCommand: Command = {
  verb: "source password",
  summary: "Set the password of the database that a source comes from.",
  usage: "guildhall source password SOURCE [--password-file FILE]",
  example: "guildhall source password 'Street works' --password-file ./password",
  flags: { "password-file": { type: "string", about: "The file with it; asked for at the terminal when left out." } },
  takes: { least: 1, most: 1 },
  run: async ({ session, house, arguments: [name = ""], secret, out }) => {
    const source = await setDatabasePassword(session, name, await secret("password-file", "Password: "), house);
    out.line(`The password for ${source.name} was set. Try it: guildhall source refresh '${source.name}'.`);
    out.json({ source: source.name });
  },
};

function readQuery(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    throw sourcesError("no-file", { path });
  }
}
