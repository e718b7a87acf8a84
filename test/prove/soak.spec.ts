import { expect, it } from '@jest/globals';
import { soak } from '../support/soak.js';
import { prove } from '../support/proof.js';

it(
  'after two hundred thousand requests the memory is what it was after the first twenty thousand',
  async () => {
    const figures = await soak(20_000, 200_000);
    const { answers, logged, afterFirst, afterAll } = figures;
    expect(logged).toBe(answers);
    const growth = { unit: '×', atMost: 1.1 };
    prove(
      { name: 'kept memory', measured: afterAll.keptMb / afterFirst.keptMb, ...growth },
      { name: 'resident memory', measured: afterAll.residentMb / afterFirst.residentMb, ...growth },
    );
  },
  10 * 60_000,
);
