import type { GuildhallError } from "../../kernel/errors.ts";
import type { DatabasePlace } from "./database-place.ts";
import { sourcesError } from "./errors.ts";
import { reasonOf } from "./inside-network.ts";

/**
 * What a person is told of a failure of a database, by its SQLSTATE (PostgreSQL, appendix A) or the system's code. The database's own
 * words are passed on only where they are about the text of the query (class 42): others quote values of rows.
 */
export function databaseFailure(error: unknown, place: DatabasePlace, outOfTime: boolean): GuildhallError {
  const { host, user, database } = place;
  const { code = "", message = "" } = error as { code?: string; message?: string };
  const failed = (why: string) => sourcesError("database-failed", { host, why });
  if (outOfTime || code === "57014" || message === "timeout expired") return failed("it did not answer in time");
  if (code === "28P01" || code === "28000" || message.startsWith("SASL"))
    return sourcesError("database-password", { host, user });
  if (code === "3D000") return sourcesError("database-none", { host, database });
  if (code === "42P01" || code === "3F000") return sourcesError("database-no-table", { said: sentence(message) });
  if (code === "42501") return sourcesError("database-denied", { user, said: sentence(message) });
  if (code === "25006" || code === "25P02") return sourcesError("database-writes", {});
  if (code === "42601" && message.includes("multiple commands")) return sourcesError("database-several", {});
  if (/^42|^0A000$/.test(code)) return sourcesError("database-query", { said: sentence(message) });
  if (code === "53300") return failed("it takes no more connections");
  if (code.startsWith("57P0")) return failed("it is being stopped or started");
  if (/^[0-9A-Z]{5}$/.test(code) && "severity" in (error as object)) return failed(`it stopped with its code ${code}`);
  if (message.includes("does not support SSL")) return sourcesError("database-no-tls", { host });
  if (/CERT|SIGNATURE|ISSUER|^ERR_(?:TLS|SSL)/.test(code)) return sourcesError("database-certificate", { host, code });
  if (message.startsWith("Connection terminated") || code === "EPIPE" || code === "ECONNRESET")
    return failed("the connection broke before all had come");
  if (code.startsWith("E")) return failed(reasonOf(code));
  return failed("it does not speak as a PostgreSQL database does");
}

function sentence(message: string): string {
  const short = message.replaceAll(/\s+/g, " ").trim().slice(0, 300);
  return short === "" ? "It gives no reason." : `${short.charAt(0).toUpperCase()}${short.slice(1)}.`;
}
