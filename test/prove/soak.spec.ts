import { expect, it } from '@jest/globals';
import { soak } from '../support/soak.js';

it(
  'after two hundred thousand requests the memory is what it was after the first twenty thousand',
  async () => {
    const figures = await soak(20_000, 200_000);
    process.stdout.write(`${JSON.stringify(figures)}\n`);
    const { answers, logged, megabytesFirst, megabytesLast } = figures;
    expect(logged).toBe(answers);
    expect(megabytesLast / megabytesFirst).toBeLessThan(1.1);
  },
  10 * 60_000,
);
