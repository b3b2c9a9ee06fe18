import type { AreaFrom } from "../../engine/index.ts";
import type { Field } from "../catalogue/index.ts";

type Column = Pick<Field, "number" | "name" | "type">;

/** Where the rows of a table are: a column of points, or two columns side by side, in degrees or in metres of the National Grid. */
export function positionsIn(fields: readonly Column[]): readonly AreaFrom[] {
  const of = (type: string) => fields.filter((field) => field.type === type);
  const pairs = (east: readonly Column[], north: readonly Column[]): AreaFrom[] =>
    east.flatMap((column, at) => {
      const other = north[at];
      return other ? [{ kind: "pair", east: column.number, north: other.number }] : [];
    });
  return [
    ...pairs(of("geo.longitude"), of("geo.latitude")),
    ...pairs(of("geo.easting"), of("geo.northing")),
    ...of("geo.point").map(({ number }): AreaFrom => ({ kind: "point", column: number })),
  ];
}

/** The columns that a position or a value stands in, as they are called. */
export function namesOf(from: AreaFrom, fields: readonly Column[]): string {
  const numbers = from.kind === "pair" ? [from.east, from.north] : [from.column];
  return numbers.map((number) => fields.find((field) => field.number === number)?.name ?? `column ${number}`).join(" and ");
}

/** Whether positions are in metres of the National Grid, which are true to about 5 metres once they are degrees. */
export function isGrid(from: AreaFrom, fields: readonly Column[]): boolean {
  return from.kind === "pair" && fields.some(({ number, type }) => number === from.east && type === "geo.easting");
}
