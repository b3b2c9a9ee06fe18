import { sql, type Kysely } from "kysely";
import type { AreaFrom } from "../../engine/index.ts";
import type { AreaShape } from "../../kit/index.ts";
import type { PageWindow } from "../../kernel/paging.ts";
import type { Migrations, Records } from "../../store/index.ts";

export interface PlacesTables {
  area_join: {
    dataset_id: string;
    origin: string;
    by: string;
    number: number | null;
    version: number;
    found: string;
  };
  area_set: { id: string; title: string; attribution: string; organisation: string; created_at: number };
  area: { set_id: string; code: string; name: string; geometry: string };
}

/** Areas of one kind and one year, such as "Wards, May 2023". They are the hub's: every organisation may draw with them. */
export interface AreaSet {
  readonly id: string;
  readonly title: string;
  readonly attribution: string;
  readonly organisation: string;
  readonly createdAt: number;
  readonly areas: number;
}

/** What the areas of a row are told by: the outlines of a set, or a column of another own dataset that is looked up in. */
export type JoinedBy =
  | { readonly kind: "set"; readonly set: string }
  | { readonly kind: "look-up"; readonly dataset: string; readonly key: number; readonly value: number };

/** How rows of a dataset are tied to areas, and what came of it in a version. */
export interface AreaJoin {
  readonly datasetId: string;
  /** The columns it goes by. */
  readonly from: AreaFrom;
  readonly by: JoinedBy;
  /** The column it made; null where it made none, for the reason that `found` gives. */
  readonly number: number | null;
  /** The version in which that was found; 0 before it was tried. */
  readonly version: number;
  /** In sentences. */
  readonly found: readonly string[];
}

export const placesMigrations: Migrations = {
  domain: "places",
  steps: {
    "001-areas": async (db: Kysely<unknown>) => {
      await db.schema
        .createTable("area_set")
        .addColumn("id", "text", (column) => column.primaryKey())
        .addColumn("title", "text", (column) => column.notNull().unique())
        .addColumn("attribution", "text", (column) => column.notNull())
        .addColumn("organisation", "text", (column) => column.notNull())
        .addColumn("created_at", "integer", (column) => column.notNull())
        .execute();
      await db.schema
        .createTable("area")
        .addColumn("set_id", "text", (column) => column.notNull().references("area_set.id"))
        .addColumn("code", "text", (column) => column.notNull())
        .addColumn("name", "text", (column) => column.notNull())
        .addColumn("geometry", "text", (column) => column.notNull())
        .addPrimaryKeyConstraint("area_key", ["set_id", "code"])
        .execute();
      await db.schema.createIndex("area_code").on("area").column("code").execute();
    },
    "002-joins": async (db: Kysely<unknown>) => {
      await db.schema
        .createTable("area_join")
        .addColumn("dataset_id", "text", (column) => column.notNull())
        .addColumn("origin", "text", (column) => column.notNull())
        .addColumn("by", "text", (column) => column.notNull())
        .addColumn("number", "integer")
        .addColumn("version", "integer", (column) => column.notNull())
        .addColumn("found", "text", (column) => column.notNull())
        .addPrimaryKeyConstraint("area_join_key", ["dataset_id", "origin", "by"])
        .execute();
    },
  },
};

export async function listAreaSets(
  records: Records,
  only: { readonly id?: string; readonly window?: PageWindow } = {},
): Promise<readonly AreaSet[]> {
  let query = records
    .as<PlacesTables>()
    .selectFrom("area_set")
    .leftJoin("area", "area.set_id", "area_set.id")
    .select(["area_set.id", "title", "attribution", "organisation", "created_at", sql<number>`count(area.code)`.as("areas")])
    .groupBy("area_set.id")
    .orderBy("title");
  if (only.id !== undefined) query = query.where("area_set.id", "=", only.id);
  if (only.window) query = query.limit(only.window.limit).offset(only.window.offset);
  return (await query.execute()).map((row) => ({
    id: row.id,
    title: row.title,
    attribution: row.attribution,
    organisation: row.organisation,
    createdAt: row.created_at,
    areas: row.areas,
  }));
}

export async function findAreaSet(records: Records, id: string): Promise<AreaSet | undefined> {
  return (await listAreaSets(records, { id }))[0];
}

export async function countAreaSets(records: Records): Promise<number> {
  const { count } = await records
    .as<PlacesTables>()
    .selectFrom("area_set")
    .select((select) => select.fn.countAll<number>().as("count"))
    .executeTakeFirstOrThrow();
  return count;
}

