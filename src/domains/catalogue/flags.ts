import { classOf, classOrder, getType, type ColumnClass } from "../../vocabulary/index.ts";
import type { Entry, Field } from "./model.ts";
import { attestedFor, type Life } from "./life.ts";

/** Something about an entry that its owner should look at, and what mends it. Flags are never added up into a number. */
export interface Flag {
  readonly text: string;
  readonly mend: string;
}

/** A detection of this confidence is taken as what a column is. */
const sure = 0.9;

/** What stands out in an entry of the own organisation, the gravest first. */
export function flagsOf(
  entry: Entry,
  {
    class: highest,
    people,
    fields,
    lent,
    life,
    ownerLeft,
    now,
  }: {
    readonly class: ColumnClass;
    readonly people: boolean;
    readonly fields: readonly Pick<Field, "name" | "type" | "decidedBy" | "detection" | "class">[];
    /** How many live agreements lend it. */
    readonly lent: number;
    readonly life: Life;
    /** Whether somebody of the owner's name had an account here that is suspended. */
    readonly ownerLeft: boolean;
    readonly now: number;
  },
): readonly Flag[] {
  if (life === "archived") return [];
  const flags: Flag[] = [];
  const add = (when: boolean, text: string, mend: string) => {
    if (when) flags.push({ text, mend });
  };
  const data = entry.kind === "dataset" && fields.length > 0;
  const grave = highest === "special" || highest === "criminal" || highest === "protected";
  add(
    data && people && (entry.lawfulBasis === "" || entry.purpose === ""),
    `It describes people, and no ${entry.lawfulBasis === "" ? "lawful basis" : "purpose"} is recorded.`,
    "Record both in its description.",
  );
  add(
    data && grave && entry.dpia === "",
    `It holds ${highest === "special" ? "special category" : highest} data, and no impact assessment is recorded.`,
    "Give the reference of an approved one.",
  );
  const lowered = fields.filter(isLowered).map(({ name }) => `“${name}”`);
  add(
    lowered.length > 0,
    `Its class was lowered by hand: ${lowered.slice(0, 5).join(", ")}${lowered.length > 5 ? ` and ${lowered.length - 5} more` : ""}.`,
    "Look at the evidence on the column's page.",
  );
  add(
    data && people && entry.openness === "open",
    "It describes people, and the decision is that it is open.",
    "Change the decision, or say why it describes no people.",
  );
  add(entry.owner === null, "Nobody answers for it.", "Name an information asset owner.");
  add(ownerLeft, `The account of its owner, ${entry.owner ?? ""}, is suspended.`, "Name another information asset owner.");
  add(
    entry.openness === "shared" && lent === 0,
    "It is to be shared, and no agreement lends it.",
    "Propose an agreement, or change the decision.",
  );
  add(
    entry.openness !== "shared" && entry.openness !== "open" && lent > 0,
    `${entry.openness === "closed" ? "It is closed" : "Nothing is decided on its openness"}, and an agreement lends it.`,
    "Change the decision, or end the agreement.",
  );
  add(
    data && people && entry.retention === "",
    "It describes people, and how long it is kept is not recorded.",
    "Record its retention.",
  );
  const old = entry.attestation !== null && now - entry.attestation.at > attestedFor;
  add(life === "overdue" && !old, "Its review date is past.", "Review it, and give the next date.");
  add(life === "overdue" && old, "Its owner attested to it more than a year ago.", "Its owner attests again.");
  return flags;
}

/** A person took a column for something less sensitive than what its values show. */
function isLowered({
  type,
  decidedBy,
  detection,
  class: held,
}: Pick<Field, "type" | "decidedBy" | "detection" | "class">): boolean {
  if (decidedBy !== "steward" || detection.type === null || detection.confidence < sure || detection.type === type) return false;
  return classOrder.indexOf(classOf(getType(detection.type), true)) > classOrder.indexOf(held);
}
