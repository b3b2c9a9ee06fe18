const mib = 1024 * 1024;

/** How much of a file is taken at once, and what is more than a file may hold. What passes one is refused in words. */
export const readLimits = {
  /** A record; a longer one is set aside, and so much of it is kept. */
  recordBytes: 8 * mib,
  /** How far a quoted field is followed: one that goes on past this is a stray quote, and a line past it is cut. */
  aheadBytes: 64 * mib,
  columns: 2000,
  nameLength: 300,
  /** What header, delimiter and quotes are told from. */
  headBytes: mib / 4,
  headRecords: 100,
  /** A delimited file longer than this is described from a sample: so much of it, from so many places. */
  wholeBytes: 100 * mib,
  sampleBytes: 16 * mib,
  samplePlaces: 64,
  /** How deep archives may stand in one another. */
  archiveDepth: 3,
  archiveMembers: 10_000,
  /** What is packed may unpack to this much in any case, past that to so many times its size, and never to more than the last. */
  unpackedFloor: 100 * mib,
  unpackedTimes: 100,
  unpackedBytes: 16 * 1024 * mib,
  /** How deep JSON may be nested. */
  jsonDepth: 100,
  xmlDepth: 100,
  /** How many different places elements may stand in. */
  xmlPaths: 10_000,
  /** How much text the shared strings of a workbook may have, all together, and how many rows a sheet. */
  sharedBytes: 512 * mib,
  sheetRows: 1_048_576,
  /** How many things of one kind a note names. */
  noted: 20,
  /** How much of the text above a header goes into a note. */
  noteLength: 1000,
} as const;
