import { crc32, inflateRawSync } from 'node:zlib';

/** The files of an archive by their paths, as the directory at its end has them; throws if one is broken. */
export function readZip(archive: Buffer): Map<string, Buffer> {
  const end = archive.length - 22;
  if (archive.readUInt32LE(end) !== 0x06054b50) throw new Error('The archive has no end.');
  const files = new Map<string, Buffer>();
  let at = archive.readUInt32LE(end + 16);
  for (let left = archive.readUInt16LE(end + 10); left > 0; left -= 1) {
    if (archive.readUInt32LE(at) !== 0x02014b50) throw new Error('The directory is broken.');
    const nameLength = archive.readUInt16LE(at + 28);
    const path = archive.toString('utf8', at + 46, at + 46 + nameLength);
    const start = archive.readUInt32LE(at + 42) + 30 + nameLength;
    const packed = archive.subarray(start, start + archive.readUInt32LE(at + 20));
    const content = inflateRawSync(packed);
    const isWhole = content.length === archive.readUInt32LE(at + 24);
    if (!isWhole || crc32(content) !== archive.readUInt32LE(at + 16)) throw new Error(path);
    if (files.has(path)) throw new Error(`Twice: ${path}`);
    files.set(path, content);
    at += 46 + nameLength + archive.readUInt16LE(at + 30);
  }
  return files;
}
