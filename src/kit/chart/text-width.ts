/**
 * How wide words are in the font we ship, without a browser: advance widths of Atkinson Hyperlegible Next in
 * thousandths of the size, U+0020 to U+007E, taken from the font file at weights 400 and 700. Accented letters are as
 * wide as their base. No kerning, so sums run a little wide, which is the safe side. A browser test checks the table.
 */
const regular = widths(
  "280 286 301 651 592 919 731 160 299 299 485 606 210 362 210 387 648 407 548 576 614 588 598 510 615 " +
    "595 210 210 553 628 553 480 778 626 613 645 669 569 552 694 694 392 512 631 541 824 693 714 592 724 " +
    "614 592 558 690 593 856 623 575 607 317 387 344 552 372 243 525 566 485 564 538 314 558 550 252 245 " +
    "492 262 845 550 548 566 574 349 471 326 540 461 684 481 449 460 344 237 344 555",
);
const bold = widths(
  "313 303 390 765 610 969 725 210 335 335 485 595 271 373 272 440 659 440 579 600 624 608 626 537 624 " +
    "571 272 272 569 612 569 547 781 678 643 658 689 597 566 718 701 425 561 664 552 858 717 747 629 757 " +
    "650 610 607 686 644 886 685 650 618 340 440 344 582 400 288 552 596 510 596 563 365 593 571 300 259 " +
    "555 318 882 571 576 596 599 376 508 376 567 530 740 540 521 506 381 254 381 537",
);
const others: Readonly<Record<string, readonly [number, number]>> = {
  "–": [504, 501],
  "—": [824, 832],
  "‘": [236, 269],
  "’": [236, 269],
  "“": [399, 479],
  "”": [399, 479],
  "…": [670, 781],
  "€": [664, 678],
  "£": [610, 634],
  "−": [606, 595],
  "×": [532, 536],
  "·": [240, 294],
  ß: [582, 621],
  æ: [866, 878],
  ø: [548, 576],
  œ: [924, 936],
  ł: [252, 305],
  đ: [613, 649],
};

export type Weight = 400 | 700;

/** The width of a line of text, in the unit of `size`. */
export function textWidth(text: string, size: number, weight: Weight = 400): number {
  let thousandths = 0;
  for (const letter of text.normalize("NFD")) thousandths += letterWidth(letter, weight);
  return (thousandths * size) / 1000;
}

function letterWidth(letter: string, weight: Weight): number {
  const code = letter.codePointAt(0) ?? 0;
  if (code >= 0x300 && code < 0x370) return 0; // a combining accent
  const known = (weight === 700 ? bold : regular)[code - 32];
  if (known !== undefined) return known;
  const other = others[letter];
  if (other) return other[weight === 700 ? 1 : 0];
  return code > 0x2e80 ? 1000 : 650; // another script, or a letter we do not ship: as wide as a wide one
}

/** Breaks a text between words so that no line is wider than `width`; what does not fit in `lines` ends in "…". */
export function wrapText(text: string, size: number, width: number, lines: number, weight: Weight = 400): string[] {
  const done: string[] = [];
  let line = "";
  const words = text.split(/\s+/).filter(Boolean);
  for (const [at, word] of words.entries()) {
    const longer = line ? `${line} ${word}` : word;
    if (textWidth(longer, size, weight) <= width) {
      line = longer;
      continue;
    }
    if (done.length === lines - 1)
      return [...done, cutText([line, ...words.slice(at)].filter(Boolean).join(" "), size, width, weight)];
    if (line) done.push(line);
    line = cutText(word, size, width, weight);
  }
  return line ? [...done, line] : done;
}

/** As `wrapText`, with lines of about one length, so that no word is left alone. */
export function balanceText(text: string, size: number, width: number, lines: number, weight: Weight = 400): string[] {
  const wide = wrapText(text, size, width, lines, weight);
  if (wide.length < 2 || wide.at(-1)?.endsWith("…")) return wide;
  let best = wide;
  for (let narrower = width - 4; narrower > width / wide.length; narrower -= 4) {
    const tried = wrapText(text, size, narrower, lines, weight);
    if (tried.length > wide.length || tried.some((line) => line.endsWith("…"))) break;
    best = tried;
  }
  return best;
}

/** The text, or as much of it as fits with "…" at its end. */
export function cutText(text: string, size: number, width: number, weight: Weight = 400): string {
  if (textWidth(text, size, weight) <= width) return text;
  let kept = Array.from(text);
  while (kept.length > 1 && textWidth(`${kept.join("").trimEnd()}…`, size, weight) > width) kept = kept.slice(0, -1);
  return `${kept.join("").trimEnd()}…`;
}

function widths(list: string): readonly number[] {
  return list.split(" ").map(Number);
}
