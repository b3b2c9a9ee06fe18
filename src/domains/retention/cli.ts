import type { Command, CommandRequest } from "../../access/index.ts";
import { GuildhallError } from "../../kernel/errors.ts";
import { askChange, decideChange, pageChanges, type NewChange } from "./changes.ts";
import { retentionError } from "./errors.ts";
import type { ChangeResult } from "./store.ts";

const where = { type: "string", about: "A column and its value, as COLUMN=VALUE; several must all match.", many: true } as const;
const reason = { type: "string", about: "Why." } as const;
const law = { type: "string", about: "Under which law, such as 'Article 17(1)(d) UK GDPR'." } as const;
const second = "Somebody else decides: guildhall data approve";

export const retentionCommands: readonly Command[] = [
  {
    verb: "data erase",
    summary: "Ask for records to be erased from every version of a dataset. A second person decides.",
    usage: "guildhall data erase DATASET --where COLUMN=VALUE… --reason R --law L [--json]",
    example: "guildhall data erase 'Council tax' --where nhs_number=9990000018 --reason 'Asked to' --law 'Article 17 UK GDPR'",
    flags: { where, reason, law },
    takes: { least: 1, most: 1 },
    run: (request) => ask("erase", request),
  },
  {
    verb: "data correct",
    summary: "Ask for cells to be corrected in every version of a dataset. A second person decides.",
    usage: "guildhall data correct DATASET --where COLUMN=VALUE… --set COLUMN=VALUE… --reason R --law L [--json]",
    example:
      "guildhall data correct 'Council tax' --where ref=1204 --set surname=Example --reason 'Misspelt' --law 'Article 16 UK GDPR'",
    flags: { where, set: { type: "string", about: "A column and its right value, as COLUMN=VALUE.", many: true }, reason, law },
    takes: { least: 1, most: 1 },
    run: (request) => ask("correct", request),
  },
  {
    verb: "data approve",
    summary: "Decide for an erasure or a correction that somebody else asked for, and carry it out.",
    usage: "guildhall data approve ID [--json]",
    example: "guildhall data approve chg_1m87",
    flags: {},
    takes: { least: 1, most: 1 },
    run: async ({ session, house, arguments: [id = ""], out }) => {
      const { job } = await decideChange(session, id, "approve", house);
      const ended = await house.jobs.wait(job ?? "", (progress) =>
        out.progress(progress.unit === "pairs" ? null : { ...progress, unit: progress.unit }),
      );
      out.progress(null);
      if (ended.error) throw new GuildhallError({ kind: "invalid", ...ended.error });
      const result = ended.result as ChangeResult;
      out.table(
        ["Rows", "Quarantined records", "Versions", "Not searched", "Organisations to tell"],
        [
          [
            result.rows,
            result.quarantined,
            result.versions.join(", ") || "–",
            result.notSearched.join(", ") || "–",
            result.toTell.length,
          ],
        ],
      );
      out.json({ id, ...result });
    },
  },
  {
    verb: "data refuse",
    summary: "Decide against an erasure or a correction that somebody else asked for.",
    usage: "guildhall data refuse ID [--json]",
    example: "guildhall data refuse chg_1m87",
    flags: {},
    takes: { least: 1, most: 1 },
    run: async ({ session, house, arguments: [id = ""], out }) => {
      await decideChange(session, id, "refuse", house);
      out.line("Refused. Nothing was changed, and the values that were asked for are forgotten.");
      out.json({ id, state: "refused" });
    },
  },
  {
    verb: "data changes",
    summary: "List erasures and corrections, the newest first.",
    usage: "guildhall data changes [--json]",
    example: "guildhall data changes",
    flags: {},
    takes: { least: 0, most: 0 },
    run: async ({ session, out }) => {
      const { rows } = await pageChanges(session, 1);
      out.table(
        ["Id", "What", "Dataset", "State", "Rows"],
        rows.map(({ id, kind, title, state, result }) => [id, kind, title, state, result?.rows ?? "–"]),
      );
      out.json(
        rows.map(({ id, kind, title, state, reason: why, law: under, result }) => ({
          id,
          kind,
          title,
          state,
          why,
          under,
          result,
        })),
      );
    },
  },
];

async function ask(kind: NewChange["kind"], request: CommandRequest): Promise<void> {
  const {
    session,
    house,
    arguments: [dataset = ""],
    lists,
    flags,
    out,
  } = request;
  const change = await askChange(
    session,
    {
      kind,
      dataset,
      match: (lists["where"] ?? []).map(cellOf),
      set: (lists["set"] ?? []).map(cellOf),
      reason: String(flags["reason"] ?? ""),
      law: String(flags["law"] ?? ""),
    },
    house,
  );
  out.line(`Asked for. ${second} ${change.id}`);
  out.json({ id: change.id, state: change.state });
}

function cellOf(text: string): { column: string; value: string } {
  const at = text.indexOf("=");
  if (at < 1) throw retentionError("no-condition", {});
  return { column: text.slice(0, at).trim(), value: text.slice(at + 1) };
}
