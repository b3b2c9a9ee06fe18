import { createWriteStream } from "node:fs";
import { rm } from "node:fs/promises";
import { Socket } from "node:net";
import { Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import { setTimeout as pause } from "node:timers/promises";
import { Client, type QueryConfig } from "pg";
import { to as copyTo } from "pg-copy-streams";
import { engineError } from "../../engine/index.ts";
import { GuildhallError } from "../../kernel/errors.ts";
import { newId } from "../../kernel/ids.ts";
import { databaseFailure } from "./database-failure.ts";
import { selectOf, type DatabaseAsk, type DatabasePlace } from "./database-place.ts";
import { sourcesError } from "./errors.ts";
import { fetchLimits } from "./fetch-url.ts";
import { guardedLookup, refuseInside } from "./inside-network.ts";

/** What a database may cost: bytes as a web address, the time to let the hub in, and the time of the whole answer. */
export const databaseLimits = { bytes: fetchLimits.bytes, connectMs: 30_000, answerMs: 1_800_000 } as const;

export interface DatabaseOptions {
  readonly password: string;
  /** Hosts of the own network that may be asked all the same. */
  readonly allowed: readonly string[];
  readonly signal: AbortSignal;
  readonly onBytes: (bytes: number) => void;
  readonly limits?: Partial<Record<keyof typeof databaseLimits, number>>;
}

/**
 * Writes what a database answers into a CSV file: one statement, in a transaction that may only read and sees one moment. The text is
 * the asker's own, sent to their database and run nowhere else; it is first prepared alone, which PostgreSQL does with one statement
 * only. Dates are ISO 8601 and instants UTC. Gives the number of rows. Fails with `sources.database-…` or `sources.url-inside`; nothing is left then.
 */
export async function fetchDatabase(
  place: DatabasePlace,
  ask: DatabaseAsk,
  target: string,
  options: DatabaseOptions,
): Promise<{ rows: number }> {
  const { allowed, signal } = options;
  const limits = { ...databaseLimits, ...options.limits };
  const select = selectOf(ask);
  refuseInside(place.host, allowed);
  if (place.ssl !== "verify-full" && !allowed.includes(place.host.toLowerCase()))
    throw sourcesError("database-unguarded", { host: place.host });
  const socket = guardedSocket(allowed);
  const { client, broken } = clientFor(place, options.password, socket, limits.connectMs);
  let outOfTime = false;
  const stop = () => socket.destroy();
  const deadline = setTimeout(() => {
    outOfTime = true; // a server that has gone away does not keep its own limit
    stop();
  }, limits.connectMs + limits.answerMs);
  signal.addEventListener("abort", stop);
  try {
    if (signal.aborted) throw engineError("cancelled", {});
    const rows = await Promise.race([readAnswer(client, select, target, { ...limits, onBytes: options.onBytes }), broken]);
    return { rows };
  } catch (error) {
    stop();
    await rm(target, { force: true });
    if (signal.aborted) throw engineError("cancelled", {});
    throw error instanceof GuildhallError ? error : databaseFailure(error, place, outOfTime);
  } finally {
    clearTimeout(deadline);
    signal.removeEventListener("abort", stop);
    // said good-bye to, as servers like it, but not waited for
    await Promise.race([client.end().catch(() => undefined), pause(1000, undefined, { ref: false })]);
    stop();
  }
}

async function readAnswer(
  client: Client,
  select: string,
  target: string,
  limits: { bytes: number; answerMs: number; onBytes: (bytes: number) => void },
): Promise<number> {
  await client.connect();
  await client.query(
    `BEGIN READ ONLY ISOLATION LEVEL REPEATABLE READ; SET LOCAL statement_timeout = ${limits.answerMs};
     SET LOCAL datestyle = 'ISO, YMD'; SET LOCAL intervalstyle = 'iso_8601'; SET LOCAL timezone = 'UTC'`,
  );
  // the extended protocol takes one statement only: what passes here alone cannot end the brackets that it is then put into
  const name = newId("guildhall"); // a pool may hand the same connection out again
  await client.query({ text: `PREPARE ${name} AS ${select}`, queryMode: "extended" } as QueryConfig);
  await client.query(`DEALLOCATE ${name}`);
  const copy = client.query(copyTo(`COPY (${select}\n) TO STDOUT (FORMAT csv, HEADER, FORCE_QUOTE *)`));
  copy.on("error", () => undefined); // a connection that breaks says so once more when nobody reads any longer
  const file = createWriteStream(target, { flags: "wx", mode: 0o600 });
  file.write("sep=,\n"); // the reader need not guess how the file is written
  try {
    await pipeline(copy, counted(limits), file);
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : "";
    throw ["ENOSPC", "EFBIG", "EDQUOT", "EROFS"].includes(code) ? engineError("no-space", {}) : error;
  }
  await client.query("COMMIT"); // all has come: the database has nothing more to say of it
  return copy.rowCount;
}

/** Tells how many bytes have come, and stops past the limit. */
function counted({ bytes, onBytes }: { bytes: number; onBytes: (bytes: number) => void }): Transform {
  let come = 0;
  return new Transform({
    transform: (chunk: Buffer, _encoding, done) => {
      come += chunk.length;
      onBytes(come);
      if (come > bytes) done(sourcesError("database-too-much", { megabytes: Math.round(bytes / 1_000_000) }));
      else done(null, chunk);
    },
  });
}

function clientFor(place: DatabasePlace, password: string, socket: Socket, connectMs: number) {
  const client = new Client({
    host: place.host,
    port: place.port,
    user: place.user,
    database: place.database,
    password: () => password, // asked for this way, so that no password of the hub's own surroundings takes its place
    ssl: place.ssl === "disable" ? false : { rejectUnauthorized: place.ssl === "verify-full" },
    application_name: "guildhall",
    connectionTimeoutMillis: connectMs,
    keepAlive: true,
    stream: () => socket,
  });
  const broken = new Promise<never>((_, reject) => {
    client.on("error", reject);
    client.on("end", () => reject(new Error("Connection terminated")));
  });
  broken.catch(() => undefined);
  return { client, broken };
}

/** A socket that looks its host up by our rules, whoever connects it. */
function guardedSocket(allowed: readonly string[]): Socket {
  const socket = new Socket();
  const connect = socket.connect.bind(socket);
  socket.connect = ((port: number, host: string) => connect({ port, host, lookup: guardedLookup(allowed) })) as Socket["connect"];
  return socket;
}
