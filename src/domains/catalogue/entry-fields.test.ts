import { expect, test } from "vitest";
import { entryFields, readField, type FieldKey } from "./entry-fields.ts";

const read = (key: FieldKey, text: string) => {
  const field = entryFields.find((candidate) => candidate.key === key);
  if (!field) throw new Error(`There is no field ${key}.`);
  return readField(field, text);
};

test("dates are read as forms and as spreadsheets write them, and no other way", () => {
  expect(read("reviewDate", " 2027-03-31 ")).toEqual({ value: "2027-03-31" });
  expect(read("reviewDate", "31/3/2027")).toEqual({ value: "2027-03-31" });
  expect(read("reviewDate", "2027-03-31T00:00:00")).toEqual({ value: "2027-03-31" });
  expect(read("reviewDate", "29/02/2028")).toEqual({ value: "2028-02-29" });
  expect(read("reviewDate", "")).toEqual({ value: "" });
  for (const wrong of ["29/02/2027", "2027-13-01", "03/31/2027", "46112", "next year"])
    expect(read("reviewDate", wrong)).toEqual({ problem: expect.stringContaining(`“${wrong}” is no date`) });
});

test("a choice is one of its list, in either case", () => {
  expect(read("openness", "Shared")).toEqual({ value: "shared" });
  expect(read("secret", "YES")).toEqual({ value: "yes" });
  expect(read("raisedClass", "")).toEqual({ value: "" });
  expect(read("openness", "public")).toEqual({
    problem: expect.stringContaining("is none of: undecided, open, shared, closed."),
  });
});

test("what is too long is refused with its length, not cut", () => {
  expect(read("title", "x".repeat(200))).toEqual({ value: "x".repeat(200) });
  expect(read("title", "x".repeat(201))).toEqual({ problem: "Title has 201 characters; the most is 200." });
  expect(read("title", "  ")).toEqual({ problem: "Give it a title." });
});

test("lines lose their spare space, texts keep their lines", () => {
  expect(read("owner", "  Head \n of  libraries ")).toEqual({ value: "Head of libraries" });
  expect(read("description", "One.\r\nTwo. ")).toEqual({ value: "One.\nTwo." });
});
