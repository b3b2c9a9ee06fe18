// What is in a zip file, by name, read by another program's eyes than the one that wrote it.
import { buffer } from "node:stream/consumers";
import { fromBufferPromise } from "yauzl";

export async function zipMembers(bytes: Buffer): Promise<ReadonlyMap<string, Buffer>> {
  const file = await fromBufferPromise(bytes, { lazyEntries: true });
  const members = new Map<string, Buffer>();
  for await (const entry of file.eachEntry()) members.set(entry.fileName, await buffer(await file.openReadStreamPromise(entry)));
  return members;
}
