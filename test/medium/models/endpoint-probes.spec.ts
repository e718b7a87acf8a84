import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { Logger } from '@nestjs/common';
import {
  CatalogueService,
  EndpointProbesService,
  RouterService,
} from '../../../server/src/models/index.js';
import { freePort } from '../../support/free-port.js';
import { InProcessLumen } from '../../support/lumen/in-process.js';
import { configurationText } from '../../support/lumen/lumen-server.js';
import { type Behaviour, hang, ScriptedUpstream, status } from '../../support/scripted-upstream.js';
import { until } from '../../support/until.js';
import { withoutDescriptors } from '../../support/without-descriptors.js';

const listing = (...ids: string[]): Behaviour =>
  status(200, JSON.stringify({ object: 'list', data: ids.map((id) => ({ id })) }));

const model = (name: string, url: string, key?: string) => ({
  name,
  endpoints: [{ url, ...(key === undefined ? {} : { api_key: key }) }],
});

const configure = (models: object[], upstream: string) => (databaseUrl: string) =>
  configurationText(databaseUrl, {
    models: JSON.stringify(models),
    extra: `upstream: ${upstream}\nlog: { probes: true, level: error }`,
  });

const NEVER_BY_ITSELF = '{ probe: { interval_s: 86400, timeout_s: 5 } }';
const EVERY_SECOND = '{ probe: { interval_s: 1, timeout_s: 1 }, ejection: { failures: 2 } }';

async function start(models: object[], upstream = NEVER_BY_ITSELF) {
  const lumen = await InProcessLumen.start('sqlite', configure(models, upstream));
  const catalogue = lumen.app.get(CatalogueService);
  const router = lumen.app.get(RouterService);
  const probes = lumen.app.get(EndpointProbesService);
  return {
    stateOf: (name: string) => router.states(catalogue.resolve(name))[0]!,
    probe: (...names: string[]) => probes.probe(names.map((name) => catalogue.resolve(name))),
    reload: async (changed: object[], settings: string) => {
      await lumen.configure(configure(changed, settings)(lumen.databaseUrl));
      await lumen.lookNow();
    },
    [Symbol.asyncDispose]: () => lumen[Symbol.asyncDispose](),
  };
}

afterEach(() => void jest.restoreAllMocks());

describe('health checks by the clock', () => {
  it('find out who fails, leave them out, and take them back', async () => {
    await using running = new AsyncDisposableStack();
    const backend = async (behaviour: Behaviour) => {
      const upstream = running.use(await ScriptedUpstream.start());
      upstream.usual = behaviour;
      return upstream;
    };
    const right = await backend(listing('other', 'right:latest'));
    const wrong = await backend(listing('other'));
    const broken = await backend(status(500, '{}'));
    const slow = await backend(hang);
    const unable = await backend(status(404, '{}'));
    const backends = { right, wrong, broken, slow, unable };
    const away = `http://127.0.0.1:${await freePort()}/v1`;
    const models = Object.entries(backends).map(([name, { url }]) => model(name, url));
    const told = jest.spyOn(Logger.prototype, 'warn');
    const toldGood = jest.spyOn(Logger.prototype, 'log');
    const lumen = running.use(await start([...models, model('away', away)], EVERY_SECOND));

    const failing = ['wrong', 'broken', 'slow', 'away'];
    expect(failing.map((name) => lumen.stateOf(name).status)).toEqual(failing.map(() => 'healthy'));
    await until(() => failing.every((name) => lumen.stateOf(name).status === 'ejected'));
    const details = [...failing, 'unable', 'right'].map((name) => lumen.stateOf(name).lastProbe);
    expect(details).toMatchObject([
      { isOk: false, detail: 'The backend does not list the model "wrong".' },
      { isOk: false, detail: 'GET /models answered with the status 500.' },
      { isOk: false, detail: 'Request timed out after 1s.' },
      { isOk: false, detail: 'Nothing listens at that address (connection refused).' },
      { isOk: true, detail: 'The backend works, but lists no models.' },
      { isOk: true, detail: null, latencyMs: expect.any(Number), at: expect.any(Date) },
    ]);
    expect(lumen.stateOf('right')).toMatchObject({ status: 'healthy', consecutiveFailures: 0 });
    expect(right.lastRequest).toMatchObject({ method: 'GET', path: '/v1/models' });

    for (const upstream of [wrong, broken, slow])
      upstream.usual = listing('wrong', 'broken', 'slow');
    const repaired = ['wrong', 'broken', 'slow'];
    await until(() => repaired.every((name) => lumen.stateOf(name).status === 'healthy'));
    const warnings = told.mock.calls.map(([line]) => String(line));
    expect(warnings.filter((line) => line.includes('is left out'))).toHaveLength(failing.length);
    expect(warnings).toContainEqual(
      `Endpoint ${slow.url} of model "slow" is left out after 2 failures in a row.`,
    );
    const lines = toldGood.mock.calls.map(([line]) => String(line));
    expect(lines).toContainEqual(`Endpoint ${slow.url} of model "slow" works again.`);
    expect(lines.filter((line) => line.includes('works again'))).toHaveLength(repaired.length);
    expect(lines).toContainEqual(
      expect.stringMatching(/^Probe of .* of model "right": ok, \d+ ms$/),
    );
  });

  it('begin when a reload says so, and are spread over the interval', async () => {
    await using upstream = await ScriptedUpstream.start();
    upstream.usual = listing('m');
    const names = ['m0', 'm1', 'm2', 'm3'];
    const models = names.map((name) => model(name, upstream.url, `key of ${name}`));
    await using lumen = await start(models);
    expect(lumen.stateOf('m0').lastProbe).toBeNull();
    const first = upstream.nextRequest();
    await lumen.reload(models, EVERY_SECOND);
    await first;
    expect(upstream.requests).toHaveLength(1);
    await until(() => names.every((name) => lumen.stateOf(name).lastProbe !== null));
  });
});

