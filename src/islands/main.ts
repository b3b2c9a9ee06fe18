// What script adds to pages that already work without it.
import { startForms } from "./forms.ts";
import { followLive } from "./live.ts";
import { searchOnSlash } from "./search-key.ts";

startForms(document.body);
searchOnSlash(document);
followLive(document);
