/** Short forms in names of columns, with what they stand for. */
const forms: Readonly<Record<string, string>> = {
  number: "no num nr nbr nos",
  reference: "ref",
  account: "acc acct",
  id: "ident identifier",
  address: "addr",
  employee: "emp",
  organisation: "org organization",
  registration: "reg",
  description: "desc descr",
  code: "cd",
  date: "dt",
  group: "grp",
  telephone: "tel",
};

export const shortForms: ReadonlyMap<string, string> = new Map(
  Object.entries(forms).flatMap(([long, shorts]) => shorts.split(" ").map((short) => [short, long] as const)),
);
