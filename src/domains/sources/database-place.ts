import { sourcesError } from "./errors.ts";

/**
 * How the way to a database is guarded: encrypted with its certificate checked, encrypted with whatever certificate, or not encrypted.
 * The last two are for hosts that the operator allows inside the own network.
 */
export const sslModes = ["verify-full", "require", "disable"] as const;
export type SslMode = (typeof sslModes)[number];

/** Where a database is and who asks it; its password is kept apart. */
export interface DatabasePlace {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly database: string;
  readonly ssl: SslMode;
}

export function isDatabaseUrl(url: string): boolean {
  return /^postgres(ql)?:\/\//i.test(url.trim());
}

/** Reads `postgres://user@host:5432/database?sslmode=verify-full`. Fails with `sources.database-unusable` or `sources.database-secret`. */
export function readDatabaseUrl(text: string): DatabasePlace {
  const refuse = (why: string) =>
    sourcesError("database-unusable", { why }, { database: "Write postgres://user@host:5432/database." });
  // a web address in name, so that every part of it is read and escaped as one
  const written = text.trim().replace(/^postgres(ql)?:/i, "http:");
  if (!isDatabaseUrl(text) || !URL.canParse(written)) throw refuse("it is not written as one");
  const url = new URL(written);
  if (url.password !== "") throw sourcesError("database-secret", {}, { database: "Leave the password out." });
  const [user, database] = [decoded(url.username), decoded(url.pathname.slice(1))];
  if (!user) throw refuse("it names no user");
  if (!database || database.includes("/")) throw refuse("it names no database");
  const unknown = [...url.searchParams.keys()].find((name) => name !== "sslmode");
  if (unknown !== undefined) throw refuse(`${unknown.slice(0, 40)} is not known here`);
  const ssl = sslModes.find((mode) => mode === (url.searchParams.get("sslmode") ?? "verify-full"));
  if (!ssl) throw refuse(`sslmode is one of ${sslModes.join(", ")}`);
  const port = /:(\d+)$/.exec(new URL(written.replace(/^http:/, "x:")).host)?.[1];
  return { host: url.hostname.replaceAll(/[[\]]/g, ""), port: Number(port ?? 5432), user, database, ssl };
}

/** The address as it is kept and shown: without a password, and with everything said that was left out. */
export function databaseUrl({ host, port, user, database, ssl }: DatabasePlace): string {
  const shownHost = host.includes(":") ? `[${host}]` : host;
  return `postgres://${encodeURIComponent(user)}@${shownHost}:${port}/${encodeURIComponent(database)}?sslmode=${ssl}`;
}

/** An address as somebody wrote it, for giving back to them: what stands where passwords do is left out, however it is written. */
export function withoutPassword(text: string): string {
  return text.replace(/^(\s*[a-z]+:\/\/[^:@/]*):(?!\d*(?:[/?#]|$)).*@/i, "$1@");
}

function decoded(text: string): string | undefined {
  try {
    const whole = decodeURIComponent(text);
    return whole.includes("\0") ? undefined : whole;
  } catch {
    return undefined;
  }
}

/** What is asked of a database: all of a table or view, or a query. */
export type DatabaseAsk = { readonly kind: "table"; readonly table: string } | { readonly kind: "query"; readonly query: string };

const longestQuery = 100_000;

/** The statement that an ask comes to. Fails with `sources.database-no-ask`. */
export function selectOf(ask: DatabaseAsk): string {
  if (ask.kind === "table") return `SELECT * FROM ${quotedName(ask.table)}`;
  // one semicolon at the end is how queries are often kept; any other makes it several, which the database refuses
  const query = ask.query.trim().replace(/;$/, "").trim();
  if (query === "" || query.length > longestQuery || query.includes("\0"))
    throw sourcesError(
      "database-no-ask",
      { why: `a query has from 1 to ${longestQuery} characters` },
      { query: "Write a query." },
    );
  return query;
}

/** `schema.table` as PostgreSQL reads it: small letters unless it stands between double quotes. */
function quotedName(name: string): string {
  const parts = name.trim().match(/"(?:[^"\0]|"")+"|[\p{L}_][\p{L}\p{N}_$]*|\.|[^]/gu) ?? [];
  const names = parts.filter((_, at) => at % 2 === 0);
  const dots = parts.filter((_, at) => at % 2 === 1);
  if (
    parts.length % 2 === 0 ||
    names.length > 2 ||
    dots.some((dot) => dot !== ".") ||
    names.some((part) => !/^["\p{L}_]/u.test(part))
  )
    throw sourcesError(
      "database-no-ask",
      { why: `“${name.slice(0, 100)}” is no name of a table` },
      { table: 'Write schema.table, or "Schema"."Table" where capitals count.' },
    );
  if (names.some((part) => part === '"'))
    throw sourcesError("database-no-ask", { why: "a quote in the table's name is not closed" });
  return names.map((part) => (part.startsWith('"') ? part : `"${part.toLowerCase()}"`)).join(".");
}
