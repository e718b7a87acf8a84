import { type ImageSize } from './image-size.js';

const BYTES_OF_TOKEN = 4;
/** As the makers of models that see describe it: shrunk into a square, then cut into tiles. */
const LARGEST_SIDE = 2_048;
const LARGEST_SHORT_SIDE = 768;
const TILE_SIDE = 512;
const TOKENS_OF_TILE = 170;
const TOKENS_OF_IMAGE = 85;

/** About how many tokens a text adds to a question. */
export function tokensOfText(text: string): number {
  return Math.ceil(Buffer.byteLength(text) / BYTES_OF_TOKEN);
}

/** About how many tokens an image adds to a question, from 255 to 1,445 by its size. */
export function tokensOfImage({ width, height }: ImageSize): number {
  const fitting = Math.min(1, LARGEST_SIDE / Math.max(width, height));
  const short = Math.min(width, height) * fitting;
  const scale = fitting * Math.min(1, LARGEST_SHORT_SIDE / short);
  const tiles = (side: number) => Math.max(1, Math.ceil((side * scale) / TILE_SIDE));
  return TOKENS_OF_IMAGE + TOKENS_OF_TILE * tiles(width) * tiles(height);
}
