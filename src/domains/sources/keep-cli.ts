import type { Command } from "../../access/index.ts";
import { plural } from "../../kit/index.ts";
import { sourcesError } from "./errors.ts";
import { mostDays, setKeeping } from "./let-go.ts";

/** How `--days` says that bytes are kept as long as their version. */
const withVersion = "version";

/** Says for how long the bytes of quarantined records are kept, as the form on the page of the quarantine does. */
export const keepCommand: Command = {
  verb: "source keep",
  summary: "Say for how many days the bytes of a source's quarantined records are kept.",
  usage: "guildhall source keep SOURCE --days N|version [--json]",
  example: "guildhall source keep 'Council tax' --days 90",
  flags: {
    days: {
      type: "string",
      about: `From 1 to ${mostDays}, counted from the load; “${withVersion}” for as long as their version. Then they go from every version.`,
    },
  },
  takes: { least: 1, most: 1 },
  run: async ({ session, house, arguments: [name = ""], flags, out }) => {
    const given = flags["days"];
    if (typeof given !== "string" || given.trim() === "") throw sourcesError("no-days", { most: mostDays });
    const days = given === withVersion ? null : Number(given);
    const source = await setKeeping(session, name, days, house);
    out.line(
      days === null
        ? `Quarantined records of ${source.name} are kept as long as their version.`
        : `The bytes of quarantined records of ${source.name} are kept for ${plural(days, "day")} from their load.`,
    );
    out.json({ name: source.name, days });
  },
};
