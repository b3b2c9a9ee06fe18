import { isAbsolute, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { openHouse } from "./build-house.ts";
import {
  findMode,
  needsSetUp,
  newSetUpLink,
  readHubFacts,
  resumeSession,
  resumeToken,
  samplePassword,
  writeHubFact,
  type HubMode,
} from "./domains/people/index.ts";
import { writeOwnerNote } from "./engine/index.ts";
import { listenForCommands, runCommand, tableLines } from "./faces/cli/index.ts";
import { buildServer } from "./faces/web/index.ts";
import { giveBackMemory } from "./give-back-memory.ts";
import type { Settings } from "./kernel/config.ts";
import { defineErrors } from "./kernel/errors.ts";
import { loadSample, samplePeople } from "./load-sample.ts";
import { startLoops } from "./run-loops.ts";
import { allCommands } from "./run-cli.ts";

const startError = defineErrors("start", {
  "unknown-option": {
    kind: "invalid",
    message: (p: { option: string }) => `“start” does not know ${p.option}.`,
    remedy: "Use --empty, --registers, or nothing for the sample.",
  },
  "other-mode": {
    kind: "conflict",
    message: (p: { is: string; wanted: string }) => `This data folder holds a ${p.is} hub and cannot become a ${p.wanted} one.`,
    remedy: "Set GUILDHALL_DATA to another folder, or start without the option.",
  },
  "sample-abroad": {
    kind: "refused",
    message: (p: { host: string }) => `A hub with sample people listens on this machine only, not on ${p.host}.`,
    remedy: "Leave GUILDHALL_HOST out, or begin a live hub in another data folder with --empty.",
  },
  "half-made": {
    kind: "conflict",
    message: (p: { folder: string }) => `The sample in ${p.folder} was interrupted while it was being made.`,
    remedy: "Delete that folder, which holds nothing but invented data, and start again.",
  },
  "port-taken": {
    kind: "conflict",
    message: (p: { port: number }) => `Port ${p.port} is in use by another program.`,
    remedy: "Set GUILDHALL_PORT to a free one, such as GUILDHALL_PORT=4401.",
  },
});

/** Starts the hub and keeps it running until it is told to stop; gives the exit code. */
export async function startHub(options: readonly string[], settings: Settings): Promise<number> {
  const wanted = modeOf(options);
  const say = (text: string) => process.stdout.write(`${text}\n`);
  const { house, close } = await openHouse(settings);
  let ready = false;
  try {
    const held = await findMode(house.store);
    if (held !== undefined && wanted !== undefined && held !== wanted) throw startError("other-mode", { is: held, wanted });
    const mode: HubMode = held ?? wanted ?? "sample";
    if (mode === "sample" && !isLoopback(settings.GUILDHALL_HOST))
      throw startError("sample-abroad", { host: settings.GUILDHALL_HOST });
    const app = await buildServer({
      house,
      resume: resumeSession,
      resumeToken,
      facts: async () => {
        const facts = await readHubFacts(house.store);
        return { place: facts.place, invented: facts.mode === "sample" };
      },
      uploadBytes: settings.GUILDHALL_UPLOAD_MB * 1_000_000,
      assets: fileURLToPath(new URL("./assets/", import.meta.url)),
      ready: async () => ready,
    });
    if (held === undefined) {
      if (mode === "sample" && !(await needsSetUp(house))) throw startError("half-made", { folder: shown(house.folder.root) });
      if (mode === "sample") await loadSample(house, say);
      else await house.store.transaction((records) => writeHubFact(records, "mode", mode));
    }
    const address = await listen(app, settings);
    const commands = await listenForCommands(house.folder.socket, (input, send) =>
      runCommand(input, { commands: allCommands(), house, resumeToken }, send),
    );
    writeOwnerNote(house.folder.root, { pid: process.pid, address, socket: house.folder.socket });
    await house.engine.warm();
    ready = true;
    const memory = giveBackMemory();
    const loops = startLoops(house);
    const stopped = untilStopped(); // listened for before anybody is told how to stop it
    say(`\nGuildhall is at ${address}`);
    if (mode === "sample") {
      say("Everyone in this hub is invented. Sign in as:\n");
      for (const line of tableLines(
        ["Person", "Email address", "What they do"],
        samplePeople.map(({ name, email, does }) => [name, email, does]),
      ))
        say(`  ${line}`);
      say(`\nAll use the password: ${samplePassword}`);
    } else if (await needsSetUp(house)) {
      say(
        `\nNobody has an account yet. Open this link within a day to set the hub up; it works once:\n  ${address}/set-up/${await newSetUpLink(house)}`,
      );
    }
    say(`\nThe data is in ${shown(house.folder.root)}. Stop the hub with Ctrl-C.`);
    await stopped;
    memory.stop();
    say("\nStopping.");
    ready = false;
    await loops.stop();
    await house.jobs.stop(); // first: a command that waits for a job would be waited for
    await app.close();
    await new Promise((done) => commands.close(done));
    return 0;
  } finally {
    await close();
  }
}

function modeOf(options: readonly string[]): HubMode | undefined {
  const unknown = options.find((option) => option !== "--empty" && option !== "--registers");
  if (unknown !== undefined) throw startError("unknown-option", { option: unknown });
  if (options.includes("--registers")) return "registers";
  return options.includes("--empty") ? "live" : undefined;
}

async function listen(app: Awaited<ReturnType<typeof buildServer>>, settings: Settings): Promise<string> {
  try {
    return await app.listen({ host: settings.GUILDHALL_HOST, port: settings.GUILDHALL_PORT });
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "EADDRINUSE")
      throw startError("port-taken", { port: settings.GUILDHALL_PORT });
    throw error;
  }
}

/** Resolves at the first SIGINT or SIGTERM; later ones change nothing, since stopping is under way. */
function untilStopped(): Promise<void> {
  return new Promise((resolve) => {
    process.on("SIGINT", () => resolve());
    process.on("SIGTERM", () => resolve());
  });
}

function isLoopback(host: string): boolean {
  return host === "localhost" || host === "::1" || /^127\.\d+\.\d+\.\d+$/.test(host);
}

function shown(path: string): string {
  const near = relative(process.cwd(), resolve(path));
  return near !== "" && !near.startsWith("..") && !isAbsolute(near) ? `./${near}` : path;
}
