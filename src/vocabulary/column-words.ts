/** The words of a column name, lower case: split at case changes, digits, `_`, `-`, `.` and blanks. */
export function columnWords(name: string): readonly string[] {
  return name
    .replaceAll(/([a-z])([A-Z])/g, "$1 $2")
    .replaceAll(/([A-Z]+)([A-Z][a-z])/g, "$1 $2")
    .toLowerCase()
    .split(/[^\p{L}]+/u)
    .filter((word) => word !== "");
}

/** The longest of the phrases whose words stand together in the name, whole words only: "cid" is not in "acid". */
export function phraseIn(words: readonly string[], phrases: readonly string[]): string | undefined {
  const text = ` ${words.join(" ")} `;
  return phrases.filter((phrase) => text.includes(` ${phrase} `)).toSorted((one, other) => other.length - one.length)[0];
}
