import * as fc from "fast-check";
import { expect, test } from "vitest";
import { balanceText, cutText, textWidth, wrapText } from "./text-width.ts";

test("widths are those of the font", () => {
  expect(textWidth("AV", 1000)).toBe(626 + 593);
  expect(textWidth("AV", 1000, 700)).toBe(678 + 644);
  expect(textWidth("é", 20)).toBe(textWidth("e", 20));
  expect(textWidth("", 14)).toBe(0);
});

const words = fc.array(fc.string({ minLength: 1, maxLength: 14 }), { maxLength: 9 }).map((list) => list.join(" "));

test("no line is wider than its room, and no word is lost without a mark", () => {
  fc.assert(
    fc.property(words, fc.integer({ min: 60, max: 400 }), fc.integer({ min: 1, max: 4 }), (text, width, most) => {
      for (const wrap of [wrapText, balanceText]) {
        const lines = wrap(text, 14, width, most);
        expect(lines.length).toBeLessThanOrEqual(most);
        for (const line of lines) expect(textWidth(line, 14)).toBeLessThanOrEqual(width);
        const whole = text.split(/\s+/).filter(Boolean).join(" ");
        expect(lines.some((line) => line.endsWith("…")) || lines.join(" ") === whole).toBe(true);
      }
    }),
  );
});

test("lines of one name are of about one length", () => {
  const text = "Powered two-wheeler, of any engine size";
  expect(wrapText(text, 15, 250, 3)).toEqual(["Powered two-wheeler, of any engine", "size"]);
  expect(balanceText(text, 15, 250, 3)).toEqual(["Powered two-wheeler,", "of any engine size"]);
});

test("a word too long for any line is cut with a mark", () => {
  expect(cutText("Llanfairpwllgwyngyll", 14, 60)).toBe("Llanfair…");
  expect(cutText("Sale", 14, 60)).toBe("Sale");
});
