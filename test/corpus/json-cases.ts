import type { FaultCase } from "./fault-case.ts";

const feature = (properties: object, geometry: object | null, more = {}) => ({ type: "Feature", properties, geometry, ...more });
const collection = (features: readonly object[], more = {}) => JSON.stringify({ type: "FeatureCollection", ...more, features });
const ring = { type: "Polygon", coordinates: [[[0, 0], [0, 1], [1, 1], [0, 0]]] }; // prettier-ignore

export const jsonCases: readonly FaultCase[] = [
  {
    name: "a list of objects: numbers as written, objects as dotted columns, lists as JSON",
    file: "a.json",
    bytes:
      '[\n{"a": 1.50, "b": {"c": 12345678901234567890, "d": {"e": true}}},\n {"a": -0, "f": [1.0, {"g": 2.50}], "b.c": "dot"}, {}]',
    expected: {
      parts: [""],
      columns: ["a", "b.c", "b.d.e", "f", "b.c (2)"],
      rows: [
        ["1.50", "12345678901234567890", "true", "", ""],
        ["-0", "", "", '[1.0,{"g":2.50}]', "dot"],
        ["", "", "", "", ""],
      ],
      notes: ["repeats the name “b.c”"],
    },
  },
  {
    name: "records at fault in a list are set aside one by one",
    file: "a.json",
    bytes: '[{"a":1},\n 5, "x", [1\n], {"a" 2}, {"a":"\\u0000"}, {"a":3}]',
    expected: {
      columns: ["a"],
      rows: [["1"], ["3"]],
      quarantined: [
        [2, "It is not one JSON object.", 2, 2],
        [3, "It is not one JSON object.", 2, 2],
        [4, "It is not one JSON object.", 2, 3],
        [5, "It is not one JSON object.", 3, 3],
        [6, "It holds a NUL character."],
      ],
    },
  },
  {
    name: "a key twice in one object, in lines and in a list",
    file: "a.json",
    bytes: '[{"a":{"b":"x:y","b":2}},{"a":{"b":1},"c":[{"b":1},{"b":2}]}]',
    expected: {
      columns: ["a.b", "c"],
      rows: [["1", '[{"b":1},{"b":2}]']],
      quarantined: [[1, "It has a key twice in one object."]],
    },
  },
  {
    name: "one list in an object, and what stands beside it",
    file: "a.json",
    bytes: '{"meta":{"total":2,"of":null},"data":{"items":[{"a":1},{"a":2}]},"page":1}',
    expected: {
      parts: ["data/items"],
      columns: ["a"],
      rows: [["1"], ["2"]],
      notes: ["Beside the records the file says meta/total: 2; meta/of: null; page: 1."],
    },
  },
  {
    name: "two lists are two tables",
    file: "a.json",
    bytes: '{"people":[{"name":"Bo"}],"a/b":[{"c":"d"}],"none":[1,2]}',
    part: "a~1b",
    expected: { parts: ["people", "a~1b"], columns: ["c"], rows: [["d"]] },
  },
  {
    name: "two objects with lists in them are two tables, not one of two rows",
    file: "a.json",
    bytes: '{"wards":{"rows":[{"a":1}],"n":1},"areas":{"rows":[{"b":2}],"n":1}}',
    part: "areas/rows",
    expected: { parts: ["wards/rows", "areas/rows"], columns: ["b"], rows: [["2"]], notes: ["wards/n: 1; areas/n: 1"] },
  },
  {
    name: "an object of objects is a table with a key",
    file: "index.json",
    bytes: '{"s-1":{"c":[53.80,-1.5],"desc":"Road","key":"k"},\n"s-2":{"desc":"Lane","lanes":{"1":{"b":1}}}}',
    expected: {
      parts: [""],
      columns: ["key", "c", "desc", "key (2)", "lanes.1.b"],
      rows: [
        ["s-1", "[53.80,-1.5]", "Road", "k", ""],
        ["s-2", "", "Lane", "", "1"],
      ],
    },
  },
  {
    name: "points",
    file: "a.geojson",
    bytes: collection(
      [
        feature({ name: "A", longitude: "own" }, { type: "Point", coordinates: [-2.3, 53.4] }, { id: 7 }),
        feature({ name: "B" }, null),
        feature({ name: "C", at: { n: 1 } }, { type: "Point", coordinates: [-2.1, 53.1, 40.5] }, { bbox: [1, 2, 3, 4] }),
      ],
      { name: "places" },
    ),
    expected: {
      parts: [""],
      columns: ["name", "longitude", "feature_id", "longitude (2)", "latitude", "at.n", "bbox", "altitude"],
      rows: [
        ["A", "own", "7", "-2.3", "53.4", "", "", ""],
        ["B", "", "", "", "", "", "", ""],
        ["C", "", "", "-2.1", "53.1", "1", "[1,2,3,4]", "40.5"],
      ],
      notes: ["Beside the records the file says name: places.", "repeats the name “longitude”"],
    },
  },
  {
    name: "shapes keep their winding, and another system is told",
    file: "a.json",
    bytes: collection([feature({ a: 1 }, ring), { a: 1 }], {
      crs: { type: "name", properties: { name: "urn:ogc:def:crs:EPSG::27700" } },
    }),
    expected: {
      columns: ["a", "geometry"],
      rows: [["1", JSON.stringify(ring)]],
      quarantined: [[2, "It is no GeoJSON feature."]],
      notes: ["The coordinates are in urn:ogc:def:crs:EPSG::27700, not in WGS84"],
    },
  },
  { name: "lines with a mark", file: "a.ndjson", bytes: '\ufeff{"a":1}\n', expected: { columns: ["a"], rows: [["1"]] } },
  {
    name: "lines with a NUL",
    file: "a.ndjson",
    bytes: '{"a":"x\\u0000y"}\n{"a":"z"}\n',
    expected: { columns: ["a"], rows: [["z"]], quarantined: [[1, "It holds a NUL character."]] },
  },
  {
    name: "lines of objects under the name of JSON",
    file: "a.json",
    bytes: '{"a":1}\n{"a":2,"b":{"c":3}}\n',
    expected: { columns: ["a", "b.c"], rows: [["1", ""], ["2", "3"]] }, // prettier-ignore
  },
  {
    name: "UTF-16",
    file: "a.json",
    bytes: Buffer.from('\ufeff[{"a":"é"}]', "utf16le"),
    expected: { columns: ["a"], rows: [["é"]], notes: ["UTF-16"] },
  },
  {
    name: "a description",
    file: "a.json",
    bytes: '{"title":"x","publisher":{"name":"y"},"tags":["a"]}',
    expected: { kind: "metadata" },
  },
  {
    name: "a table schema that names its file",
    file: "bins.json",
    bytes: '{"name":"bins","path":"bins.csv","properties":[{"name":"route","type":"string"},{"name":"day","type":"string"}]}',
    expected: { kind: "metadata" },
  },
  { name: "a description by its name", file: "a.csv-metadata.json", bytes: '{"url":"a.csv",}', expected: { kind: "metadata" } },
  {
    name: "nested 100,000 deep",
    file: "a.json",
    bytes: `[{"a":${"[".repeat(100_000)}${"]".repeat(100_000)}}]`,
    expected: { error: "The JSON is nested deeper than 100 levels at byte 105" },
  },
  {
    name: "nested 100,000 deep in a line",
    file: "a.ndjson",
    bytes: `{"a":1}\n{"a":${"[".repeat(100_000)}${"]".repeat(100_000)}}\n`,
    expected: { columns: ["a"], rows: [["1"]], quarantined: [[2, "It is nested deeper than 100 levels."]] },
  },
  {
    name: "a text of more than 64 MiB",
    file: "a.json",
    bytes: () => Buffer.concat([Buffer.from('[{"a":"'), Buffer.alloc(67 * 1024 * 1024, "x"), Buffer.from('"}]')]),
    expected: { error: "The JSON holds a text of more than 64 MiB from byte 6 on" },
  },
  {
    name: "a CSVW description under another name",
    file: "spend.json",
    bytes: '{"@context":["http://www.w3.org/ns/csvw",{"@language":"en"}],"tableSchema":{"columns":[{"name":"a"}]}}',
    expected: { kind: "metadata" },
  },
  { name: "cut off", file: "a.json", bytes: '[{"a":1},{"a":2', expected: { error: "The JSON ends too early" } },
  {
    name: "wrong words",
    file: "a.json",
    bytes: '[{"a":1},{"a":NaN}]',
    expected: { error: "The JSON is not written as JSON from about byte 14 on." },
  },
  {
    name: "wrong brackets",
    file: "a.json",
    bytes: '[{"a":1]]',
    expected: { error: "The JSON closes what was not opened at byte 8." },
  },
  {
    name: "a record of more than 8 MiB",
    file: "a.json",
    bytes: () => Buffer.from(`[{"a":1},\n{"a":"${"x".repeat(9 * 1024 * 1024)}"},{"a":3}]`),
    expected: { columns: ["a"], rows: [["1"], ["3"]], quarantined: [[2, "It is longer than 8 MiB."]] },
  },
];
