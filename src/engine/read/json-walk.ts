import { Tokenizer, TokenType } from "@streamparser/json";
import { GuildhallError } from "../../kernel/errors.ts";
import { engineError } from "../errors.ts";
import { readLimits } from "./limits.ts";

/** A list or object that the walk is in. */
export interface JsonFrame {
  readonly list: boolean;
  /** The keys from the top to it, while there are only objects above; none past the first list. */
  readonly path: string | undefined;
  /** The key that stands before the value that comes next, in an object. */
  key: string;
}

/** What the walk meets. Offsets count bytes from where the walk started. */
export interface JsonVisitor {
  /** A list or object opens in `parent`, or at the top. */
  readonly open: (frame: JsonFrame, parent: JsonFrame | undefined, offset: number) => void;
  /** A list or object closes; `end` is just past it. */
  readonly close: (frame: JsonFrame, parent: JsonFrame | undefined, end: number) => void;
  readonly scalar: (value: unknown, parent: JsonFrame | undefined, offset: number) => void;
}

/**
 * Walks through JSON of any size as it streams by, one document after another, and keeps no more than the way down to where
 * it is. It sees that brackets match and words are JSON; whether commas stand where they must is seen record by record.
 */
export class JsonWalk {
  readonly #visitor: JsonVisitor;
  readonly #tokenizer = new Tokenizer({ separator: "" });
  readonly #stack: JsonFrame[] = [];
  #keyNext = false;
  #seen = 0;
  #lastToken = 0;

  constructor(visitor: JsonVisitor) {
    this.#visitor = visitor;
    this.#tokenizer.onToken = ({ token, value, offset }) => this.#take(token, value, offset);
    this.#tokenizer.onError = (error) => {
      if (error instanceof GuildhallError) throw error;
      throw broken(`is not written as JSON from about byte ${this.#lastToken + 1} on`);
    };
  }

  /** Where the last token started. */
  get offset(): number {
    return this.#lastToken;
  }

  push(chunk: Buffer): void {
    this.#tokenizer.write(chunk);
    this.#seen += chunk.length;
    if (this.#seen - this.#lastToken > readLimits.aheadBytes)
      throw broken(`holds a text of more than 64 MiB from byte ${this.#lastToken + 1} on, which is the limit`);
  }

  end(): void {
    this.#tokenizer.end();
    if (this.#stack.length > 0) throw broken("ends too early: a list or object is still open. Fetch it again");
  }

  #take(token: TokenType, value: unknown, offset: number): void {
    this.#lastToken = offset;
    const top = this.#stack.at(-1);
    switch (token) {
      case TokenType.LEFT_BRACE:
      case TokenType.LEFT_BRACKET:
        return this.#open(token === TokenType.LEFT_BRACKET, top, offset);
      case TokenType.RIGHT_BRACE:
      case TokenType.RIGHT_BRACKET:
        if (!top || top.list !== (token === TokenType.RIGHT_BRACKET))
          throw broken(`closes what was not opened at byte ${offset + 1}`);
        this.#stack.pop();
        this.#keyNext = false;
        return this.#visitor.close(top, this.#stack.at(-1), offset + 1);
      case TokenType.COMMA:
        this.#keyNext = top?.list === false;
        return undefined;
      case TokenType.COLON:
      case TokenType.SEPARATOR:
        return undefined;
      default:
        if (this.#keyNext && top) {
          top.key = String(value);
          this.#keyNext = false;
        } else this.#visitor.scalar(value, top, offset);
        return undefined;
    }
  }

  #open(list: boolean, parent: JsonFrame | undefined, offset: number): void {
    if (this.#stack.length >= readLimits.jsonDepth)
      throw broken(`is nested deeper than ${readLimits.jsonDepth} levels at byte ${offset + 1}, which is the limit`);
    const frame: JsonFrame = { list, path: parent ? pathIn(parent) : "", key: "" };
    this.#stack.push(frame);
    this.#keyNext = !list;
    this.#visitor.open(frame, parent, offset);
  }
}

/** The path of the value that comes next in an object; none in a list. */
export function pathIn(parent: JsonFrame): string | undefined {
  if (parent.list || parent.path === undefined) return undefined;
  const key = parent.key.replaceAll("~", "~0").replaceAll("/", "~1");
  return parent.path === "" ? key : `${parent.path}/${key}`;
}

function broken(problem: string): Error {
  return engineError("unreadable", { problem: `The JSON ${problem}.` });
}
