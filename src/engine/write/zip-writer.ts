import { open, type FileHandle } from "node:fs/promises";
import { createReadStream } from "node:fs";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { crc32, createDeflateRaw } from "node:zlib";

interface Member {
  readonly name: Buffer;
  readonly crc: number;
  readonly packed: number;
  readonly plain: number;
  readonly offset: number;
}

const most = 0xffff_ffff;
/** 1 January 1980, where the clock of a zip file begins: the same members give the same bytes. */
const date = 0x0021;
const textNames = 0x0800;
const sizesFollow = 0x0008;

/** Writes a zip file member by member, as streams (APPNOTE.TXT 6.3.10); past 4 GiB with the fields of zip64. */
export class ZipWriter {
  readonly #handle: FileHandle;
  readonly #members: Member[] = [];
  #offset = 0;

  private constructor(handle: FileHandle) {
    this.#handle = handle;
  }

  static async create(path: string): Promise<ZipWriter> {
    return new ZipWriter(await open(path, "w", 0o600));
  }

  async addFile(name: string, path: string): Promise<void> {
    await this.#add(name, createReadStream(path, { highWaterMark: 1 << 18 }));
  }

  async addText(name: string, text: string): Promise<void> {
    await this.#add(name, Readable.from([Buffer.from(text)]));
  }

  /** Writes the directory and closes the file. */
  async close(): Promise<void> {
    const start = this.#offset;
    for (const member of this.#members) await this.#write(directoryEntry(member));
    const size = this.#offset - start;
    const count = this.#members.length;
    if (start + size >= most) await this.#write(largeEnd({ start, size, count }));
    const end = Buffer.alloc(22);
    end.write("PK\x05\x06", "latin1");
    end.writeUInt16LE(count, 8);
    end.writeUInt16LE(count, 10);
    end.writeUInt32LE(Math.min(size, most), 12);
    end.writeUInt32LE(Math.min(start, most), 16);
    await this.#write(end);
    await this.#handle.sync();
    await this.#handle.close();
  }

  /** Closes a file that was not finished. */
  async abandon(): Promise<void> {
    await this.#handle.close();
  }

  async #add(name: string, source: Readable): Promise<void> {
    const offset = this.#offset;
    const bytes = Buffer.from(name);
    const head = Buffer.alloc(30);
    head.write("PK\x03\x04", "latin1");
    head.writeUInt16LE(45, 4);
    head.writeUInt16LE(textNames | sizesFollow, 6);
    head.writeUInt16LE(8, 8);
    head.writeUInt16LE(date, 12);
    head.writeUInt16LE(bytes.length, 26);
    await this.#write(Buffer.concat([head, bytes]));
    let [crc, plain, packed] = [0, 0, 0];
    await pipeline(
      source,
      async function* (chunks: AsyncIterable<Buffer>) {
        for await (const chunk of chunks) {
          crc = crc32(chunk, crc);
          plain += chunk.length;
          yield chunk;
        }
      },
      createDeflateRaw({ level: 6 }),
      async (chunks: AsyncIterable<Buffer>) => {
        for await (const chunk of chunks) {
          packed += chunk.length;
          await this.#write(chunk);
        }
      },
    );
    const member = { name: bytes, crc, plain, packed, offset };
    await this.#write(sizesOf(member));
    this.#members.push(member);
  }

  async #write(bytes: Buffer): Promise<void> {
    await this.#handle.writeFile(bytes);
    this.#offset += bytes.length;
  }
}

function sizesOf({ crc, packed, plain }: Member): Buffer {
  const wide = packed >= most || plain >= most;
  const sizes = Buffer.alloc(wide ? 24 : 16);
  sizes.write("PK\x07\x08", "latin1");
  sizes.writeUInt32LE(crc, 4);
  if (wide) {
    sizes.writeBigUInt64LE(BigInt(packed), 8);
    sizes.writeBigUInt64LE(BigInt(plain), 16);
  } else {
    sizes.writeUInt32LE(packed, 8);
    sizes.writeUInt32LE(plain, 12);
  }
  return sizes;
}

function directoryEntry({ name, crc, packed, plain, offset }: Member): Buffer {
  const wide = [plain, packed, offset].some((value) => value >= most);
  const extra = Buffer.alloc(wide ? 28 : 0);
  if (wide) {
    extra.writeUInt16LE(1, 0);
    extra.writeUInt16LE(24, 2);
    [plain, packed, offset].forEach((value, at) => extra.writeBigUInt64LE(BigInt(value), 4 + 8 * at));
  }
  const entry = Buffer.alloc(46);
  entry.write("PK\x01\x02", "latin1");
  entry.writeUInt16LE(45, 4);
  entry.writeUInt16LE(45, 6);
  entry.writeUInt16LE(textNames | sizesFollow, 8);
  entry.writeUInt16LE(8, 10);
  entry.writeUInt16LE(date, 14);
  entry.writeUInt32LE(crc, 16);
  entry.writeUInt32LE(wide ? most : packed, 20);
  entry.writeUInt32LE(wide ? most : plain, 24);
  entry.writeUInt16LE(name.length, 28);
  entry.writeUInt16LE(extra.length, 30);
  entry.writeUInt32LE(wide ? most : offset, 42);
  return Buffer.concat([entry, name, extra]);
}

function largeEnd({ start, size, count }: { start: number; size: number; count: number }): Buffer {
  const end = Buffer.alloc(76);
  end.write("PK\x06\x06", "latin1");
  end.writeBigUInt64LE(44n, 4);
  end.writeUInt16LE(45, 12);
  end.writeUInt16LE(45, 14);
  end.writeBigUInt64LE(BigInt(count), 24);
  end.writeBigUInt64LE(BigInt(count), 32);
  end.writeBigUInt64LE(BigInt(size), 40);
  end.writeBigUInt64LE(BigInt(start), 48);
  end.write("PK\x06\x07", 56, "latin1");
  end.writeBigUInt64LE(BigInt(start + size), 64);
  end.writeUInt32LE(1, 72);
  return end;
}
