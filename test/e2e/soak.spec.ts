import { expect, it } from '@jest/globals';
import { soak } from '../support/soak.js';

/** The short form of test/prove/soak.spec.ts: so few requests leave memory that V8 is yet to size. */
it('thousands of requests are all in the log, and memory stays where it was', async () => {
  const { answers, logged, megabytesFirst, megabytesLast } = await soak(3_000, 9_000);
  expect(logged).toBe(answers);
  expect(megabytesLast / megabytesFirst).toBeLessThan(1.5);
}, 120_000);
