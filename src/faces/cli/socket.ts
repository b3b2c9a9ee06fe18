import { rmSync } from "node:fs";
import { createServer, request, type Server } from "node:http";
import { chmodSync, existsSync } from "node:fs";
import { defineErrors } from "../../kernel/errors.ts";
import type { CommandInput } from "./run-command.ts";
import type { Line } from "./terminal.ts";

const mostBytes = 1_000_000;

const socketError = defineErrors("cli", {
  "hub-gone": {
    kind: "unavailable",
    message: () => "The hub stopped before it had answered.",
    remedy: "Start it again and look at what was done; what was being loaded goes on by itself.",
  },
});

/** Listens on the hub's local socket, where only the same user of this machine can reach it, and runs commands. */
export async function listenForCommands(
  path: string,
  run: (input: CommandInput, send: (line: Line) => void) => Promise<number>,
): Promise<Server> {
  if (process.platform !== "win32") rmSync(path, { force: true });
  const server = createServer((incoming, outgoing) => {
    let body = "";
    incoming.setEncoding("utf8");
    incoming.on("data", (chunk: string) => {
      body += chunk;
      if (body.length > mostBytes) incoming.destroy();
    });
    incoming.on("end", () => {
      outgoing.writeHead(200, { "content-type": "application/x-ndjson" });
      const send = (line: Line) => void outgoing.write(`${JSON.stringify(line)}\n`);
      const input = parseInput(body);
      void (input ? run(input, send) : Promise.resolve(2))
        .catch(() => 1)
        .then((exit) => outgoing.end(`${JSON.stringify({ exit })}\n`));
    });
  });
  server.requestTimeout = 0;
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(path, resolve);
  });
  if (process.platform !== "win32" && existsSync(path)) chmodSync(path, 0o600);
  return server;
}

function parseInput(body: string): CommandInput | undefined {
  try {
    const input = JSON.parse(body) as Partial<CommandInput>;
    return Array.isArray(input.argv) && typeof input.cwd === "string"
      ? { argv: input.argv, cwd: input.cwd, token: input.token ?? null, answer: input.answer ?? null }
      : undefined;
  } catch {
    return undefined;
  }
}

/** Has the hub behind a socket run a command. Gives its exit code, or nothing when no hub answers. */
export async function sendCommand(path: string, input: CommandInput, print: (line: Line) => void): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    let exit: number | undefined;
    const outgoing = request({ socketPath: path, method: "POST", path: "/command" }, (incoming) => {
      let rest = "";
      incoming.setEncoding("utf8");
      incoming.on("data", (chunk: string) => {
        const lines = (rest + chunk).split("\n");
        rest = lines.pop() ?? "";
        for (const text of lines) {
          const line = JSON.parse(text) as Line;
          if ("exit" in line) exit = line.exit;
          else print(line);
        }
      });
      incoming.on("end", () => (exit === undefined ? reject(socketError("hub-gone", {})) : resolve(exit)));
      incoming.on("error", () => reject(socketError("hub-gone", {})));
    });
    // who may not use the socket may not use the folder either, and is told so when the folder is taken
    const nobody = new Set(["ENOENT", "ECONNREFUSED", "EACCES"]);
    outgoing.on("error", (error) => {
      const code = "code" in error ? String(error.code) : "";
      if (nobody.has(code)) resolve(undefined);
      else reject(code === "ECONNRESET" ? socketError("hub-gone", {}) : error);
    });
    outgoing.end(JSON.stringify(input));
  });
}
