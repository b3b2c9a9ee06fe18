import type { Command } from "../../access/index.ts";
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
        ["Dataset", "Id", "Class", "State", "Rows"],
        found.map(({ entry, class: highest, rows }) => [entry.title, entry.datasetId, highest ?? "–", entry.state, rows ?? "–"]),
      );
      out.json(found.map(({ entry, class: highest, rows }) => ({ ...entry, class: highest, rows })));
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
      out.line(`${page.entry.title} (${page.class ?? "–"}, ${page.entry.state})`);
      out.table(
        ["Column", "Type", "Class", "Evidence"],
        page.fields.map((field) => [field.name, field.type, field.class, field.detection.evidence.join("; ")]),
      );
      const columns = page.fields.map(({ nulls, distinct, ...field }) => (page.people ? field : { ...field, nulls, distinct }));
      out.json({ ...page.entry, class: page.class, columns });
    },
  },
];
