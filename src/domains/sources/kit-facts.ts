import type { House, LayoutFacts } from "../../access/index.ts";
import type { Kit } from "./core/kit.ts";
import { kitsOf } from "./kit-of-load.ts";
import { findSourceOfDataset } from "./store.ts";

const statusWords: Readonly<Record<Kit["status"], string>> = {
  confirmed: "Its columns were read in a specification or in a file of the publisher",
  partly: "Some of its columns were read in a specification, others are not certain",
  unconfirmed: "Nobody has confirmed its columns",
};

/** The kit of a dataset, for its page: how sure, and what holds for such data. None where it is like no kit. */
export async function kitFacts(dataset: string, house: House): Promise<readonly LayoutFacts[]> {
  const found = (await findSourceOfDataset(house.store, dataset))?.kit;
  if (!found) return [];
  const kit = (await kitsOf(house)).kits.find(({ name }) => name === found.name);
  const rows = [{ key: "Recognised as", value: found.told.join(" ") }];
  if (!kit) return [{ title: "The layout it has", rows, checks: null }];
  return [
    {
      title: "The layout it has",
      rows: [
        ...rows,
        { key: "The kit itself", value: `${statusWords[kit.status]}.` },
        { key: "Law, as a reminder", value: kit.law },
        { key: "Retention class", value: kit.retention },
        { key: "What it feeds", value: kit.feeds.join(", ") || "Nothing is said" },
        ...(kit.notes.length === 0 ? [] : [{ key: "What is known of it", value: kit.notes.join(" ") }]),
      ],
      checks: found.checks,
    },
  ];
}
