import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { FairQueue, type Ticket } from './fair-queue.js';

/** What a queue answers as long as everybody can use a turn. */
function shift<T>(queue: FairQueue<T>): T | undefined {
  let taken: T | undefined;
  queue.offer((value) => {
    taken = value;
    return true;
  });
  return taken;
}

function drained<T>(queue: FairQueue<T>): T[] {
  const values: T[] = [];
  while (queue.size > 0) values.push(shift(queue)!);
  return values;
}

/** The same by lists that are searched: callers in the order of their turns, each with its values. */
class PlainQueue {
  private lines: { callerId: string; values: number[] }[] = [];

  add(callerId: string, value: number): void {
    const line = this.lines.find((each) => each.callerId === callerId);
    if (line) line.values.push(value);
    else this.lines.push({ callerId, values: [value] });
  }

  remove(value: number): void {
    for (const line of this.lines) line.values = line.values.filter((each) => each !== value);
    this.lines = this.lines.filter(({ values }) => values.length > 0);
  }

  offer(canUse: (value: number) => boolean): number | undefined {
    const line = this.lines.find(({ values }) => canUse(values[0]!));
    const value = line?.values[0];
    if (!line || value === undefined) return undefined;
    this.lines = [...this.lines.filter((each) => each !== line), line];
    this.remove(value);
    return value;
  }

  get order(): number[] {
    return this.lines.flatMap(({ values }) => values).sort((a, b) => a - b);
  }
}

const callers = fc.constantFrom('ada', 'bob', 'cleo', 'dan');
const step = fc.oneof(
  fc.record({ kind: fc.constant('add' as const), callerId: callers }),
  fc.record({ kind: fc.constant('remove' as const), nth: fc.nat(50) }),
  fc.record({ kind: fc.constant('offer' as const), divisor: fc.integer({ min: 1, max: 3 }) }),
);

describe('FairQueue', () => {
  it('serves as lists would that are searched', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 80 }), (steps) => {
        const queue = new FairQueue<number>();
        const plain = new PlainQueue();
        const tickets = new Map<number, Ticket<number>>();
        steps.forEach((each, value) => {
          if (each.kind === 'add') {
            tickets.set(value, queue.add(each.callerId, value));
            plain.add(each.callerId, value);
          } else if (each.kind === 'remove' && tickets.size > 0) {
            const chosen = [...tickets.keys()][each.nth % tickets.size]!;
            queue.remove(tickets.get(chosen)!);
            plain.remove(chosen);
            tickets.delete(chosen);
          } else if (each.kind === 'offer') {
            const canUse = (offered: number) => offered % each.divisor === 0;
            let taken: number | undefined;
            const isTaken = queue.offer((offered) => {
              if (canUse(offered)) taken = offered;
              return canUse(offered);
            });
            expect(taken).toBe(plain.offer(canUse));
            expect(isTaken).toBe(taken !== undefined);
            if (taken !== undefined) tickets.delete(taken);
          }
          expect(queue.size).toBe(tickets.size);
          expect(queue.oldest).toBe(plain.order[0] ?? null);
        });
        expect(drained(queue).sort((a, b) => a - b)).toEqual([...tickets.keys()]);
      }),
    );
  });

  it('lets a caller with one request wait for at most one of each other caller', () => {
    const lengths = fc.array(fc.integer({ min: 1, max: 1000 }), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(lengths, fc.nat(200), (counts, alreadyServed) => {
        const queue = new FairQueue<string>();
        counts.forEach((count, caller) => {
          for (let n = 0; n < count; n += 1) queue.add(`busy ${caller}`, `busy ${caller}`);
        });
        for (let n = 0; n < alreadyServed && queue.size > 0; n += 1) shift(queue);
        const { position } = queue.add('rare', 'rare');
        const order = drained(queue);
        expect(order.indexOf('rare')).toBeLessThanOrEqual(counts.length);
        expect(order.indexOf('rare') + 1).toBe(position);
      }),
      { numRuns: 50 },
    );
  });

  it('never says a place that is better than it turns out to be', () => {
    fc.assert(
      fc.property(fc.array(callers, { minLength: 1, maxLength: 40 }), (arrivals) => {
        const queue = new FairQueue<number>();
        const said = arrivals.map((callerId, index) => queue.add(callerId, index).position);
        const last = arrivals.length - 1;
        expect(drained(queue).indexOf(last) + 1).toBeLessThanOrEqual(said[last]!);
        expect(said[last]).toBeLessThanOrEqual(arrivals.length);
      }),
    );
  });
});
