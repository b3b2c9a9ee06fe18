import { engineError } from "../errors.ts";
import { readLimits } from "./limits.ts";
import { streamXml } from "./xml-stream.ts";

/** What elements an XML text has, by their path from the root. */
export interface XmlShape {
  /** Where records are, the outermost first; those inside a record are tables of their own. */
  readonly tables: readonly string[];
  /** Elements that stand more than once in one parent somewhere. */
  readonly repeated: ReadonlySet<string>;
}

interface Place {
  /** How often it stands in one parent at most. */
  most: number;
  /** It has elements or attributes in it. */
  structured: boolean;
  readonly children: Set<string>;
}

/**
 * Finds the records of an XML text by walking through all of it: the outermost elements that repeat in one parent and have
 * something in them. Where nothing repeats, the one element that stands alone in a parent made for many is the record,
 * and failing that the root.
 */
export async function findXmlTables(chunks: AsyncIterable<Buffer>, encoding: string): Promise<XmlShape> {
  const places = new Map<string, Place>();
  const stack: { readonly path: string; readonly counts: Map<string, number> }[] = [];
  const visitor = {
    open: (name: string, attributes: Readonly<Record<string, string>>) => {
      const parent = stack.at(-1);
      const path = parent ? `${parent.path}/${name}` : name;
      const count = (parent?.counts.get(name) ?? 0) + 1;
      parent?.counts.set(name, count);
      const place = places.get(path) ?? { most: 0, structured: false, children: new Set<string>() };
      place.most = Math.max(place.most, count);
      if (Object.keys(attributes).some((key) => !/^(xmlns|xsi)(:|$)/.test(key))) place.structured = true;
      places.set(path, place);
      if (places.size > readLimits.xmlPaths)
        throw engineError("unreadable", {
          problem: "The XML has elements in more than 10,000 different places; it is no table.",
        });
      const above = parent && places.get(parent.path);
      if (above) {
        above.structured = true;
        above.children.add(name);
      }
      stack.push({ path, counts: new Map() });
    },
    close: () => {
      stack.pop();
    },
    text: () => {},
  };
  for await (const _ of streamXml(chunks, { name: "The file", encoding }, visitor));
  const repeated = new Set([...places].filter(([, place]) => place.most > 1).map(([path]) => path));
  return { tables: tablesAmong(places, repeated), repeated };
}

const depthOf = (path: string) => path.split("/").length;

function tablesAmong(places: ReadonlyMap<string, Place>, repeated: ReadonlySet<string>): string[] {
  const records = [...repeated].filter((path) => places.get(path)?.structured === true);
  const shallowest = Math.min(...records.map(depthOf));
  const outer = records.filter((path) => depthOf(path) === shallowest);
  if (outer.length > 0) {
    const inner = records.filter((path) => outer.some((record) => path.startsWith(`${record}/`)));
    return [...outer, ...inner];
  }
  const alone = [...places]
    .filter(([path, { structured }]) => structured && places.get(path.slice(0, path.lastIndexOf("/")))?.children.size === 1)
    .map(([path]) => path)
    .sort((left, right) => depthOf(left) - depthOf(right));
  return [...alone.slice(0, 1), ...[...places.keys()].slice(0, 1)].slice(0, 1);
}
