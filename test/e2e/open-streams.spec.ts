import { expect, it } from '@jest/globals';
import { measureOpenStreams } from '../support/open-streams.js';

/** The short form of test/prove/open-streams.spec.ts. */
it('three hundred streams at a time lose, reorder and cut nothing', async () => {
  const { lumen } = await measureOpenStreams(300, 3);
  expect(lumen).toMatchObject({ streams: 300, lost: 0, reordered: 0, cut: 0 });
  expect(lumen.frames).toBeGreaterThanOrEqual(300 * 3);
}, 120_000);
