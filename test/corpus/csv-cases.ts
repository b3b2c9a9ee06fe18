import type { FaultCase } from "./fault-case.ts";

const people = "name,town,note\nZoë,Sale,£5 – “ok”\nBo,Hale,\n";
const loaded = {
  columns: ["name", "town", "note"],
  rows: [
    ["Zoë", "Sale", "£5 – “ok”"],
    ["Bo", "Hale", ""],
  ],
};
const twoByTwo = {
  columns: ["a", "b"],
  rows: [
    ["x", "1"],
    ["y", "2"],
  ],
};
const wide = (text: string) => Buffer.from(text, "utf16le");
const windows = (text: string) =>
  Buffer.from(
    Array.from(text, (letter) => ({ "£": 0xa3, ë: 0xeb, "–": 0x96, "“": 0x93, "”": 0x94 })[letter] ?? letter.charCodeAt(0)),
  );
const day = (n: number) => `2024-03-${String(n).padStart(2, "0")}`;
const hours = Array.from({ length: 24 }, (_, hour) => `${String(hour).padStart(2, "0")}:00`);
/** With its mark, a file of this has the halves of a pair at the end of one mebibyte and the beginning of the next. */
const acrossBlock = `${"z".repeat(2 ** 19 - 7)}\u{1f600}`;
const long = (lines: number) => Array.from({ length: lines }, (_, n) => `line ${n}`).join("\n");

