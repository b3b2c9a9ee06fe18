import type { FaultCase } from "./fault-case.ts";
import { writeZip } from "./write-zip.ts";

interface SheetXml {
  readonly name: string;
  readonly rows: string;
  readonly state?: string;
  readonly after?: string;
}

/** Formats of the styles below: 1 date, 2 date and time, 3 time, 4 hours past a day, 5 a price, 6 a date by its number. */
const styles = `<styleSheet><numFmts>
<numFmt numFmtId="164" formatCode="dd/mm/yyyy"/><numFmt numFmtId="165" formatCode="yyyy\\-mm\\-dd\\ hh:mm"/>
<numFmt numFmtId="166" formatCode="[h]:mm"/><numFmt numFmtId="167" formatCode="[$£-809]#,##0.00;[Red]&quot;d&quot;0"/></numFmts>
<cellStyleXfs><xf numFmtId="14"/></cellStyleXfs>
<cellXfs><xf numFmtId="0"/><xf numFmtId="164"/><xf numFmtId="165"/><xf numFmtId="20"/><xf numFmtId="166"/><xf numFmtId="167"/><xf numFmtId="14"/></cellXfs></styleSheet>`;

function book(
  sheets: readonly SheetXml[],
  more: { readonly strings?: readonly string[]; readonly from1904?: boolean } = {},
): Buffer {
  const list = sheets.map(
    ({ name, state }, at) => `<sheet name="${name}" sheetId="${at + 1}" r:id="r${at}"${state ? ` state="${state}"` : ""}/>`,
  );
  const targets = sheets.map(
    (_, at) => `<Relationship Id="r${at}" Type="http://x/worksheet" Target="worksheets/sheet${at + 1}.xml"/>`,
  );
  return writeZip([
    { name: "[Content_Types].xml", bytes: "<Types/>" },
    {
      name: "xl/workbook.xml",
      bytes: `<workbook xmlns:r="x"><workbookPr${more.from1904 ? ' date1904="1"' : ""}/><sheets>${list.join("")}</sheets></workbook>`,
    },
    { name: "xl/_rels/workbook.xml.rels", bytes: `<Relationships>${targets.join("")}</Relationships>` },
    { name: "xl/styles.xml", bytes: styles },
    { name: "xl/sharedStrings.xml", bytes: `<sst>${(more.strings ?? []).map((text) => `<si>${text}</si>`).join("")}</sst>` },
    ...sheets.map(({ rows, after = "" }, at) => ({
      name: `xl/worksheets/sheet${at + 1}.xml`,
      bytes: `<?xml version="1.0"?><x:worksheet xmlns:x="y"><x:sheetData>${rows.replaceAll(/<(\/?)(?=[a-z])/g, "<$1x:")}</x:sheetData>${after}</x:worksheet>`,
    })),
  ]);
}

const text = (place: string, words: string) => `<c r="${place}" t="inlineStr"><is><t xml:space="preserve">${words}</t></is></c>`;
const number = (place: string, value: string, style = 0) => `<c r="${place}" s="${style}"><v>${value}</v></c>`;
const line = (n: number, ...words: readonly string[]) =>
  `<row r="${n}">${words.map((word, at) => (word === "" ? "" : text(`${"ABCDEFGH"[at]}${n}`, word))).join("")}</row>`;

const ods = (content: string) =>
  writeZip([
    { name: "mimetype", bytes: "application/vnd.oasis.opendocument.spreadsheet" },
    {
      name: "content.xml",
      bytes: `<office:document-content xmlns:office="o" xmlns:table="t" xmlns:text="x" xmlns:style="s" xmlns:calcext="c"><office:automatic-styles><style:style style:name="ta2"><style:table-properties table:display="false"/></style:style></office:automatic-styles><office:body><office:spreadsheet>${content}</office:spreadsheet></office:body></office:document-content>`,
    },
  ]);
const p = (words: string) => `<table:table-cell office:value-type="string"><text:p>${words}</text:p></table:table-cell>`;

