import { readdirSync, readFileSync } from "node:fs";

const ticksPerSecond = 100; // USER_HZ on every Linux that runs Node

interface Process {
  readonly pid: number;
  readonly parent: number;
  /** User and system seconds of the process and of children it has waited for. */
  readonly cpuSeconds: number;
}

/** CPU seconds that a process and everything under it have used since they started. Linux only: it reads /proc. */
export function treeCpuSeconds(root: number): number {
  return treeOf(root).reduce((sum, { cpuSeconds }) => sum + cpuSeconds, 0);
}

/** Resident megabytes of a process, and of it with everything under it. */
export function treeResidentMb(root: number): { own: number; all: number } {
  const sizes = treeOf(root).map(({ pid }) => Math.round(residentKb(pid) / 1000));
  return { own: Math.round(residentKb(root) / 1000), all: sizes.reduce((sum, size) => sum + size, 0) };
}

/** The most that any process under `root` that matches has had resident, in megabytes, as the system kept count. */
export function peakMb(root: number, matches: (commandLine: string) => boolean): number {
  const peaks = treeOf(root)
    .filter(({ pid }) => matches(read(`/proc/${pid}/cmdline`).replaceAll("\0", " ")))
    .map(({ pid }) => Number(/VmHWM:\s+(\d+)/.exec(read(`/proc/${pid}/status`))?.[1] ?? 0) / 1000);
  return Math.round(Math.max(0, ...peaks));
}

function treeOf(root: number): readonly Process[] {
  const all = readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => describe(Number(name)));
  const tree = new Set([root]);
  for (let size = 0; size !== tree.size;) {
    size = tree.size;
    for (const { pid, parent } of all) if (tree.has(parent)) tree.add(pid);
  }
  return all.filter(({ pid }) => tree.has(pid));
}

function describe(pid: number): readonly Process[] {
  const fields = read(`/proc/${pid}/stat`).split(") ")[1]?.split(" ");
  if (!fields) return [];
  const cpu = [11, 12, 13, 14].reduce((sum, at) => sum + Number(fields[at]), 0);
  return [{ pid, parent: Number(fields[1]), cpuSeconds: cpu / ticksPerSecond }];
}

function residentKb(pid: number): number {
  return Number(/VmRSS:\s+(\d+)/.exec(read(`/proc/${pid}/status`))?.[1] ?? 0);
}

/** Empty for a process that has gone meanwhile. */
function read(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}
