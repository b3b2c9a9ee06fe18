import { Leaf, type Fragment, type LeafRows } from "../sql/index.ts";

export interface RelationParts {
  /** Selects from the files. */
  readonly body: Fragment;
  /** Checked against their hashes before use. */
  readonly files: readonly string[];
  /** Whether the decision took no row away and masked no cell. */
  readonly whole: boolean;
}

/**
 * Rows of the lake that a decision allows: the only leaf a statement may read. Holding one means that the decision's
 * row filter and masks are already in it. Only `src/access` makes them (the architecture test reads the imports).
 */
export class Relation extends Leaf {
  readonly #body: Fragment;
  readonly #files: readonly string[];
  readonly #whole: boolean;
  readonly columns: readonly string[];

  private constructor(label: string, columns: readonly string[], from: RelationParts) {
    super(label);
    this.columns = columns;
    this.#body = from.body;
    this.#files = from.files;
    this.#whole = from.whole;
  }

  /** For `src/access` alone. */
  static mint(label: string, columns: readonly string[], from: RelationParts): Relation {
    return new Relation(label, columns, from);
  }

  /** Only of a whole relation may a statement's own conditions and order go down into the files: there they meet nothing hidden. */
  static rowsOf(leaf: Leaf): LeafRows {
    if (!(leaf instanceof Relation)) throw new Error(`The statement reads ${leaf.label}, which no decision stands behind.`);
    return { body: leaf.#body, materialized: !leaf.#whole };
  }

  static filesOf(leaf: Leaf): readonly string[] {
    if (!(leaf instanceof Relation)) throw new Error(`The statement reads ${leaf.label}, which no decision stands behind.`);
    return leaf.#files;
  }
}
