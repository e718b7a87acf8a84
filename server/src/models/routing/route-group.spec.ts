import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type ModelEndpoint } from '../catalogue-entry.js';
import { type EndpointTurn, type RouteRequest } from './route.js';
import { RouteGroup } from './route-group.js';
import { noEndpoint, stopping } from './routing.errors.js';

function endpoint(name: string, maxConcurrent: number | null = null): ModelEndpoint {
  return {
    id: name,
    url: `http://${name}.example/v1`,
    origin: `http://${name}.example`,
    basePath: '/v1',
    authorization: null,
    upstreamModel: 'm',
    weight: 1,
    maxConcurrent,
    nativeApis: [],
  };
}

function model(...endpoints: ModelEndpoint[]) {
  const limits = { timeouts: {}, retries: {}, fallbacks: [] } as never;
  const rules = { strategy: 'round_robin', isSticky: false, ...(limits as object) };
  return { id: 'm', endpoints, routing: rules as never };
}

/** A group whose time stands still but for what a test moves it. */
function scene(...endpoints: ModelEndpoint[]) {
  const changes: string[] = [];
  const terms = {
    timeMs: 1_000,
    maxQueue: 1_000,
    queueWaitMs: 30_000,
    ejection: { failures: 2, cooldownMs: 10_000, maxCooldownMs: 60_000 },
    nowMs: () => terms.timeMs,
    changed: (_model: string, { endpoint: at }: { endpoint: ModelEndpoint }, change: string) =>
      void changes.push(`${at.id} ${change}`),
  };
  const group = new RouteGroup(model(...endpoints), terms);
  return { group, terms, changes };
}

/** A request of somebody, who may leave. */
class Asker implements RouteRequest {
  readonly affinityKey = null;
  leave: () => void = () => undefined;

  constructor(
    readonly callerId: string,
    readonly tried: ReadonlySet<string> = new Set(),
  ) {}

  onGone(listener: () => void): void {
    this.leave = listener;
  }
}

const ask = (group: RouteGroup, callerId = 'ada', ...tried: string[]) =>
  group.turn(new Asker(callerId, new Set(tried)));

/** For turns that are there at once. */
const take = (group: RouteGroup, ...rest: string[]) => {
  const turn = ask(group, ...rest);
  expect(turn).not.toBeInstanceOf(Promise);
  return turn as EndpointTurn;
};

function eject(group: RouteGroup): void {
  take(group).release('failed');
  take(group).release('failed');
}

const error = (code: string, retryAfterS?: number) =>
  expect.objectContaining({
    code,
    ...(retryAfterS === undefined ? {} : { retryAfterS }),
  }) as object;

