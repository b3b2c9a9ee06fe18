import { resolve } from "node:path";
import type { Command, CommandRequest } from "../../access/index.ts";
import { formatInstant } from "../../kernel/clock.ts";
import { organisationNamed } from "../people/index.ts";
import { sourcesError } from "./errors.ts";
import { showWatchedFolders, stopWatching, watchFolder, type ShownFolder } from "./watch-folder.ts";

export const watchCommand: Command = {
  verb: "source watch",
  summary: "Have a folder on this machine watched, so that what comes into it is loaded; list those that are, or stop it.",
  usage: "guildhall source watch [FOLDER [--organisation O | --stop]] [--json]",
  example: "guildhall source watch /srv/exports --organisation 'Exampleton Council'",
  flags: {
    organisation: { type: "string", about: "Whose the sources are; the host's when left out." },
    stop: { type: "boolean", about: "Leave the folder alone from now on. The sources that came from it stay." },
  },
  takes: { least: 0, most: 1 },
  run: async (request) => {
    const {
      session,
      house,
      arguments: [given],
      flags,
      cwd,
      out,
    } = request;
    if (given === undefined) return listFolders(request);
    const folder = resolve(cwd, given);
    if (flags["stop"] === true) {
      const stopped = await stopWatching(session, folder, house);
      out.line(`${stopped.folder} is not watched any more. What came from it stays.`);
      return out.json({ folder: stopped.folder, watched: false });
    }
    const named = flags["organisation"];
    const organisation = await organisationNamed(session, typeof named === "string" ? named : undefined, house);
    if (organisation === undefined) throw sourcesError("no-organisation", { name: String(named) });
    const watched = await watchFolder(session, { folder, organisation }, house);
    out.line(`${watched.folder} is watched. While the hub runs it looks every 30 seconds, and takes files that stand still.`);
    out.json({ folder: watched.folder, watched: true });
  },
};

async function listFolders({ session, out }: CommandRequest): Promise<void> {
  const shown = await showWatchedFolders(session);
  for (const line of watchedLines(shown)) out.line(line);
  if (shown.length === 0) out.line("No folder is watched.");
  out.json(
    shown.map(({ watched, taken, waiting, failed }) => ({
      folder: watched.folder,
      lookedAt: watched.lookedAt === null ? null : new Date(watched.lookedAt).toISOString(),
      problem: watched.problem,
      taken,
      waiting,
      failed: failed.map(({ file, why }) => ({ file, why })),
    })),
  );
}

/** A line for each watched folder, and one for each file that could not be loaded. */
export function watchedLines(shown: readonly ShownFolder[]): readonly string[] {
  return shown.flatMap(({ watched, taken, waiting, failed }) => {
    const looked = watched.lookedAt === null ? "not looked into yet" : `looked into on ${formatInstant(watched.lookedAt)}`;
    const state = watched.problem ?? `${taken} taken, ${waiting} waiting, ${failed.length} not loaded`;
    return [
      `Watched: ${watched.folder} (${looked}): ${state}`,
      ...failed.map(({ file, why }) => `  ${file}: ${why ?? "It could not be loaded."}`),
    ];
  });
}