/** The outlines of a set, by name; only those of `codes` when given. */
export async function listShapes(records: Records, setId: string, codes?: readonly string[]): Promise<readonly AreaShape[]> {
  let query = records
    .as<PlacesTables>()
    .selectFrom("area")
    .select(["code", "name", "geometry"])
    .where("set_id", "=", setId)
    .orderBy("name");
  if (codes) query = query.where("code", "in", codes);
  return (await query.execute()).map(({ code, name, geometry }) => ({
    code,
    name,
    geometry: JSON.parse(geometry) as AreaShape["geometry"],
  }));
}

/** How many of the codes each set has; the newest set first among equals. */
export async function countCovered(
  records: Records,
  codes: readonly string[],
): Promise<readonly { readonly set: string; readonly covered: number }[]> {
  if (codes.length === 0) return [];
  return records
    .as<PlacesTables>()
    .selectFrom("area")
    .innerJoin("area_set", "area_set.id", "area.set_id")
    .select(["area.set_id as set", sql<number>`count(*)`.as("covered")])
    .where("area.code", "in", codes)
    .groupBy("area.set_id")
    .orderBy("covered", "desc")
    .orderBy("area_set.created_at", "desc")
    .execute();
}

export async function insertAreaSet(records: Records, set: Omit<AreaSet, "areas">, shapes: readonly AreaShape[]): Promise<void> {
  const db = records.as<PlacesTables>();
  const { id, title, attribution, organisation, createdAt } = set;
  await db.insertInto("area_set").values({ id, title, attribution, organisation, created_at: createdAt }).execute();
  for (let at = 0; at < shapes.length; at += 500) {
    const rows = shapes.slice(at, at + 500).map(({ code, name, geometry }) => ({
      set_id: id,
      code,
      name,
      geometry: JSON.stringify(geometry),
    }));
    await db.insertInto("area").values(rows).execute();
  }
}

export async function deleteAreaSet(records: Records, id: string): Promise<void> {
  const db = records.as<PlacesTables>();
  await db.deleteFrom("area").where("set_id", "=", id).execute();
  await db.deleteFrom("area_set").where("id", "=", id).execute();
}

export async function listAreaJoins(records: Records, datasetId: string): Promise<readonly AreaJoin[]> {
  const query = records.as<PlacesTables>().selectFrom("area_join").selectAll().where("dataset_id", "=", datasetId);
  return (await query.orderBy("number").orderBy("by").execute()).map(joinOf);
}

/** The joins of other datasets that look up in one. */
export async function listLookUpsIn(records: Records, dataset: string): Promise<readonly AreaJoin[]> {
  const rows = await records.as<PlacesTables>().selectFrom("area_join").selectAll().where("by", "like", '%"look-up"%').execute();
  return rows.map(joinOf).filter(({ by }) => by.kind === "look-up" && by.dataset === dataset);
}

/** Every join by the outlines of one set. */
export async function listJoinsBySet(records: Records, set: string): Promise<readonly AreaJoin[]> {
  const by = JSON.stringify({ kind: "set", set } satisfies JoinedBy);
  return (await records.as<PlacesTables>().selectFrom("area_join").selectAll().where("by", "=", by).execute()).map(joinOf);
}

export async function saveAreaJoin(records: Records, join: AreaJoin): Promise<void> {
  const { number, version } = join;
  const changes = { number, version, found: JSON.stringify(join.found) };
  await records
    .as<PlacesTables>()
    .insertInto("area_join")
    .values({ dataset_id: join.datasetId, origin: JSON.stringify(join.from), by: JSON.stringify(join.by), ...changes })
    .onConflict((conflict) => conflict.columns(["dataset_id", "origin", "by"]).doUpdateSet(changes))
    .execute();
}

export async function deleteAreaJoin(records: Records, { datasetId, from, by }: AreaJoin): Promise<void> {
  await records
    .as<PlacesTables>()
    .deleteFrom("area_join")
    .where("dataset_id", "=", datasetId)
    .where("origin", "=", JSON.stringify(from))
    .where("by", "=", JSON.stringify(by))
    .execute();
}

function joinOf(row: PlacesTables["area_join"]): AreaJoin {
  return {
    datasetId: row.dataset_id,
    from: JSON.parse(row.origin) as AreaFrom,
    by: JSON.parse(row.by) as JoinedBy,
    number: row.number,
    version: row.version,
    found: JSON.parse(row.found) as readonly string[],
  };
}
