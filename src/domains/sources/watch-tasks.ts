import type { House, Task } from "../../access/index.ts";
import { plural } from "../../kit/index.ts";
import { listWatchedFiles, listWatchedFolders } from "./watch-store.ts";

/** Watched folders that cannot be looked into, and what came into them and could not be loaded, for the organisation's stewards. */
export async function dropTasks(organisation: string, house: House): Promise<readonly Task[]> {
  const tasks: Task[] = [];
  for (const { id, folder, problem, lookedAt } of await listWatchedFolders(house.store, organisation)) {
    const about = { href: "/sources#watched", since: lookedAt ?? 0 };
    if (problem !== null)
      tasks.push({
        ...about,
        title: "A watched folder cannot be looked into",
        why: `${folder}: ${problem}`,
        action: "See the folder",
      });
    const failed = (await listWatchedFiles(house.store, id)).filter(({ state }) => state === "failed");
    const [first] = failed;
    if (!first) continue;
    const title = `${plural(failed.length, "file")} of a watched folder could not be loaded`;
    tasks.push({ ...about, title, why: `${first.file}: ${first.why ?? ""}`, since: first.at, action: "See why" });
  }
  return tasks;
}
