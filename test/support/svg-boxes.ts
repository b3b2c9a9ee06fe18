import { textWidth } from "../../src/kit/chart/text-width.ts";

export interface TextBox {
  text: string;
  left: number;
  right: number;
  top: number;
  bottom: number;
}

/** The drawings of a page, each with its size and where its words stand, by the font's own widths. */
export function svgBoxes(html: string): { width: number; height: number; texts: TextBox[] }[] {
  return [...html.matchAll(/<svg class="gh-svg[^>]*viewBox="0 0 ([\d.]+) ([\d.]+)"[^>]*>([\s\S]*?)<\/svg>/g)].map(
    ([, width, height, body = ""]) => ({
      width: Number(width),
      height: Number(height),
      texts: [...body.matchAll(/<text ([^>]*)>([^<]*)<\/text>/g)].map(([, attributes = "", text = ""]) => box(attributes, text)),
    }),
  );
}

/** Pairs of words that lie on one another. */
export function overlaps(texts: readonly TextBox[]): string[] {
  return texts.flatMap((one, at) =>
    texts
      .slice(at + 1)
      .filter((two) => one.left < two.right && two.left < one.right && one.top < two.bottom && two.top < one.bottom)
      .map((two) => `${one.text} / ${two.text}`),
  );
}

function box(attributes: string, raw: string): TextBox {
  const read = (name: string) => new RegExp(` ${name}="([^"]*)"`).exec(` ${attributes}`)?.[1];
  const text = raw.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&quot;", '"').replaceAll("&amp;", "&");
  const size = Number(read("font-size") ?? 14);
  const width = textWidth(text, size, read("font-weight") ? 700 : 400);
  const x = Number(read("x"));
  const y = Number(read("y"));
  const anchor = read("text-anchor") ?? "start";
  const left = anchor === "middle" ? x - width / 2 : anchor === "end" ? x - width : x;
  return { text, left, right: left + width, top: y - size * 0.72, bottom: y + size * 0.2 };
}
