import { stat } from "node:fs/promises";
import { join } from "node:path";
import { engineError } from "../errors.ts";
import { kindOf } from "../read/file-kind.ts";
import { gunzip } from "../read/gzip.ts";
import { readLimits } from "../read/limits.ts";
import { UnpackBudget } from "../read/unpack-budget.ts";
import { ZipArchive } from "../read/zip.ts";

/** A file out of its wrappings, and which table of it is meant. */
export interface OpenedPart {
  readonly path: string;
  readonly part: string;
}

/** Unpacks what a part names out of gzip and archives into scratch, under names of our own; nothing else is unpacked. */
export async function openPart(file: OpenedPart, scratch: string): Promise<OpenedPart> {
  const budget = new UnpackBudget((await stat(file.path)).size);
  let { path, part } = file;
  for (let depth = 0; ; depth += 1) {
    const kind = await kindOf(path, "file", budget);
    if (kind !== "gzip" && kind !== "zip") return { path, part };
    refuseDeep(depth, part);
    const target = join(scratch, `unpacked-${depth}`);
    if (kind === "gzip") await gunzip(path, part === "" ? "file" : part, target, budget);
    else part = await unpackMember(path, part, target, budget);
    path = target;
  }
}

/** Refuses what stands in more wrappings than anyone needs. */
export function refuseDeep(depth: number, name: string): void {
  if (depth >= readLimits.archiveDepth)
    throw engineError("unreadable", {
      problem: `“${name}” stands in more than ${readLimits.archiveDepth} archives, one in the other. Unpack the outer ones first.`,
    });
}

/** Unpacks the member that a part begins with and gives the rest of the part. */
async function unpackMember(path: string, part: string, target: string, budget: UnpackBudget): Promise<string> {
  const archive = await ZipArchive.open(path, "file", budget);
  try {
    const [member] = archive.members
      .filter(({ fileName }) => part === fileName || part.startsWith(`${fileName}#`))
      .sort((left, right) => right.fileName.length - left.fileName.length);
    if (!member) throw engineError("unreadable", { problem: `There is no “${part}” in the archive.` });
    await archive.unpack(member, target);
    return part.slice(member.fileName.length + 1);
  } finally {
    archive.close();
  }
}
