import type { Beside } from "./beside.ts";
import type { KeyedCell } from "./json-cells.ts";
import { readLimits } from "./limits.ts";
import type { XmlShape } from "./xml-shape.ts";
import { streamXml, type XmlVisitor } from "./xml-stream.ts";

/** One record of an XML table. */
export interface XmlRecord {
  readonly number: number;
  readonly line: number;
  readonly endLine: number;
  readonly cells: readonly KeyedCell[];
  /** It is longer than a record may be; the cells are those at its beginning. */
  readonly cut: boolean;
}

/** An element of a record while it is read. */
interface Node {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: Node[];
  text: string;
}

/** Reads the elements at `path` one by one; what stands outside of all records goes to `beside`. */
export async function* readXmlRecords(
  chunks: AsyncIterable<Buffer>,
  options: { readonly path: string; readonly encoding: string; readonly shape: XmlShape; readonly beside: Beside },
): AsyncGenerator<XmlRecord> {
  const reader = new RecordReader(options.path, options.shape, options.beside);
  for await (const _ of streamXml(chunks, { name: "The file", encoding: options.encoding }, reader)) yield* reader.take();
}

/** A record that is open around the ones that are read, and what tells it from others. */
interface Outer {
  readonly path: string;
  number: number;
  carried: KeyedCell[];
}

function isWithin(path: string, outer: string): boolean {
  return path === outer || path.startsWith(`${outer}/`);
}

/** Names of what tells a thing from others of its kind. */
const identifying = /(id|upn|uln|urn|uprn|number|no|ref|reference|code|key)$/i;

class RecordReader implements XmlVisitor {
  readonly #path: string;
  readonly #shape: XmlShape;
  readonly #beside: Beside;
  /** The records around each record, the outermost first. */
  readonly #outers: readonly Outer[];
  readonly #stack: string[] = [];
  readonly #nodes: Node[] = [];
  #ready: XmlRecord[] = [];
  #number = 0;
  #line = 0;
  #size = 0;
  #text = "";
  #leaf = false;

  constructor(path: string, shape: XmlShape, beside: Beside) {
    this.#path = path;
    this.#shape = shape;
    this.#beside = beside;
    this.#outers = shape.tables
      .filter((each) => path.startsWith(`${each}/`))
      .map((each) => ({ path: each, number: 0, carried: [] }));
  }

  take(): readonly XmlRecord[] {
    const ready = this.#ready;
    this.#ready = [];
    return ready;
  }

  open(name: string, all: Readonly<Record<string, string>>, line: number): void {
    const attributes = Object.fromEntries(
      Object.entries(all)
        .filter(([key]) => !/^(xmlns|xsi)(:|$)/.test(key))
        .map(([key, value]) => [key.slice(key.indexOf(":") + 1), value]),
    );
    this.#stack.push(name);
    this.#text = "";
    this.#leaf = true;
    const path = this.#stack.join("/");
    const parent = this.#nodes.at(-1);
    const node: Node = { name, attributes, children: [], text: "" };
    if (parent) {
      if (this.#size <= readLimits.recordBytes) parent.children.push(node);
      this.#nodes.push(node);
      this.#size += name.length + JSON.stringify(attributes).length;
    } else if (path === this.#path) {
      this.#nodes.push(node);
      this.#line = line;
      this.#size = 0;
    } else {
      const outer = this.#outers.find((each) => each.path === path);
      if (outer) {
        outer.number += 1;
        outer.carried = [];
      }
      for (const [key, value] of Object.entries(attributes)) this.#meetOutside(`${path}/@${key}`, key, value);
    }
  }

  text(text: string): void {
    const node = this.#nodes.at(-1);
    if (!node) this.#text += this.#text.length < readLimits.recordBytes ? text : "";
    else if ((this.#size += text.length) <= readLimits.recordBytes) node.text += text;
  }

  close(name: string, line: number): void {
    const path = this.#stack.join("/");
    this.#stack.pop();
    const node = this.#nodes.pop();
    if (!node && this.#leaf && this.#text.trim() !== "") this.#meetOutside(path, name, this.#text.trim());
    if (!node) this.#text = "";
    this.#leaf = false;
    if (!node || this.#nodes.length > 0) return;
    this.#number += 1;
    const cells = [...this.#carriedCells(), ...this.#cellsOf(node, this.#path, "")];
    this.#ready.push({ number: this.#number, line: this.#line, endLine: line, cells, cut: this.#size > readLimits.recordBytes });
  }

  #meetOutside(path: string, name: string, value: string): void {
    const outer = this.#outers.findLast((each) => path.startsWith(`${each.path}/`));
    const { tables, repeated } = this.#shape;
    if (!outer) {
      if (!tables.some((table) => isWithin(path, table))) this.#beside.add(path, value);
    } else if (
      identifying.test(name) &&
      ![...repeated].some((each) => each !== outer.path && isWithin(each, outer.path) && isWithin(path, each))
    ) {
      const header = path.slice(outer.path.length + 1).replaceAll("/", ".");
      outer.carried.push({ key: `outer/${path}`, header, text: value });
    }
  }

  /** What tells which records this one stands in: their identifying values, or the number of one that has none before. */
  #carriedCells(): readonly KeyedCell[] {
    return this.#outers.flatMap(({ path, number, carried }) => {
      const header = `${path.slice(path.lastIndexOf("/") + 1)} number`;
      return carried.length > 0 ? carried : [{ key: `outer/${path}`, header, text: String(number) }];
    });
  }

  *#cellsOf(node: Node, path: string, prefix: string): Generator<KeyedCell> {
    for (const [key, value] of Object.entries(node.attributes))
      yield { key: `${path}/@${key}`, header: `${prefix}@${key}`, text: value };
    const own = node.text.trim() === "" && node.children.length > 0 ? "" : node.text;
    if (node.children.length === 0 || own !== "") {
      const bare = prefix === "" ? node.name : prefix.slice(0, -1);
      if (own !== "" || prefix !== "")
        yield { key: `${path}/#`, header: node.children.length > 0 ? `${prefix}#text` : bare, text: own };
    }
    const lists = new Map<string, Node[]>();
    for (const child of node.children) {
      const childPath = `${path}/${child.name}`;
      if (this.#shape.repeated.has(childPath)) lists.set(child.name, [...(lists.get(child.name) ?? []), child]);
      else yield* this.#cellsOf(child, childPath, `${prefix}${child.name}.`);
    }
    for (const [name, nodes] of lists)
      yield {
        key: `${path}/${name}[]`,
        header: `${prefix}${name}`,
        text: JSON.stringify(nodes.map((each) => this.#plain(each, `${path}/${name}`))),
      };
  }

  #plain(node: Node, path: string): unknown {
    const entries: [string, unknown][] = Object.entries(node.attributes).map(([key, value]) => [`@${key}`, value]);
    if (entries.length === 0 && node.children.length === 0) return node.text;
    if (node.text.trim() !== "") entries.push(["#text", node.text]);
    for (const name of new Set(node.children.map((child) => child.name))) {
      const childPath = `${path}/${name}`;
      const values = node.children.filter((child) => child.name === name).map((child) => this.#plain(child, childPath));
      entries.push([name, this.#shape.repeated.has(childPath) ? values : values[0]]);
    }
    return Object.fromEntries(entries);
  }
}
