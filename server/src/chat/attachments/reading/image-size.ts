/** In pixels. */
export interface ImageSize {
  readonly width: number;
  readonly height: number;
}

export const IMAGE_TYPES = ['image/png', 'image/jpeg', 'image/gif', 'image/webp'] as const;
export type ImageType = (typeof IMAGE_TYPES)[number];

/** The header ends before it has said everything. */
const BEYOND_END = new Set<string | undefined>(['ERR_OUT_OF_RANGE', 'ERR_BUFFER_OUT_OF_BOUNDS']);

/**
 * How large an image is by its header, which is all that is looked at: decoding one is what a bomb
 * waits for. Null: it has none that can be read.
 */
export function imageSize(type: ImageType, head: Buffer): ImageSize | null {
  try {
    const size = READERS[type](head);
    return size && size.width > 0 && size.height > 0 ? size : null;
  } catch (error) {
    if (BEYOND_END.has((error as NodeJS.ErrnoException).code)) return null;
    throw error;
  }
}

const READERS: Readonly<Record<ImageType, (head: Buffer) => ImageSize | null>> = {
  'image/png': pngSize,
  'image/jpeg': jpegSize,
  'image/gif': (head) => ({ width: head.readUInt16LE(6), height: head.readUInt16LE(8) }),
  'image/webp': webpSize,
};

const IHDR_BYTES = 13;

function pngSize(head: Buffer): ImageSize | null {
  const isHeader =
    head.readUInt32BE(8) === IHDR_BYTES && head.toString('latin1', 12, 16) === 'IHDR';
  return isHeader ? { width: head.readUInt32BE(16), height: head.readUInt32BE(20) } : null;
}

const FILL = 0xff;
/** Those that have no length behind them: restarts, the start, and the filler of TEM. */
const isBare = (marker: number) => (marker >= 0xd0 && marker <= 0xd8) || marker === 0x01;
/** Starts of frames of every coding; between them stand the tables of Huffman and arithmetic coding. */
const isFrame = (marker: number) =>
  marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
const START_OF_SCAN = 0xda;

function jpegSize(head: Buffer): ImageSize | null {
  let at = 2;
  for (;;) {
    if (head.readUInt8(at) !== FILL) return null;
    const marker = head.readUInt8(at + 1);
    if (isFrame(marker)) {
      return { height: head.readUInt16BE(at + 5), width: head.readUInt16BE(at + 7) };
    }
    if (marker === START_OF_SCAN) return null;
    if (marker === FILL) at += 1;
    else if (isBare(marker)) at += 2;
    else at += 2 + Math.max(2, head.readUInt16BE(at + 2));
  }
}

const FOURTEEN_BITS = 0x3fff;
const LOSSLESS_SIGNATURE = 0x2f;

function webpSize(head: Buffer): ImageSize | null {
  switch (head.toString('latin1', 12, 16)) {
    case 'VP8X':
      return { width: head.readUIntLE(24, 3) + 1, height: head.readUIntLE(27, 3) + 1 };
    case 'VP8 ':
      return {
        width: head.readUInt16LE(26) & FOURTEEN_BITS,
        height: head.readUInt16LE(28) & FOURTEEN_BITS,
      };
    case 'VP8L': {
      if (head.readUInt8(20) !== LOSSLESS_SIGNATURE) return null;
      const bits = head.readUInt32LE(21);
      return { width: (bits & FOURTEEN_BITS) + 1, height: ((bits >>> 14) & FOURTEEN_BITS) + 1 };
    }
    default:
      return null;
  }
}
