/**
 * SQL as data. A fragment is text with holes; a hole holds a value (always bound, never written into the text), an
 * identifier (quoted by `ident`, the one function that quotes), another fragment, or a reference to a stage or a leaf.
 */
export type SqlValue = string | number | bigint | boolean | null | readonly string[] | readonly number[];

export class Fragment {
  readonly texts: readonly string[];
  readonly holes: readonly Hole[];

  constructor(texts: readonly string[], holes: readonly Hole[]) {
    this.texts = texts;
    this.holes = holes;
  }
}

/** A named step of a statement: it becomes one common table expression, however often it is referred to. */
export class Stage {
  readonly name: string;
  readonly body: Fragment;
  readonly materialized: boolean;

  constructor(name: string, body: Fragment, materialized: boolean) {
    this.name = name;
    this.body = body;
    this.materialized = materialized;
  }
}

/** Where rows enter a statement. Only its maker knows what it stands for; the engine refuses leaves it did not approve. */
export class Leaf {
  readonly label: string;

  constructor(label: string) {
    this.label = label;
  }
}

export type Hole =
  | { readonly kind: "value"; readonly value: SqlValue }
  | { readonly kind: "ident"; readonly name: string }
  | { readonly kind: "fragment"; readonly fragment: Fragment }
  | { readonly kind: "stage"; readonly stage: Stage }
  | { readonly kind: "leaf"; readonly leaf: Leaf };

export type SqlHole = SqlValue | Fragment | Stage | Leaf;

/** The template tag: `` sql`SELECT ${column} FROM ${stage} WHERE age > ${18}` ``. */
export function sql(texts: TemplateStringsArray, ...holes: readonly SqlHole[]): Fragment {
  return new Fragment([...texts], holes.map(holeOf));
}

/** An identifier, quoted. NUL cannot be quoted in SQL and is refused. */
export function ident(name: string): Fragment {
  if (name.includes("\0")) throw new Error("An identifier cannot hold a NUL character.");
  return new Fragment(["", ""], [{ kind: "ident", name }]);
}

/** Several fragments with a separator between them; `empty` when there are none. */
export function join(
  fragments: readonly Fragment[],
  separator: ", " | " AND " | " OR " | " UNION ALL " | " ",
  empty = "",
): Fragment {
  if (fragments.length === 0) return new Fragment([empty], []);
  const texts = ["", ...fragments.slice(1).map(() => separator), ""];
  return new Fragment(
    texts,
    fragments.map((fragment) => ({ kind: "fragment", fragment })),
  );
}

/** A named stage. `materialized` keeps the optimiser from moving predicates into it or statistics out of it. */
export function stage(name: string, body: Fragment, options: { materialized?: boolean } = {}): Stage {
  return new Stage(name, body, options.materialized ?? false);
}

function holeOf(hole: SqlHole): Hole {
  if (hole instanceof Fragment) return { kind: "fragment", fragment: hole };
  if (hole instanceof Stage) return { kind: "stage", stage: hole };
  if (hole instanceof Leaf) return { kind: "leaf", leaf: hole };
  return { kind: "value", value: hole };
}