describe('a turn', () => {
  it('is there at once where an endpoint is free', () => {
    const { group } = scene(endpoint('a'), endpoint('b'));
    const turns = [take(group), take(group), take(group)];
    expect(turns.map((turn) => turn.endpoint.id)).toEqual(['a', 'b', 'a']);
    expect(turns[0]).toMatchObject({ queuePosition: 0, waitedMs: 0 });
  });

  it('counts once, however often it is released', () => {
    const { group } = scene(endpoint('a', 1));
    const turn = take(group);
    turn.release('neither');
    turn.release('failed');
    turn.release('failed');
    take(group);
    expect(group.endpoints[0]).toMatchObject({ inFlight: 1 });
    expect(group.endpoints[0]!.health.consecutiveFailures).toBe(0);
  });

  it('is waited for where all are full, and handed over as soon as one is given back', async () => {
    const { group, terms } = scene(endpoint('a', 1));
    const first = take(group);
    const second = ask(group, 'bob');
    const third = ask(group, 'bob');
    terms.timeMs += 250;
    first.release('served');
    expect(group.endpoints[0]!.inFlight).toBe(1);
    const turn = await second;
    expect(turn).toMatchObject({ queuePosition: 1, waitedMs: 250 });
    turn.release('failed');
    expect(await third).toMatchObject({ queuePosition: 2, endpoint: { id: 'a' } });
  });

  it('goes to callers in turn, not to requests', async () => {
    const { group } = scene(endpoint('a', 1));
    let turn = take(group);
    const order: string[] = [];
    const wait = async (caller: string) => {
      turn = await ask(group, caller);
      order.push(caller);
    };
    const waiting = ['busy', 'busy', 'busy', 'busy', 'rare'].map(wait);
    for (const _ of waiting) {
      turn.release('served');
      await new Promise(setImmediate);
    }
    await Promise.all(waiting);
    expect(order).toEqual(['busy', 'rare', 'busy', 'busy', 'busy']);
  });

  it('is refused where too many wait, at once', () => {
    const { group, terms } = scene(endpoint('a', 1));
    take(group);
    terms.maxQueue = 1;
    void ask(group);
    expect(() => ask(group)).toThrow(error('overloaded', 5));
    expect(group.waiting).toBe(1);
  });

  it('is refused at once where nobody may wait', () => {
    const { group, terms } = scene(endpoint('a', 1));
    take(group);
    terms.queueWaitMs = 0;
    expect(() => ask(group)).toThrow(error('overloaded', 5));
  });

  it('is refused when the wait is over, to those alone for whom it is', async () => {
    const { group, terms } = scene(endpoint('a', 1));
    const first = take(group);
    const early = ask(group, 'ada');
    terms.timeMs += 20_000;
    const late = ask(group, 'ada');
    terms.timeMs += 10_000;
    group.sweep();
    await expect(early).rejects.toEqual(error('overloaded', 5));
    first.release('served');
    expect(await late).toMatchObject({ waitedMs: 10_000 });
  });

  it('is refused by a timer of its own accord', async () => {
    const { group, terms } = scene(endpoint('a', 1));
    take(group);
    terms.nowMs = () => performance.now();
    terms.queueWaitMs = 20;
    await expect(ask(group)).rejects.toEqual(error('overloaded'));
  });

  it('is not given to those who have left', async () => {
    const { group } = scene(endpoint('a', 1));
    const first = take(group);
    const leaver = new Asker('ada');
    const left = group.turn(leaver);
    const next = ask(group, 'bob');
    leaver.leave();
    await expect(left).rejects.toEqual(expect.objectContaining({ name: 'AppError' }));
    expect(group.waiting).toBe(1);
    leaver.leave();
    first.release('served');
    const turn = await next;
    leaver.leave();
    turn.release('served');
    expect(group.endpoints[0]!.inFlight).toBe(0);
  });

  it('is waited for rather than taken where it was tried in vain, unless nothing else works', async () => {
    const { group } = scene(endpoint('a', 1), endpoint('b', 1));
    const [a, b] = [take(group), take(group)];
    const patient = ask(group, 'ada', 'a');
    const other = ask(group, 'bob');
    a.release('neither');
    expect((await other).endpoint.id).toBe('a');
    b.release('neither');
    expect((await patient).endpoint.id).toBe('b');
  });
});