describe('health checks on demand', () => {
  it('ask each address once with each of its keys', async () => {
    await using upstream = await ScriptedUpstream.start();
    upstream.usual = listing('one', 'two', 'three');
    const { url } = upstream;
    const models = [model('one', url, 'k'), model('two', url, 'k'), model('three', url, 'other')];
    await using lumen = await start([...models, model('four', url, 'k'), model('five', url)]);
    await Promise.all([lumen.probe('one', 'two', 'three', 'four'), lumen.probe('one')]);
    const keys = upstream.requests.map(({ headers }) => headers.authorization).sort();
    expect(keys).toEqual(['Bearer k', 'Bearer other']);
    const results = ['one', 'two', 'three', 'four', 'five'].map(
      (name) => lumen.stateOf(name).lastProbe?.isOk,
    );
    expect(results).toEqual([true, true, true, false, undefined]);
  });

  it('ask eight at a time, and no more once their time is over', async () => {
    await using upstream = await ScriptedUpstream.start();
    let open = 0;
    let most = 0;
    upstream.usual = (_request, response) => {
      open += 1;
      most = Math.max(most, open);
      response.once('close', () => (open -= 1));
    };
    const names = Array.from({ length: 20 }, (_, index) => `m${index}`);
    const models = names.map((name) => model(name, upstream.url, `key of ${name}`));
    await using lumen = await start(models, '{ probe: { interval_s: 86400, timeout_s: 0.5 } }');
    await Promise.all([lumen.probe(...names), lumen.probe(...names.toReversed())]);
    expect(most).toBe(8);
    const probed = names.map((name) => lumen.stateOf(name).lastProbe).filter(Boolean);
    // A second eight may have begun just before the end.
    expect(probed.length).toBeGreaterThanOrEqual(8);
    expect(probed.length).toBeLessThanOrEqual(16);
    for (const result of probed) expect(result).toMatchObject({ isOk: false });
  });

  it('say nothing of keys or of what a backend answers', async () => {
    await using upstream = await ScriptedUpstream.start();
    upstream.usual = status(401, '{"error":"You sent sk-the-key"}');
    const lines = (['log', 'warn'] as const).map((level) => jest.spyOn(Logger.prototype, level));
    await using lumen = await start([model('m', upstream.url, 'sk-the-key')]);
    await lumen.probe('m');
    expect(lumen.stateOf('m').lastProbe?.detail).toBe('The backend refuses the key (401).');
    expect(JSON.stringify(lines.map(({ mock }) => mock.calls))).not.toContain('sk-');
  });

  // The limit of a process is set by a program of Linux.
  (process.platform === 'linux' ? it : it.skip)(
    'say nothing of a backend that Lumen had no file descriptor left to ask',
    async () => {
      await using upstream = await ScriptedUpstream.start();
      upstream.usual = listing('m');
      const settings = '{ probe: { interval_s: 86400, timeout_s: 5 }, ejection: { failures: 2 } }';
      await using lumen = await start([model('m', upstream.url)], settings);
      await lumen.probe('m');
      const before = lumen.stateOf('m');
      expect(before.lastProbe).toMatchObject({ isOk: true });
      const warn = jest.spyOn(Logger.prototype, 'warn');
      await withoutDescriptors(async () => {
        for (let round = 0; round < 3; round += 1) await lumen.probe('m');
      });
      expect(lumen.stateOf('m')).toEqual(before);
      expect(warn.mock.calls.map(([line]) => String(line))).toEqual([
        expect.stringContaining('no file descriptor left'),
      ]);
      expect(upstream.requests).toHaveLength(1);
      await lumen.probe('m');
      expect(upstream.requests).toHaveLength(2);
    },
  );

  it('stop at once with the application', async () => {
    await using upstream = await ScriptedUpstream.start();
    upstream.usual = hang;
    const lumen = await start([model('m', upstream.url)], '{ probe: { timeout_s: 600 } }');
    const arrived = upstream.nextRequest();
    const probing = lumen.probe('m');
    const { aborted } = await arrived;
    await lumen[Symbol.asyncDispose]();
    await aborted;
    await probing;
  });
});
