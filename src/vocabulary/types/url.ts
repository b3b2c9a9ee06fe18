import { semanticType } from "../semantic-type.ts";
import { only, trim } from "../steps.ts";

/** A web address, http or https or beginning www., kept as written. */
export const url = semanticType({
  id: "url",
  label: "Web address",
  class: "open",
  personal: false,
  mask: "clear",
  storage: "VARCHAR",
  examples: ["https://www.example.org/a?b=c", "www.example.org", "HTTP://example.org"],
  counterExamples: ["example", "ftp://example.org", "https://", "a.b@example.org", "http://ex ample.org"],
  steps: [
    trim,
    only("(?:[hH][tT][tT][pP][sS]?://|[wW][wW][wW][.])[A-Za-z0-9-]+(?:[.][A-Za-z0-9-]+)+(?::[0-9]{1,5})?(?:[/?#][!-~]*)?"),
  ],
  detect: {
    by: "values",
    test: "the form of a web address",
    strong: [
      "web address",
      "url",
      "website",
      "homepage",
      "uri",
      "web site",
      "web page",
      "webpage",
      "web addr",
      "homepage url",
      "hyperlink",
      "permalink",
      "site url",
      "web link",
    ],
    weak: ["site", "web", "link"],
    whole: ["link", "web", "www"],
    prior: -1,
    chance: 0.001,
  },
});
