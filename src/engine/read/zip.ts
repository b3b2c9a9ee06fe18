import { createWriteStream } from "node:fs";
import { pipeline } from "node:stream/promises";
import { openPromise, type Entry, type ZipFile } from "yauzl";
import { engineError } from "../errors.ts";
import { GuildhallError } from "../../kernel/errors.ts";
import { counted } from "./gzip.ts";
import { readLimits } from "./limits.ts";
import type { UnpackBudget } from "./unpack-budget.ts";

const refuse = (problem: string) => engineError("unreadable", { problem });

/** A zip file whose members were all looked at before any is unpacked. Names in it are never used as names of files. */
export class ZipArchive {
  readonly members: readonly Entry[];
  readonly #file: ZipFile;
  readonly #budget: UnpackBudget;

  private constructor(file: ZipFile, members: readonly Entry[], budget: UnpackBudget) {
    this.#file = file;
    this.members = members;
    this.#budget = budget;
  }

  /**
   * Opens a zip file. Refuses, by name, members that climb out of the archive, are links or are encrypted, and an archive
   * that unpacks to more than the budget has.
   */
  static async open(path: string, name: string, budget: UnpackBudget): Promise<ZipArchive> {
    try {
      const file = await openPromise(path, { autoClose: false, lazyEntries: true });
      try {
        const members: Entry[] = [];
        let total = 0;
        for await (const entry of file.eachEntry()) {
          refuseUnsafe(entry, name);
          if (entry.fileName.endsWith("/")) continue;
          members.push(entry);
          total += entry.uncompressedSize;
          budget.check(total, name);
          if (members.length > readLimits.archiveMembers)
            throw refuse(`The archive “${name}” has more than 10,000 members. Pack fewer together.`);
        }
        return new ZipArchive(file, members, budget);
      } catch (error) {
        file.close();
        throw error;
      }
    } catch (error) {
      throw asRefusal(error, name);
    }
  }

  /** The bytes of a member as a stream. */
  async *read(entry: Entry): AsyncGenerator<Buffer> {
    try {
      const stream = await this.#file.openReadStreamPromise(entry);
      yield* counted(entry.fileName, this.#budget)(stream);
    } catch (error) {
      throw asRefusal(error, entry.fileName);
    }
  }

  async unpack(entry: Entry, target: string): Promise<void> {
    await pipeline(this.read(entry), createWriteStream(target));
  }

  close(): void {
    this.#file.close();
  }
}

function refuseUnsafe(entry: Entry, archive: string): void {
  const member = `“${entry.fileName.slice(0, 200)}” in the archive “${archive}”`;
  if (/^[A-Za-z]:|^[/\\]|(^|[/\\])\.\.([/\\]|$)/.test(entry.fileName))
    throw refuse(`${member} has a path that leads out of the archive. Pack it again from a folder you trust.`);
  if (entry.isEncrypted()) throw refuse(`${member} is encrypted. Pack it again without a password.`);
  if (((entry.externalFileAttributes >>> 16) & 0o170000) === 0o120000)
    throw refuse(`${member} is a link to another file. Pack the file itself.`);
}

/** What the library says of a bad archive, in our words; the disk's own failures pass through. */
function asRefusal(error: unknown, name: string): unknown {
  if (error instanceof GuildhallError || !(error instanceof Error) || ("code" in error && !String(error.code).startsWith("Z_")))
    return error;
  const path = /(?:relative path|absolute path|characters in fileName): (.*)/.exec(error.message)?.[1];
  if (path !== undefined)
    return refuse(
      `“${path.slice(0, 200)}” in the archive “${name}” has a path that leads out of the archive. Pack it again from a folder you trust.`,
    );
  if (/compression method/i.test(error.message))
    return refuse(`“${name}” is packed in a way that Guildhall does not read. Pack it again as an ordinary zip file.`);
  return refuse(`The archive “${name}” is damaged or cut off. Fetch it again.`);
}
