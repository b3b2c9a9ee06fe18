import { columnWords } from "../../vocabulary/index.ts";

/** Words this long are also found with one letter wrong, missing, too many or swapped. */
const forgiving = 5;
const longest = 60;

/** The words of a text as they are searched: lower case, without accents. Signs part words and are no words. */
export function wordsOf(text: string): readonly string[] {
  const plain = text.normalize("NFKD").replaceAll(/\p{M}/gu, "").toLowerCase();
  const words: readonly string[] = plain.match(/[\p{L}\p{N}]+/gu) ?? [];
  return [...new Set(words.map((word) => word.slice(0, longest)))];
}

/** The words of a column's name: whole, and at its case changes. */
export function wordsOfName(name: string): readonly string[] {
  return [...new Set([...wordsOf(name), ...columnWords(name).flatMap(wordsOf)])];
}

/**
 * What a word is found by when it is misspelt: itself, and itself without each of its letters. Two words that are one slip
 * apart (a letter wrong, missing, too many, or two swapped) have one of these in common. None for short words.
 */
export function slipKeys(word: string): readonly string[] {
  const letters = Array.from(word);
  if (letters.length < forgiving) return [];
  return [...new Set([word, ...letters.map((_, at) => letters.toSpliced(at, 1).join(""))])];
}

/** Whether two words are the same but for one letter wrong, missing, too many, or two neighbours swapped. */
export function isOneSlip(left: string, right: string): boolean {
  const [one, other] = [Array.from(left), Array.from(right)];
  if (Math.abs(one.length - other.length) > 1) return false;
  let from = 0;
  while (from < one.length && one[from] === other[from]) from += 1;
  let [end, otherEnd] = [one.length, other.length];
  while (end > from && otherEnd > from && one[end - 1] === other[otherEnd - 1]) {
    end -= 1;
    otherEnd -= 1;
  }
  const [rest, otherRest] = [one.slice(from, end), other.slice(from, otherEnd)];
  if (rest.length <= 1 && otherRest.length <= 1) return true;
  return rest.length === 2 && otherRest.length === 2 && rest[0] === otherRest[1] && rest[1] === otherRest[0];
}
