import { collect, type House, type Session, type Task } from "../../access/index.ts";
import type { LoadedColumn, Version } from "../../engine/index.ts";
import type { Records } from "../../store/index.ts";
import { sourcesActions } from "./actions.ts";
import { sourcesError } from "./errors.ts";
import { getSource } from "./sources.ts";
import type { Source, SourcesTables } from "./store.ts";

/** How the columns differ from those of the version before, in sentences. */
export function shapeChange(newest: Version | null, columns: readonly LoadedColumn[]): readonly string[] {
  if (!newest) return [];
  const missing = newest.columns.filter(({ number }) => !columns.some((column) => column.number === number));
  const added = columns.filter(({ number }) => !newest.columns.some((column) => column.number === number));
  return [
    ...missing.map(({ header }) => `The column “${header}” is not in it any more.`),
    ...added.map(({ header }) => `The column “${header}” is new.`),
  ];
}

/** Fails with `sources.would-break` where a column is gone that something uses, and nobody accepted that since the newest version. */
export async function refuseBreaking(
  source: Source,
  newest: Version | null,
  columns: readonly LoadedColumn[],
  house: House,
): Promise<void> {
  const gone = (newest?.columns ?? []).filter(({ number }) => !columns.some((column) => column.number === number));
  if (newest === null || gone.length === 0 || source.acceptedShape === newest.number) return;
  const uses = (await collect(house.modules, (contributions) => contributions.goesTo?.(source.datasetId, house))).filter(
    (strand) => gone.some(({ number }) => strand.columns?.includes(number)),
  );
  if (uses.length === 0) return;
  const used = gone.filter(({ number }) => uses.some((strand) => strand.columns?.includes(number)));
  const titles = [...new Set(uses.map(({ kind, title }) => `${kind} “${title}”`))];
  throw sourcesError("would-break", {
    columns: used.map(({ header }) => `“${header}”`).join(", "),
    uses: `${titles.slice(0, 5).join("; ")}${titles.length > 5 ? ` and ${titles.length - 5} more` : ""}`,
  });
}

/** Puts on record that a version has another shape than the one before, in the transaction that makes it. */
export async function recordShape(
  records: Records,
  { datasetId, version, told, at }: { datasetId: string; version: number; told: readonly string[]; at: number },
): Promise<void> {
  if (told.length === 0) return;
  const row = { dataset_id: datasetId, version, told: JSON.stringify(told), at, seen_by: null };
  await records.as<SourcesTables>().insertInto("shape_change").values(row).execute();
}

/** What changed in the shape of a source and nobody has looked at yet, the newest first. */
export async function listUnseenShapes(
  records: Records,
  datasetId: string,
): Promise<readonly { readonly version: number; readonly told: readonly string[] }[]> {
  const query = records.as<SourcesTables>().selectFrom("shape_change").selectAll().where("dataset_id", "=", datasetId);
  const rows = await query.where("seen_by", "is", null).orderBy("version", "desc").execute();
  return rows.map(({ version, told }) => ({ version, told: JSON.parse(told) as readonly string[] }));
}

/** Somebody has looked at what changed. */
export async function markShapeSeen(session: Session, idOrName: string, house: House): Promise<void> {
  const { source } = await getSource(session, idOrName, house);
  await session.perform(sourcesActions.shape, { kind: "source", id: source.id, organisation: source.organisation }, (scope) =>
    scope.transaction(async (records) => {
      await records
        .as<SourcesTables>()
        .updateTable("shape_change")
        .set({ seen_by: session.person?.id ?? "operator" })
        .where("dataset_id", "=", source.datasetId)
        .where("seen_by", "is", null)
        .execute();
    }),
  );
}

/** Somebody lets columns go that something uses: the next load may be without them. */
export async function acceptShape(session: Session, idOrName: string, house: House): Promise<void> {
  const { source, version } = await getSource(session, idOrName, house);
  await session.perform(sourcesActions.shape, { kind: "source", id: source.id, organisation: source.organisation }, (scope) =>
    scope.transaction(async (records) => {
      await records
        .as<SourcesTables>()
        .updateTable("source")
        .set({ accepted_shape: version?.number ?? null })
        .where("id", "=", source.id)
        .execute();
    }),
  );
}

/** Sources of an organisation whose shape changed, for whoever looks after them. */
export async function shapeTasks(organisation: string, house: House): Promise<readonly Task[]> {
  const rows = await house.store
    .as<SourcesTables>()
    .selectFrom("shape_change")
    .innerJoin("source", "source.dataset_id", "shape_change.dataset_id")
    .select(["source.id", "source.name", "shape_change.told", "shape_change.at"])
    .where("source.organisation", "=", organisation)
    .where("seen_by", "is", null)
    .orderBy("shape_change.at")
    .limit(51)
    .execute();
  return rows.map(({ id, name, told, at }) => ({
    title: `“${name}” has changed its shape`,
    href: `/sources/${id}`,
    why: (JSON.parse(told) as readonly string[]).slice(0, 3).join(" "),
    since: at,
    action: "Look at it",
  }));
}
