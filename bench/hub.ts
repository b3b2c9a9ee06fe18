import { spawn, type ChildProcess } from "node:child_process";
import { program } from "../scripts/run.mjs";
import { main } from "./command.ts";

/** Starts the built hub on a data folder of its own and waits until it is ready. */
export async function startHub(data: string, port: number, options: readonly string[] = []): Promise<ChildProcess> {
  const hub = spawn(process.execPath, [...program.flags, main, "start", ...options], {
    env: { ...process.env, ...program.env, GUILDHALL_DATA: data, GUILDHALL_PORT: String(port) },
    stdio: "ignore",
  });
  for (let tries = 0; tries < 600; tries += 1) {
    const ready = await fetch(`http://127.0.0.1:${port}/readyz`).then(
      (reply) => reply.ok,
      () => false,
    );
    if (ready) return hub;
    await pause(100);
  }
  throw new Error("The hub did not start within a minute.");
}

export async function stopHub(hub: ChildProcess): Promise<void> {
  hub.kill("SIGTERM");
  await new Promise((resolve) => hub.once("exit", resolve));
}

export async function pause(ms: number): Promise<void> {
  await new Promise((resolve) => {
    setTimeout(resolve, ms);
  });
}