describe('a reload', () => {
  it('gives turns to those who wait, where more are allowed or endpoints come', async () => {
    const { group } = scene(endpoint('a', 1));
    take(group);
    const waiting = [ask(group), ask(group), ask(group)];
    group.update(model(endpoint('a', 2)));
    expect(await waiting[0]).toMatchObject({ endpoint: { id: 'a' } });
    group.update(model(endpoint('a', 2), endpoint('b', 1)));
    expect(await waiting[1]).toMatchObject({ endpoint: { id: 'b' } });
    group.update(model(endpoint('a'), endpoint('b', 1)));
    expect(await waiting[2]).toMatchObject({ endpoint: { id: 'a' } });
  });

  it('tells those who wait where nothing is left to wait for', async () => {
    const { group } = scene(endpoint('a', 1));
    take(group);
    const waiting = ask(group);
    group.update(model());
    await expect(waiting).rejects.toEqual(noEndpoint('m'));
    expect(() => ask(group)).toThrow(error('model_unavailable'));
  });

  it('keeps what is known of endpoints that stay, and forgets those that go', () => {
    const { group, changes } = scene(endpoint('a'));
    eject(group);
    expect(changes).toEqual(['a ejected']);
    group.update(model(endpoint('a', 5), endpoint('b')));
    expect(group.endpoints.map(({ health }) => health.statusAt(1_000))).toEqual([
      'ejected',
      'healthy',
    ]);
    group.update(model(endpoint('b')));
    group.update(model(endpoint('a'), endpoint('b')));
    expect(group.endpoints[0]!.health.statusAt(1_000)).toBe('healthy');
  });

  it('says nothing of endpoints that have gone with requests under way', () => {
    const { group, changes } = scene(endpoint('a'), endpoint('b'));
    const turns = [take(group), take(group), take(group)];
    group.update(model(endpoint('b')));
    for (const turn of turns) turn.release('failed');
    expect(changes).toEqual([]);
  });
});

describe('a group that is closed', () => {
  it('tells why, to those who wait and to those who come later', async () => {
    const { group } = scene(endpoint('a', 1));
    const held = take(group);
    const waiting = ask(group);
    group.close(stopping);
    await expect(waiting).rejects.toEqual(error('shutting_down'));
    expect(() => ask(group)).toThrow(error('shutting_down'));
    held.release('served');
  });
});

describe('endpoints that fail', () => {
  it('are left out; requests go elsewhere, or are told when to come back', () => {
    const { group, terms } = scene(endpoint('a'), endpoint('b'));
    for (const turn of [take(group), take(group), take(group)]) {
      turn.release(turn.endpoint.id === 'a' ? 'failed' : 'served');
    }
    expect([take(group), take(group)].map((turn) => turn.endpoint.id)).toEqual(['b', 'b']);
    eject(group);
    terms.timeMs += 3_500;
    expect(() => ask(group)).toThrow(error('model_unavailable', 7));
    expect(() => ask(group)).toThrow(/"m"/);
  });

  it('are tried by one request, for whose end the others wait if there is nothing else', async () => {
    const { group, terms, changes } = scene(endpoint('a'));
    eject(group);
    terms.timeMs += 10_000;
    const trial = take(group);
    const others = [ask(group, 'ada'), ask(group, 'bob')];
    trial.release('neither');
    const second = await others[0]!;
    expect(group.waiting).toBe(1);
    second.answered();
    expect(await others[1]).toMatchObject({ endpoint: { id: 'a' } });
    expect(changes).toEqual(['a ejected', 'a recovered']);
  });

  it('fail their trial, and with it those who wait for it', async () => {
    const { group, terms } = scene(endpoint('a'));
    eject(group);
    terms.timeMs += 10_000;
    const trial = take(group);
    const other = ask(group);
    trial.release('failed');
    await expect(other).rejects.toEqual(error('model_unavailable', 20));
  });

  it('fail while others wait for them, who are then told at once', async () => {
    const { group } = scene(endpoint('a', 2));
    const turns = [take(group), take(group)];
    const waiting = [ask(group), ask(group)];
    turns[0]!.release('failed');
    expect((await waiting[0])!.endpoint.id).toBe('a');
    turns[1]!.release('failed');
    await expect(waiting[1]).rejects.toEqual(error('model_unavailable', 10));
    expect(() => ask(group)).toThrow(error('model_unavailable', 10));
  });

  it('are tried by those who wait, once the cool-down is over', async () => {
    const { group, terms } = scene(endpoint('a', 1), endpoint('b'));
    const held = take(group);
    take(group).release('failed');
    take(group).release('failed');
    const waiting = ask(group);
    terms.timeMs += 10_000;
    group.sweep();
    expect((await waiting).endpoint.id).toBe('b');
    held.release('served');
  });

  it('work again by health checks as well', () => {
    const { group, changes } = scene(endpoint('a'));
    const probe = { at: new Date(0), latencyMs: 1, detail: null };
    group.probed('a', { ...probe, isOk: false });
    group.probed('a', { ...probe, isOk: false });
    expect(() => ask(group)).toThrow(error('model_unavailable', 10));
    group.probed('a', { ...probe, isOk: true });
    take(group);
    expect(changes).toEqual(['a ejected', 'a recovered']);
    expect(group.endpoints[0]!.lastProbe).toMatchObject({ isOk: true });
    group.probed('gone', { ...probe, isOk: true });
  });
});

