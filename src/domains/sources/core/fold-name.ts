/** A column's name with nothing left of it that people write in different ways: case, blanks, underscores, punctuation, marks. */
export function foldName(name: string): string {
  return name
    .normalize("NFKD")
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, "");
}
