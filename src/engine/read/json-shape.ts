import { JsonWalk, type JsonFrame } from "./json-walk.ts";

/** What tables a JSON text holds. */
export interface JsonShape {
  /** Lines of objects, one object with tables in it, or nothing but a description. */
  readonly kind: "ndjson" | "geojson" | "json" | "description";
  /** Where the records are: lists of objects, or objects of objects. */
  readonly paths: readonly string[];
}

/** An object with so many alike objects in it is a table, and is not searched for tables. */
const enough = 200;

/** What a walk knows of a list or object that it is in. */
interface Seen {
  objects: number;
  others: number;
  readonly keys: Map<string, number>;
  readonly tables: string[];
}

/** Finds the tables in JSON by walking through all of it. Of a second document only the beginning is looked at. */
export async function findJsonTables(chunks: AsyncIterable<Buffer>): Promise<JsonShape> {
  const stack: Seen[] = [];
  let documents = 0;
  let geo = false;
  let describes = false;
  let top: Seen | undefined;
  const count = (parent: JsonFrame | undefined, object: boolean) => {
    const seen = stack.at(-1);
    if (!parent || !seen) documents += 1;
    else {
      if (object) seen.objects += 1;
      else seen.others += 1;
      const above = stack.at(-2);
      if (!parent.list && above && above.keys.size < enough) above.keys.set(parent.key, (above.keys.get(parent.key) ?? 0) + 1);
    }
  };
  const walk = new JsonWalk({
    open: (frame, parent) => {
      count(parent, !frame.list);
      stack.push({ objects: 0, others: 0, keys: new Map(), tables: [] });
    },
    close: (frame, parent) => {
      const seen = stack.pop();
      if (!seen) return;
      const tables = tablesIn(frame, seen);
      const above = stack.at(-1);
      if (above && above.objects <= enough) above.tables.push(...tables);
      if (!parent && documents === 1) top = { ...seen, tables };
    },
    scalar: (value, parent) => {
      if (parent?.path === "" && parent.key === "type" && value === "FeatureCollection") geo = true;
      if (value === "http://www.w3.org/ns/csvw") describes = true;
      if (parent?.path === "" && /^(\$schema|openapi|swagger)$/.test(parent.key)) describes = true;
      // a table resource or a table schema, which names the file that it describes
      if (parent?.path === "" && parent.key === "path" && typeof value === "string" && /\.(?:csv|tsv)$/i.test(value))
        describes = true;
      count(parent, false);
    },
  });
  for await (const chunk of chunks) {
    walk.push(chunk);
    if (documents > 1) return { kind: "ndjson", paths: [""] };
  }
  walk.end();
  if (geo) return { kind: "geojson", paths: [""] };
  const paths = describes ? [] : (top?.tables ?? []);
  return { kind: paths.length > 0 ? "json" : "description", paths };
}

function tablesIn(frame: JsonFrame, seen: Seen): string[] {
  if (frame.path === undefined) return [];
  if (frame.list) return seen.objects > 0 ? [frame.path] : [];
  const alike = Math.max(0, ...seen.keys.values()) >= seen.objects / 2;
  const map = seen.others === 0 && seen.objects >= 2 && alike && (seen.objects >= 5 || seen.tables.length === 0);
  return map ? [frame.path] : seen.tables;
}
