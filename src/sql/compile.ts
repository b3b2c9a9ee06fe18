import { Fragment, Leaf, Stage, type SqlValue } from "./fragment.ts";

export interface Compiled {
  /** One SELECT, with `$1`, `$2` … where values go. */
  readonly text: string;
  readonly params: readonly SqlValue[];
  /** The leaves the statement reads, by the name they have in the text. */
  readonly leaves: ReadonlyMap<string, Leaf>;
  /** The names of the common table expressions that the text defines. */
  readonly stages: readonly string[];
}

/** What a leaf stands for, and whether the optimiser may plan through it. */
export interface LeafRows {
  readonly body: Fragment;
  readonly materialized: boolean;
}

/**
 * Turns a fragment or stage into one statement. Each stage becomes a common table expression, in the order of need;
 * two stages of one name get different names. With `resolve`, each leaf is defined as one too; without, leaves stay
 * names that the statement does not define, which is how the engine checks that nothing else is read.
 */
export function compile(root: Fragment | Stage, resolve?: (leaf: Leaf) => LeafRows): Compiled {
  const params: SqlValue[] = [];
  const names = new Map<Stage | Leaf, string>();
  const leaves = new Map<string, Leaf>();
  const definitions: string[] = [];
  const taken = new Set<string>();

  const nameOf = (label: string): string => {
    let name = label;
    for (let at = 2; taken.has(name); at += 1) name = `${label}_${at}`;
    taken.add(name);
    return name;
  };
  const refer = (node: Stage | Leaf): string => {
    const known = names.get(node);
    if (known !== undefined) return quote(known);
    if (node instanceof Stage) {
      const body = render(node.body);
      const name = nameOf(node.name);
      names.set(node, name);
      definitions.push(`${quote(name)} AS ${node.materialized ? "MATERIALIZED " : ""}(${body})`);
      return quote(name);
    }
    const name = nameOf(`leaf ${node.label}`);
    names.set(node, name);
    leaves.set(name, node);
    if (resolve) {
      const { body, materialized } = resolve(node);
      definitions.push(`${quote(name)} AS ${materialized ? "" : "NOT "}MATERIALIZED (${render(body)})`);
    }
    return quote(name);
  };
  const render = (fragment: Fragment): string => {
    let text = fragment.texts[0] ?? "";
    fragment.holes.forEach((hole, at) => {
      if (hole.kind === "value") {
        params.push(hole.value);
        text += `$${params.length}`;
      } else if (hole.kind === "ident") text += quote(hole.name);
      else if (hole.kind === "fragment") text += render(hole.fragment);
      else text += refer(hole.kind === "stage" ? hole.stage : hole.leaf);
      text += fragment.texts[at + 1] ?? "";
    });
    return text;
  };

  const body = root instanceof Stage ? `SELECT * FROM ${refer(root)}` : render(root);
  const text = definitions.length === 0 ? body : `WITH ${definitions.join(",\n")}\n${body}`;
  return { text, params, leaves, stages: [...taken] };
}

/** Quotes an identifier for DuckDB and SQLite alike. */
export function quote(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
