// Figures against a baseline of the same run: `npm run bench -- load [--rows N] [--pairs N] [--json]`.
// CPU seconds of a command with all its children, in pairs in turn, so that a busy machine troubles both alike.
import { parseArgs } from "node:util";
import { benchDetect } from "./detect.ts";
import { benchLoad } from "./load.ts";
import { benchPages } from "./pages.ts";
import { benchRows } from "./rows.ts";
import { benchSearch } from "./search.ts";

const benches = { detect: benchDetect, load: benchLoad, pages: benchPages, rows: benchRows, search: benchSearch } as const;
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    json: { type: "boolean" },
    rows: { type: "string" },
    pairs: { type: "string" },
    seconds: { type: "string" },
    clients: { type: "string" },
    loads: { type: "string" },
  },
});
const [name = ""] = positionals;
if (!Object.hasOwn(benches, name)) {
  console.error(`Name a bench: ${Object.keys(benches).join(", ")}.`);
  process.exitCode = 2;
} else {
  const rows = await benches[name as keyof typeof benches](values);
  if (values.json) console.log(JSON.stringify(rows, null, 2));
  else console.table(rows);
}
