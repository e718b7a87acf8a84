export interface PictureType {
  readonly mediaType: string;
  readonly extension: string;
}

const SVG_HEAD_BYTES = 1_000;
const STARTS: readonly [bytes: readonly number[], type: PictureType][] = [
  [[0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a], { mediaType: 'image/png', extension: 'png' }],
  [[0x00, 0x00, 0x01, 0x00], { mediaType: 'image/x-icon', extension: 'ico' }],
];

/** What kind of picture it is, by its content; null: none that may be shown. */
export function pictureType(bytes: Buffer): PictureType | null {
  const found = STARTS.find(([start]) => start.every((byte, at) => bytes[at] === byte));
  if (found) return found[1];
  const isWebp =
    bytes.toString('latin1', 0, 4) === 'RIFF' && bytes.toString('latin1', 8, 12) === 'WEBP';
  if (isWebp) return { mediaType: 'image/webp', extension: 'webp' };
  const head = bytes
    .toString('utf8', 0, SVG_HEAD_BYTES)
    .replace(/^\uFEFF?\s*(?:<\?xml[^>]*>|<!--[^]*?-->|<!DOCTYPE\s+svg[^>[]*>|\s)*/i, '');
  return /^<svg[\s>]/i.test(head) ? { mediaType: 'image/svg+xml', extension: 'svg' } : null;
}
