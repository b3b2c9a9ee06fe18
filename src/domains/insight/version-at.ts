import type { House } from "../../access/index.ts";
import type { Version } from "../../engine/index.ts";
import { civilDate, formatDate, startOfDay } from "../../kernel/clock.ts";
import { insightError } from "./errors.ts";

/**
 * The version asked for: as the dataset stood at the end of a day in London (the newest committed by then), or by number, or
 * the newest. Fails with `insight.no-day`, `insight.not-yet`, `insight.no-version` or `insight.not-loaded`.
 */
export async function versionAt(
  dataset: string,
  wanted: { readonly on: string | null; readonly version: number | null },
  house: House,
): Promise<Version> {
  if (wanted.on !== null) return standingOn(dataset, wanted.on, house);
  const version = await house.lake.findVersion(dataset, wanted.version ?? undefined);
  if (version) return version;
  throw wanted.version === null ? insightError("not-loaded", {}) : insightError("no-version", { version: wanted.version });
}

async function standingOn(dataset: string, day: string, house: House): Promise<Version> {
  if (startOfDay(day) === undefined) throw insightError("no-day", { day }, { on: "Write a day as 2026-11-30." });
  const versions = await house.lake.listVersions(dataset);
  const first = versions.at(-1);
  if (!first) throw insightError("not-loaded", {});
  const found = versions.find(({ committedAt }) => civilDate(committedAt) <= day);
  if (found) return found;
  const days = { day: formatDate(day), first: formatDate(civilDate(first.committedAt)) };
  throw insightError("not-yet", days, { on: "Choose a later day." });
}
