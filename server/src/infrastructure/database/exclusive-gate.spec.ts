import { describe, expect, it } from '@jest/globals';
import { ExclusiveGate } from './exclusive-gate.js';

describe('ExclusiveGate', () => {
  it('admits one at a time, in order', async () => {
    const gate = new ExclusiveGate();
    const order: string[] = [];
    const step = Promise.withResolvers<void>();
    const first = gate.run(async () => {
      order.push('first in');
      await step.promise;
      order.push('first out');
    });
    const others = ['second', 'third'].map((name) => gate.run(() => order.push(name)));
    expect(order).toEqual(['first in']);
    step.resolve();
    await Promise.all([first, ...others]);
    expect(order).toEqual(['first in', 'first out', 'second', 'third']);
  });

  it('goes on after one that fails', async () => {
    const gate = new ExclusiveGate();
    await expect(gate.run(() => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect(await gate.run(() => 'next')).toBe('next');
  });

  it('is not left by whoever does not hold it', async () => {
    const gate = new ExclusiveGate();
    const holder = {};
    await gate.enter(holder);
    gate.leave({});
    expect(gate.isHeldBy(holder)).toBe(true);
    gate.leave(holder);
    expect(gate.isHeldBy(holder)).toBe(false);
  });
});
