import { expect, it } from '@jest/globals';
import { soak } from '../support/soak.js';

it(
  'after two hundred thousand requests the memory is what it was after the first twenty thousand',
  async () => {
    const figures = await soak(20_000, 200_000);
    process.stdout.write(`${JSON.stringify(figures)}\n`);
    const { answers, logged, afterFirst, afterAll } = figures;
    expect(logged).toBe(answers);
    expect(afterAll.keptMb / afterFirst.keptMb).toBeLessThan(1.1);
    expect(afterAll.residentMb / afterFirst.residentMb).toBeLessThan(1.1);
  },
  10 * 60_000,
);