export const csvCases: readonly FaultCase[] = [
  { name: "UTF-8", file: "a.csv", bytes: people, expected: { ...loaded, notes: [] } },
  { name: "UTF-8 with a mark", file: "a.csv", bytes: `\ufeff${people}`, expected: { ...loaded, notes: [] } },
  {
    name: "UTF-16, little end first, with a mark",
    file: "a.csv",
    bytes: wide(`\ufeff${people}`),
    expected: { ...loaded, notes: ["UTF-16"] },
  },
  {
    name: "UTF-16, big end first, with a mark",
    file: "a.csv",
    bytes: () => wide(`\ufeff${people}`).swap16(),
    expected: { ...loaded, notes: ["UTF-16"] },
  },
  { name: "UTF-16, no mark", file: "a.csv", bytes: wide(people), expected: { ...loaded, notes: ["UTF-16"] } },
  {
    name: "UTF-16, big end first, no mark",
    file: "a.csv",
    bytes: () => wide(people).swap16(),
    expected: { ...loaded, notes: ["UTF-16"] },
  },
  {
    name: "UTF-16 with half a pair in one record",
    file: "a.csv",
    bytes: wide("a,b\nx,1\ny\ud800z,2\ny,2\n"),
    expected: {
      ...twoByTwo,
      rows: [
        ["x", "1"],
        ["y", "2"],
      ],
      quarantined: [[2, "It holds bytes that are not UTF-8"]],
      notes: ["UTF-16"],
    },
  },
  { name: "Windows-1252", file: "a.csv", bytes: windows(people), expected: { ...loaded, notes: ["Windows-1252"] } },
  {
    name: "one bad byte in UTF-8 is one bad record",
    file: "a.csv",
    bytes: Buffer.concat([Buffer.from(`${people}Zoë,Sale,`), Buffer.from([0xa3, 0x0a])]),
    expected: { ...loaded, quarantined: [[3, "It holds bytes that are not UTF-8"]], notes: [] },
  },
  {
    name: "a byte FF in ASCII is a fault, no letter",
    file: "a.csv",
    bytes: Buffer.concat([Buffer.from("a,b\nx,1\ny,2\nz,"), Buffer.from([0xff, 0x0a])]),
    expected: { ...twoByTwo, quarantined: [[3, "It holds bytes that are not UTF-8"]], notes: [] },
  },
  { name: "CRLF", file: "a.csv", bytes: "a,b\r\nx,1\r\ny,2\r\n", expected: twoByTwo },
  { name: "CR alone", file: "a.csv", bytes: "a,b\rx,1\ry,2\r", expected: { ...twoByTwo, notes: ["carriage returns alone"] } },
  {
    name: "CR alone, with a line feed in a cell",
    file: "a.csv",
    bytes: 'a,b\rx,"1\n2"\ry,2',
    expected: {
      columns: ["a", "b"],
      rows: [
        ["x", "1\n2"],
        ["y", "2"],
      ],
      notes: ["carriage returns alone"],
    },
  },
  ...[";", "\t", "|"].map((mark) => ({
    name: `parted by ${JSON.stringify(mark)}`,
    file: "a.csv",
    bytes: `a${mark}b\nx${mark}1,5\ny${mark}2,5\n`,
    expected: {
      columns: ["a", "b"],
      rows: [
        ["x", "1,5"],
        ["y", "2,5"],
      ],
      notes: [],
    },
  })),
  ...["^", "~", ":"].map((mark) => ({
    name: `parted by ${mark}`,
    file: "a.csv",
    bytes: `a${mark}b\nx${mark}1\ny${mark}2\n`,
    expected: { ...twoByTwo, notes: [`parted by “${mark}”`] },
  })),
  {
    name: "times of day are no delimiter",
    file: "a.csv",
    bytes: "at,n\n10:00,1\n11:00,2\n12:00,3\n",
    expected: {
      columns: ["at", "n"],
      rows: [
        ["10:00", "1"],
        ["11:00", "2"],
        ["12:00", "3"],
      ],
      notes: [],
    },
  },
  { name: "sep=;", file: "a.csv", bytes: "sep=;\r\na;b\r\nx;1\r\ny;2\r\n", expected: twoByTwo },
  {
    name: "single quotes around fields",
    file: "a.csv",
    bytes: "'a','b'\n'x, y','it''s'\n'2\"','z\nz'\n",
    expected: {
      columns: ["a", "b"],
      rows: [
        ["x, y", "it's"],
        ['2"', "z\nz"],
      ],
      notes: ["single quotes"],
    },
  },
  {
    name: "single quotes, and a fault",
    file: "a.csv",
    bytes: "'a','b'\n'x, y','it''s'\n'2\"','z'\n'1'\n",
    expected: {
      columns: ["a", "b"],
      rows: [
        ["x, y", "it's"],
        ['2"', "z"],
      ],
      quarantined: [[3, "It has 1 field"]],
      notes: ["single quotes"],
    },
  },
  { name: "all fields quoted", file: "a.csv", bytes: '"a","b"\n"x","1"\n"y","2"\n', expected: { ...twoByTwo, notes: [] } },
  {
    name: "title lines above the header",
    file: "air.csv",
    bytes: `Site: TRF2\nSupplied by UK-AIR, on 30/07/2026\nGMT hour ending\nStatus: R = Ratified\nDate,time,NO2,status,unit\n${day(1)},01:00,12,R,ug\n${day(1)},02:00,13,R,ug\n`,
    expected: {
      columns: ["Date", "time", "NO2", "status", "unit"],
      rows: [
        [day(1), "01:00", "12", "R", "ug"],
        [day(1), "02:00", "13", "R", "ug"],
      ],
      notes: ["Above the header stand 4 lines that are no rows: “Site: TRF2 / Supplied by UK-AIR, on 30/07/2026 / GMT"],
    },
  },
  {
    name: "a title, a blank line and blank trailing columns, as a workbook saves them",
    file: "spend.csv",
    bytes: "Spend over £500,,,,\n,,,,\nSupplier,Date,Amount,,\nAcme,01/04/2024,5.10,,\nBold,02/04/2024,6,,\n",
    expected: {
      columns: ["Supplier", "Date", "Amount"],
      rows: [
        ["Acme", "01/04/2024", "5.10"],
        ["Bold", "02/04/2024", "6"],
      ],
      notes: ["2 lines that are no rows: “Spend over £500”"],
    },
  },
  {
    name: "a mark, a title and a blank line, all lines ending in CRLF",
    file: "spend.csv",
    bytes: "\ufeffSpend, 2024\r\n\r\nSupplier,Date,Amount\r\nAcme,01/04/2024,5\r\nBold,02/04/2024,6\r\n",
    expected: {
      columns: ["Supplier", "Date", "Amount"],
      rows: [
        ["Acme", "01/04/2024", "5"],
        ["Bold", "02/04/2024", "6"],
      ],
      notes: ["stands 1 line that is no row: “Spend, 2024”"],
    },
  },
  {
    name: "titles and a fault: the byte reader finds the same header",
    file: "spend.csv",
    bytes: "Spend\n\nSupplier,Date,Amount\nAcme,01/04/2024,5\nTotal\nBold,02/04/2024,6\n",
    expected: {
      columns: ["Supplier", "Date", "Amount"],
      rows: [
        ["Acme", "01/04/2024", "5"],
        ["Bold", "02/04/2024", "6"],
      ],
      quarantined: [[2, "It has 1 field where the header has 3.", 5, 5]],
      notes: ["stands 1 line that is no row: “Spend”"],
    },
  },
  {
    name: "a header of two rows",
    file: "a.csv",
    bytes: "Ward,2023,,2024,\n,n,%,n,%\nHale,5,50,6,60\nSale,5,50,4,40\n",
    expected: {
      columns: ["Ward", "2023 n", "2023 %", "2024 n", "2024 %"],
      rows: [
        ["Hale", "5", "50", "6", "60"],
        ["Sale", "5", "50", "4", "40"],
      ],
      notes: ["takes two rows"],
    },
  },
  {
    name: "no header",
    file: "a.csv",
    bytes: `1,${day(1)},red\n2,${day(2)},blue\n3,${day(3)},red\n`,
    expected: {
      columns: ["column 1", "column 2", "column 3"],
      rows: [
        ["1", day(1), "red"],
        ["2", day(2), "blue"],
        ["3", day(3), "red"],
      ],
      notes: ["The file has no header"],
    },
  },
  {
    name: "a sparse wide file with hours for a header",
    file: "cycle.csv",
    bytes: `Date,${hours.join(",")}\n${day(1)}${",".repeat(23)},4\n${day(2)}${",".repeat(24)}\n`,
    expected: { columns: ["Date", ...hours], rows: 2, notes: [] },
  },
  {
    name: "the same with one row",
    file: "cycle.csv",
    bytes: `Date,${hours.join(",")}\n${day(1)}${",".repeat(23)},4\n`,
    expected: { columns: ["Date", ...hours], rows: 1, notes: [] },
  },
  {
    name: "years for a header",
    file: "a.csv",
    bytes: "2021,2022,2023\n5,6,7\n6,7,8\n8,9,9\n",
    expected: { columns: ["2021", "2022", "2023"], rows: 3, notes: [] },
  },
  {
    name: "names repeated and missing",
    file: "a.csv",
    bytes: "a,,a\n1,2,3\n",
    expected: {
      columns: ["a", "column 2", "a (2)"],
      rows: [["1", "2", "3"]],
      notes: ["Column 2 has no name", "Column 3 repeats"],
    },
  },
  {
    name: "a footer",
    file: "a.csv",
    bytes: "a,b\nx,1\ny,2\n\nSource: the council\n",
    expected: { ...twoByTwo, quarantined: [[3, "It has 1 field where the header has 2."]] },
  },
  {
    name: "a field of 12,000 lines beside a fault is one good record",
    file: "a.csv",
    bytes: `a,b\nx,"${long(12_000)}"\ny\nz,3\n`,
    expected: {
      columns: ["a", "b"],
      rows: [
        ["x", long(12_000)],
        ["z", "3"],
      ],
      quarantined: [[2, "It has 1 field"]],
    },
  },
  {
    name: "a field of 12,000 lines that is itself at fault is one bad record",
    file: "a.csv",
    bytes: `a,b\nx,"${long(12_000)}"y\nz,3\n`,
    expected: { columns: ["a", "b"], rows: [["z", "3"]], quarantined: [[1, "Text follows the closing quote"]] },
  },
  {
    name: "a field of more than 8 MiB in lines is one bad record",
    file: "a.csv",
    bytes: () => Buffer.from(`a,b\nx,"${"0123456789\n".repeat(900_000)}"\nz,3\n`),
    expected: { columns: ["a", "b"], rows: [["z", "3"]], quarantined: [[1, "It is longer than 8 MiB."]] },
  },
  {
    name: "a line of 100 MB",
    file: "a.csv",
    bytes: () => Buffer.concat([Buffer.from("a,b\nx,1\n"), Buffer.alloc(100_000_000, "z"), Buffer.from("\ny,2\n")]),
    expected: { ...twoByTwo, quarantined: [[2, "It is longer than 8 MiB."]] },
  },
  {
    name: "2,000 columns",
    file: "a.csv",
    bytes: `${Array.from({ length: 2000 }, (_, n) => `h${n}`).join(",")}\n${Array.from({ length: 2000 }, () => "x").join(",")}\n`,
    expected: { columns: Array.from({ length: 2000 }, (_, n) => `h${n}`), rows: 1 },
  },
  {
    name: "2,001 columns",
    file: "a.csv",
    bytes: `${"h,".repeat(2000)}h\n`,
    expected: { error: "The header has 2001 columns; the limit is 2,000." },
  },
  {
    name: "years 0 and 9999, 29 February, a column half of numbers",
    file: "a.csv",
    bytes: "day,n\n0000-01-01,1\n9999-12-31,two\n2024-02-29,3\n2023-02-29,four\n",
    expected: {
      columns: ["day", "n"],
      rows: [
        ["0000-01-01", "1"],
        ["9999-12-31", "two"],
        ["2024-02-29", "3"],
        ["2023-02-29", "four"],
      ],
    },
  },
  {
    name: "blanks between quotes and delimiters",
    file: "a.csv",
    bytes: 'a,b\n1, "2"\n"3" ,4\n5,6\n',
    expected: {
      columns: ["a", "b"],
      rows: [
        ["1", ' "2"'],
        ["5", "6"],
      ],
      quarantined: [[2, "Text follows the closing quote of field 1."]],
    },
  },
  {
    name: "CRLF and CR in quotes between rows that end in LF",
    file: "a.csv",
    bytes: 'a,b\n"one\r\ntwo",x\n"three\rfour",y\n',
    expected: {
      columns: ["a", "b"],
      rows: [
        ["one\r\ntwo", "x"],
        ["three\rfour", "y"],
      ],
    },
  },
  {
    name: "a carriage return alone in a cell",
    file: "a.csv",
    bytes: "a,b\none\rtwo,x\n3,4\n",
    expected: {
      columns: ["a", "b"],
      rows: [
        ["one\rtwo", "x"],
        ["3", "4"],
      ],
    },
  },
  {
    name: "blank lines in a file of one column",
    file: "a.csv",
    bytes: 'a\nx\n\ny\n""\n',
    expected: { columns: ["a"], rows: [["x"], ["y"], [""]] },
  },
  {
    name: "a stray quote before a field of several lines",
    file: "a.csv",
    bytes: 'a,b\n"oops,1\n"two\nlines",2\n3,4\n',
    expected: {
      columns: ["a", "b"],
      rows: [
        ["two\nlines", "2"],
        ["3", "4"],
      ],
      quarantined: [[1, "A quoted field is opened and never closed."]],
    },
  },
  {
    name: "a stray quote that fits with what follows",
    file: "a.csv",
    bytes: 'a,b,c\n"oops,1,1\n",x",2,y\n4,5,6\n',
    expected: {
      columns: ["a", "b", "c"],
      rows: [
        [",x", "2", "y"],
        ["4", "5", "6"],
      ],
      quarantined: [[1, "A quoted field is opened and never closed."]],
    },
  },
  {
    name: "delimiters at the end of lines",
    file: "a.csv",
    bytes: 'a,b\n1,2,\n3,4,,\n5,6,"",x\n',
    expected: {
      columns: ["a", "b"],
      rows: [
        ["1", "2"],
        ["3", "4"],
      ],
      quarantined: [[3, "It has 4 fields where the header has 2."]],
    },
  },
  {
    name: "UTF-16 with a pair of halves on either side of a block",
    file: "a.csv",
    bytes: wide(`\ufeffa,b\nx,${acrossBlock}\n`),
    expected: { columns: ["a", "b"], rows: [["x", acrossBlock]], notes: ["UTF-16"] },
  },
  {
    name: "the same, big end first",
    file: "a.csv",
    bytes: () => wide(`\ufeffa,b\nx,${acrossBlock}\n`).swap16(),
    expected: { columns: ["a", "b"], rows: [["x", acrossBlock]], notes: ["UTF-16"] },
  },
  {
    name: "a field past the header with nothing in it but a line end is a field",
    file: "a.csv",
    bytes: 'a,b\nx,1\ny,2,"\n"\n',
    expected: { columns: ["a", "b"], rows: [["x", "1"]], quarantined: [[2, "It has 3 fields where the header has 2."]] },
  },
  {
    name: "commas in a file of one column are no titles above a table",
    file: "a.csv",
    bytes: "name\nAnn\nBo, junior\nCy, senior\nDi, other\nEd\nFay\n",
    expected: {
      columns: ["name"],
      rows: [["Ann"], ["Ed"], ["Fay"]],
      quarantined: [2, 3, 4].map((number) => [number, "It has 2 fields where the header has 1."] as const),
    },
  },
  {
    name: "commas in cells of many lines are no delimiter",
    file: "a.csv",
    bytes: `a;b\n${`1;"${"x,y,z\n".repeat(20)}"\n`.repeat(3)}`,
    expected: { columns: ["a", "b"], rows: 3, notes: [] },
  },
  {
    name: "a header that begins like another format",
    file: "a.csv",
    bytes: "<5 years,{n},[n]\n1,2,3\n",
    expected: { columns: ["<5 years", "{n}", "[n]"], rows: [["1", "2", "3"]] },
  },
  { name: "nothing", file: "a.csv", bytes: "", expected: { error: "The file is empty." } },
  { name: "blank lines", file: "a.csv", bytes: "\n\r\n\n", expected: { error: "every line is blank" } },
];
