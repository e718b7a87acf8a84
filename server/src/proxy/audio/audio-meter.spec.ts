import { afterAll, describe, expect, it } from '@jest/globals';
import { AudioMeter } from './audio-meter.js';

const program = (text: string) => new URL(`data:text/javascript,${encodeURIComponent(text)}`);
const ANSWER = `import { parentPort } from 'node:worker_threads';
  parentPort.on('message', ({ size }) => {
    if (size === 1) for (;;);
    if (size === 2) process.exit(1);
    if (size === 3) throw new Error('no');
    if (size === 4) { const all = []; for (;;) all.push(new Array(1e5).fill({})); }
    parentPort.postMessage({ durationMs: size, rawBitrate: null, hasVideo: false });
  });`;
const file = (size: number) => ({ descriptor: 0, size });
const LIMITS = { timeLimitMs: 15_000, longestWaitMs: 30_000 };
/** Soon over, but not before a busy machine has started the thread that does answer. */
const SHORT_MS = 3_000;

describe('a meter for audio', () => {
  const meters: AudioMeter[] = [];
  const meter = (limits = LIMITS) => {
    const made = new AudioMeter(program(ANSWER), limits);
    meters.push(made);
    return made;
  };

  afterAll(async () => {
    await Promise.all(meters.map((each) => each.close()));
  });

  it('gives up a file that keeps its parser busy, and goes on with the next', async () => {
    const impatient = meter({ ...LIMITS, timeLimitMs: SHORT_MS });
    const [hanging, next] = await Promise.all([
      impatient.measure(file(1)),
      impatient.measure(file(60)),
    ]);
    expect(hanging).toBeNull();
    expect(next).toMatchObject({ durationMs: 60 });
  });

  it.each([
    ['ends its thread', 2],
    ['throws', 3],
    ['takes all memory', 4],
  ])('survives a file that %s', async (_case, size) => {
    const tried = meter();
    expect(await tried.measure(file(size))).toBeNull();
    expect(await tried.measure(file(60))).toMatchObject({ durationMs: 60 });
  });

  it('does not look at a file that has waited too long', async () => {
    const busy = meter({ timeLimitMs: SHORT_MS, longestWaitMs: 100 });
    const [, late] = await Promise.all([busy.measure(file(1)), busy.measure(file(60))]);
    expect(late).toBeNull();
    expect(await busy.measure(file(60))).toMatchObject({ durationMs: 60 });
  });

  it('starts again after it was closed', async () => {
    const closed = meter();
    await closed.measure(file(60));
    await closed.close();
    expect(await closed.measure(file(61))).toMatchObject({ durationMs: 61 });
  });
});
