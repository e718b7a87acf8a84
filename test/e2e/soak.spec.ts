import { expect, it } from '@jest/globals';
import { soak } from '../support/soak.js';

/** The short form of test/prove/soak.spec.ts. */
it('thousands of requests are all in the log, and memory stays where it was', async () => {
  const { answers, logged, afterFirst, afterAll } = await soak(3_000, 9_000);
  expect(logged).toBe(answers);
  expect(afterAll.keptMb / afterFirst.keptMb).toBeLessThan(1.2);
}, 120_000);
