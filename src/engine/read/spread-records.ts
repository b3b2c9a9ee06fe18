import { readCsvRecords, type FileRecord, type RecordsFrom } from "./csv-records.ts";
import { readChunks } from "./file-scan.ts";
import { readLimits } from "./limits.ts";

/**
 * Records from places all over a delimited file, the same ones each time, numbered on. A place is wherever its bytes
 * fall: what stands before the first line end there belongs to a record that began earlier, and is left out. A place
 * in the middle of a quoted field gives records that do not read well, so many of them say that the whole must be read.
 */
export async function* readSpreadRecords(
  path: string,
  span: { readonly from: RecordsFrom["from"]; readonly size: number },
  expected: Omit<RecordsFrom, "from">,
): AsyncGenerator<FileRecord> {
  const { samplePlaces: places, sampleBytes } = readLimits;
  const start = span.from.offset;
  let number = 0;
  for (let place = 0; place < places; place += 1) {
    const offset = start + Math.floor((place * (span.size - start)) / places);
    const until = offset + Math.floor(sampleBytes / places);
    let first = place > 0;
    for await (const record of readCsvRecords(readChunks(path, { start: offset }), {
      ...expected,
      from: { offset, number: 1 },
    })) {
      if (!first) {
        number += 1;
        yield { ...record, number };
      }
      first = false;
      if (record.endOffset > until) break;
    }
  }
}
