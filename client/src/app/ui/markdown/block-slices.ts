import { type BlockUpdate } from './incremental-markdown';

/** What may be new in one slice: as much as a slow computer cleans and lays out within a frame or two. */
const SLICE_CHARACTERS = 16_000;
const SLICE_BLOCKS = 24;

/**
 * The blocks to be shown one after the other until the update is complete. An ordinary update is one
 * slice; an answer of megabytes would stop the page for seconds if it came at once.
 */
export function* slices(
  shown: readonly string[],
  { from, blocks }: BlockUpdate,
): Generator<readonly string[]> {
  const before = shown.slice(0, from);
  let characters = 0;
  let changed = 0;
  for (const [index, block] of blocks.entries()) {
    if (block === shown[from + index]) continue;
    characters += block.length;
    changed += 1;
    if (characters < SLICE_CHARACTERS && changed < SLICE_BLOCKS) continue;
    characters = 0;
    changed = 0;
    yield [...before, ...blocks.slice(0, index + 1), ...shown.slice(from + index + 1)];
  }
  yield [...before, ...blocks];
}
