import { crc32, deflateSync } from 'node:zlib';

/** Images of the kinds that models read; of all but the PNG only the beginning is real. */

/** A whole one, all white, of this size. */
export function pngOf(width: number, height: number): Buffer {
  const rows = Buffer.alloc(Math.min(height, 64) * (1 + width), 0xff);
  return pngWithHeader(width, height, deflateSync(rows));
}

/** One whose header says this size, whatever is in it. */
export function pngWithHeader(width: number, height: number, data = deflateSync('x')): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 0, 0, 0, 0], 8);
  return Buffer.concat([
    Buffer.from('89504e470d0a1a0a', 'hex'),
    chunk('IHDR', header),
    chunk('IDAT', data),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function chunk(name: string, content: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(name), content]);
  return Buffer.concat([uint32(content.length), named, uint32(crc32(named))]);
}

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}

export function gifOf(width: number, height: number): Buffer {
  const size = Buffer.alloc(4);
  size.writeUInt16LE(width, 0);
  size.writeUInt16LE(height, 2);
  return Buffer.concat([Buffer.from('GIF89a'), size, Buffer.alloc(16)]);
}

/** With what cameras put before the size: Exif data, a small picture of it, tables. */
export function jpegOf(width: number, height: number, marker = 0xc0): Buffer {
  const frame = Buffer.alloc(19);
  frame.set([0xff, marker, 0, 17, 8]);
  frame.writeUInt16BE(height, 5);
  frame.writeUInt16BE(width, 7);
  const exif = Buffer.alloc(60_000, 0xff);
  exif.set([0xff, 0xe1]);
  exif.writeUInt16BE(exif.length - 2, 2);
  exif.write('Exif\0\0', 4, 'latin1');
  const table = Buffer.from([0xff, 0xc4, 0, 4, 0, 0]);
  const fill = Buffer.from([0xff]);
  return Buffer.concat([
    Buffer.from([0xff, 0xd8]),
    exif,
    table,
    fill,
    frame,
    Buffer.from([0xff, 0xda]),
  ]);
}

export function webpOf(width: number, height: number, kind: 'VP8X' | 'VP8 ' | 'VP8L'): Buffer {
  const head = Buffer.alloc(40);
  head.write('RIFF', 0, 'latin1');
  head.writeUInt32LE(32, 4);
  head.write(`WEBP${kind}`, 8, 'latin1');
  head.writeUInt32LE(20, 16);
  if (kind === 'VP8X') {
    head.writeUIntLE(width - 1, 24, 3);
    head.writeUIntLE(height - 1, 27, 3);
  } else if (kind === 'VP8L') {
    head.writeUInt8(0x2f, 20);
    head.writeUInt32LE(((height - 1) << 14) | (width - 1), 21);
  } else {
    head.set([0x9d, 0x01, 0x2a], 23);
    head.writeUInt16LE(width, 26);
    head.writeUInt16LE(height, 28);
  }
  return head;
}
