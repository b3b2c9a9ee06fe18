import { writeFile } from "node:fs/promises";
import { resolve } from "node:path";
import type { Command, CommandRequest } from "../../access/index.ts";
import { GuildhallError } from "../../kernel/errors.ts";
import type { Job } from "../../store/index.ts";
import { organisationNamed } from "../people/index.ts";
import { applyEdit, downloadRegister, readEdit, type PlannedEdit } from "./edit-many.ts";
import { entryFields } from "./entry-fields.ts";
import { catalogueError } from "./errors.ts";
import { getEntry, listEntries } from "./entries.ts";

export const catalogueCommands: readonly Command[] = [
  {
    verb: "catalogue list",
    summary: "List the datasets in the register.",
    usage: "guildhall catalogue list [--json]",
    example: "guildhall catalogue list",
    flags: {},
    takes: { least: 0, most: 0 },
    run: async ({ session, house, out }) => {
      const found = await listEntries(session, {}, house);
      out.table(
        ["Dataset", "Id", "Class", "State", "Rows", "To look at"],
        found.map(({ entry, class: highest, life, rows, flags }) => [
          entry.title,
          entry.datasetId,
          highest ?? "–",
          life ?? "–",
          rows ?? "–",
          flags.map(({ text }) => text).join(" ") || "–",
        ]),
      );
      out.json(
        found.map(({ entry, class: highest, life, rows, flags }) => ({
          ...entry,
          class: highest,
          life,
          rows,
          flags: flags.map(({ text }) => text),
        })),
      );
    },
  },
  {
    verb: "catalogue search",
    summary: "Find datasets by words in title, description or columns.",
    usage: "guildhall catalogue search WORDS… [--json]",
    example: "guildhall catalogue search council tax",
    flags: {},
    takes: { least: 1, most: 20 },
    run: async ({ session, house, arguments: words, out }) => {
      const found = await listEntries(session, { words: words.join(" ") }, house);
      out.table(
        ["Dataset", "Id", "Class"],
        found.map(({ entry, class: highest }) => [entry.title, entry.datasetId, highest ?? "–"]),
      );
      out.json(found.map(({ entry, class: highest }) => ({ ...entry, class: highest })));
    },
  },
  {
    verb: "catalogue show",
    summary: "Show one dataset with its columns, their types and the evidence.",
    usage: "guildhall catalogue show ID|TITLE [--json]",
    example: "guildhall catalogue show dst_01k…",
    flags: {},
    takes: { least: 1, most: 1 },
    run: async ({ session, house, arguments: [id = ""], out }) => {
      const page = await getEntry(session, id, house);
      out.line(`${page.entry.title} (${page.class ?? "–"}, ${page.life ?? "of another organisation"})`);
      for (const { text, mend } of page.flags) out.line(`To look at: ${text} ${mend}`);
      for (const why of page.reopened) out.line(`To be attested again: ${why}`);
      out.table(
        ["Column", "Type", "Class", "Evidence"],
        page.fields.map((field) => [field.name, field.type, field.class, field.detection.evidence.join("; ")]),
      );
      const columns = page.fields.map(({ nulls, distinct, ...field }) => (page.people ? field : { ...field, nulls, distinct }));
      const { life, reopened, flags, lent } = page;
      out.json({ ...page.entry, class: page.class, life, reopened, flags: flags.map(({ text }) => text), lent, columns });
    },
  },
  {
    verb: "catalogue download",
    summary: "Write the register of an organisation to a CSV file, to be edited in a spreadsheet.",
    usage: "guildhall catalogue download FILE.csv [--organisation O] [--json]",
    example: "guildhall catalogue download register.csv",
    flags: { organisation: { type: "string", about: "Whose it is; the host's when left out." } },
    takes: { least: 1, most: 1 },
    run: async (request) => {
      const {
        session,
        cwd,
        out,
        arguments: [file = ""],
      } = request;
      const text = await downloadRegister(session, await organisationOf(request));
      const path = resolve(cwd, file);
      try {
        await writeFile(path, text, { flag: "wx" });
      } catch (error) {
        throw catalogueError("not-written", {
          path,
          why: error instanceof Error && "code" in error ? String(error.code) : "unknown",
        });
      }
      out.line(`The register is in ${path}. Edit it, then: guildhall catalogue edit ${file}`);
      out.json({ path });
    },
  },
  {
    verb: "catalogue edit",
    summary: "Show what an edited register would change, cell by cell, and with --save change it.",
    usage: "guildhall catalogue edit FILE [--save] [--organisation O] [--json]",
    example: "guildhall catalogue edit register.xlsx --save",
    flags: {
      save: { type: "boolean", about: "Save all of it; nothing is saved while anything is wrong." },
      organisation: { type: "string", about: "Whose it is; the host's when left out." },
    },
    takes: { least: 1, most: 1 },
    run: async (request) => {
      const {
        session,
        house,
        cwd,
        flags,
        out,
        arguments: [file = ""],
      } = request;
      const path = resolve(cwd, file);
      const queued = await readEdit(session, { name: file, path, keep: true }, await organisationOf(request), house);
      const job = await house.jobs.wait(queued.id);
      if (job.state !== "done") throw failureOf(job.error);
      const plan = job.result as PlannedEdit;
      const labelOf = (field: string) => entryFields.find(({ key }) => key === field)?.label ?? field;
      out.table(
        ["Dataset", "Field", "Now", "Then"],
        plan.changes.map(({ title, field, before, after }) => [title, labelOf(field), before || "–", after || "–"]),
      );
      if (plan.problems.length > 0) {
        out.table(
          ["Row", "What is wrong"],
          plan.problems.map(({ row, text }) => [row === 0 ? "–" : row + 1, text]),
        );
      }
      if (plan.aside.length > 0) out.line(`Left aside, since the register has no such field: ${plan.aside.join(", ")}.`);
      const saved = flags["save"] === true && plan.changes.length > 0 ? await applyEdit(session, job.id, house) : null;
      if (saved) out.line(`${saved.cells} cells of ${saved.datasets} datasets were changed.`);
      else if (plan.problems.length === 0 && plan.changes.length > 0) out.line("Nothing is changed yet: add --save.");
      else
        out.line(
          plan.problems.length === 0 ? "Nothing would change." : "Nothing is changed. Mend what is named and send it again.",
        );
      out.json({ ...plan, saved: saved !== null });
    },
  },
];

async function organisationOf({ session, house, flags }: CommandRequest): Promise<string> {
  if (session.organisation !== null) return session.organisation;
  const named = flags["organisation"];
  const found = await organisationNamed(session, typeof named === "string" ? named : undefined, house);
  if (found === undefined) throw catalogueError("no-organisation", { name: String(named) });
  return found;
}

function failureOf(error: Job["error"]): GuildhallError {
  const { code, message, remedy, kind } = error ?? {
    code: "catalogue.stopped",
    message: "Reading the spreadsheet was stopped.",
    remedy: "Start it again. Nothing was changed.",
    kind: undefined,
  };
  return new GuildhallError({ code, kind: kind ?? "broken", message, remedy });
}
