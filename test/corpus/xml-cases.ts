import type { FaultCase } from "./fault-case.ts";

const census = `<?xml version="1.0" encoding="UTF-8"?>
<!-- invented -->
<m:Message xmlns:m="urn:x" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
  <Header><Collection><Name>CIN</Name><Year>2024</Year></Collection></Header>
  <m:Children>
    <m:Child type="x">
      <m:ChildIdentifiers><LAchildID>C1</LAchildID><Forename>Zo&#xEB; &amp; Co</Forename></m:ChildIdentifiers>
      <CINdetails><Date>2024-02-29</Date><Plan><Start>2024-03-01</Start></Plan><Plan><Start>2024-04-01</Start></Plan></CINdetails>
    </m:Child>
    <m:Child>
      <m:ChildIdentifiers><LAchildID>C2</LAchildID><Forename xsi:nil="true"/></m:ChildIdentifiers>
      <CINdetails><Date>2023-01-01</Date></CINdetails>
      <CINdetails><Date>2024-01-01</Date><Plan><Start>2024-05-01</Start></Plan></CINdetails>
      <Note><![CDATA[<b>]]></Note>
    </m:Child>
  </m:Children>
</m:Message>`;
const parts = ["Message/Children/Child", "Message/Children/Child/CINdetails", "Message/Children/Child/CINdetails/Plan"];
const beside = "Beside the records the file says Message/Header/Collection/Name: CIN; Message/Header/Collection/Year: 2024.";

export const xmlCases: readonly FaultCase[] = [
  {
    name: "records, with dotted columns, attributes and lists",
    file: "a.xml",
    bytes: census,
    expected: {
      parts,
      columns: ["@type", "ChildIdentifiers.LAchildID", "ChildIdentifiers.Forename", "CINdetails", "Note"],
      rows: [
        ["x", "C1", "Zoë & Co", '[{"Date":"2024-02-29","Plan":[{"Start":"2024-03-01"},{"Start":"2024-04-01"}]}]', ""],
        ["", "C2", "", '[{"Date":"2023-01-01"},{"Date":"2024-01-01","Plan":[{"Start":"2024-05-01"}]}]', "<b>"],
      ],
      notes: [beside, "tables of their own: Message/Children/Child/CINdetails, Message/Children/Child/CINdetails/Plan."],
    },
  },
  {
    name: "a group that repeats in a record, with the identifying values of the record around it",
    file: "a.xml",
    bytes: census,
    part: "Message/Children/Child/CINdetails",
    expected: {
      columns: ["ChildIdentifiers.LAchildID", "Date", "Plan"],
      rows: [
        ["C1", "2024-02-29", '[{"Start":"2024-03-01"},{"Start":"2024-04-01"}]'],
        ["C2", "2023-01-01", ""],
        ["C2", "2024-01-01", '[{"Start":"2024-05-01"}]'],
      ],
    },
  },
  {
    name: "a group in a group without an identifying value: the number of the record around it",
    file: "a.xml",
    bytes: census,
    part: "Message/Children/Child/CINdetails/Plan",
    expected: {
      columns: ["ChildIdentifiers.LAchildID", "CINdetails number", "Start"],
      rows: [
        ["C1", "1", "2024-03-01"],
        ["C1", "1", "2024-04-01"],
        ["C2", "3", "2024-05-01"],
      ],
    },
  },
  {
    name: "a record without an identifying value does not take that of the one before",
    file: "a.xml",
    bytes: "<r><p><id>1</id><q><a>x</a></q><q><a>y</a></q></p><p><q><a>z</a></q></p></r>",
    part: "r/p/q",
    expected: {
      columns: ["id", "a", "p number"],
      rows: [
        ["1", "x", ""],
        ["1", "y", ""],
        ["", "z", "2"],
      ],
    },
  },
  {
    name: "rows of attributes",
    file: "a.xml",
    bytes: '<rows at="2024"><row id="1" n="x"/><row id="2">text</row></rows>',
    expected: {
      columns: ["@id", "@n", "row"],
      rows: [["1", "x", ""], ["2", "", "text"]], // prettier-ignore
      notes: ["Beside the records the file says rows/@at: 2024."],
    },
  },
  {
    name: "one record alone",
    file: "a.xml",
    bytes: "<m><h><a>1</a><b>2</b></h><list><item><c>3</c><d>4</d></item></list></m>",
    expected: { parts: ["m/list/item"], columns: ["c", "d"], rows: [["3", "4"]], notes: ["m/h/a: 1; m/h/b: 2"] },
  },
  {
    name: "Windows-1252, as it says",
    file: "a.xml",
    bytes: Buffer.from('<?xml version="1.0" encoding="windows-1252"?><r><i><a>\xa35</a></i><i><a>6</a></i></r>', "latin1"),
    expected: { columns: ["a"], rows: [["£5"], ["6"]], notes: ["written as windows-1252"] },
  },
  {
    name: "UTF-16",
    file: "a.xml",
    bytes: Buffer.from('\ufeff<?xml version="1.0" encoding="utf-16"?><r><i><a>é</a></i><i><a>6</a></i></r>', "utf16le"),
    expected: { columns: ["a"], rows: [["é"], ["6"]], notes: ["written as utf-16le"] },
  },
  {
    name: "not the text it says",
    file: "a.xml",
    bytes: Buffer.from('<?xml version="1.0" encoding="UTF-8"?><r><i><a>\xa35</a></i></r>', "latin1"),
    expected: { error: "holds bytes after line 1 that are not the utf-8 text it should be" },
  },
  {
    name: "entities that grow without end",
    file: "a.xml",
    bytes: '<!DOCTYPE r [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><r><i><a>&b;</a></i></r>',
    expected: { error: "The file has a document type (<!DOCTYPE>)" },
  },
  {
    name: "an entity that nothing defines",
    file: "a.xml",
    bytes: "<r><i><a>&x;</a></i></r>",
    expected: { error: "is not well-formed XML at line 1" },
  },
  {
    name: "cut off",
    file: "a.xml",
    bytes: "<r>\n<i><a>1</a></i>\n<i><a>",
    expected: { error: "is not well-formed XML at line 3" },
  },
  {
    name: "nested 100,000 deep",
    file: "a.xml",
    bytes: `${"<a>".repeat(100_000)}${"</a>".repeat(100_000)}`,
    expected: { error: "is nested deeper than 100 levels" },
  },
  {
    name: "a text of more than 64 MiB",
    file: "a.xml",
    bytes: () => Buffer.concat([Buffer.from("<r><i><a>"), Buffer.alloc(67 * 1024 * 1024, "x"), Buffer.from("</a></i></r>")]),
    expected: { error: "holds a text of more than 64 MiB" },
  },
  {
    name: "a record of more than 8 MiB",
    file: "a.xml",
    bytes: () => `<r><i><a>1</a></i><i><a>${"x".repeat(9 * 1024 * 1024)}</a></i><i><a>3</a></i></r>`,
    expected: { columns: ["a"], rows: [["1"], ["3"]], quarantined: [[2, "It is longer than 8 MiB."]] },
  },
];
