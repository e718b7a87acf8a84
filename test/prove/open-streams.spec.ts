import { expect, it } from '@jest/globals';
import { measureOpenStreams } from '../support/open-streams.js';

const STREAMS = 5_000;
const SECONDS = 120;

it(
  'five thousand streams for two minutes lose nothing, in 60 kB each, and the event loop keeps up',
  async () => {
    const figures = await measureOpenStreams(STREAMS, SECONDS);
    process.stdout.write(`${JSON.stringify(figures, null, 2)}\n`);
    const { lumen, lagP99Ms } = figures;
    expect(lumen).toMatchObject({ streams: STREAMS, lost: 0, reordered: 0, cut: 0 });
    expect(lumen.frames).toBeGreaterThanOrEqual(STREAMS * SECONDS);
    expect(lumen.kilobytesEach).toBeLessThanOrEqual(60);
    expect(lagP99Ms).toBeLessThanOrEqual(50);
  },
  10 * 60_000,
);
