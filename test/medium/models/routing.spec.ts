import { describe, expect, it } from '@jest/globals';
import {
  CatalogueService,
  type EndpointTurn,
  RouterService,
} from '../../../server/src/models/index.js';
import { InProcessLumen } from '../../support/lumen/in-process.js';
import { configurationText } from '../../support/lumen/lumen-server.js';

interface Written {
  name: string;
  max_concurrent?: number;
  affinity?: string;
  endpoints: object[];
}

const KEYLESS = { url: 'http://one.example/v1' };

const configure =
  (models: Written[], extra = '') =>
  (databaseUrl: string) =>
    configurationText(databaseUrl, {
      models: JSON.stringify(models),
      extra: `${extra}\nlog: { level: error }`,
    });

async function start(models: Written[], extra = '') {
  const lumen = await InProcessLumen.start('sqlite', configure(models, extra));
  const catalogue = lumen.app.get(CatalogueService);
  const router = lumen.app.get(RouterService);
  const ask = (name = 'm', callerId = 'ada', affinityKey: string | null = null) =>
    router.turn(catalogue.resolve(name), {
      callerId,
      affinityKey,
      tried: new Set(),
      onGone: () => undefined,
    });
  return {
    ask,
    router,
    catalogue,
    take: (...rest: Parameters<typeof ask>) => ask(...rest) as EndpointTurn,
    reload: async (changed: Written[], more = '') => {
      await lumen.configure(configure(changed, more)(lumen.databaseUrl));
      await lumen.lookNow();
    },
    [Symbol.asyncDispose]: () => lumen[Symbol.asyncDispose](),
  };
}

const unavailable = expect.objectContaining({ code: 'model_unavailable' }) as object;

describe('routing by the configuration', () => {
  it('takes two keys at one address for two endpoints', async () => {
    const endpoints = ['k1', 'k2'].map((key) => ({ ...KEYLESS, api_key: key }));
    await using lumen = await start([{ name: 'm', max_concurrent: 1, endpoints }]);
    const turns = [lumen.take(), lumen.take()];
    expect(turns.map(({ endpoint }) => endpoint.authorization)).toEqual(['Bearer k1', 'Bearer k2']);
    const waiting = lumen.ask();
    turns[1]!.release('served');
    expect(await waiting).toMatchObject({ queuePosition: 1, endpoint: turns[1]!.endpoint });
  });

  it('keeps a conversation at its endpoint', async () => {
    const endpoints = ['k1', 'k2', 'k3'].map((key) => ({ ...KEYLESS, api_key: key }));
    await using lumen = await start([{ name: 'm', affinity: 'session', endpoints }]);
    const homes = (key: string) =>
      new Set([1, 2, 3, 4].map(() => lumen.take('m', 'ada', key).endpoint.id));
    const keys = Array.from({ length: 30 }, (_, index) => `conversation ${index}`);
    expect(keys.map((key) => homes(key).size)).toEqual(keys.map(() => 1));
    expect(new Set(keys.flatMap((key) => [...homes(key)])).size).toBe(3);
  });

  it('wakes those who wait when a reload allows more, or takes the model away', async () => {
    const model = { name: 'm', endpoints: [KEYLESS] };
    await using lumen = await start([{ ...model, max_concurrent: 1 }]);
    lumen.take();
    const waiting = [lumen.ask(), lumen.ask()];
    await lumen.reload([{ ...model, max_concurrent: 2 }]);
    expect(await waiting[0]).toMatchObject({ queuePosition: 1, endpoint: { maxConcurrent: 2 } });
    const refused = expect(waiting[1]).rejects.toEqual(unavailable);
    await lumen.reload([{ name: 'other', endpoints: [KEYLESS] }]);
    await refused;
  });

  it('keeps the state of endpoints over reloads, also for requests from before', async () => {
    const model = { name: 'm', endpoints: [KEYLESS] };
    const extra = 'upstream: { ejection: { failures: 1, cooldown_s: 60 } }';
    await using lumen = await start([model], extra);
    const before = lumen.catalogue.resolve('m');
    const held = lumen.take();
    lumen.take().release('failed');
    await lumen.reload(
      [{ ...model, endpoints: [KEYLESS, { url: 'http://two.example/v1' }] }],
      extra,
    );
    const states = lumen.router.states(lumen.catalogue.resolve('m'));
    expect(states).toMatchObject([
      { status: 'ejected', inFlight: 1, consecutiveFailures: 1, waiting: 0 },
      { status: 'healthy', inFlight: 0, consecutiveFailures: 0, ejectedUntil: null },
    ]);
    const leftMs = states[0]!.ejectedUntil!.getTime() - Date.now();
    expect(leftMs).toBeGreaterThan(50_000);
    expect(leftMs).toBeLessThanOrEqual(60_000);
    // Until when is told by two clocks, which need not turn to the next millisecond together.
    const told = (model: typeof before) =>
      lumen.router
        .states(model)
        .map(({ ejectedUntil, ...state }) => ({ ...state, isEjected: ejectedUntil !== null }));
    expect(told(before)).toEqual(told(lumen.catalogue.resolve('m')));
    held.release('served');
    expect(lumen.take().endpoint.origin).toBe('http://two.example');
  });

  it('says which model has no endpoint, and which queue is full', async () => {
    const extra = 'upstream: { max_queue: 0 }';
    const full = { name: 'full', max_concurrent: 1, endpoints: [KEYLESS] };
    await using lumen = await start([{ name: 'm', endpoints: [] }, full], extra);
    expect(() => lumen.ask()).toThrow(/"m" has no endpoint/);
    lumen.take('full');
    expect(() => lumen.ask('full')).toThrow(/"full" is busy/);
  });

  it('does not take the last resort for a model of the same name', async () => {
    const extra = 'governance: { fallback: { base_url: http://last.example/v1, model: m } }';
    await using lumen = await start([{ name: 'm', endpoints: [KEYLESS] }], extra);
    const { fallback } = lumen.catalogue.current;
    const request = { callerId: 'a', affinityKey: null, tried: new Set<string>() };
    const turn = lumen.router.turn(fallback!, { ...request, onGone: () => undefined });
    expect((turn as EndpointTurn).endpoint.origin).toBe('http://last.example');
    expect(lumen.take().endpoint.origin).toBe('http://one.example');
  });
});
