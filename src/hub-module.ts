import { resolve } from "node:path";
import type { Command, Module } from "./access/index.ts";
import { backUp, backupActions, verifyHub } from "./backup.ts";
import { examineHub } from "./doctor.ts";
import { exportAll } from "./export-all.ts";
import { GuildhallError } from "./kernel/errors.ts";

const commands: readonly Command[] = [
  {
    verb: "backup",
    summary: "Copy the hub to an empty folder while it is in use. Keys are not in it.",
    usage: "guildhall backup DIR [--json]",
    example: "guildhall backup /backups/2026-11-24",
    flags: {},
    takes: { least: 1, most: 1 },
    run: async ({ session, house, arguments: [folder = ""], cwd, out }) => {
      const made = await backUp(session, house, resolve(cwd, folder));
      out.line(`Backed up ${made.files} files, ${made.bytes.toLocaleString("en-GB")} bytes. Keep the key file somewhere else.`);
      out.json(made);
    },
  },
  {
    verb: "verify",
    summary: "Check every file of the hub against its recorded hash.",
    usage: "guildhall verify [--json]",
    example: "guildhall verify",
    flags: {},
    takes: { least: 0, most: 0 },
    run: async ({ session, house, out }) => {
      const problems = await verifyHub(session, house);
      out.json({ problems });
      if (problems.length > 0) {
        throw new GuildhallError({
          code: "hub.damaged",
          kind: "invalid",
          message: problems.join("\n"),
          remedy: "Restore the hub from a backup with “guildhall restore”.",
        });
      }
      out.line("Every file is what it was when it was written.");
    },
  },
  {
    verb: "export",
    summary: "Write everything the hub holds in open formats, or say what would be written.",
    usage: "guildhall export --all --dir D [--dry-run] [--json]",
    example: "guildhall export --all --dir /tmp/leaving --dry-run",
    flags: {
      all: { type: "boolean", about: "Everything; the only choice yet, and it must be said." },
      dir: { type: "string", about: "The folder to write to." },
      "dry-run": { type: "boolean", about: "Write nothing, only list." },
    },
    takes: { least: 0, most: 0 },
    run: async ({ session, house, flags, cwd, out }) => {
      if (flags["all"] !== true || typeof flags["dir"] !== "string") {
        throw new GuildhallError({
          code: "hub.export-what",
          kind: "invalid",
          message: "Say what to export and where to.",
          remedy: "guildhall export --all --dir DIR [--dry-run]",
        });
      }
      const lines = await exportAll(session, house, resolve(cwd, flags["dir"]), flags["dry-run"] === true);
      out.table(
        ["Object", "Format", "Count", "Bytes"],
        lines.map((line) => [line.object, line.format, line.count, line.bytes]),
      );
      out.json(lines);
    },
  },
  {
    verb: "doctor",
    summary: "Check disk, permissions, clock, records, leftovers and jobs.",
    usage: "guildhall doctor [--json]",
    example: "guildhall doctor",
    flags: {},
    takes: { least: 0, most: 0 },
    run: async ({ session, house, out }) => {
      const checks = await examineHub(session, house);
      out.table(
        ["Check", "State", "Finding"],
        checks.map(({ name, ok, says }) => [name, ok ? "good" : "look", says]),
      );
      out.json(checks);
      const bad = checks.filter(({ ok }) => !ok);
      if (bad.length > 0)
        throw new GuildhallError({
          code: "hub.unwell",
          kind: "invalid",
          message: bad.map(({ says }) => says).join("\n"),
          remedy: "See docs/operate.md for each.",
        });
    },
  },
];

/** What concerns the whole hub and no domain: verbs that the operator gives. */
export const hubModule: Module = { name: "hub", actions: Object.values(backupActions), commands };
