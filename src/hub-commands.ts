import type { Command } from "./access/index.ts";

/** Verbs of the whole hub. */
export const hubCommands: readonly Command[] = [];
