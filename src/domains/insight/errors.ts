import { defineErrors } from "../../kernel/errors.ts";

export const insightError = defineErrors("insight", {
  "no-dataset": {
    kind: "missing",
    message: () => "There is no such dataset, or you may not ask questions of it.",
    remedy: "Choose one from the list of questions.",
  },
  "not-loaded": {
    kind: "conflict",
    message: () => "Nothing has been loaded into this dataset yet.",
    remedy: "Ask again once its first load has ended.",
  },
  "not-planning": {
    kind: "refused",
    message: () => "Questions are answered for planning services, and that is not your purpose at the moment.",
    remedy: "Change your purpose to “Planning services” at the top of the page, then ask again.",
  },
  "rows-of-people": {
    kind: "refused",
    message: (p: { title: string }) =>
      `“${p.title}” describes people, so its rows are not shown or given out here: only totals are, with small ones hidden.`,
    remedy: "Ask a question of it. If it describes no people, its owner can declare so where the dataset is described.",
  },
  "rows-purpose": {
    kind: "refused",
    message: () => "Rows are shown for planning services or for looking after data, and that is not your purpose at the moment.",
    remedy: "Change your purpose at the top of the page, then look again.",
  },
  "no-version": {
    kind: "missing",
    message: (p: { version: number }) => `There is no version ${p.version} of this dataset.`,
    remedy: "Choose one from the list of versions.",
  },
  "no-day": {
    kind: "invalid",
    message: (p: { day: string }) => `“${p.day}” is no day.`,
    remedy: "Write a day as 2026-11-30.",
  },
  "on-lent": {
    kind: "invalid",
    message: () => "A dataset that is lent to you is asked of as it stands now.",
    remedy: "Ask without a day.",
  },
  "not-there-then": {
    kind: "invalid",
    message: (p: { column: string; day: string }) => `“${p.column}” was not in the dataset on ${p.day}.`,
    remedy: "Choose a later day, or ask without that column.",
  },
  "not-yet": {
    kind: "invalid",
    message: (p: { day: string; first: string }) =>
      `Nothing had been loaded by the end of ${p.day}: the first version is of ${p.first}.`,
    remedy: "Choose a later day.",
  },
  "export-format": {
    kind: "invalid",
    message: (p: { format: string }) => `“${p.format}” is no format that an export has.`,
    remedy: "Choose csv, parquet, xlsx or geojson.",
  },
  "export-rows": {
    kind: "limit",
    message: (p: { rows: number; most: number }) =>
      `The dataset has ${p.rows.toLocaleString("en-GB")} rows, and a sheet of an Excel workbook holds ${p.most.toLocaleString("en-GB")} below its header.`,
    remedy: "Choose CSV or Parquet.",
  },
  "export-no-place": {
    kind: "invalid",
    message: () => "No column says where a row is: GeoJSON needs a point, or a latitude and a longitude.",
    remedy: "Choose another format, or say on the column’s page what it is.",
  },
  "export-names": {
    kind: "invalid",
    message: (p: { names: string }) =>
      `Columns differ in capital letters alone (${p.names}), which Parquet does not tell apart here.`,
    remedy: "Choose CSV.",
  },
  "export-person": {
    kind: "refused",
    message: () => "Rows are exported for a person with a purpose, and nobody is signed in here.",
    remedy: "Sign in first: guildhall login EMAIL, and set GUILDHALL_TOKEN to what it gives.",
  },
  "export-gone": {
    kind: "missing",
    message: () => "There is no such export of yours, or it is not kept any more.",
    remedy: "Make it again: exports are kept for a day, until the hub is started anew, or until the data changes.",
  },
  unreadable: {
    kind: "invalid",
    message: (p: { problems: string }) => `The question is not complete: ${p.problems}`,
    remedy: "Mend what is marked and ask again.",
  },
  "no-column": {
    kind: "invalid",
    message: (p: { column: string }) => `The dataset has no column ${p.column} that you may use.`,
    remedy: "Choose a column from the list.",
  },
  "no-dashboard": {
    kind: "missing",
    message: () => "There is no such page of charts.",
    remedy: "Go back to the list.",
  },
  "nothing-to-suggest": {
    kind: "invalid",
    message: () => "No question of your datasets shows anything that could be drawn.",
    remedy: "Load a file with a date, a short list of kinds, or codes of areas; or ask a question yourself.",
  },
  "bad-dashboard": {
    kind: "invalid",
    message: (p: { why: string }) => `This page of charts cannot be kept. ${p.why}`,
    remedy: "Mend it and try again. What was kept before stays as it was.",
  },
  "not-a-part": {
    kind: "invalid",
    message: (p: { column: string; part: string }) => `“${p.column}” has no ${p.part} to group by.`,
    remedy: "Choose a column of dates, or of dates with times for the hour.",
  },
  "not-a-group": {
    kind: "invalid",
    message: (p: { column: string; why: string }) => `“${p.column}” cannot be grouped by: ${p.why}.`,
    remedy: "Choose a column from the list.",
  },
  "not-an-amount": {
    kind: "invalid",
    message: (p: { column: string }) => `“${p.column}” holds no numbers that could be added up.`,
    remedy: "Choose a column of numbers or amounts, or count the records.",
  },
  "not-a-filter": {
    kind: "invalid",
    message: (p: { column: string; why: string }) => `Records cannot be chosen by “${p.column}”: ${p.why}.`,
    remedy: "Choose another column for the condition.",
  },
  "wrong-operator": {
    kind: "invalid",
    message: (p: { column: string; op: string }) => `“${p.column}” has no order, so “${p.op}” means nothing for it.`,
    remedy: "Use “is” or “is not”.",
  },
  "wrong-value": {
    kind: "invalid",
    message: (p: { column: string; value: string; expected: string }) =>
      `“${p.value}” is not ${p.expected}, which “${p.column}” holds.`,
    remedy: "Write a value as it stands in the column.",
  },
  "unknown-value": {
    kind: "invalid",
    message: (p: { column: string; value: string; type: string }) =>
      `The hub reads “${p.column}” as ${p.type}, and “${p.value}” is no value of that kind, so it was left empty.`,
    remedy: "Write another value, as the column’s type has them.",
  },
  "same-twice": {
    kind: "invalid",
    message: () => "The answer cannot be grouped by one column twice.",
    remedy: "Choose another second column, or none.",
  },
  "too-many-groups": {
    kind: "limit",
    message: (p: { column: string; limit: number }) =>
      `Grouped by ${p.column} the answer has more than ${p.limit.toLocaleString("en-GB")} figures.`,
    remedy: "Add a condition, group by a coarser column, or leave the second column out.",
  },
  "too-few": {
    kind: "refused",
    message: (p: { minCell: number }) =>
      `The question is about fewer than ${p.minCell} people, or about none, so it has no answer here.`,
    remedy: "Take a condition away, or ask about more people.",
  },
  "of-one-person": {
    kind: "invalid",
    message: () => "The lowest or the highest value among people would be one person’s value.",
    remedy: "Ask for the average.",
  },
  differencing: {
    kind: "refused",
    message: (p: { because: string }) => p.because,
    remedy: "Ask without the condition, or with one that leaves out more people. The refusal is on record, as every question is.",
  },
});
