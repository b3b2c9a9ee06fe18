/** Every option a fixture uses, as `items[].hint.text`. Values of free-form `attributes` are one option. */
export function optionPaths(options: unknown, prefix = ""): string[] {
  if (Array.isArray(options)) return options.flatMap((item) => optionPaths(item, `${prefix}[]`));
  if (typeof options !== "object" || options === null) return [prefix];
  if (/attributes$/i.test(prefix)) return [prefix];
  return Object.entries(options).flatMap(([key, value]) => optionPaths(value, prefix ? `${prefix}.${key}` : key));
}

const entities: Readonly<Record<string, string>> = {
  amp: "&",
  lt: "<",
  gt: ">",
  quot: '"',
  "#39": "'",
  ctdot: "⋯",
};

/** One line a tag or text, attributes sorted, entities decoded, spaces between tags gone: two equal pages read the same. */
export function tidyHtml(html: string): string {
  const lines: string[] = [];
  for (const [, comment, closing, name, attributes, text] of html.matchAll(
    /(<!--[\s\S]*?-->)|<(\/?)([a-z][\w-]*)((?:"[^"]*"|'[^']*'|[^'">])*)>|([^<]+)/gi,
  )) {
    if (comment) continue;
    if (name) {
      if (closing && ["path", "input"].includes(name)) continue; // written as <path></path> by one, <path/> by the other
      lines.push(`<${closing ?? ""}${name}${sorted(attributes ?? "")}>`);
      continue;
    }
    const words = decode(text ?? "")
      .replaceAll(/\s+/g, " ")
      .trim();
    if (words) lines.push(words);
  }
  return lines.join("\n");
}

function sorted(attributes: string): string {
  return [...attributes.matchAll(/([\w:-]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'))?/g)]
    .map(
      ([, name = "", double, single]) =>
        ` ${name}="${decode(double ?? single ?? "")
          .replaceAll(/\s+/g, " ")
          .trim()}"`,
    )
    .sort()
    .join("");
}

function decode(text: string): string {
  return text.replaceAll(/&(#?\w+);/g, (whole, name: string) => entities[name] ?? whole);
}