const names = ['a', 'b', 'c'] as const;
const outcomes = fc.constantFrom('served', 'failed', 'neither');
const operation = fc.oneof(
  { weight: 6, arbitrary: fc.record({ ask: fc.nat(3), tried: fc.subarray([...names]) }) },
  { weight: 4, arbitrary: fc.record({ release: fc.nat(20), outcome: outcomes }) },
  { weight: 1, arbitrary: fc.record({ leave: fc.nat(20) }) },
  { weight: 2, arbitrary: fc.record({ passMs: fc.integer({ min: 1, max: 20_000 }) }) },
  {
    weight: 1,
    arbitrary: fc.record({ limits: fc.array(fc.integer({ min: 1, max: 3 }), { maxLength: 3 }) }),
  },
);

describe('whatever happens', () => {
  it('no endpoint has more than it may, nobody waits in vain or is forgotten', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(operation, { maxLength: 60 }), async (operations) => {
        const { group, terms } = scene(endpoint('a', 1), endpoint('b', 2));
        terms.maxQueue = 10;
        const held: EndpointTurn[] = [];
        const waiting = new Map<number, Asker>();
        const hold = (turn: EndpointTurn) => {
          held.push(turn);
          const slot = group.endpoints.find(({ endpoint: { id } }) => id === turn.endpoint.id);
          const isOlder = slot?.endpoint !== turn.endpoint;
          if (!isOlder) expect(slot.inFlight).toBeLessThanOrEqual(slot.endpoint.maxConcurrent!);
        };
        const take = (index: number, asker: Asker) => {
          try {
            const turn = group.turn(asker);
            if (!(turn instanceof Promise)) return hold(turn);
            waiting.set(index, asker);
            const done = () => waiting.delete(index);
            turn.then((given) => (done(), hold(given)), done);
          } catch (refusal) {
            expect(refusal).toEqual(expect.objectContaining({ name: 'AppError' }));
          }
        };
        for (const [index, each] of operations.entries()) {
          if ('ask' in each) take(index, new Asker(`caller ${each.ask}`, new Set(each.tried)));
          else if ('release' in each) {
            const [turn] = held.splice(each.release % Math.max(held.length, 1), 1);
            turn?.release(each.outcome);
          } else if ('leave' in each) {
            [...waiting.values()][each.leave % Math.max(waiting.size, 1)]?.leave();
          } else if ('passMs' in each) {
            terms.timeMs += each.passMs;
            group.sweep();
          } else group.update(model(...each.limits.map((most, at) => endpoint(names[at]!, most))));
          await new Promise(setImmediate);
          expect(group.waiting).toBe(waiting.size);
          const isFree = group.endpoints.some((slot) => slot.isFree(terms.timeMs));
          const isEager = [...waiting.values()].some(({ tried }) => tried.size === 0);
          const areOneLine = new Set([...waiting.values()].map(({ callerId }) => callerId)).size;
          if (isFree && areOneLine === waiting.size) expect(isEager).toBe(false);
        }
        for (const turn of held.splice(0)) turn.release('neither');
        terms.timeMs += 100_000;
        group.sweep();
        await new Promise(setImmediate);
        expect(waiting.size).toBe(0);
        for (const turn of held) turn.release('neither');
        for (const { inFlight } of group.endpoints) expect(inFlight).toBe(0);
      }),
      { numRuns: 200 },
    );
  });
});