export const sheetCases: readonly FaultCase[] = [
  {
    name: "values as they are shown: dates by their format, numbers without noise, leading zeros, errors as text",
    file: "a.xlsx",
    bytes: () =>
      book(
        [
          {
            name: "Data",
            rows: `${line(1, "what", "value", "more")}
<row r="2"><c r="A2" t="s"><v>0</v></c>${number("B2", "45351", 1)}${number("C2", "45351.5", 1)}</row>
<row r="3">${text("A3", "date-time")}${number("B3", "45351.395833333336", 2)}</row>
<row r="4">${text("A4", "times")}${number("B4", "0.39583333333333331", 3)}${number("C4", "1.5", 4)}</row>
<row r="5">${text("A5", "numbers")}${number("B5", "0.30000000000000004")}${number("C5", "1234.5", 5)}</row>
<row r="6">${text("A6", "texts")}${text("B6", "007")}${text("C6", " a_x000D_b ")}</row>
<row r="7">${text("A7", "booleans")}<c r="B7" t="b"><v>1</v></c><c r="C7" t="b"><v>0</v></c></row>
<row r="8">${text("A8", "errors")}<c r="B8" t="e"><f>1/0</f><v>#DIV/0!</v></c><c r="C8" t="e"><v>#N/A</v></c></row>
<row r="9">${text("A9", "formulas")}<c r="B9"><f>1+1</f><v>2</v></c><c r="C9"><f>now()</f></c></row>
<row r="10"></row>
<row r="11">${text("A11", "old days")}${number("B11", "60", 1)}${number("C11", "1", 6)}</row>
<row r="12">${text("A12", "no day")}${number("B12", "-1", 1)}${number("C12", "2958465", 1)}</row>
<row r="13"><c r="A13"/><c r="B13" s="1"/></row>`,
          },
        ],
        { strings: ["<r><t>leap </t></r><r><t>day</t></r><rPh><t>no</t></rPh>"] },
      ),
    expected: {
      parts: ["Data"],
      columns: ["what", "value", "more"],
      rows: [
        ["leap day", "2024-02-29", "2024-02-29T12:00:00"],
        ["date-time", "2024-02-29T09:30:00", ""],
        ["times", "09:30:00", "36:00:00"],
        ["numbers", "0.3", "1234.5"],
        ["texts", "007", " a\rb "],
        ["booleans", "true", "false"],
        ["errors", "#DIV/0!", "#N/A"],
        ["formulas", "2", ""],
        ["old days", "1900-02-29", "1900-01-01"],
        ["no day", "-1", "9999-12-31"],
      ],
      notes: [
        "2 cells with a formula error, kept as text: B8 (#DIV/0!), C8 (#N/A).",
        "1 formula without a stored value, empty here: the first is C9.",
      ],
    },
  },
  {
    name: "days counted from 1904",
    file: "a.xlsx",
    bytes: () =>
      book([{ name: "S", rows: `${line(1, "day", "n")}<row r="2">${number("A2", "43889", 1)}${number("B2", "1")}</row>` }], {
        from1904: true,
      }),
    expected: { columns: ["day", "n"], rows: [["2024-02-29", "1"]] },
  },
  {
    name: "titles above a header of two rows with merged cells, and a note below",
    file: "annex-a.xlsx",
    bytes: () =>
      book([
        {
          name: "List 1",
          rows: `${line(1, "Annex A: children in need")}${line(2, "")}${line(3, "Child", "Referral", "", "Plan")}${line(4, "", "date", "source", "open")}
<row r="5">${text("A5", "C1")}${number("B5", "45351", 1)}${text("C5", "school")}${number("D5", "1")}</row>
<row r="6">${text("A6", "C2")}${number("B6", "45352", 1)}${text("C6", "police")}${number("D6", "0")}</row>${line(9, "Source: invented")}`,
          after: '<x:mergeCells><x:mergeCell ref="A1:D1"/><x:mergeCell ref="B3:C3"/></x:mergeCells>',
        },
      ]),
    expected: {
      columns: ["Child", "Referral date", "Referral source", "Plan open"],
      rows: [
        ["C1", "2024-02-29", "school", "1"],
        ["C2", "2024-03-01", "police", "0"],
      ],
      quarantined: [[3, "It stands below the table after an empty row", 9, 9]],
      notes: ["“Annex A: children in need”", "takes two rows", "2 groups of merged cells"],
    },
  },
  {
    name: "hidden sheets are tables, empty ones are none",
    file: "a.xlsx",
    bytes: () =>
      book([
        { name: "Empty", rows: '<row r="1"><c r="A1"/></row>' },
        { name: "Seen", rows: line(1, "a", "b") + line(2, "x", "1") },
        {
          name: "Lookups",
          rows: line(1, "code", "label") + line(2, "1", "one") + '<row r="3" hidden="1">' + text("A3", "2") + "</row>",
          state: "veryHidden",
        },
      ]),
    part: "Lookups",
    expected: {
      parts: ["Seen", "Lookups"],
      columns: ["code", "label"],
      rows: [["1", "one"], ["2", ""]], // prettier-ignore
      notes: ["The sheet “Lookups” is hidden in the workbook.", "1 hidden row of the sheet is read"],
    },
  },
  {
    name: "a cell past the header is in a column without a name",
    file: "a.xlsx",
    bytes: () => book([{ name: "S", rows: line(1, "a", "b") + line(2, "x", "1") + line(3, "y", "2", "", "late") }]),
    expected: { columns: ["a", "b", "column 3", "column 4"], rows: [["x", "1", "", ""], ["y", "2", "", "late"]], notes: ["Column 3 has no name", "Column 4"] }, // prettier-ignore
  },
  {
    name: "a long shared text, and one after it",
    file: "a.xlsx",
    bytes: () =>
      book(
        [{ name: "S", rows: `${line(1, "a", "b")}<row r="2"><c r="A2" t="s"><v>0</v></c><c r="B2" t="s"><v>1</v></c></row>` }],
        {
          strings: [`<t>${"é".repeat(100_000)}</t>`, "<t>end</t>"],
        },
      ),
    expected: { columns: ["a", "b"], rows: [["é".repeat(100_000), "end"]] },
  },
  {
    name: "merged cells to the end of the upper header row",
    file: "a.xlsx",
    bytes: () =>
      book([
        {
          name: "S",
          rows: `${line(1, "Ward", "2024")}${line(2, "", "n", "%")}<row r="3">${text("A3", "Hale")}${number("B3", "5")}${number("C3", "50")}</row>`,
        },
      ]),
    expected: { columns: ["Ward", "2024 n", "2024 %"], rows: [["Hale", "5", "50"]], notes: ["takes two rows"] },
  },
  {
    name: "a workbook in an archive",
    file: "all.zip",
    bytes: () => writeZip([{ name: "q1.xlsx", bytes: book([{ name: "One", rows: line(1, "a", "b") + line(2, "x", "1") }]) }]),
    expected: { parts: ["q1.xlsx#One"], columns: ["a", "b"], rows: [["x", "1"]] },
  },
  {
    name: "a workbook that names other files",
    file: "a.xlsx",
    bytes: () =>
      writeZip([
        { name: "xl/workbook.xml", bytes: '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><workbook>&e;</workbook>' },
      ]),
    expected: { error: "The workbook’s xl/workbook.xml has a document type" },
  },
  {
    name: "a workbook that is a bomb",
    file: "a.xlsx",
    bytes: () =>
      writeZip([
        { name: "xl/workbook.xml", bytes: "<workbook/>" },
        { name: "xl/worksheets/sheet1.xml", bytes: Buffer.alloc(120 * 1024 * 1024) },
      ]),
    expected: { error: "“a.xlsx” unpacks to more than 100 MiB" },
  },
  {
    name: "a workbook with a password, or of before 2007",
    file: "a.xlsx",
    bytes: Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]),
    expected: { error: "protected with a password, or of a kind from before 2007" },
  },
  {
    name: "an OpenDocument sheet",
    file: "a.ods",
    bytes: () =>
      ods(`<table:table table:name="Empty"><table:table-row table:number-rows-repeated="1048576"><table:table-cell table:number-columns-repeated="16384"/></table:table-row></table:table>
<table:table table:name="Data" table:style-name="ta2"><table:table-row>${p("what")}${p("value")}${p("more")}<table:table-cell table:number-columns-repeated="16381"/></table:table-row>
<table:table-row>${p("texts")}${p('a<text:s text:c="2"/>b</text:p><text:p>c<text:line-break/>d<text:tab/>')}${p("007<office:annotation><text:p>a comment</text:p></office:annotation>")}</table:table-row>
<table:table-row>${p("dates")}<table:table-cell office:value-type="date" office:date-value="2024-02-29"><text:p>29/02/24</text:p></table:table-cell><table:table-cell office:value-type="time" office:time-value="PT09H30M00S"><text:p>09:30</text:p></table:table-cell></table:table-row>
<table:table-row table:number-rows-repeated="2">${p("numbers")}<table:table-cell office:value-type="float" office:value="0.30000000000000004" table:number-columns-repeated="2"><text:p>0.3</text:p></table:table-cell></table:table-row>
<table:table-row>${p("others")}<table:table-cell office:value-type="boolean" office:boolean-value="true"><text:p>TRUE</text:p></table:table-cell><table:table-cell table:formula="of:=1/0" office:value-type="string" calcext:value-type="error"><text:p>#DIV/0!</text:p></table:table-cell></table:table-row>
<table:table-row table:number-rows-repeated="1048000"><table:table-cell table:number-columns-repeated="16384"/></table:table-row></table:table>
<table:table table:name="Last"><table:table-row>${p("z")}</table:table-row></table:table>`),
    expected: {
      parts: ["Data", "Last"],
      columns: ["what", "value", "more"],
      rows: [
        ["texts", "a  b\nc\nd\t", "007"],
        ["dates", "2024-02-29", "09:30:00"],
        ["numbers", "0.3", "0.3"],
        ["numbers", "0.3", "0.3"],
        ["others", "true", "#DIV/0!"],
      ],
      notes: ["The sheet “Data” is hidden", "1 cell with a formula error, kept as text: C6 (#DIV/0!)."],
    },
  },
  {
    name: "an OpenDocument sheet that repeats one cell for ever",
    file: "a.ods",
    bytes: () =>
      ods(
        `<table:table table:name="D"><table:table-row table:number-rows-repeated="900000000">${p("a")}</table:table-row></table:table>`,
      ),
    expected: { error: "has more rows than a spreadsheet may" },
  },
];
