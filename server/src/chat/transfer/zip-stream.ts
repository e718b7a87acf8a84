import { Readable } from 'node:stream';
import { crc32, createDeflateRaw } from 'node:zlib';

/** A file of an archive, whose content is made when its turn comes. */
export interface ZipFile {
  /** Relative, with `/` between folders. */
  readonly path: string;
  readonly at: Date;
  readonly chunks: AsyncIterable<Buffer | string>;
}

interface Entry {
  readonly path: Buffer;
  readonly stamp: number;
  readonly offset: number;
}

interface Sizes {
  crc: number;
  size: number;
  compressed: number;
}

const NEEDED = 45;
/** Names in UTF-8, sizes behind the content. */
const FLAGS = 0x0808;
const DEFLATE = 8;
const MOST_32_BIT = 0xffffffff;
const MOST_16_BIT = 0xffff;
const ZIP64 = 1;

/**
 * An archive as it is made, at the speed at which it is taken. In memory is what the file at hand
 * needs, and about a hundred bytes of each that is done. @throws when one has 4 GiB or more
 */
export async function* zip(files: AsyncIterable<ZipFile>): AsyncGenerator<Buffer> {
  const directory: Buffer[] = [];
  let offset = 0;
  for await (const { path, at, chunks } of files) {
    const entry = { path: Buffer.from(path, 'utf8'), stamp: dosStamp(at), offset };
    const sizes = { crc: 0, size: 0, compressed: 0 };
    const header = localHeader(entry);
    yield header;
    yield* deflated(chunks, sizes);
    const sums = descriptor(sizes);
    yield sums;
    offset += header.length + sizes.compressed + sums.length;
    directory.push(centralRecord(entry, sizes));
  }
  let size = 0;
  for (const record of directory) {
    size += record.length;
    yield record;
  }
  yield endOf({ count: directory.length, size, offset });
}

async function* deflated(
  chunks: AsyncIterable<Buffer | string>,
  sizes: Sizes,
): AsyncGenerator<Buffer> {
  const source = Readable.from(counted(chunks, sizes), { objectMode: false });
  const deflate = createDeflateRaw();
  source.once('error', (error) => deflate.destroy(error));
  try {
    for await (const chunk of source.pipe(deflate)) {
      sizes.compressed += (chunk as Buffer).length;
      yield chunk as Buffer;
    }
  } finally {
    source.destroy();
  }
  if (Math.max(sizes.size, sizes.compressed) >= MOST_32_BIT) {
    throw new Error('A file of 4 GiB or more does not fit into an archive.');
  }
}

async function* counted(
  chunks: AsyncIterable<Buffer | string>,
  sizes: Sizes,
): AsyncGenerator<Buffer> {
  for await (const chunk of chunks) {
    const bytes = typeof chunk === 'string' ? Buffer.from(chunk, 'utf8') : chunk;
    if (bytes.length === 0) continue;
    sizes.crc = crc32(bytes, sizes.crc);
    sizes.size += bytes.length;
    yield bytes;
  }
}

function localHeader({ path, stamp }: Entry): Buffer {
  const header = Buffer.alloc(30);
  header.writeUInt32LE(0x04034b50, 0);
  header.writeUInt16LE(NEEDED, 4);
  header.writeUInt16LE(FLAGS, 6);
  header.writeUInt16LE(DEFLATE, 8);
  header.writeUInt32LE(stamp, 10);
  header.writeUInt16LE(path.length, 26);
  return Buffer.concat([header, path]);
}

function descriptor({ crc, size, compressed }: Sizes): Buffer {
  const sums = Buffer.alloc(16);
  sums.writeUInt32LE(0x08074b50, 0);
  sums.writeUInt32LE(crc, 4);
  sums.writeUInt32LE(compressed, 8);
  sums.writeUInt32LE(size, 12);
  return sums;
}

/** In memory of its own: a part of the common pool would keep all of that from being given back. */
function centralRecord({ path, stamp, offset }: Entry, { crc, size, compressed }: Sizes): Buffer {
  const isFar = offset >= MOST_32_BIT;
  const extraLength = isFar ? 12 : 0;
  const extra = 46 + path.length;
  const record = Buffer.alloc(extra + extraLength);
  record.writeUInt32LE(0x02014b50, 0);
  record.writeUInt16LE(NEEDED, 4);
  record.writeUInt16LE(NEEDED, 6);
  record.writeUInt16LE(FLAGS, 8);
  record.writeUInt16LE(DEFLATE, 10);
  record.writeUInt32LE(stamp, 12);
  record.writeUInt32LE(crc, 16);
  record.writeUInt32LE(compressed, 20);
  record.writeUInt32LE(size, 24);
  record.writeUInt16LE(path.length, 28);
  record.writeUInt16LE(extraLength, 30);
  record.writeUInt32LE(isFar ? MOST_32_BIT : offset, 42);
  record.set(path, 46);
  if (isFar) {
    record.writeUInt16LE(ZIP64, extra);
    record.writeUInt16LE(8, extra + 2);
    record.writeBigUInt64LE(BigInt(offset), extra + 4);
  }
  return record;
}

/** With the record for large archives always there: whoever does not need it passes over it. */
function endOf({ count, size, offset }: { count: number; size: number; offset: number }): Buffer {
  const large = Buffer.alloc(56);
  large.writeUInt32LE(0x06064b50, 0);
  large.writeBigUInt64LE(44n, 4);
  large.writeUInt16LE(NEEDED, 12);
  large.writeUInt16LE(NEEDED, 14);
  large.writeBigUInt64LE(BigInt(count), 24);
  large.writeBigUInt64LE(BigInt(count), 32);
  large.writeBigUInt64LE(BigInt(size), 40);
  large.writeBigUInt64LE(BigInt(offset), 48);
  const locator = Buffer.alloc(20);
  locator.writeUInt32LE(0x07064b50, 0);
  locator.writeBigUInt64LE(BigInt(offset + size), 8);
  locator.writeUInt32LE(1, 16);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(Math.min(count, MOST_16_BIT), 8);
  end.writeUInt16LE(Math.min(count, MOST_16_BIT), 10);
  end.writeUInt32LE(Math.min(size, MOST_32_BIT), 12);
  end.writeUInt32LE(Math.min(offset, MOST_32_BIT), 16);
  return Buffer.concat([large, locator, end]);
}

/** To two seconds, in UTC, from 1980 on. */
function dosStamp(at: Date): number {
  const year = Math.min(Math.max(at.getUTCFullYear(), 1980), 2107);
  const date = ((year - 1980) << 9) | ((at.getUTCMonth() + 1) << 5) | at.getUTCDate();
  const time = (at.getUTCHours() << 11) | (at.getUTCMinutes() << 5) | (at.getUTCSeconds() >> 1);
  return date * 2 ** 16 + time;
}
