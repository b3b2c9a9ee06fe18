// A PostgreSQL to ask: the real server where one is on the machine, and otherwise PGlite, which is PostgreSQL compiled for Node,
// behind a socket. Both speak the same protocol.
import { spawn, spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { createServer, connect, type Server, type Socket } from "node:net";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { PGlite } from "@electric-sql/pglite";
import { PGLiteSocketServer } from "@electric-sql/pglite-socket";
import { Client } from "pg";

export interface TestPostgres {
  readonly kind: "server" | "pglite";
  readonly port: number;
  /** Runs statements as the database's owner. */
  readonly run: (sql: string) => Promise<void>;
  /** Comes back once nobody is connected: PGlite takes one connection at a time, and turns a second one away. */
  readonly free: () => Promise<void>;
  readonly stop: () => Promise<void>;
}

export const ownerPassword = "owner password for tests";

/** The folder of the server's programs, the newest version first; nothing where there is none, or nobody to run it as. */
export function findServer(): string | undefined {
  const root = "/usr/lib/postgresql";
  const versions = existsSync(root) ? readdirSync(root).sort((left, right) => Number(right) - Number(left)) : [];
  const found = versions.map((version) => join(root, version, "bin")).find((bin) => existsSync(join(bin, "initdb")));
  return found !== undefined && serverAccount() !== undefined ? found : undefined;
}

/** Whose account the server runs under, which root's may not be. */
function serverAccount(): { uid: number; gid: number } | undefined {
  const uid = process.getuid?.();
  if (uid === undefined) return undefined;
  if (uid !== 0) return { uid, gid: process.getgid?.() ?? uid };
  const numbers = ["-u", "-g"].map((flag) => Number(spawnSync("id", [flag, "postgres"]).stdout.toString().trim() || Number.NaN));
  const [own = Number.NaN, group = Number.NaN] = numbers;
  return Number.isNaN(own) ? undefined : { uid: own, gid: group };
}

/** A real server with passwords by SCRAM-SHA-256, on a free port of this machine; with a certificate that it made itself, for `tls`. */
export async function startServer(bin: string, { tls = false } = {}): Promise<TestPostgres> {
  const account = serverAccount();
  if (!account) throw new Error("There is no account to run PostgreSQL under.");
  const folder = mkdtempSync(join(tmpdir(), "guildhall-postgres-"));
  chmodSync(folder, 0o777);
  const data = join(folder, "data");
  const options = { ...account, cwd: folder, env: { PATH: "/usr/bin:/bin", LC_ALL: "C", HOME: folder } };
  const pwfile = join(folder, "password");
  spawnSync("sh", ["-c", `printf '%s' '${ownerPassword}' > ${pwfile}`], options);
  const made = spawnSync(
    join(bin, "initdb"),
    ["-D", data, "-U", "owner", "-A", "scram-sha-256", `--pwfile=${pwfile}`, "-E", "UTF8", "--no-sync", "--locale=C"],
    options,
  );
  if (made.status !== 0) throw new Error(`initdb failed: ${made.stderr.toString()}`);
  if (tls) {
    const files = ["-keyout", join(data, "server.key"), "-out", join(data, "server.crt")];
    const request = ["req", "-new", "-x509", "-days", "2", "-nodes", "-subj", "/CN=localhost", ...files];
    const signed = spawnSync("openssl", request, options);
    if (signed.status !== 0) throw new Error(`openssl failed: ${signed.stderr?.toString() ?? "it is not here"}`);
    chmodSync(join(data, "server.key"), 0o600);
  }
  const port = await freePort();
  const settings = [
    "-c",
    `ssl=${tls ? "on" : "off"}`,
    "-c",
    "listen_addresses=127.0.0.1",
    "-c",
    `unix_socket_directories=${folder}`,
    "-c",
    "fsync=off",
  ];
  const server = spawn(join(bin, "postgres"), ["-D", data, "-p", String(port), ...settings], { ...options, stdio: "ignore" });
  const run = (sql: string) => runAt(port, sql);
  for (let tries = 0; ; tries += 1) {
    const up = await run("SELECT 1").then(
      () => true,
      () => false,
    );
    if (up) break;
    if (tries > 100 || server.exitCode !== null) throw new Error("PostgreSQL did not start.");
    await new Promise((done) => setTimeout(done, 100));
  }
  return {
    kind: "server",
    port,
    run,
    free: () => Promise.resolve(),
    stop: async () => {
      const gone = new Promise((done) => server.once("exit", done));
      server.kill("SIGINT"); // fast: connections are cut
      await gone;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** PGlite behind a socket. It lets anybody in with any password, as the one user it has. */
export async function startPglite(): Promise<TestPostgres> {
  const db = await PGlite.create();
  const port = await freePort();
  const server = new PGLiteSocketServer({ db, port, host: "127.0.0.1" });
  await server.start();
  return {
    kind: "pglite",
    port,
    run: async (sql) => void (await db.exec(sql)),
    free: async () => {
      while (server.getStats().activeConnections > 0) await pause(5);
    },
    stop: async () => {
      await server.stop();
      await db.close();
    },
  };
}

async function runAt(port: number, sql: string): Promise<void> {
  const client = new Client({
    host: "127.0.0.1",
    port,
    user: "owner",
    database: "postgres",
    password: ownerPassword,
    ssl: false,
  });
  client.on("error", () => undefined);
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const { port } = server.address() as AddressInfo;
  await new Promise((done) => server.close(done));
  return port;
}

/** Stands between the hub and a database, and cuts both off once so many bytes have come from the database; or then says nothing more. */
export async function startProxy(to: number, after: number, how: "cut" | "stall"): Promise<{ port: number; stop: () => void }> {
  const open = new Set<Socket>();
  const proxy: Server = createServer((near) => {
    const far = connect(to, "127.0.0.1");
    let come = 0;
    for (const socket of [near, far]) open.add(socket.on("error", () => undefined));
    near.pipe(far);
    far.on("data", (bytes: Buffer) => {
      come += bytes.length;
      if (come <= after) near.write(bytes);
      else if (how === "cut") [near, far].forEach((socket) => socket.destroy());
    });
    far.on("close", () => how === "cut" && near.destroy());
  });
  await new Promise<void>((done) => proxy.listen(0, "127.0.0.1", done));
  return {
    port: (proxy.address() as AddressInfo).port,
    stop: () => {
      for (const socket of open) socket.destroy();
      proxy.close();
    },
  };
}
