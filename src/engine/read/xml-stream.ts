import { SaxesParser } from "saxes";
import { engineError } from "../errors.ts";
import { readLimits } from "./limits.ts";

/** What a reader hears of an XML text, with the lines it stands in. Names come without their namespace's prefix. */
export interface XmlVisitor {
  readonly open: (name: string, attributes: Readonly<Record<string, string>>, line: number) => void;
  readonly close: (name: string, line: number) => void;
  readonly text: (text: string) => void;
}

/**
 * Parses XML as it streams by and yields after each chunk, so that what the visitor gathered can be handed on. No entity is
 * expanded beyond the five and numbers, and no document type is read: both are ways to make a small file huge or to
 * read another.
 */
export async function* streamXml(
  chunks: AsyncIterable<Buffer>,
  options: { readonly name: string; readonly encoding: string },
  visitor: XmlVisitor,
): AsyncGenerator<number> {
  const parser = new SaxesParser<{ xmlns: false }>({ xmlns: false });
  const decoder = new TextDecoder(options.encoding, { fatal: true });
  const refuse = (problem: string) => engineError("unreadable", { problem: `${options.name} ${problem}` });
  let depth = 0;
  let sinceEvent = 0;
  parser.on("doctype", () => {
    throw refuse("has a document type (<!DOCTYPE>), which may hide other files or grow without end. Save it without one.");
  });
  parser.on("error", (error) => {
    throw refuse(`is not well-formed XML at line ${parser.line}: ${error.message.replace(/^\d+:\d+: /, "")}`);
  });
  parser.on("opentag", ({ name, attributes }) => {
    depth += 1;
    sinceEvent = 0;
    if (depth > readLimits.xmlDepth)
      throw refuse(`is nested deeper than ${readLimits.xmlDepth} levels at line ${parser.line}, which is the limit.`);
    visitor.open(localName(name), attributes, parser.line);
  });
  parser.on("closetag", ({ name }) => {
    depth -= 1;
    sinceEvent = 0;
    visitor.close(localName(name), parser.line);
  });
  parser.on("text", (text) => visitor.text(text));
  parser.on("cdata", (text) => visitor.text(text));
  const decode = (chunk?: Buffer): string => {
    try {
      return chunk ? decoder.decode(chunk, { stream: true }) : decoder.decode();
    } catch {
      throw refuse(
        `holds bytes after line ${parser.line} that are not the ${options.encoding} text it should be. Save it as UTF-8.`,
      );
    }
  };
  for await (const chunk of chunks) {
    parser.write(decode(chunk));
    sinceEvent += chunk.length;
    if (sinceEvent > readLimits.aheadBytes)
      throw refuse(`holds a text of more than 64 MiB that ends after line ${parser.line}, which is the limit.`);
    yield parser.line;
  }
  parser.write(decode());
  parser.close();
  yield parser.line;
}

export function localName(name: string): string {
  return name.slice(name.indexOf(":") + 1);
}
