import { csvLine } from "./csv.ts";
import type { Random } from "./random.ts";
import type { BadRecord, SourceRecord } from "./source.ts";

interface Faults {
  readonly ragged: number;
  readonly strayQuote: number;
  readonly brokenUtf8: number;
}

const utf8 = new TextEncoder();

/** Faulty copies of good records, to stand among them in a CSV file. Each fault stays inside its own line. */
export function badCsvRecords(
  random: Random,
  columns: readonly string[],
  records: readonly SourceRecord[],
  faults: Faults,
): readonly BadRecord[] {
  const kinds = [
    ...Array<"ragged row">(faults.ragged).fill("ragged row"),
    ...Array<"stray quote">(faults.strayQuote).fill("stray quote"),
    ...Array<"broken UTF-8">(faults.brokenUtf8).fill("broken UTF-8"),
  ];
  return inOrder(
    kinds.map((fault, at) => {
      const cells = columns.map((column) => random.pick(records).fields[column] ?? "");
      return { fault, before: random.between(1, records.length - 1), bytes: csvBytes(fault, cells, at) };
    }),
  );
}

/** Lines of NDJSON cut off in the middle. */
export function badJsonRecords(random: Random, records: readonly SourceRecord[], count: number): readonly BadRecord[] {
  return inOrder(
    Array.from({ length: count }, () => {
      const line = JSON.stringify(random.pick(records).fields);
      const bytes = utf8.encode(line.slice(0, Math.floor(line.length * 0.6)));
      return { fault: "broken JSON" as const, before: random.between(1, records.length - 1), bytes };
    }),
  );
}

function csvBytes(fault: BadRecord["fault"], cells: readonly string[], at: number): Uint8Array {
  if (fault === "ragged row") return utf8.encode(csvLine(at % 2 === 0 ? cells.slice(0, -3) : [...cells, "", "extra"]));
  const plain = cells.map((cell) => cell.replaceAll(/[",]/g, ""));
  if (fault === "stray quote") return utf8.encode(plain.map((cell, place) => (place === 1 ? `"The "old" one"` : cell)).join(","));
  const [start, end] = [plain.slice(0, 2).join(","), plain.slice(2).join(",")];
  return Uint8Array.from([...utf8.encode(start), 0xc3, 0x28, 0x2c, ...utf8.encode(end)]);
}

function inOrder(bad: readonly BadRecord[]): readonly BadRecord[] {
  return bad.toSorted((one, other) => one.before - other.before);
}
