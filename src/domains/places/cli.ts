import { statSync } from "node:fs";
import { basename, dirname, extname, resolve } from "node:path";
import type { Command, CommandRequest } from "../../access/index.ts";
import { organisationNamed } from "../people/index.ts";
import { addAreas, listAreas } from "./areas.ts";
import { placesError } from "./errors.ts";
import { loadPlace, type LoadedPlace } from "./load-place.ts";
import { readPlaceFile } from "./place-file.ts";

export const placesCommands: readonly Command[] = [
  {
    verb: "place load",
    summary: "Load a folder of files: every table becomes a dataset, every document is entered in the register.",
    usage: "guildhall place load [PLACE.yaml | FOLDER] [--from FOLDER] [--organisation O] [--json]",
    example: "guildhall place load places/trafford.yaml --from exports",
    flags: {
      from: { type: "string", about: "The folder with the files; where the place file is, when left out." },
      organisation: { type: "string", about: "Whose they are; the place file's, or the host's, when left out." },
    },
    takes: { least: 0, most: 1 },
    run: async (request) => {
      const { session, house, out, cwd, flags } = request;
      const named = request.arguments[0] === undefined ? undefined : resolve(cwd, request.arguments[0]);
      const isFolder = named !== undefined && (statSync(named, { throwIfNoEntry: false })?.isDirectory() ?? false);
      const place = named === undefined || isFolder ? null : await readPlaceFile(named, house.modules);
      const from = flags["from"];
      const folder =
        typeof from === "string" ? resolve(cwd, from) : named === undefined ? cwd : isFolder ? named : dirname(named);
      const organisation = await organisationOf(request, place?.organisation);
      const loaded = await loadPlace(session, { folder, organisation, place }, house, (progress) =>
        out.progress(progress.unit === "pairs" ? null : { ...progress, unit: progress.unit }),
      );
      out.progress(null);
      report(loaded, request);
      if (loaded.problems.length > 0) throw placesError("not-all-done", { problems: loaded.problems.join("\n") });
    },
  },
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
      const { set } = await addAreas(
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

async function organisationOf({ session, house, flags }: CommandRequest, place: string | undefined): Promise<string> {
  if (session.organisation !== null) return session.organisation;
  const named = typeof flags["organisation"] === "string" ? flags["organisation"] : place;
  const found = await organisationNamed(session, named, house);
  if (found === undefined) throw placesError("no-organisation", { name: named ?? "" });
  return found;
}

/** One line for each dataset, then what needs a person: files that could not be loaded are named, and end nothing. */
function report(loaded: LoadedPlace, { out }: CommandRequest): void {
  out.table(
    ["File", "Kind", "Rows in file", "Loaded", "Quarantined", "Seconds"],
    loaded.datasets.map((line) => [
      line.table === "" ? line.file : `${line.file} (${line.table})`,
      line.error !== null ? "not loaded" : line.kind === "append" ? `append, ${line.files} files` : line.kind,
      line.rowsInFile,
      line.rowsLoaded,
      line.rowsQuarantined,
      line.seconds.toFixed(1),
    ]),
  );
  for (const { file, error } of loaded.datasets) if (error !== null) out.line(`${file}: ${error}`);
  for (const { file, of } of loaded.copies) out.line(`${file} holds the same as ${of}, byte for byte, and was loaded once.`);
  for (const { file, why } of loaded.skipped) out.line(`${file} was left out. ${why}`);
  for (const { dataset, column, type } of loaded.overrides)
    out.line(`${dataset}: the place file says that “${column}” is ${type}.`);
  const fits = loaded.joins.slice(0, 12);
  for (const { from, to, meet, share } of fits)
    out.line(
      `${from} fits ${to}: ${meet.toLocaleString("en-GB")} values in both, ${Math.round(share * 100)} % of the shorter list.`,
    );
  if (loaded.joins.length > fits.length) out.line(`${loaded.joins.length - fits.length} more fits stand on the datasets' pages.`);
  if (loaded.areas.length > 0) out.line(`Maps can be drawn of: ${loaded.areas.join(", ")}.`);
  for (const sentence of loaded.made) out.line(sentence);
  out.json(loaded);
}
