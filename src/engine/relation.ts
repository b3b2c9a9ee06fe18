import { Leaf, type Fragment } from "../sql/index.ts";

/**
 * Rows of the lake that a decision allows: the only leaf a statement may read. Holding one means that the decision's
 * row filter and masks are already in it. Only `src/access` makes them (the architecture test reads the imports).
 */
export class Relation extends Leaf {
  readonly #body: Fragment;
  readonly #files: readonly string[];
  readonly columns: readonly string[];

  private constructor(label: string, columns: readonly string[], body: Fragment, files: readonly string[]) {
    super(label);
    this.columns = columns;
    this.#body = body;
    this.#files = files;
  }

  /** For `src/access` alone. `body` selects from the files; `files` are checked against their hashes before use. */
  static mint(label: string, columns: readonly string[], body: Fragment, files: readonly string[]): Relation {
    return new Relation(label, columns, body, files);
  }

  static bodyOf(leaf: Leaf): Fragment {
    if (!(leaf instanceof Relation)) throw new Error(`The statement reads ${leaf.label}, which no decision stands behind.`);
    return leaf.#body;
  }

  static filesOf(leaf: Leaf): readonly string[] {
    if (!(leaf instanceof Relation)) throw new Error(`The statement reads ${leaf.label}, which no decision stands behind.`);
    return leaf.#files;
  }
}
