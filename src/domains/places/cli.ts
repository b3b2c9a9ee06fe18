import { basename, extname, resolve } from "node:path";
import type { Command } from "../../access/index.ts";
import { addAreas, listAreas } from "./areas.ts";

export const placesCommands: readonly Command[] = [
  {
    verb: "areas add",
    summary: "Add areas and their boundaries from a GeoJSON file.",
    usage: "guildhall areas add FILE --title T [--attribution A] [--code P] [--name P] [--json]",
    example: "guildhall areas add wards-2023.geojson --title 'Wards, May 2023'",
    flags: {
      title: { type: "string", about: "What they are and of when; the file's name when left out." },
      attribution: { type: "string", about: "The line that must stand under maps made from them." },
      code: { type: "string", about: "The property that holds each area's code." },
      name: { type: "string", about: "The property that holds each area's name." },
    },
    takes: { least: 1, most: 1 },
    run: async ({ session, house, arguments: [file = ""], flags, cwd, out }) => {
      const path = resolve(cwd, file);
      const text = (flag: string) => (typeof flags[flag] === "string" ? flags[flag] : undefined);
      const set = await addAreas(
        session,
        {
          title: text("title") ?? basename(path, extname(path)),
          attribution: text("attribution") ?? "",
          path,
          fileName: file,
          properties: { code: text("code"), name: text("name") },
        },
        house,
      );
      out.line(`Added ${set.title}: ${set.areas.toLocaleString("en-GB")} areas.`);
      out.json(set);
    },
  },
  {
    verb: "areas list",
    summary: "List the areas that maps can be drawn of.",
    usage: "guildhall areas list [--json]",
    example: "guildhall areas list",
    flags: {},
    takes: { least: 0, most: 0 },
    run: async ({ session, out }) => {
      const sets = await listAreas(session);
      out.table(
        ["Areas", "Number", "Id"],
        sets.map((set) => [set.title, set.areas, set.id]),
      );
      out.json(sets);
    },
  },
];
