/** What a column's name says of its kind, for every type at once: words that name a type, words that hint, words that name something else. */
import { columnWords, indexPhrases, phrasesIn, runsOf, type Hit, type Runs } from "./column-words.ts";
import { semanticTypes } from "./registry.ts";
import type { SemanticType } from "./semantic-type.ts";
import { plainNames } from "./words/plain-names.ts";

export interface NameEvidence {
  /** log10 odds: 2 the name names the type, 1 it hints, −1 it names another, 0 nothing. */
  readonly weight: number;
  readonly evidence: readonly string[];
}

export interface ColumnName {
  readonly runs: Runs;
  of(type: SemanticType): NameEvidence;
}

/** Words at the end of a name, or right after what it names, that turn it to something that is said of that: its code, its status, how often. */
const turns: ReadonlySet<string> = new Set(
  "code type status flag count index reason frequency category method source score perc percentage prefix suffix indicator band centre rating rank decile quintile quartile percentile".split(
    " ",
  ),
);
/** Those that turn a hint only: a contact's id is no telephone, but the id of a UPRN is that UPRN. */
const keyWords: ReadonlySet<string> = new Set(["id", "ref", "reference", "key", "identifier"]);
/** Names speak of kinds that mean something, and of keys. */
const nameable = [...semanticTypes.values()].filter(({ id, detect }) => detect.by !== "fallback" || id === "record_id");
const strong = indexPhrases(nameable.map((type) => [type, type.detect.strong] as const));
const whole = indexPhrases(nameable.map((type) => [type, type.detect.whole ?? []] as const));
const weak = indexPhrases(nameable.map((type) => [type, type.detect.weak] as const));
const other = indexPhrases([["other", plainNames] as const]);
const joints = new Set(["of", "for", "at", "to", "in", "on", "by", "from", "with"]);

/** Reads a name. "Email address" names an email and no address; "School postcode" and "postcode of school" a postcode. */
export function readName(name: string): ColumnName {
  const words = columnWords(name);
  const runs = runsOf(words);
  const hits = [...phrasesIn(runs, strong), ...wholeIn(words)].map(([type, hit]) => ({ type, hit }));
  const hints = phrasesIn(runs, weak);
  const plain = phrasesIn(runs, other).get("other");
  const all = [...hits.map(({ hit }) => hit), ...(plain ? [plain] : [])];
  const head = headOf(
    words,
    all.filter((hit) => !all.some((other) => holds(other, hit))),
  );
  const named = new Map(
    hits.filter(({ hit }) => head && hit.from === head.from && hit.to === head.to).map(({ type, hit }) => [type, hit]),
  );
  const aside = new Map(
    hits
      .filter(({ type, hit }) => !named.has(type) && !all.some((other) => holds(other, hit)))
      .map(({ type, hit }) => [type, hit]),
  );
  return {
    runs,
    of: (type) => {
      const strong = named.get(type);
      if (strong && isTurned(words, strong) && !isCoded(type)) return { weight: 0, evidence: [] };
      if (strong && isKeyOf(words, strong) && type.detect.by === "list") return { weight: 0, evidence: [] };
      if (strong) return { weight: 2, evidence: [`the name contains the ${wordOrWords(strong.phrase)} ${strong.phrase}`] };
      const weak = aside.get(type) ?? hints.get(type);
      if (weak && !isTurned(words, weak) && !isKeyOf(words, weak) && (!head || aside.has(type) || !overlaps(head, weak)))
        return {
          weight: head ? 0 : 1,
          evidence: [`the name contains the ${wordOrWords(weak.phrase)} ${weak.phrase}, a weak sign`],
        };
      return { weight: head ? -1 : 0, evidence: [] };
    },
  };
}

/** What the name is about: the last of its phrases before a word such as "of" that belongs to none, or else the first. */
function headOf(words: readonly string[], hits: readonly Hit[]): Hit | undefined {
  const free = words.findIndex((word, at) => at > 0 && joints.has(word) && !hits.some(({ from, to }) => at >= from && at < to));
  const end = free === -1 ? words.length : free;
  const counted = hits.find(({ phrase, from }) => from === 0 && phrase.endsWith(" of"));
  if (counted) return counted;
  const byEnd = hits.toSorted((one, other) => one.to - other.to || one.from - other.from);
  return byEnd.findLast(({ to }) => to <= end) ?? byEnd[0];
}

function wholeIn(words: readonly string[]): readonly (readonly [SemanticType, Hit])[] {
  const found = whole.get(words.join("")) ?? [];
  return found.map(({ of, phrase }) => [of, { phrase, from: 0, to: words.length }] as const);
}

/** What stands before "id" is told by it: a contact's id is no telephone, an organisation's is not its name. */
function isKeyOf(words: readonly string[], hit: Hit): boolean {
  return hit.to < words.length && keyWords.has(words.at(-1) ?? "");
}

function isTurned(words: readonly string[], hit: Hit): boolean {
  return hit.to < words.length && (turns.has(words.at(-1) ?? "") || turns.has(words[hit.to] ?? ""));
}

/** A code of an ethnic group or an offence is that group or offence still; a code of an amount is no amount. */
function isCoded({ detect }: SemanticType): boolean {
  return detect.by === "list" || detect.reviewOnly === true;
}

function holds(outer: Hit, inner: Hit): boolean {
  return outer.from <= inner.from && outer.to >= inner.to && outer.to - outer.from > inner.to - inner.from;
}

function overlaps(one: Hit, other: Hit): boolean {
  return one.from < other.to && other.from < one.to;
}

function wordOrWords(phrase: string): string {
  return phrase.includes(" ") ? "words" : "token";
}
