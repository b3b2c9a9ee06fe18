import { join } from "node:path";
import type { House, JobRequest, Session } from "../../access/index.ts";
import { newId } from "../../kernel/ids.ts";
import { sourcesActions } from "./actions.ts";
import type { IncomingTable } from "./add-source.ts";
import { readDatabaseUrl, type DatabaseAsk } from "./database-place.ts";
import { findDatabase, updatePassword } from "./database-store.ts";
import { sourcesError } from "./errors.ts";
import { fetchDatabase } from "./fetch-database.ts";
import { allowedInside } from "./inside-network.ts";
import { findSource, type Source } from "./store.ts";

/** What the database of a source answers now, as a file in the landing folder. */
export async function fetchFromDatabase(source: Source, { house, signal, progress }: JobRequest): Promise<IncomingTable> {
  const database = await findDatabase(house.store, source.id);
  if (!database) throw new Error(`Source ${source.id} has no database.`);
  const password = house.vault.open(database.sealedPassword, source.id);
  if (password === undefined) throw sourcesError("database-password-lost", {});
  const landing = newId("land", house.clock());
  const onBytes = (done: number) => progress({ step: "Fetching from the database", done, total: 0, unit: "bytes" });
  onBytes(0);
  const { rows } = await fetchDatabase(readDatabaseUrl(source.url ?? ""), database.ask, join(house.folder.landing, landing), {
    password,
    allowed: allowedInside(house),
    signal,
    onBytes,
  });
  const name = database.ask.kind === "table" ? database.ask.table : "query";
  return { landing, fileName: `${name.replaceAll(/[^\p{L}\p{N}._-]+/gu, "_")}.csv`, part: "", rows };
}

/** What is asked of the database that a source comes from, for those who may list sources; nothing where it comes from none. */
export async function getDatabaseAsk(session: Session, source: Source): Promise<DatabaseAsk | undefined> {
  return session.perform(
    sourcesActions.list,
    { kind: "source", id: source.id, organisation: source.organisation },
    async ({ records }) => (await findDatabase(records, source.id))?.ask,
  );
}

/** Keeps another password for the database of a source. Fails with `sources.no-source` or `sources.not-database`. */
export async function setDatabasePassword(session: Session, idOrName: string, password: string, house: House): Promise<Source> {
  const source = await findSource(house.store, idOrName, session.organisation);
  if (!source) throw sourcesError("no-source", { name: idOrName });
  return session.perform(sourcesActions.password, { kind: "source", id: source.id, organisation: source.organisation }, (scope) =>
    scope.transaction(async (records) => {
      if (!(await findDatabase(records, source.id))) throw sourcesError("not-database", { name: source.name });
      await updatePassword(records, source.id, house.vault.seal(password, source.id));
      return source;
    }),
  );
}
