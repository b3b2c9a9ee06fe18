import { collect, type House, type Session, type Strand } from "../../access/index.ts";
import type { ReceivedFile } from "../../engine/index.ts";
import { getEntry, type EntryPage } from "./entries.ts";
import { catalogueError } from "./errors.ts";
import type { Field } from "./model.ts";

export interface Lineage {
  readonly page: EntryPage;
  /** The files of the newest version, the oldest first. */
  readonly files: readonly ReceivedFile[];
  /** What the whole of the dataset comes from and goes to. */
  readonly from: readonly Strand[];
  readonly to: readonly Strand[];
  readonly columns: readonly {
    readonly field: Field;
    readonly from: readonly Strand[];
    readonly to: readonly Strand[];
  }[];
}

/** Where a dataset of the own organisation and each of its columns come from, and what they are used in. */
export async function getLineage(session: Session, datasetId: string, house: House): Promise<Lineage> {
  const page = await getEntry(session, datasetId, house);
  if (!page.own) throw catalogueError("no-dataset", {});
  const id = page.entry.datasetId;
  const from = await collect(house.modules, (contributions) => contributions.comesFrom?.(id, house));
  const to = await collect(house.modules, (contributions) => contributions.goesTo?.(id, house));
  const received = await house.lake.listReceived(id);
  const grows = (await house.lake.findDataset(id))?.kind === "append";
  const of = (strands: readonly Strand[], number: number) => strands.filter(({ columns }) => columns?.includes(number));
  return {
    page,
    files: grows ? received : received.filter((file) => file.version === received.at(-1)?.version),
    from: from.filter(({ columns }) => columns === null),
    to: to.filter(({ columns }) => columns === null),
    columns: page.fields.map((field) => ({ field, from: of(from, field.number), to: of(to, field.number) })),
  };
}
